// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAlias_reservedInTheWay: an alias with reserved instances cannot move to a version that has some of its own, which
// the service does not name (RI6). Any other refusal of that kind says nothing of them.
func TestAlias_reservedInTheWay(t *testing.T) {
	for name, test := range map[string]struct {
		there []emulator.Reservation
		fault emulator.Fault
		says  bool
	}{
		"both": {[]emulator.Reservation{{Qualifier: "!prod", MinCount: 2}, {Qualifier: "latest", MinCount: 5}}, emulator.Fault{}, true},
		"another code": {
			[]emulator.Reservation{{Qualifier: "!prod", MinCount: 2}, {Qualifier: "latest", MinCount: 5}},
			emulator.Fault{Op: "UpdateAlias", Status: 409, Code: "FSS.0409"}, true,
		},
		"the alias alone": {
			[]emulator.Reservation{{Qualifier: "!prod", MinCount: 2}},
			emulator.Fault{Op: "UpdateAlias", Status: 400, Code: "FSS.0400"}, false,
		},
		"the version alone": {
			[]emulator.Reservation{{Qualifier: "latest", MinCount: 5}, {Qualifier: "!other", MinCount: 1}},
			emulator.Fault{Op: "UpdateAlias", Status: 400, Code: "FSS.0400"}, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeletion(t)
			d.reserve(t, test.there...)
			if test.fault.Op != "" {
				d.env.Emulator.Inject(test.fault)
			}
			_, said := d.protocol.Update("fgs_function_alias", d.prior,
				map[string]any{"function_urn": functionURN, "name": "prod", "version": "latest"})
			if !said.Failed() || said.Has("the version latest has some of its own (5)") != test.says {
				t.Errorf("got %s", said)
			}
		})
	}
}
