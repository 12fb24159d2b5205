// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const exists = "Function Trigger Already Exists"

// recovery is the creation of a trigger that something happens to, over the protocol.
type recovery struct {
	kind    string
	change  attributes
	more    attributes // beside the object
	there   *emulator.Trigger
	fault   emulator.Fault
	during  *emulator.Trigger // somebody else makes one right before the request is processed
	want    string            // what the error says; "" for none
	never   string            // what it does not say
	block   string            // the end of the id in its import block
	calls   int               // that create; 0 is one, -1 none
	holds   int               // triggers at the service in the end; 0 is one, -1 none
	tainted bool
}

func stored(kind, name string, data attributes) *emulator.Trigger {
	return &emulator.Trigger{ID: name, Type: kind, Qualifier: "!live", EventData: data}
}

// TestRecovery: after a lost answer the trigger is in the state exactly if this apply made it, and made once. One that
// is equal, or in the way, is named with its import block.
func TestRecovery(t *testing.T) {
	t.Parallel()
	lost := func(kind emulator.FaultKind) emulator.Fault { return emulator.Fault{Op: "CreateTrigger", Kind: kind} }
	logs := attributes{"log_group_id": "g-1", "log_stream_id": "s-1"}
	equal := stored("LTS", "old", attributes{"log_group_id": "g-1", "log_topic_id": "s-1"})
	timer := attributes{"name": "nightly", "schedule_type": "Rate", "schedule": "3m"}
	cron := attributes{"name": "nightly", "schedule_type": "Cron", "schedule": "0 0 3 * * *"}
	other := *equal
	other.Qualifier = "v1"
	for name, r := range map[string]recovery{
		"nothing happens":       {kind: "timer"},
		"lost answer":           {kind: "lts", change: logs, fault: lost(emulator.DropAfter)},
		"cut answer":            {kind: "lts", change: logs, fault: lost(emulator.TruncateAfter)},
		"lost answer, no time":  {kind: "smn", fault: lost(emulator.DropAfter)},
		"lost request":          {kind: "lts", change: logs, fault: lost(emulator.DropBefore), calls: 2},
		"equal":                 {kind: "lts", change: logs, there: equal, want: exists, block: "/LTS/old", calls: -1},
		"equal of another":      {kind: "lts", change: logs, there: &other, holds: 2},
		"equal but for secrets": {kind: "dds", there: stored("DDS", "old", attributes{"instance_id": "i", "db_name": "shop", "collection_name": "orders", "batch_size": 100.0, "db_password": "else"}), want: exists, block: "/DDS/old", calls: -1},
		"other in a member":     {kind: "timer", there: stored("TIMER", "old", attributes{"name": "other", "schedule_type": "Cron", "schedule": "0 0 3 * * *"}), holds: 2},
		"equal timer":           {kind: "timer", there: stored("TIMER", "old", cron), want: exists, block: "/TIMER/old", calls: -1},
		"name taken":            {kind: "timer", there: stored("TIMER", "old", timer), want: exists, block: "/TIMER/old"},
		"one more in between, and lost": {
			kind: "lts", change: logs, fault: lost(emulator.DropAfter), during: equal, holds: 2, want: "delete all but one",
			block: "/LTS/old",
		},
		"taken, by nobody": {
			kind: "timer", fault: emulator.Fault{Op: "CreateTrigger", Status: 409, Code: "FSS.1148", Message: "refused"},
			want: "could not be found", never: exists, holds: -1,
		},
		"refused": {
			kind: "timer", fault: emulator.Fault{Op: "CreateTrigger", Status: 400, Code: "FSS.1109", Message: "refused"},
			want: "FSS.1109", never: exists, holds: -1,
		},
		"never on": {
			kind: "kafka", more: attributes{"timeouts": attributes{"create": "2s"}},
			fault: emulator.Fault{Op: "UpdateTrigger", Status: 200,
				RawBody: []byte(`{"trigger_id":"x","trigger_type_code":"KAFKA"}`), Times: -1},
			want: "the service did not make it ACTIVE", tainted: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func (r recovery) run(t *testing.T) {
	t.Helper()
	e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) {
		s.HonourKafkaStatus = false
		if r.during != nil { // else the other one shows before this one, and is taken for it
			s.TriggerDelay = 0
		}
	}))
	if r.there != nil {
		put(t, e, *r.there)
	}
	if r.during != nil {
		r.fault.Before = func() { put(t, e, *r.during) }
	}
	if r.fault.Op != "" {
		e.Emulator.Inject(r.fault)
	}
	p := configured(t, e)
	created, diags := p.Create("fgs_function_trigger", plus(with(r.kind, r.change), r.more))

	if diags.Failed() != (r.want != "") || created.InState != (r.want == "" || r.tainted) || created.Tainted != r.tainted {
		t.Errorf("in the state: %t, tainted: %t, want the error %q; got:%s", created.InState, created.Tainted, r.want, diags)
	}
	if !diags.Has(r.want) || r.never != "" && diags.Has(r.never) || r.block != "" && !diags.Has(`"`+aliasURN+r.block+`"`) {
		t.Errorf("want an error with %q and not %q, with an import block of %q; got:%s", r.want, r.never, r.block, diags)
	}
	if got, want := e.Emulator.Count("CreateTrigger"), count(r.calls); got != want {
		t.Errorf("CreateTrigger was sent %d times, want %d", got, want)
	}
	if f, _ := e.Emulator.Function("default", "orders"); len(f.Triggers) != count(r.holds) {
		t.Errorf("the service has %d triggers, want %d", len(f.Triggers), count(r.holds))
	}
	if n := e.Emulator.Count("DeleteTrigger", "DeleteTriggers"); n > 0 {
		t.Errorf("%d calls touched what is there", n)
	}
	if pending := e.Emulator.PendingFaults(); len(pending) > 0 {
		t.Error("the fault never happened")
	}
}

