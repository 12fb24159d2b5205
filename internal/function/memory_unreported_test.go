// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestInstancesFacet_unreported: a region that does not report the number must not make each plan set it again.
func TestInstancesFacet_unreported(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, want types.Int64
		enabled      bool
	}{
		"kept":             {types.Int64Value(5), types.Int64Value(5), true},
		"kept, disabled":   {types.Int64Value(0), types.Int64Value(0), false},
		"never known":      {types.Int64Null(), types.Int64Null(), true},
		"open in the plan": {types.Int64Unknown(), types.Int64Null(), true},
	} {
		m := instancesFacet{MaxInstanceNum: test.before}
		m.fromAPI(&functiongraph.Function{})
		if !m.MaxInstanceNum.Equal(test.want) || m.Enabled.ValueBool() != test.enabled {
			t.Errorf("%s: got %+v", name, m)
		}
	}
	m := instancesFacet{MaxInstanceNum: types.Int64Value(5)}
	m.fromAPI(&functiongraph.Function{FunctionSettings: functiongraph.FunctionSettings{
		StrategyConfig: &functiongraph.StrategyConfig{Concurrency: pointer(int64(0))},
	}})
	if m.MaxInstanceNum.ValueInt64() != 0 || m.Enabled.ValueBool() {
		t.Errorf("a reported zero: got %+v", m)
	}
}

// TestSourceFilename: an archive never goes up without a name, since the documents differ on whether it may (X21).
func TestSourceFilename(t *testing.T) {
	t.Parallel()
	zip := codeModel{ZipFile: types.StringValue("build/a.zip"), Filename: types.StringNull()}
	named := codeModel{ZipFile: types.StringValue("build/a.zip"), Filename: types.StringValue("index.zip")}
	jar := codeModel{JarFile: types.StringValue("a.jar"), Filename: types.StringNull(), ZipFile: types.StringNull()}
	inline := codeModel{Inline: types.StringValue("x"), Filename: types.StringNull()}
	for name, test := range map[string]struct {
		code          codeModel
		present, want string
	}{
		"configured":        {named, "present.zip", "index.zip"},
		"present":           {zip, "present.zip", "present.zip"},
		"the service's own": {zip, "", "orders.zip"},
		"of a jar":          {jar, "", "orders.jar"},
		"inline needs none": {inline, "", ""},
		"inline, present":   {inline, "index.py", ""},
	} {
		if got := (source{sourceAttribute: test.code.chosen(), config: test.code}).filename("orders",
			test.present); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
