// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	reservedType = "fgs_reserved_instances"
	asyncType    = "fgs_async_invoke_configuration"
	eventType    = "fgs_function_event"
)

// belonging is something that a function, a version or an alias has beside its code: a resource of this kind has a row.
type belonging struct {
	resource        string
	first, second   values // two configurations of one object
	writes          string // the call that makes and changes it
	makes           string // the one that makes it, where that is another
	removes         string // the one that removes it, where that is another
	id              string
	holds           func(f emulator.Function) any // what the service has, comparable
	one, two        any                           // what it has under the two
	others, removed func(api *emulator.Server) error
}

var belongings = []belonging{{
	resource: reservedType, id: functionURN + ":!live", writes: "SetReservedInstances",
	first: values{"function_urn": functionURN + ":!live", "min_count": 2, "schedules": values{"office": values{
		"cron": "0 0 6 * * *", "count": 5, "start_time": "2099-01-01T00:00:00Z", "end_time": "2099-02-01T01:00:00+01:00",
	}}},
	second: values{"function_urn": functionURN + ":!live", "min_count": 3, "idle_mode": true, "utilization": values{
		"busy": values{"threshold": 80, "min": 4},
	}},
	holds: func(f emulator.Function) any { return f.Reservations },
	one: []emulator.Reservation{{Qualifier: "!live", MinCount: 2, Cron: []emulator.CronPolicy{{
		Name: "office", Cron: "0 0 6 * * *", Count: 5, StartTime: 4070908800, ExpiredTime: 4073587200,
	}}, Metric: []emulator.MetricPolicy{}}},
	two: []emulator.Reservation{{Qualifier: "!live", MinCount: 3, IdleMode: true, Cron: []emulator.CronPolicy{},
		Metric: []emulator.MetricPolicy{{Name: "busy", Type: "Concurrency", Threshold: 80, Min: 4}}}},
	others: func(api *emulator.Server) error {
		return api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "!live", MinCount: 1})
	},
	removed: func(api *emulator.Server) error {
		return api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "!live"})
	},
}, {
	resource: asyncType, id: functionURN + ":!live", writes: "SetAsyncSettings", removes: "DeleteAsyncSettings",
	first: values{"function_urn": functionURN + ":!live", "max_retry_attempts": 0,
		"on_failure": values{"smn": values{"topic_urn": "urn:smn:a:b:c"}}},
	second: values{"function_urn": functionURN + ":!live", "max_event_age": 60,
		"on_success": values{"obs": values{"bucket": "done", "expires": 7}}},
	holds: func(f emulator.Function) any {
		var out []emulator.AsyncSettings
		for _, a := range f.Async {
			a.Created, a.Modified = time.Time{}, time.Time{}
			out = append(out, a)
		}
		return out
	},
	one: []emulator.AsyncSettings{{Qualifier: "!live", MaxAge: 3600, Retries: 0,
		OnFailure: &emulator.AsyncDestination{Destination: "SMN", Param: `{"topic_urn":"urn:smn:a:b:c"}`}}},
	two: []emulator.AsyncSettings{{Qualifier: "!live", MaxAge: 60, Retries: 1,
		OnSuccess: &emulator.AsyncDestination{Destination: "OBS", Param: `{"bucket":"done","prefix":"","expires":7}`}}},
	others: func(api *emulator.Server) error {
		return api.PutAsyncSettings("default", "orders", emulator.AsyncSettings{Qualifier: "!live", MaxAge: 7, Retries: 2})
	},
	removed: func(api *emulator.Server) error {
		return api.Edit("default", "orders", func(f *emulator.Function) { f.Async = nil })
	},
}, {
	resource: eventType, id: functionURN + "/smoke", writes: "UpdateEvent", makes: "CreateEvent", removes: "DeleteEvent",
	first:  values{"function_urn": functionURN, "name": "smoke", "content": `{"n":1}`},
	second: values{"function_urn": functionURN, "name": "smoke", "content": `{"n":2}`},
	holds: func(f emulator.Function) any {
		var out []string
		for _, e := range f.Events {
			out = append(out, e.Name+" "+e.Content)
		}
		return out
	},
	one: []string{"smoke " + base64.StdEncoding.EncodeToString([]byte(`{"n":1}`))},
	two: []string{"smoke " + base64.StdEncoding.EncodeToString([]byte(`{"n":2}`))},
	others: func(api *emulator.Server) error {
		return api.Edit("default", "orders", func(f *emulator.Function) {
			f.Events = []emulator.Event{{ID: "theirs", Name: "smoke", Content: "eA=="}}
		})
	},
	removed: func(api *emulator.Server) error {
		return api.Edit("default", "orders", func(f *emulator.Function) { f.Events = nil })
	},
}}

