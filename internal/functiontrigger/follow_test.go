// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestFollow: a version or an alias that is another one only in the apply is followed there: the trigger is made at it,
// after the one that it was has been deleted. What fails on the way leaves the state as it was, and nothing twice.
func TestFollow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault            *emulator.Fault
		deletes, creates int
		bound            string // to what the trigger in the state is
	}{
		"moved":            {nil, 1, 1, functionURN + ":v1"},
		"gone before":      {nil, 0, 1, functionURN + ":v1"},
		"deletion refused": {&emulator.Fault{Op: "DeleteTrigger", Status: 403, Code: "FSS.0403"}, 1, 0, aliasURN},
		"creation refused": {&emulator.Fault{Op: "CreateTrigger", Status: 403, Code: "FSS.0403"}, 1, 1, aliasURN},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			made, diags := configured(t, e).Create("fgs_function_trigger", with("timer", nil))
			if diags.Failed() {
				t.Fatal(diags)
			}
			plan := configured(t, e)
			read, _, _ := plan.Refresh("fgs_function_trigger", made.Imported)
			at := func(urn any) attributes { return plus(with("timer", nil), attributes{"function_urn": urn}) }
			if paths, diags := plan.Replaced("fgs_function_trigger", read, at(acctest.Unknown)); len(paths)+len(diags) > 0 {
				t.Errorf("the plan replaces by %v: %s", paths, diags)
			}
			if test.deletes == 0 {
				err := e.Emulator.DeleteTrigger("default", "orders", plan.Text(read, "trigger_id"))
				if err != nil {
					t.Fatal(err)
				}
			}
			e.Emulator.ResetRequests()
			if test.fault != nil {
				e.Emulator.Inject(*test.fault)
			}
			after, diags := configured(t, e).Apply("fgs_function_trigger", read, at(functionURN+":v1"))
			if diags.Failed() != (test.bound == aliasURN) || plan.Text(after.Imported, "function_urn") != test.bound {
				t.Errorf("bound to %s: %s", plan.Text(after.Imported, "function_urn"), diags)
			}
			deletes, creates := e.Emulator.Count("DeleteTrigger"), e.Emulator.Count("CreateTrigger")
			if deletes != test.deletes || creates != test.creates {
				t.Errorf("%d deletions and %d creations", deletes, creates)
			}
		})
	}
}