func count(n int) int {
	if n == 0 {
		return 1
	}
	return max(0, n)
}

func put(t *testing.T, e *acctest.Env, trigger emulator.Trigger) {
	t.Helper()
	if err := e.Emulator.PutTrigger("default", "orders", trigger); err != nil {
		t.Error(err)
	}
}

func configured(t *testing.T, e *acctest.Env) *acctest.Protocol {
	t.Helper()
	p := e.Protocol(t)
	if diags := p.Configure(map[string]any{}); diags.Failed() {
		t.Fatal(diags)
	}
	return p
}

// TestGone: a trigger that is gone, alone or with what it is bound to, is forgotten by a read and deleted without an
// error; a refusal that is about something else keeps it.
func TestGone(t *testing.T) {
	t.Parallel()
	for name, remove := range map[string]func(*emulator.Server) error{
		"trigger": func(api *emulator.Server) error { return api.DeleteTrigger("default", "orders", "t-1") },
		"alias": func(api *emulator.Server) error {
			return api.Edit("default", "orders", func(f *emulator.Function) { f.Aliases, f.Triggers = nil, nil })
		},
		"function": func(api *emulator.Server) error { return api.Delete("default", "orders") },
		"":         nil,
	} {
		t.Run("without "+name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			put(t, e, *stored("LTS", "t-1", attributes{"log_group_id": "g-1", "log_topic_id": "s-1"}))
			p := configured(t, e)
			imported, diags := p.Import("fgs_function_trigger", aliasURN+"/LTS/t-1")
			if diags.Failed() {
				t.Fatal(diags)
			}
			if remove == nil {
				e.Emulator.Inject(emulator.Fault{Op: "GetTrigger", Status: 401, Code: "FSS.0401", Message: "not permit"})
				_, diags := p.Update("fgs_function_trigger", imported, with("smn", nil))
				if !diags.Has("FSS.0401") {
					t.Errorf("a refusal while the function is there: %s", diags)
				}
				return
			}
			if err := remove(e.Emulator); err != nil {
				t.Fatal(err)
			}
			if _, diags := p.Import("fgs_function_trigger", aliasURN+"/LTS/t-1"); !diags.Has("non-existent") {
				t.Errorf("a read: %s", diags)
			}
			if diags := p.Destroy("fgs_function_trigger", imported); diags.Failed() {
				t.Errorf("a deletion: %s", diags)
			}
		})
	}
}

// TestImport_id: what names no trigger says how one is named.
func TestImport_id(t *testing.T) {
	t.Parallel()
	p := configured(t, newEnv(t))
	for _, id := range []string{
		"", "t-1", aliasURN, aliasURN + "/TIMER", aliasURN + "/TIMER/", aliasURN + "/timer/t-1", aliasURN + "/TIMER/..",
		aliasURN + "/TIMER/a/b",
		strings.Replace(aliasURN, "urn:fss", "urn", 1) + "/TIMER/t-1",
	} {
		if _, diags := p.Import("fgs_function_trigger", id); !diags.Has("The import id gives no trigger") {
			t.Errorf("%q: %s", id, diags)
		}
	}
}

// TestUpdate_notTaken: a change that the service answers and does not make is an error, and the state has what is true.
func TestUpdate_notTaken(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	p := configured(t, e)
	config := plus(with("dis", nil), attributes{"timeouts": attributes{"update": "5s"}})
	created, diags := p.Create("fgs_function_trigger", config)
	if diags.Failed() {
		t.Fatal(diags)
	}
	id := p.Text(created.Imported, "trigger_id")
	for want, change := range map[string]attributes{
		"its status is ACTIVE, not DISABLED": plus(config, attributes{"enabled": false}),
		"its polling is another one":         plus(config, with("dis", attributes{"polling_interval": 31})),
	} {
		e.Emulator.Inject(emulator.Fault{
			Op: "UpdateTrigger", Status: 200, RawBody: fmt.Appendf(nil, `{"trigger_id":%q,"trigger_type_code":"DIS"}`, id),
		})
		after, diags := p.Update("fgs_function_trigger", created.Imported, change)
		if !diags.Failed() || !diags.Has(want) || after.Tainted {
			t.Errorf("want an error with %q; got:%s", want, diags)
		}
		if again, diags := p.Update("fgs_function_trigger", after.Imported, change); diags.Failed() {
			t.Errorf("the next apply: %s", diags)
		} else if back, diags := p.Update("fgs_function_trigger", again.Imported, config); diags.Failed() {
			t.Errorf("and back: %s", diags)
		} else {
			created = back
		}
	}
}