// owned is a belonging in the hands of a provider, where there is a function with the version v1 and the alias live.
type owned struct {
	belonging
	*core
	w *wire
}

// own runs a test of a belonging.
func (b belonging) own(t *testing.T, run func(o *owned)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		api.Put(emulator.Function{
			Name: "orders", Versions: []emulator.Version{{Name: "v1"}}, Aliases: []emulator.Alias{{Name: "live", Version: "v1"}},
		})
		w := &wire{api: api}
		run(&owned{b, newCore(t, newServer(t, w), b.resource), w})
	})
}

// must ends the test where a command fails.
func (o *owned) must(d diagnostics) {
	o.t.Helper()
	if d.failed() {
		o.t.Fatal(d)
	}
}

// expect demands that the service has what a configuration asks for, and that the next plan is empty; nil for nothing.
func (o *owned) expect(config values, want any) {
	o.t.Helper()
	f, _ := o.w.api.Function("default", "orders")
	got := o.holds(f)
	if want == nil {
		f.Reservations = nonEmpty(f.Reservations)
		if v := reflect.ValueOf(o.holds(f)); v.Len() > 0 {
			o.t.Errorf("the service has %+v", got)
		}
		return
	}
	if !sameText(got, want) {
		o.t.Errorf("the service has\n%s, want\n%s", text(got), text(want))
	}
	if err := o.empty(o.t.Context(), config); err != nil {
		o.t.Error(err)
	}
}

// nonEmpty leaves out what is kept at 0 (contract Q46).
func nonEmpty(all []emulator.Reservation) (out []emulator.Reservation) {
	for _, r := range all {
		if r.MinCount > 0 || len(r.Cron)+len(r.Metric) > 0 {
			out = append(out, r)
		}
	}
	return out
}

func sameText(a, b any) bool { return text(a) == text(b) }

// text shows what pointers point at; nil lists are as empty ones.
func text(v any) string {
	if list, ok := v.([]emulator.AsyncSettings); ok {
		var out []string
		for _, a := range list {
			out = append(out, fmt.Sprint(a.Qualifier, " ", a.MaxAge, a.Retries, a.StatusLog, a.OnSuccess, a.OnFailure))
		}
		return strings.Join(out, "\n")
	}
	return fmt.Sprintf("%+v", v)
}

// count is how often the service was asked to write.
func (o *owned) written() int {
	ops := []string{o.writes}
	for _, op := range []string{o.makes, o.removes} {
		if op != "" {
			ops = append(ops, op)
		}
	}
	return o.w.api.Count(ops...)
}

// eachBelonging runs a test for each of them.
func eachBelonging(t *testing.T, run func(t *testing.T, b belonging)) {
	t.Helper()
	for _, b := range belongings {
		t.Run(b.resource, func(t *testing.T) {
			t.Parallel()
			run(t, b)
		})
	}
}

