// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAlias_dots: "." and ".." are no names. In the path of a call they would mean another object: the list, or the
// function.
func TestAlias_dots(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := e.Protocol(t)
	if d := p.Configure(map[string]any{}); len(d) > 0 {
		t.Fatal(d)
	}
	function := "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	for _, name := range []string{".", ".."} {
		for _, id := range []string{function + ":!" + name, function + "/" + name} {
			if _, d := p.Import("fgs_function_alias", id); len(d) != 1 ||
				!strings.Contains(d.String(), "is not the name of an alias") {
				t.Errorf("%s: %v", id, d)
			}
		}
		d := p.Validate("fgs_function_alias", map[string]any{"function_urn": function, "name": name, "version": "v1"})
		if len(d) != 1 || !strings.Contains(d.String(), "begin with a letter") {
			t.Errorf("%s: %v", name, d)
		}
	}
	if n := len(e.Emulator.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
}
