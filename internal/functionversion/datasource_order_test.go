// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestNewestFirst: latest is the first, then the real times decide, whatever the form they are written in.
func TestNewestFirst(t *testing.T) {
	t.Parallel()
	row := func(version, modified string) functiongraph.Function {
		return functiongraph.Function{Version: version, LastModified: modified}
	}
	for name, test := range map[string]struct {
		rows []functiongraph.Function
		want []string
	}{
		"with offset": {[]functiongraph.Function{
			row("v1", "2026-01-02T03:04:05+08:00"), row("v3", "2026-01-02T03:04:07+08:00"),
			row("v2", "2026-01-02T03:04:06+08:00"),
		}, []string{"v3", "v2", "v1"}},
		"without offset": {[]functiongraph.Function{
			row("v1", "2026-01-02 03:04:05"), row("v3", "2026-01-02 03:04:07"), row("v2", "2026-01-02T03:04:06"),
		}, []string{"v3", "v2", "v1"}},
		"different offsets": {[]functiongraph.Function{ // by the text, v1 would be the newest
			row("v1", "2026-01-02T10:00:00+08:00"), row("v2", "2026-01-02T03:00:00Z"), row("v3", "2026-01-02T05:30:00.5+02:00"),
		}, []string{"v3", "v2", "v1"}},
		"with and without": {[]functiongraph.Function{ // read as UTC, v1 would be eight hours newer than v2
			row("v1", "2026-01-02 10:00:00"), row("v2", "2026-01-02T11:00:00+08:00"), row("v3", "2026-01-02 12:00:00"),
		}, []string{"v3", "v2", "v1"}},
		"seconds": {[]functiongraph.Function{row("v1", "1767225600"), row("v2", "1767225601"), row("v3", "2026-01-01T08:00:02+08:00")},
			[]string{"v3", "v2", "v1"}},
		"latest is older": {[]functiongraph.Function{
			row("v1", "2026-01-02T03:04:06+08:00"), row("latest", "2026-01-02T03:04:05+08:00"),
		}, []string{"latest", "v1"}},
		"the same second": {[]functiongraph.Function{
			row("a", "2026-01-02T03:04:05+08:00"), row("b", "2026-01-02T03:04:05+08:00"),
		}, []string{"b", "a"}},
		"no time": {[]functiongraph.Function{row("v1", ""), row("v2", "2026-01-02T03:04:05+08:00")}, []string{"v2", "v1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, r := range newestFirst(test.rows) {
				got = append(got, r.Version)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestVersions_oddRows: a row that does not say which version it is about is left out, and that is said.
func TestVersions_oddRows(t *testing.T) {
	t.Parallel()
	var m listModel
	var diags diag.Diagnostics
	m.fromAPI([]functiongraph.Function{{Version: "v1"}, {}, {Version: latest}}, functiongraph.URN{}, &diags)
	if len(m.Versions) != 1 || diags.WarningsCount() != 1 || diags.HasError() {
		t.Errorf("%d versions, %v", len(m.Versions), diags)
	}
}
