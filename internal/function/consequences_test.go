// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"errors"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const summaryDeletion = "Deletion Takes Versions, Aliases and Triggers Along"

// belongings gives the function what goes with it.
func belongings(t *testing.T, e *acctest.Env) {
	t.Helper()
	api := e.Emulator
	if err := errors.Join(
		api.Publish("default", "orders", "v1", ""), api.Publish("default", "orders", "v2", ""),
		api.PutAlias("default", "orders", "prod", "v1", nil),
		api.PutTrigger("default", "orders", emulator.Trigger{Type: "TIMER", EventData: map[string]any{"name": "nightly"}}),
		api.PutTrigger("default", "orders", emulator.Trigger{ID: "t-2", Type: "OBS", EventData: map[string]any{"bucket": "b"}}),
		api.PutTrigger("default", "orders", emulator.Trigger{ID: "t-3", Type: "SMN", Qualifier: "v2"}),
		api.PutTrigger("default", "orders", emulator.Trigger{ID: "t-4", Type: "APIG", Qualifier: "!prod"}),
	); err != nil {
		t.Fatal(err)
	}
}

// TestPlan_deletion: a plan that deletes or replaces a function names what goes with it, in one warning, once.
func TestPlan_deletion(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	e.Emulator.Put(emulator.Function{Name: "orders"})
	belongings(t, e)
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	prior, diags := p.Import("fgs_function", "orders")
	expectNone(t, diags)
	for name, plan := range map[string]func() acctest.Diagnostics{
		"destroy": func() acctest.Diagnostics { return p.PlanDestroy("fgs_function", prior) },
		"name": func() acctest.Diagnostics {
			return p.PlanUpdate("fgs_function", prior, with(attributes{"name": "orders2", "code": nil}))
		},
		"package": func() acctest.Diagnostics {
			return p.PlanUpdate("fgs_function", prior, with(attributes{"package": "shop", "code": nil}))
		},
		"runtime": func() acctest.Diagnostics {
			return p.PlanUpdate("fgs_function", prior, with(attributes{"runtime": "Python3.12", "code": nil}))
		},
		"type": func() acctest.Diagnostics {
			return p.PlanUpdate("fgs_function", prior, with(attributes{"type": "v1", "code": nil, "max_instance_num": -1}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			expectOne(t, plan(), "WARNING", "", summaryDeletion, "function orders", "versions v1, v2", "alias prod",
				"triggers TIMER nightly, OBS t-2, SMN t-3, APIG t-4.")
		})
	}
	for name, change := range map[string]attributes{
		"nothing": {"code": nil}, "a setting": {"code": nil, "description": "new"}, "the default package": {"code": nil, "package": "default"},
	} {
		e.Emulator.ResetRequests()
		expectNone(t, p.PlanUpdate("fgs_function", prior, with(change)))
		if n := e.Emulator.Count("ListVersions", "ListAliases", "ListTriggers"); n > 0 {
			t.Errorf("a plan that changes %s looks at what a deletion would take", name)
		}
	}
}

// TestPlan_deletionOfNothing: a function on its own goes without a word.
func TestPlan_deletionOfNothing(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	e.Emulator.Put(emulator.Function{Name: "orders"})
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	prior, _ := p.Import("fgs_function", "orders")
	expectNone(t, p.PlanDestroy("fgs_function", prior))
	if err := e.Emulator.Delete("default", "orders"); err != nil {
		t.Fatal(err)
	}
	expectNone(t, p.PlanDestroy("fgs_function", prior)) // gone already
}

// TestPlan_deletionUnread: what cannot be read is said to be unread, whatever the reason; the plan goes on.
func TestPlan_deletionUnread(t *testing.T) {
	t.Parallel()
	for op, noun := range map[string]string{"ListVersions": "versions", "ListAliases": "aliases", "ListTriggers": "triggers"} {
		for name, fault := range map[string]emulator.Fault{
			"not offered": {Status: 404, Code: "APIGW.0101"}, "forbidden": {Status: 403, Code: "FSS.0403"},
			"denied": {Status: 401, Code: "FSS.0401"}, "page": {Status: 404, RawBody: []byte("<html>")},
			"nonsense": {Status: 200, RawBody: []byte(`{"rows":7}`)},
		} {
			t.Run(noun+" "+name, func(t *testing.T) {
				t.Parallel()
				e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
				e.Emulator.Put(emulator.Function{Name: "orders"})
				belongings(t, e)
				p := e.Protocol(t)
				expectNone(t, p.Configure(nil))
				prior, _ := p.Import("fgs_function", "orders")
				fault.Op, fault.Kind, fault.Times = op, emulator.Answer, -1
				e.Emulator.Inject(fault)
				got := p.PlanDestroy("fgs_function", prior)
				expectOne(t, got, "WARNING", "", summaryDeletion, "Not all of its "+noun+" could be read")
				for other, text := range map[string]string{
					"versions": "versions v1, v2", "aliases": "alias prod", "triggers": "triggers TIMER nightly",
				} {
					if other != noun {
						expectOne(t, got, "WARNING", "", summaryDeletion, text)
					}
				}
			})
		}
	}
}
