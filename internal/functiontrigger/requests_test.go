// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// expectCalls demands the requests since the last look, by their names, without reads of functions.
func expectCalls(t *testing.T, e *acctest.Env, want ...string) {
	t.Helper()
	var got []string
	for _, r := range e.Emulator.Requests() {
		got = append(got, r.Op)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the requests were %v, want %v", got, want)
	}
	e.Emulator.ResetRequests()
}

// TestCreate_requests: a look whether an equal one is there, the call that creates, one that changes the status where
// the service did not take it (contract Q27, Q28), and a read. A function that the same run has made needs no look.
func TestCreate_requests(t *testing.T) {
	t.Parallel()
	off := attributes{"enabled": false}
	function := attributes{
		"name": "shop", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"agency": "reader", "vpc": attributes{"vpc_id": "vpc-1", "subnet_id": "subnet-1"}, "code": attributes{"inline": "x"},
	}
	for name, test := range map[string]struct {
		config attributes
		reads  func(*emulator.Switches)
		left   bool // the status that was sent
	}{
		"timer":            {with("timer", nil), nil, false},
		"kafka, honoured":  {with("kafka", nil), func(s *emulator.Switches) { s.HonourKafkaStatus = true }, false},
		"kafka, disabled":  {with("kafka", nil), func(s *emulator.Switches) { s.HonourKafkaStatus = false }, true},
		"timer off":        {plus(with("timer", nil), off), func(s *emulator.Switches) { s.CreateTriggersActive = false }, false},
		"timer off, on":    {plus(with("timer", nil), off), func(s *emulator.Switches) { s.CreateTriggersActive = true }, true},
		"kafka off":        {plus(with("kafka", nil), off), nil, false},
		"of a list of all": {with("lts", nil), func(s *emulator.Switches) { s.ListAllQualifiers = true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) {
				s.TriggerDelay = 0
				if test.reads != nil {
					test.reads(s)
				}
			}))
			p := configured(t, e)
			create := func(config attributes, calls ...string) {
				t.Helper()
				if test.left {
					calls = append(calls, "UpdateTrigger")
				}
				if _, diags := p.Create("fgs_function_trigger", config); diags.Failed() {
					t.Fatal(diags)
				}
				expectCalls(t, e, append(calls, "GetTrigger")...)
			}
			create(test.config, "ListTriggers", "CreateTrigger")
			if _, diags := p.Create("fgs_function", function); diags.Failed() {
				t.Fatal(diags)
			}
			e.Emulator.ResetRequests()
			create(plus(test.config, attributes{"function_urn": shopURN}), "CreateTrigger")
		})
	}
}

// TestFollow_requests: a trigger whose function the same run has made anew is made there at once. The one that it was
// is gone: looking for it would be waiting for it.
func TestFollow_requests(t *testing.T) {
	t.Parallel()
	e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) { s.TriggerDelay = 0 }))
	function := attributes{
		"name": "shop", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": attributes{"inline": "x"},
	}
	config := plus(with("timer", nil), attributes{"function_urn": shopURN})
	create := func(p *acctest.Protocol, resource string, config attributes) acctest.Imported {
		t.Helper()
		made, diags := p.Create(resource, config)
		if diags.Failed() {
			t.Fatal(diags)
		}
		return made.Imported
	}
	before := configured(t, e)
	create(before, "fgs_function", function)
	was := create(before, "fgs_function_trigger", config)

	if err := e.Emulator.Delete("default", "shop"); err != nil {
		t.Fatal(err)
	}
	run := configured(t, e)
	create(run, "fgs_function", function)
	e.Emulator.ResetRequests()
	if _, diags := run.Apply("fgs_function_trigger", was, config); diags.Failed() {
		t.Fatal(diags)
	}
	expectCalls(t, e, "CreateTrigger", "GetTrigger")
}

const shopURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:shop"

// TestCreate_twice: a second trigger of a function that the same run has made is found if it is equal, also where it is
// not known whether the first was made.
func TestCreate_twice(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string][]emulator.Fault{"made": nil, "lost": {
		{Op: "CreateTrigger", Kind: emulator.DropAfter}, {Op: "ListTriggers", Status: 403, Code: "FSS.0403", Times: -1},
	}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) { s.TriggerDelay = 0 }))
			p := configured(t, e)
			if _, diags := p.Create("fgs_function", attributes{
				"name": "shop", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
				"agency": "reader", "code": attributes{"inline": "x"},
			}); diags.Failed() {
				t.Fatal(diags)
			}
			logs := plus(with("lts", nil), attributes{"function_urn": shopURN})
			e.Emulator.Inject(faults...)
			if first, diags := p.Create("fgs_function_trigger", logs); first.InState != (name == "made") {
				t.Errorf("the first: %s", diags)
			}
			e.Emulator.ClearFaults()
			again := plus(logs, attributes{"function_urn": shopURN + ":latest"})
			if _, diags := p.Create("fgs_function_trigger", again); !diags.Has(exists) {
				t.Errorf("the second: %s", diags)
			}
			other := plus(with("lts", attributes{"log_stream_id": "s-2"}), attributes{"function_urn": shopURN})
			if _, diags := p.Create("fgs_function_trigger", other); diags.Failed() {
				t.Errorf("another one: %s", diags)
			}
			if n := e.Emulator.Count("CreateTrigger"); n != 2 {
				t.Errorf("%d triggers were made, want 2", n)
			}
		})
	}
}