// TestBelonging_life: one call makes it, one changes all of it, in place, one removes it; what is changed behind
// Terraform's back is repaired, what is removed is made anew, and what is gone already is no error.
func TestBelonging_life(t *testing.T) {
	t.Parallel()
	eachBelonging(t, func(t *testing.T, b belonging) {
		b.own(t, func(o *owned) {
			t, ctx := o.t, o.t.Context()
			step := func(config values, want any, writes int) {
				t.Helper()
				before := o.written()
				o.must(o.apply(ctx, config))
				if got := o.written() - before; got != writes {
					t.Errorf("%d calls that write, want %d", got, writes)
				}
				o.expect(config, want)
				if o.text("id") != b.id {
					t.Errorf("the id is %s", o.text("id"))
				}
			}
			step(b.first, b.one, 1)
			step(b.first.with(values{"timeouts": values{"update": "5m"}}), b.one, 0)
			step(b.second, b.two, 1)
			if err := b.removed(o.w.api); err != nil {
				t.Fatal(err)
			}
			step(b.second, b.two, 1)
			if err := b.others(o.w.api); err != nil { // of an event: another one of its name
				t.Fatal(err)
			}
			step(b.second, b.two, 1)
			imported := newCore(t, o.server, b.resource)
			o.must(imported.importID(ctx, b.id))
			if err := imported.empty(ctx, b.second); err != nil {
				t.Errorf("after an import: %s", err)
			}
			o.must(o.destroy(ctx))
			o.expect(nil, nil)
			o.must(imported.destroy(ctx)) // it is gone
			o.must(o.apply(ctx, b.first))
			if err := o.w.api.Delete("default", "orders"); err != nil {
				t.Fatal(err)
			}
			o.server = newServer(t, o.w) // a run of its own
			state := o.state
			if d := o.refresh(ctx); len(d) > 0 || !o.state.IsNull() {
				t.Errorf("its function is gone: %s", d)
			}
			o.state = state
			o.must(o.destroy(ctx))
		})
	})
}

// TestBelonging_exists: what somebody else has set is never overwritten: it is an error with an import block, which
// takes it over. What is as planned is taken over at once where nothing tells whose it is.
func TestBelonging_exists(t *testing.T) {
	t.Parallel()
	eachBelonging(t, func(t *testing.T, b belonging) {
		b.own(t, func(o *owned) {
			t, ctx := o.t, o.t.Context()
			if err := b.others(o.w.api); err != nil {
				t.Fatal(err)
			}
			d := o.apply(ctx, b.first)
			if !d.has("Already Exists") || !d.has(fmt.Sprintf("id = %q", b.id)) || !o.state.IsNull() ||
				o.w.api.Count(b.writes) > 0 {
				t.Errorf("others: %s", d)
			}
			o.must(o.importID(ctx, b.id))
			o.must(o.apply(ctx, b.first))
			o.expect(b.first, b.one)
			if b.resource == eventType {
				return
			}
			second := newCore(t, newServer(t, o.w), b.resource)
			before := o.written()
			if d := second.apply(ctx, b.first); d.failed() || !d.has("Taken Over") || o.written() > before {
				t.Errorf("equal ones: %s", d)
			}
			if err := second.empty(ctx, b.first); err != nil {
				t.Error(err)
			}
		})
	})
}

// belongingFaults are what may happen to a request once and is not in the fault matrix; never is that the command fails
// for it.
var belongingFaults = map[string]struct {
	emulator.Fault
	passes bool
}{
	"a bare 202":    {emulator.Fault{Status: 202, RawBody: []byte(` `)}, true},
	"no such thing": {emulator.Fault{Status: 404, Code: "FSS.1051", Message: "m"}, false},
}

// TestBelonging_faults hits every request of every command with every fault. Whatever happened, nothing of others was
// touched, nothing is made twice, a change never takes it away on the way, and the next apply ends as planned.
func TestBelonging_faults(t *testing.T) {
	t.Parallel()
	eachBelonging(t, func(t *testing.T, b belonging) {
		commands := map[string]func(o *owned) diagnostics{
			"create": func(o *owned) diagnostics { return o.apply(o.t.Context(), b.first) },
			"update": func(o *owned) diagnostics { return o.apply(o.t.Context(), b.second) },
			"delete": func(o *owned) diagnostics { return o.destroy(o.t.Context()) },
		}
		cells := 0
		for command, run := range commands {
			start := func(o *owned) int {
				if command != "create" {
					o.must(o.apply(o.t.Context(), b.first))
				}
				o.server = newServer(o.t, o.w) // what it has made is old
				o.w.api.ResetRequests()
				return 0
			}
			requests := 0
			b.own(t, func(o *owned) {
				start(o)
				o.must(run(o))
				requests = len(o.w.api.Requests())
			})
			for at := range requests {
				for name, fault := range belongingFaults {
					t.Run(fmt.Sprintf("%s at %d of %s", name, at, command), func(t *testing.T) {
						cells++
						b.own(t, func(o *owned) {
							start(o)
							fault.Skip = at
							o.w.api.Inject(fault.Fault)
							d := run(o)
							if d.failed() && fault.passes {
								o.t.Errorf("it fails: %s", d)
							}
							if len(o.w.api.PendingFaults()) > 0 {
								o.t.Fatal("the fault never happened")
							}
							o.recovers(command, d)
						})
					})
				}
			}
		}
		if cells < 12 {
			t.Errorf("only %d cells", cells)
		}
	})
}

