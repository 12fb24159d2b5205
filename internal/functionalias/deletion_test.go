// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// deletion is the alias prod of the function orders, with reserved instances, in the state.
type deletion struct {
	env      *acctest.Env
	protocol *acctest.Protocol
	prior    acctest.Imported
}

func newDeletion(t *testing.T) deletion {
	t.Parallel()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{Name: "orders"})
	for _, alias := range []string{"prod", "other"} {
		if err := e.Emulator.Publish("default", "orders", "v-"+alias, ""); err != nil {
			t.Fatal(err)
		}
		if err := e.Emulator.PutAlias("default", "orders", alias, "v-"+alias, nil); err != nil {
			t.Fatal(err)
		}
	}
	d := deletion{env: e, protocol: e.Protocol(t)}
	if said := d.protocol.Configure(nil); len(said) > 0 {
		t.Fatal(said)
	}
	var said acctest.Diagnostics
	if d.prior, said = d.protocol.Import("fgs_function_alias", functionURN+":!prod"); len(said) > 0 {
		t.Fatal(said)
	}
	return d
}

func (d deletion) reserve(t *testing.T, reservations ...emulator.Reservation) {
	t.Helper()
	for _, r := range reservations {
		if err := d.env.Emulator.PutReservation("default", "orders", r); err != nil {
			t.Fatal(err)
		}
	}
}

// plan plans a change of the alias.
func (d deletion) plan(change map[string]any) acctest.Diagnostics {
	config := map[string]any{"function_urn": functionURN, "name": "prod", "version": "v-prod"}
	for name, value := range change {
		config[name] = value
	}
	return d.protocol.PlanUpdate("fgs_function_alias", d.prior, config)
}

// TestAlias_deletionReserved: a plan that deletes or replaces an alias says that its reserved instances go with
// it; one that does not asks for no list.
func TestAlias_deletionReserved(t *testing.T) {
	d := newDeletion(t)
	d.reserve(t, emulator.Reservation{Qualifier: "!prod", MinCount: 2},
		emulator.Reservation{Qualifier: "v-other", MinCount: 5})
	_ = d.protocol.PlanDestroy("fgs_function_alias", d.prior)
	read := d.env.Emulator.Count("ListReservedInstances") // by pages
	for name, plan := range map[string]func() acctest.Diagnostics{
		"destroy":  func() acctest.Diagnostics { return d.protocol.PlanDestroy("fgs_function_alias", d.prior) },
		"name":     func() acctest.Diagnostics { return d.plan(map[string]any{"name": "live"}) },
		"function": func() acctest.Diagnostics { return d.plan(map[string]any{"function_urn": functionURN + "2"}) },
	} {
		said := plan()
		if len(said) != 1 || said[0].Severity != "WARNING" || said[0].Summary != "Deletion Takes Reserved Instances Along" ||
			!said.Has("the alias prod of the function orders deletes its 2 reserved instances") {
			t.Errorf("%s: %s", name, said)
		}
	}
	if n := d.env.Emulator.Count("ListReservedInstances"); n != read {
		t.Error("the list was read again in the same run")
	}
	d.env.Emulator.ResetRequests()
	for name, change := range map[string]map[string]any{"nothing": nil, "version": {"version": "latest"},
		"late": {"function_urn": acctest.Unknown}} {
		if said := d.plan(change); len(said) > 0 || len(d.env.Emulator.Requests()) > 0 {
			t.Errorf("%s: %s, %d requests", name, said, len(d.env.Emulator.Requests()))
		}
	}
}

// TestAlias_deletionPolicies: policies alone keep instances ready at times.
func TestAlias_deletionPolicies(t *testing.T) {
	d := newDeletion(t)
	d.reserve(t, emulator.Reservation{Qualifier: "!prod", Cron: []emulator.CronPolicy{{Name: "night"}}})
	if said := d.protocol.PlanDestroy("fgs_function_alias",
		d.prior); !said.Has("deletes its reserved instances (0, more by policy), whoever asked for them.") {
		t.Error(said)
	}
}

// TestAlias_deletionOfNothing: an alias without reserved instances goes without a word, whatever others have.
func TestAlias_deletionOfNothing(t *testing.T) {
	d := newDeletion(t)
	d.reserve(t, emulator.Reservation{Qualifier: "!other", MinCount: 2},
		emulator.Reservation{Qualifier: "v-prod", MinCount: 1},
		emulator.Reservation{Qualifier: "!prod", MinCount: 0})
	if said := d.protocol.PlanDestroy("fgs_function_alias", d.prior); len(said) > 0 {
		t.Error(said)
	}
}

// TestAlias_deletionUnread: what cannot be read is said to be unread. A region without the list has no reservations.
func TestAlias_deletionUnread(t *testing.T) {
	for name, test := range map[string]struct {
		fault emulator.Fault
		says  string
	}{
		"once":      {emulator.Fault{Status: 403, Code: "FSS.0403"}, "deletes its 2 reserved instances"},
		"forbidden": {emulator.Fault{Status: 403, Code: "FSS.0403", Times: -1}, "They could not be read."},
		"missing":   {emulator.Fault{Status: 404, Code: "APIGW.0101", Times: -1}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeletion(t)
			d.reserve(t, emulator.Reservation{Qualifier: "!prod", MinCount: 2})
			test.fault.Op = "ListReservedInstances"
			d.env.Emulator.Inject(test.fault)
			said := d.protocol.PlanDestroy("fgs_function_alias", d.prior)
			if text := said.String(); said.Failed() || test.says == "" && text != "" || !strings.Contains(text, test.says) {
				t.Error(said)
			}
		})
	}
}
