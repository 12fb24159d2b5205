// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"errors"
	"fmt"
	"strings"
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
		api.PutTrigger("default", "orders",
			emulator.Trigger{ID: "t-2", Type: "OBS", EventData: map[string]any{"bucket": "b"}}),
		api.PutTrigger("default", "orders", emulator.Trigger{ID: "t-3", Type: "SMN", Qualifier: "v2"}),
		api.PutTrigger("default", "orders", emulator.Trigger{ID: "t-4", Type: "APIG", Qualifier: "!prod"}),
		api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "!prod", MinCount: 2}),
		api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "v2", MinCount: 1}),
		api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "v1", Cron: make([]emulator.CronPolicy, 2)}),
		api.PutAsyncSettings("default", "orders", emulator.AsyncSettings{Qualifier: "latest", MaxAge: 60}),
		api.PutAsyncSettings("default", "orders", emulator.AsyncSettings{Qualifier: "!prod", MaxAge: 60}),
		api.PutEvent("default", "orders", "smoke"),
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
				"triggers TIMER nightly, OBS t-2, SMN t-3, APIG t-4",
				"reserved instances of prod (2), v2 (1), v1 (0, more by policy)",
				"asynchronous settings of latest, prod", "test event smoke.")
		})
	}
	for name, change := range map[string]attributes{
		"nothing": {"code": nil}, "a setting": {"code": nil, "description": "new"}, "the default package": {"code": nil, "package": "default"},
	} {
		e.Emulator.ResetRequests()
		expectNone(t, p.PlanUpdate("fgs_function", prior, with(change)))
		if n := len(e.Emulator.Requests()); n > 0 {
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

// kinds are what goes with a function: the calls that read it, and how the warning names it.
var kinds = map[string]struct {
	ops  []string
	text string
}{
	"versions":              {[]string{"ListVersions"}, "versions v1, v2"},
	"aliases":               {[]string{"ListAliases"}, "alias prod"},
	"triggers":              {[]string{"ListProjectTriggers", "ListTriggers"}, "triggers TIMER nightly"},
	"reserved instances":    {[]string{"ListReservedInstances"}, "reserved instances of prod (2), v2 (1), v1 (0, more by policy)"},
	"asynchronous settings": {[]string{"ListAsyncSettings"}, "asynchronous settings of latest, prod"},
	"test events":           {[]string{"ListEvents"}, "test event smoke"},
}

// unreadable are answers to a list that say nothing of what it holds.
var unreadable = map[string]emulator.Fault{
	"not offered": {Status: 404, Code: "APIGW.0101"}, "forbidden": {Status: 403, Code: "FSS.0403"},
	"denied": {Status: 401, Code: "FSS.0401"}, "page": {Status: 404, RawBody: []byte("<html>")},
	"nonsense": {Status: 200, RawBody: []byte(`{"rows":7}`)},
}

// TestPlan_deletionUnread: what cannot be read is said to be unread, whatever the reason; the plan goes on. A region
// that does not offer what only some have, has nothing of it.
func TestPlan_deletionUnread(t *testing.T) {
	t.Parallel()
	for noun, kind := range kinds {
		for name, fault := range unreadable {
			t.Run(noun+" "+name, func(t *testing.T) {
				t.Parallel()
				e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
				e.Emulator.Put(emulator.Function{Name: "orders"})
				belongings(t, e)
				p := e.Protocol(t)
				expectNone(t, p.Configure(nil))
				prior, _ := p.Import("fgs_function", "orders")
				for _, op := range kind.ops {
					fault.Op, fault.Kind, fault.Times = op, emulator.Answer, -1
					e.Emulator.Inject(fault)
				}
				got := p.PlanDestroy("fgs_function", prior)
				always := noun == "versions" || noun == "aliases" || noun == "triggers"
				if said := strings.Contains(got.String(), "Not all of its "+noun+" could be read"); said != (always ||
					name != "not offered") {
					t.Errorf("said to be unread: %t", said)
				}
				for other, kind := range kinds {
					if other != noun {
						expectOne(t, got, "WARNING", "", summaryDeletion, kind.text)
					}
				}
			})
		}
	}
}

// TestPlan_deletionOneByOne: where the list of the project cannot be had, the function itself is asked, with its
// versions and aliases, and nobody notices. Nobody asks for that list again.
func TestPlan_deletionOneByOne(t *testing.T) {
	t.Parallel()
	for name, fault := range unreadable {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
			e.Emulator.Put(emulator.Function{Name: "orders"})
			belongings(t, e)
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			prior, _ := p.Import("fgs_function", "orders")
			fault.Op, fault.Kind, fault.Times = "ListProjectTriggers", emulator.Answer, -1
			e.Emulator.Inject(fault)
			for again := range 2 {
				expectOne(t, p.PlanDestroy("fgs_function", prior), "WARNING", "", summaryDeletion,
					"triggers TIMER nightly, OBS t-2, SMN t-3, APIG t-4;", "test event smoke.")
				if n := e.Emulator.Count("ListTriggers"); n != 4 {
					t.Errorf("%d lists of triggers were read, want those of latest, v1, v2 and prod", n)
				}
				if n := e.Emulator.Count("ListProjectTriggers"); again == 1 && n > 0 {
					t.Errorf("the list was asked for again, %d times", n)
				}
				e.Emulator.ResetRequests()
			}
		})
	}
}