// recovers demands what holds after a fault, and what the next apply makes of it.
func (o *owned) recovers(command string, d diagnostics) {
	o.t.Helper()
	ctx := o.t.Context()
	for _, r := range o.w.api.Requests() {
		if command == "update" && r.Op == "SetReservedInstances" && strings.Contains(string(r.Body), `"count":0`) {
			o.t.Error("the number was 0 on the way")
		}
	}
	o.server = newServer(o.t, o.w)
	switch command {
	case "create":
		if o.tainted {
			o.t.Errorf("it is tainted: %s", d)
		}
		o.must(o.apply(ctx, o.first))
		o.expect(o.first, o.one)
	case "update":
		o.must(o.apply(ctx, o.second))
		o.expect(o.second, o.two)
	case "delete":
		if !o.state.IsNull() {
			o.must(o.destroy(ctx))
		}
		o.expect(nil, nil)
	}
}

// TestBelonging_notTaken: a write that the service answers and does not make is an error that says what is another,
// after some seconds; the state has what is true, and the next apply repairs it.
func TestBelonging_notTaken(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		belonging
		answer string
		says   string
	}{
		{belongings[0], `{"count":3}`, "min_count 2, not 3"},
		{belongings[1], `{"func_urn":"` + functionURN + `:!live","max_async_event_age_in_seconds":60,` +
			`"max_async_retry_attempts":1}`, "max_event_age is 3600, not 60"},
	} {
		t.Run(test.resource, func(t *testing.T) {
			t.Parallel()
			test.own(t, func(o *owned) {
				ctx := o.t.Context()
				lie := emulator.Fault{Op: o.writes, Status: 200, RawBody: []byte(test.answer)}
				o.must(o.apply(ctx, o.first))
				o.w.api.Inject(lie)
				began := time.Now()
				d := o.apply(ctx, o.second)
				if !d.failed() || !d.has("The service did not take") || !d.has(test.says) || o.tainted ||
					time.Since(began) > 40*time.Second {
					o.t.Errorf("after %v: %s", time.Since(began), d)
				}
				if err := o.emptyPlan(ctx, o.first); err != nil {
					o.t.Errorf("the state is not what the service has: %s", err)
				}
				o.must(o.apply(ctx, o.second))
				o.expect(o.second, o.two)
				o.must(o.destroy(ctx))

				lie.RawBody = []byte(strings.Replace(test.answer, `"count":3`, `"count":2`, 1))
				o.w.api.Inject(lie)
				if d := o.apply(ctx, o.first); !d.has("is not found") || !o.tainted {
					o.t.Errorf("nothing was made: %s", d)
				}
				o.must(o.apply(ctx, o.first))
				o.expect(o.first, o.one)
			})
		})
	}
}

// TestEvent_identity: function and name are the identity of an event, by which it can be imported.
func TestEvent_identity(t *testing.T) {
	t.Parallel()
	belongings[2].own(t, func(o *owned) {
		ctx := o.t.Context()
		o.must(o.apply(ctx, o.first))
		imported := newCore(o.t, newServer(o.t, o.w), eventType)
		o.must(imported.imports(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: eventType, Identity: o.identity}))
		if err := imported.empty(ctx, o.first); err != nil || imported.text("id") != o.id {
			o.t.Errorf("%v: %s", err, imported.text("id"))
		}
		named := attributesOf(identityValue(o.t, eventType, imported.identity))
		var urn, name string
		if err := errors.Join(named["function_urn"].As(&urn), named["name"].As(&name)); err != nil ||
			urn != functionURN || name != "smoke" || len(named) != 2 {
			o.t.Errorf("the identity is %v, %v", named, err)
		}
	})
}

