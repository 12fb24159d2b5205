// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// TestEncrypted_leftOut: a write-only variable that is null is left out, which no plan would show: a warning names it
// where the values are sent, at the creation and with another version. Null as a whole says nothing.
func TestEncrypted_leftOut(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := e.Protocol(t)
	if diags := p.Configure(attributes{}); diags.Failed() {
		t.Fatal(diags)
	}
	config := func(version string, values attributes) attributes {
		return attributes{"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3,
			"memory_size": 128, "code": attributes{"inline": "# code"},
			"encrypted_user_data_wo": values, "encrypted_user_data_wo_version": version}
	}
	whole, partly := attributes{"PASSWORD": "x", "USER": "y"}, attributes{"PASSWORD": nil, "USER": "y"}
	made, _ := p.Create("fgs_function", config("1", whole))
	read, _, _ := p.Refresh("fgs_function", made.Imported)
	for name, test := range map[string]struct {
		diags acctest.Diagnostics
		warns bool
	}{
		"creation":        {p.PlanCreate("fgs_function", config("1", partly)), true},
		"all of them":     {p.PlanCreate("fgs_function", config("1", whole)), false},
		"another version": {p.PlanUpdate("fgs_function", read, config("2", partly)), true},
		"the same":        {p.PlanUpdate("fgs_function", read, config("1", partly)), false},
	} {
		if test.diags.Failed() || test.warns != test.diags.Has("has null for PASSWORD") {
			t.Errorf("%s: %s", name, test.diags)
		}
	}
}