// TestPlan_deletionOfUnpublished: the first functions of a run are looked at in full, also what was never published.
func TestPlan_deletionOfUnpublished(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	e.Emulator.Put(emulator.Function{Name: "orders"})
	api := e.Emulator
	if err := errors.Join(
		api.PutAlias("default", "orders", "prod", "latest", nil), api.PutEvent("default", "orders", "smoke"),
		api.PutAsyncSettings("default", "orders", emulator.AsyncSettings{Qualifier: "latest", MaxAge: 60}),
		api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "latest", MinCount: 1}),
	); err != nil {
		t.Fatal(err)
	}
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	prior, _ := p.Import("fgs_function", "orders")
	for range 5 { // the same function is no further one
		expectOne(t, p.PlanDestroy("fgs_function", prior), "WARNING", "", summaryDeletion, "function orders", "alias prod",
			"reserved instances of latest (1)", "asynchronous settings of latest", "test event smoke.")
	}
}

// TestPlan_deletionOfMany: after the first functions of a run, which brought the lists of the project, one that was
// never published is looked at with one request, which is said. More is asked where the lists show that there is more.
func TestPlan_deletionOfMany(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	e.Emulator.Put(emulator.Function{Name: "orders"})
	api := e.Emulator
	if err := errors.Join(
		api.PutAlias("default", "orders", "prod", "latest", nil),
		api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "!prod", MinCount: 2}),
	); err != nil {
		t.Fatal(err)
	}
	plan := func(want map[string]int) acctest.Diagnostics {
		t.Helper()
		p := e.Protocol(t)
		expectNone(t, p.Configure(nil))
		for i := range 3 {
			name := fmt.Sprint("before", i)
			api.Put(emulator.Function{Name: name})
			prior, _ := p.Import("fgs_function", name)
			expectNone(t, p.PlanDestroy("fgs_function", prior))
		}
		prior, _ := p.Import("fgs_function", "orders")
		api.ResetRequests()
		got, total := p.PlanDestroy("fgs_function", prior), 0
		for op, n := range want {
			if api.Count(op) != n {
				t.Errorf("%s was called %d times, want %d", op, api.Count(op), n)
			}
		}
		for _, n := range want {
			total += n
		}
		if all := len(api.Requests()); all != total {
			t.Errorf("%d requests, want %v", all, want)
		}
		return got
	}
	const summaryNotWhole = "Not All That Deletions Take Along Was Looked For"
	expectOne(t, plan(map[string]int{"ListVersions": 1}), "WARNING", "", summaryNotWhole, "the first few functions")
	onAlias := emulator.Trigger{ID: "t-1", Type: "SMN", Qualifier: "!prod"}
	if err := api.PutTrigger("default", "orders", onAlias); err != nil {
		t.Fatal(err)
	}
	got := plan(map[string]int{"ListVersions": 1, "ListAliases": 1})
	if len(got) != 2 {
		t.Fatalf("want two warnings, got %s", got)
	}
	expectOne(t, got[:1], "WARNING", "", summaryDeletion, "alias prod; trigger SMN t-1; reserved instances of prod (2).")
	expectOne(t, got[1:], "WARNING", "", summaryNotWhole, "not looked for")
}
