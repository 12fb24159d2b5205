// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances_test

import (
	"errors"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestDataSource: it lists the rows; where there are none the function is asked for, since the service
// answers the same of one that is not there (O27).
func TestDataSource(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config   attributes
		fault    emulator.Fault
		requests int
		path     string
		says     string
	}{
		"rows":        {config: attributes{"name": "orders"}, requests: 2}, // a page, and the end
		"by URN":      {config: attributes{"function_urn": functionURN}, requests: 2},
		"none":        {config: attributes{"name": "bare"}, requests: 2},
		"no function": {config: attributes{"name": "none"}, requests: 2, path: "name", says: "There is no function"},
		"404": {
			config: attributes{"name": "none"}, fault: emulator.Fault{Status: 404, Code: "FSS.1051"},
			requests: 2, path: "name", says: "There is no function",
		},
		"refused": {
			config: attributes{"name": "orders"}, fault: emulator.Fault{Status: 403, Code: "FSS.0403"},
			requests: 1, path: "name", says: "FSS.0403",
		},
		"odd policies": {
			config: attributes{"name": "orders"}, requests: 1, says: "Those of v1 are left out",
			fault: emulator.Fault{Status: 200, RawBody: []byte(`{"reserved_instances":[{"function_urn":"` + functionURN +
				`:latest","qualifier_type":"version","qualifier_name":"v1","min_count":1,` +
				`"tactics_config":{"cron_configs":[7]}}],"count":1}`)},
			path: "reserved_instances",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			e.Emulator.Put(emulator.Function{Name: "bare"})
			if err := errors.Join(
				e.Emulator.PutReservation("default", "orders", emulator.Reservation{Qualifier: "!live", MinCount: 2}),
				e.Emulator.PutReservation("default", "orders", emulator.Reservation{Qualifier: "latest", MinCount: 1}),
			); err != nil {
				t.Fatal(err)
			}
			if test.fault.Status != 0 {
				test.fault.Op = "ListReservedInstances"
				e.Emulator.Inject(test.fault)
			}
			p := configured(t, e)
			e.Emulator.ResetRequests()
			got := p.ReadData(resourceType, test.config)
			if !got.Has(test.says) || (len(got) > 0) != (test.says != "") || len(got) > 0 && got[0].Path != test.path {
				t.Errorf("want %q at %q, got %s", test.says, test.path, got)
			}
			if name == "odd policies" { // whether the page is the last one is asked again
				return
			}
			if n := len(e.Emulator.Requests()); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
		})
	}
}
