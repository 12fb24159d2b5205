// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestUnreadableStrategy: rules of an unknown form are a warning that names the alias, and hide nothing else, neither
// in the resource nor in the list.
func TestUnreadableStrategy(t *testing.T) {
	urn := functiongraph.URN{Region: "r", ProjectID: "p", Package: "default", Name: "f"}
	strange := functiongraph.Alias{
		Name: "odd", Version: "v1",
		AdditionalVersionStrategy: map[string]json.RawMessage{"v2": json.RawMessage(`{"rules":"none"}`)},
	}
	plain := functiongraph.Alias{
		Name: "even", Version: "v2",
		AdditionalVersionStrategy: map[string]json.RawMessage{"v3": json.RawMessage(`{"combine_type":"or","rules":[]}`)},
	}

	var one model
	diags := one.fromAPI(&strange, urn.WithQualifier("!odd"))
	checkUnreadable(t, "strategy", diags)
	if one.Version.ValueString() != "v1" || !one.Strategy.IsNull() {
		t.Errorf("resource: version %s, strategy %s", one.Version, one.Strategy)
	}

	var list listModel
	diags = nil
	list.fromAPI([]functiongraph.Alias{strange, plain}, urn, &diags)
	checkUnreadable(t, "aliases", diags)
	if len(list.Aliases) != 2 || list.Aliases[0].Strategy == nil ||
		list.Aliases[0].Strategy.Version.ValueString() != "v3" {
		t.Fatalf("list: %+v", list.Aliases)
	}
	if odd := list.Aliases[1]; odd.Version.ValueString() != "v1" || odd.Strategy != nil {
		t.Errorf("list: %+v", odd)
	}
}

func checkUnreadable(t *testing.T, at string, diags diag.Diagnostics) {
	t.Helper()
	if len(diags) != 1 || diags.WarningsCount() != 1 || !strings.Contains(diags[0].Detail(), `"odd"`) {
		t.Fatalf("%s: got %v, want one warning about the alias", at, diags)
	}
	if withPath, ok := diags[0].(diag.DiagnosticWithPath); !ok || withPath.Path().String() != at {
		t.Errorf("got %v, want the path %s", diags[0], at)
	}
}

// TestAliases_oddRows: a row that does not say which alias it is about is left out, and that is said.
func TestAliases_oddRows(t *testing.T) {
	t.Parallel()
	var m listModel
	var diags diag.Diagnostics
	m.fromAPI([]functiongraph.Alias{{Name: "prod", Version: "v1"}, {Version: "v2"}}, functiongraph.URN{}, &diags)
	if len(m.Aliases) != 1 || diags.WarningsCount() != 1 || diags.HasError() {
		t.Errorf("%d aliases, %v", len(m.Aliases), diags)
	}
}
