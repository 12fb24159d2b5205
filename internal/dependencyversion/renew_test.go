// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestRenew: content that is not known in a plan, as of an archive that is built in the same apply, is planned in
// place. If it turns out the same, nothing is sent. If it is other content, the next version is made in the same
// apply. The old one is deleted, or stays where it is retained or still used.
func TestRenew(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path     string
		retained any
		used     bool
		writes   [2]int // creations and deletions
		says     string
	}{
		"the same":   {"a.zip", nil, false, [2]int{0, 0}, ""},
		"other":      {"b.zip", nil, false, [2]int{1, 1}, ""},
		"retained":   {"b.zip", true, false, [2]int{1, 0}, ""},
		"still used": {"b.zip", nil, true, [2]int{1, 1}, "libs, version 1 is still used"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			dir := acctest.NewDir(t)
			dir.Code("a.zip", "one")
			dir.Code("b.zip", "two")
			more := values{"retain_on_destroy": test.retained}
			made, diags := protocol(t, e).Create(resourceType, libs(dir.Path("a.zip"), more))
			if diags.Failed() {
				t.Fatal(diags)
			}
			plan := protocol(t, e)
			read, _, _ := plan.Refresh(resourceType, made.Imported)
			unknown := libs("", more)
			unknown["code"] = values{"zip_file": acctest.Unknown}
			if paths, diags := plan.Replaced(resourceType, read, unknown); len(paths) > 0 || len(diags) > 0 {
				t.Errorf("the plan replaces by %v: %s", paths, diags)
			}
			e.Emulator.ResetRequests()
			if test.used {
				e.Emulator.Inject(emulator.Fault{Op: "DeleteDependencyVersion", Status: 412, Code: "FSS.1033"})
			}
			after, diags := protocol(t, e).Apply(resourceType, read, libs(dir.Path(test.path), more))
			writes := [2]int{e.Emulator.Count("CreateDependencyVersion"), e.Emulator.Count("DeleteDependencyVersion")}
			if writes != test.writes || diags.Failed() || len(diags) > 0 != (test.says != "") || !diags.Has(test.says) {
				t.Errorf("%d creations and deletions: %s", writes, diags)
			}
			if number := plan.Text(after.Imported, "version"); number != map[bool]string{true: "2", false: "1"}[writes[0] == 1] {
				t.Errorf("version %s is in the state", number)
			}
		})
	}
}
