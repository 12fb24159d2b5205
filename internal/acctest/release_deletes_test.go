// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// unread are answers of one list that do not say that the function is gone, whatever they look like.
var unread = map[string]emulator.Fault{
	"no such alias":    {Status: 404, Code: "FSS.1053", Message: "Not found the alias"},
	"no such version":  {Status: 404, Code: "FSS.1052", Message: "Not found the version"},
	"no such function": {Status: 404, Code: "FSS.1051", Message: "Not found the function"}, // which is there
	"not found":        {Status: 404, Code: "FSS.0404", Message: "not found"},
	"gone":             {Status: 410, Code: "FSS.0410", Message: "gone"},
	"forbidden":        {Status: 403, Code: "FSS.0403", Message: "forbidden"},
}

// TestVersionDelete_listLies: what has to be read before a version is deleted cannot be. Nothing is deleted, nothing is
// forgotten, and the next destroy does it.
func TestVersionDelete_listLies(t *testing.T) {
	t.Parallel()
	for name, fault := range unread {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				if d := r.apply(r.config("1", values{"version": "v1", "retain_on_destroy": false})); d.failed() {
					r.t.Fatal(d)
				}
				fault.Op = "ListAliases"
				r.wire.api.Inject(fault)
				if d := r.destroy(r.t.Context()); !d.has("aliases could not be read") || r.state.IsNull() || len(r.published()) != 1 {
					r.t.Errorf("state gone %t, the service has %v: %s", r.state.IsNull(), r.published(), d)
				}
				if d := r.destroy(r.t.Context()); d.failed() || !r.state.IsNull() || len(r.published()) != 0 {
					r.t.Errorf("state gone %t, the service has %v: %s", r.state.IsNull(), r.published(), d)
				}
			})
		})
	}
}

// TestVersionDelete_gone: the function is gone, and the version with it.
func TestVersionDelete_gone(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		if d := r.apply(r.config("1", values{"version": "v1", "retain_on_destroy": false})); d.failed() {
			r.t.Fatal(d)
		}
		if err := r.wire.api.Delete("default", "orders"); err != nil {
			r.t.Fatal(err)
		}
		if d := r.destroy(r.t.Context()); d.failed() || !r.state.IsNull() {
			r.t.Error(d)
		}
	})
}