// manyTimers are n timers of the alias that are in a state, as a run finds them, in an emulator of its own.
func manyTimers(t *testing.T, n int, switches func(*emulator.Switches)) (*acctest.Env, []acctest.Imported) {
	t.Helper()
	e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) {
		s.TriggerDelay = 0
		if switches != nil {
			switches(s)
		}
	}))
	p := configured(t, e)
	var all []acctest.Imported
	for i := range n {
		name := fmt.Sprint("timer-", i)
		made, diags := p.Create("fgs_function_trigger", with("timer", attributes{"name": name, "user_event": "x"}))
		if diags.Failed() {
			t.Fatal(diags)
		}
		all = append(all, made.Imported)
	}
	e.Emulator.ResetRequests()
	return e, all
}

// TestRefresh_requests: of many triggers, two are asked for, and the list of the project stands for all others. Where
// it says that something is new, lacks something, or cannot be had, the trigger's own answer counts.
func TestRefresh_requests(t *testing.T) {
	t.Parallel()
	const n = 8
	edit := func(change func(*emulator.Trigger)) func(*testing.T, *acctest.Env) {
		return func(t *testing.T, e *acctest.Env) {
			if err := e.Emulator.Edit("default", "orders", func(f *emulator.Function) { change(&f.Triggers[n-1]) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	list := func(body string) func(*testing.T, *acctest.Env) {
		return func(_ *testing.T, e *acctest.Env) {
			e.Emulator.Inject(emulator.Fault{Op: "ListProjectTriggers", Status: 200, RawBody: []byte(body), Times: -1})
		}
	}
	fails := func(status int, code string) func(*testing.T, *acctest.Env) {
		return func(_ *testing.T, e *acctest.Env) {
			e.Emulator.Inject(emulator.Fault{Op: "ListProjectTriggers", Status: status, Code: code, Times: -1})
		}
	}
	row := func(status, data string) string {
		return fmt.Sprintf(`{"triggers":[{"trigger_id":"@id","trigger_type_code":"TIMER",%s"event_data":%s,"func_urn":%q,`+
			`"created_time":"@time","last_updated_time":"@time"}]}`, status, data, aliasURN)
	}
	const whole = `{"name":"timer-7","schedule_type":"Cron","schedule":"0 0 3 * * *","user_event":"x"}`
	for name, test := range map[string]struct {
		change func(*testing.T, *acctest.Env)
		body   string // of the list, about the last trigger
		single int    // how many are asked for
		last   string // what the state says of the last: "enabled" by default, "disabled", "gone"
	}{
		"nothing new":        {nil, "", 2, ""},
		"turned off":         {edit(func(x *emulator.Trigger) { x.Status = "DISABLED" }), "", 3, "disabled"},
		"gone":               {edit(func(x *emulator.Trigger) { x.Qualifier = "v1" }), "", 3, "gone"},
		"another member":     {edit(func(x *emulator.Trigger) { x.EventData["tomorrow"] = 1.0 }), "", 2, ""},
		"an empty list":      {list(`{"triggers":[]}`), "", n, ""},
		"of no region":       {fails(404, "APIGW.0101"), "", n, ""},
		"forbidden":          {fails(403, "FSS.0403"), "", n, ""},
		"a row":              {nil, row(`"trigger_status":"ACTIVE",`, whole), n - 1, ""},
		"row without status": {nil, row("", whole), n, ""},
		"row without data":   {nil, row(`"trigger_status":"ACTIVE",`, "null"), n, ""},
		"row of less data": {
			nil, row(`"trigger_status":"ACTIVE",`, strings.Replace(whole, `,"user_event":"x"`, "", 1)), n, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, all := manyTimers(t, n, func(s *emulator.Switches) { s.LookUpAnyQualifier = false })
			p := configured(t, e) // another run
			if test.change != nil {
				test.change(t, e)
			}
			if test.body != "" {
				last := all[n-1]
				list(strings.NewReplacer("@id", p.Text(last, "trigger_id"), "@time", p.Text(last, "created_time")).
					Replace(test.body))(t, e)
			}
			for i, one := range all {
				after, there, diags := p.Refresh("fgs_function_trigger", one)
				if diags.Failed() {
					t.Fatal(diags)
				}
				want := ""
				if i == n-1 {
					want = test.last
				}
				switch {
				case want == "gone":
					if there {
						t.Error("it is still there")
					}
				case !there:
					t.Errorf("number %d is gone", i)
				case (p.Text(after, "enabled") == "true") != (want == ""):
					t.Errorf("number %d: enabled is %s", i, p.Text(after, "enabled"))
				}
			}
			if got := e.Emulator.Count("GetTrigger"); got != test.single {
				t.Errorf("%d triggers were asked for, want %d", got, test.single)
			}
			if got := e.Emulator.Count("ListProjectTriggers"); got != 1 {
				t.Errorf("%d lists were asked for, want 1", got)
			}
			if test.last != "gone" { // whoever reads again wants to know what is new
				e.Emulator.ResetRequests()
				_, _, diags := p.Refresh("fgs_function_trigger", all[n-1])
				if diags.Failed() || e.Emulator.Count("GetTrigger") != 1 {
					t.Errorf("a second refresh: %d requests %s", e.Emulator.Count(), diags)
				}
			}
		})
	}
}