// TestBelonging_notTakenEvent: the same of the content of an event, whose answer names it by the service's id.
func TestBelonging_notTakenEvent(t *testing.T) {
	t.Parallel()
	b := belongings[2]
	b.own(t, func(o *owned) {
		ctx := o.t.Context()
		o.must(o.apply(ctx, o.first))
		f, _ := o.w.api.Function("default", "orders")
		answer := fmt.Sprintf(`{"id":%q,"name":"smoke"}`, f.Events[0].ID)
		o.w.api.Inject(emulator.Fault{Op: o.writes, Status: 200, RawBody: []byte(answer)})
		if d := o.apply(ctx, o.second); !d.failed() || !d.has("The service did not take") || o.tainted {
			o.t.Errorf("not taken: %s", d)
		}
		if err := o.emptyPlan(ctx, o.first); err != nil {
			o.t.Errorf("the state is not what the service has: %s", err)
		}
		stale, _ := json.Marshal(values{"id": f.Events[0].ID, "name": "smoke", "content": f.Events[0].Content})
		o.w.api.Inject(emulator.Fault{Op: "GetEvent", Skip: 1, Times: 2, Status: 200, RawBody: stale}) // one is the refresh
		o.must(o.apply(ctx, o.second))
		o.expect(o.second, o.two)
		if left := o.w.api.PendingFaults(); len(left) > 0 {
			o.t.Errorf("not awaited: %v", left)
		}
		if err := o.emptyPlan(ctx, o.second); err != nil {
			o.t.Error(err)
		}
	})
}

// TestBelonging_lateRemoval: a removal that the service answers before it shows is awaited, since what comes after may
// clash with it; one that never shows is an error, and the state keeps what is there.
func TestBelonging_lateRemoval(t *testing.T) {
	t.Parallel()
	for _, b := range belongings {
		for name, late := range map[string]bool{"late": true, "never": false} {
			t.Run(b.resource+"/"+name, func(t *testing.T) {
				t.Parallel()
				b.own(t, func(o *owned) {
					ctx := o.t.Context()
					o.must(o.apply(ctx, o.first))
					lie := emulator.Fault{Op: o.removes, Status: 204, RawBody: []byte{}}
					if o.removes == "" {
						lie = emulator.Fault{Op: o.writes, Status: 200, RawBody: []byte(`{"count":0}`)}
					}
					o.w.api.Inject(lie)
					if late {
						time.AfterFunc(20*time.Second, func() {
							if err := o.removed(o.w.api); err != nil {
								o.t.Error(err)
							}
						})
					}
					began := time.Now()
					d := o.destroy(ctx)
					if d.failed() == late || time.Since(began) < 20*time.Second || !late && !d.has("Apply again") {
						o.t.Errorf("after %v: %s", time.Since(began), d)
					}
					if !late {
						o.must(o.destroy(ctx))
					}
				})
			})
		}
	}
}

// TestBelonging_lateReserved: reserved instances that show only after a while are awaited: else they would be tainted,
// and made anew in each apply.
func TestBelonging_lateReserved(t *testing.T) {
	t.Parallel()
	b := belongings[0]
	b.own(t, func(o *owned) {
		ctx := o.t.Context()
		none := []byte(`{"reserved_instances":null,"page_info":null,"count":0}`)
		o.w.api.Inject(emulator.Fault{Op: "ListReservedInstances", Times: 20, Status: 200, RawBody: none})
		o.must(o.apply(ctx, o.first))
		if o.tainted || len(o.w.api.PendingFaults()) > 0 {
			o.t.Error("not awaited, or tainted")
		}
		o.expect(o.first, o.one)
	})
}
