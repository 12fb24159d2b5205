// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestRefused: what the service refuses without a reason is explained, as far as it can be found out; nothing is in the
// state then.
func TestRefused(t *testing.T) {
	t.Parallel()
	reserve := func(qualifier string) func(*emulator.Server) error {
		return func(api *emulator.Server) error {
			return api.PutReservation("default", "orders", emulator.Reservation{Qualifier: qualifier, MinCount: 4})
		}
	}
	limit := func(most int) func(*emulator.Server) error {
		return func(api *emulator.Server) error {
			return api.Edit("default", "orders", func(f *emulator.Function) { f.Concurrency = most })
		}
	}
	answer := func(status int, code string) func(*emulator.Server) error {
		return func(api *emulator.Server) error {
			api.Inject(emulator.Fault{Op: "SetReservedInstances", Status: status, Code: code, Message: "refused"})
			return nil
		}
	}
	both := func(first, second func(*emulator.Server) error) func(*emulator.Server) error {
		return func(api *emulator.Server) error { return errors.Join(first(api), second(api)) }
	}
	for name, test := range map[string]struct {
		there  func(*emulator.Server) error
		config attributes
		path   string
		says   string
	}{
		"the version of the alias": {reserve("v1"), with(nil), "function_urn", functionURN + ":v1 has some: 4."},
		"the alias of the version": {reserve("!live"), with(attributes{"function_urn": functionURN + ":v1"}), "function_urn", aliasURN + " has some: 4."},
		"the base":                 {limit(1), with(nil), "min_count", "at most 1 instances (max_instance_num), and 2 are to be kept ready"},
		"a schedule":               {limit(4), office(nil), "min_count", "at most 4 instances (max_instance_num), and 5 are to be kept ready"},
		"a policy":                 {limit(2), busy(nil), "min_count", "at most 2 instances (max_instance_num), and 3 are to be kept ready"},
		"disabled":                 {limit(0), with(nil), "function_urn", "The function is disabled"},
		"another code":             {both(reserve("v1"), answer(409, "FSS.0409")), with(nil), "function_urn", functionURN + ":v1 has some: 4."},
		"the code of a quota":      {both(limit(1), answer(403, "FSS.0403")), with(nil), "min_count", "at most 1 instances (max_instance_num)"},
		"for no reason":            {answer(400, "FSS.0400"), with(nil), "", "FSS.0400"},
		"account":                  {answer(403, "FSS.0403"), with(nil), "", "the account has too many reserved instances already"},
		"no alias":                 {answer(404, "FSS.1053"), with(nil), "", "FSS.1053"},
		"another project": {
			limit(-1), with(attributes{"function_urn": strings.Replace(aliasURN, emulator.DefaultProjectID, "other", 1)}),
			"", "is configured for the project",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			p := configured(t, e)
			if err := test.there(e.Emulator); err != nil {
				t.Fatal(err)
			}
			before := len(reserved(t, e))
			created, diags := p.Create(resourceType, test.config)
			if !diags.Failed() || !diags.Has(test.says) || diags[len(diags)-1].Path != test.path || created.InState {
				t.Errorf("want an error at %q that says %q; got %s", test.path, test.says, diags)
			}
			if n := len(reserved(t, e)); n != before {
				t.Errorf("the service has %d reservations, not %d", n, before)
			}
		})
	}
}

func reserved(t *testing.T, e *acctest.Env) []emulator.Reservation {
	t.Helper()
	f, ok := e.Emulator.Function("default", "orders")
	if !ok {
		t.Fatal("the function is gone")
	}
	return f.Reservations
}

// TestUpdate_sameInstant: another spelling of the same moments is no change, and nothing is sent; another moment is.
func TestUpdate_sameInstant(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	p := configured(t, e)
	created, diags := p.Create(resourceType, office(nil))
	if diags.Failed() {
		t.Fatal(diags)
	}
	for _, test := range []struct {
		change attributes
		calls  int
	}{
		{attributes{"start_time": "2099-01-01T08:00:00+08:00", "end_time": "2099-01-31T19:00:00-05:00"}, 0},
		{attributes{"start_time": "2099-01-01T08:00:01+08:00"}, 1},
	} {
		e.Emulator.ResetRequests()
		if _, diags := p.Update(resourceType, created.Imported, office(test.change)); diags.Failed() {
			t.Fatal(diags)
		}
		if n := e.Emulator.Count("SetReservedInstances"); n != test.calls {
			t.Errorf("%v: %d calls", test.change, n)
		}
	}
	if got := reserved(t, e)[0].Cron[0].StartTime; got != 4070908801 {
		t.Errorf("the service has the start %d", got)
	}
}

// TestImport_id: what names nothing says how it is named; 7 fields mean the latest code.
func TestImport_id(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	p := configured(t, e)
	for _, id := range []string{"", "live", functionURN + "/live", functionURN + ":!live:x"} {
		if _, diags := p.Import(resourceType, id); !diags.Has("The import id gives no reserved instances") {
			t.Errorf("%q: %s", id, diags)
		}
	}
	if _, diags := p.Import(resourceType, aliasURN); !diags.Has("non-existent") {
		t.Errorf("there are none: %s", diags)
	}
	if err := e.Emulator.PutReservation("default", "orders",
		emulator.Reservation{Qualifier: "latest", MinCount: 1}); err != nil {
		t.Fatal(err)
	}
	imported, diags := p.Import(resourceType, functionURN)
	id, urn := p.Text(imported, "id"), p.Text(imported, "function_urn")
	if diags.Failed() || id != functionURN+":latest" || urn != functionURN {
		t.Errorf("%s: id %s, function_urn %s", diags, id, urn)
	}
}
