// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const invocationType = "fgs_invocation"

// theCalls are the calls of a function.
var theCalls = []string{"InvokeFunction", "InvokeFunctionAsync"}

// beside is what somebody else keeps beside what a scenario has, of the version v3 and under a name of its own.
var beside = emulator.Function{
	Reservations: []emulator.Reservation{{Qualifier: "v3", MinCount: 1}},
	Async:        []emulator.AsyncSettings{{Qualifier: "v3", MaxAge: 7, Retries: 3}},
	Events:       []emulator.Event{{ID: "theirs", Name: "theirs", Content: "e30="}},
}

// inhabit makes a function with three versions, the alias live at v1, and what others keep beside.
func inhabit(w *world) {
	w.t.Helper()
	api := w.wire.api
	f := beside
	f.Name = "orders"
	api.Put(f)
	for _, err := range []error{
		api.Publish("default", "orders", "v1", ""), api.Publish("default", "orders", "v2", ""),
		api.Publish("default", "orders", "v3", ""), api.PutAlias("default", "orders", "live", "v1", nil),
	} {
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// inhabited starts with a resource of such a function.
func inhabited(resource string, config values) func(*world) {
	return func(w *world) {
		inhabit(w)
		w.make(resource, config)
	}
}

// justAliased starts where the same run has made an alias.
func justAliased(w *world) {
	inhabit(w)
	w.make(aliasType, values{"function_urn": functionURN, "name": "new", "version": "v2"})
}

// productionScenarios are the commands on what a version or an alias has beside its code, and on calls. What one of
// them leaves behind at the service is compared as a whole.
func productionScenarios() []scenario {
	latest, justMade := values{"function_urn": functionURN + ":latest"}, values{"function_urn": functionURN + ":!new"}
	call := values{
		"function_urn": functionURN + ":v1", "input": `{"n":1}`, "triggers": map[string]string{"release": "1"},
	}
	var out []scenario
	for i, noun := range belongingNouns() {
		b := belongings[i]
		start := inhabited(b.resource, b.first)
		named := func(command string) string { return command + " " + []string{"reserved", "async", "event"}[i] }
		fresh := scenario{name: named("create at once"), noun: noun, config: b.first, holds: b.one, fresh: justAliased}
		if i < 2 {
			fresh.config, fresh.holds = b.first.with(justMade), boundTo(b.one, "!new")
		}
		out = append(out, fresh,
			scenario{name: named("create"), noun: noun, config: b.first, holds: b.one, start: inhabit},
			scenario{name: named("refresh"), noun: noun, config: b.first, holds: b.one, refresh: true, start: start},
			scenario{name: named("change"), noun: noun, config: b.second, holds: b.two, changes: true, start: start},
			scenario{name: named("delete"), noun: noun, config: b.first, destroy: true, start: start},
		)
	}
	reserved, event := belongings[0], belongings[2]
	out = append(out, scenario{
		name: "move reserved", noun: belongingNouns()[0], changes: true, replaces: true,
		start: inhabited(reservedType, reserved.first), config: reserved.second.with(latest),
		holds: boundTo(reserved.two, "latest"),
	}, scenario{
		name: "rename event", noun: belongingNouns()[2], changes: true, replaces: true,
		start: inhabited(eventType, event.first), config: event.second.with(values{"name": "late"}),
		holds: []string{"late " + strings.TrimPrefix(event.two.([]string)[0], "smoke ")},
	},
		scenario{name: "call", noun: invocationNoun, config: call, start: inhabit},
		scenario{name: "call at once", noun: invocationNoun, config: call.with(justMade), fresh: justAliased},
		scenario{
			name: "call again", noun: invocationNoun, changes: true, replaces: true, start: inhabited(invocationType, call),
			config: call.with(values{"triggers": map[string]string{"release": "2"}, "asynchronous": true}),
		})
	for i := range out {
		out[i].versions = 3
	}
	return out
}

// boundTo is the one thing that the service has, of another version or alias.
func boundTo(holds any, qualifier string) any {
	switch v := holds.(type) {
	case []emulator.Reservation:
		one := v[0]
		one.Qualifier = qualifier
		return []emulator.Reservation{one}
	case []emulator.AsyncSettings:
		one := v[0]
		one.Qualifier = qualifier
		return []emulator.AsyncSettings{one}
	}
	return holds
}

// belongingNouns are those of the belongings.
func belongingNouns() (out []noun) {
	for _, b := range belongings {
		out = append(out, noun{
			resource: b.resource, makes: []string{cmp.Or(b.makes, b.writes)}, untaint: "terraform untaint",
			there: func(_ *world, f emulator.Function) bool { return reflect.ValueOf(b.holds(own(f))).Len() > 0 },
			same: func(w *world, f emulator.Function) error {
				id, _ := w.s.config["function_urn"].(string)
				if name, named := w.s.config["name"].(string); named {
					id += "/" + name
				}
				return differences(
					[3]any{"id", w.text("id"), id}, [3]any{"holds", text(w.s.holds), text(b.holds(own(f)))},
				)
			},
		})
	}
	return out
}

var invocationNoun = noun{
	resource: invocationType, calls: true,
	there: func(w *world, _ emulator.Function) bool { return !w.state.IsNull() }, // the service keeps nothing
	same: func(w *world, _ emulator.Function) error {
		if !strings.HasPrefix(w.text("id"), w.s.config["function_urn"].(string)+"/") || w.text("request_id") == "" {
			return errors.New("the state has no call: " + w.text("id"))
		}
		return nil
	},
}

// isTheirs says of a qualifier, or of the name of an event, that it is a neighbour's.
func isTheirs(name string) bool { return name == "v3" || name == "theirs" }

// own is what a function has without the neighbours, and theirs is the neighbours, as text.
func own(f emulator.Function) emulator.Function {
	f, _ = apart(f)
	return f
}

func theirs(f emulator.Function) string {
	_, f = apart(f)
	for i := range f.Async {
		f.Async[i].Created, f.Async[i].Modified = time.Time{}, time.Time{}
	}
	return fmt.Sprint(f.Reservations, f.Async, f.Events)
}

func apart(f emulator.Function) (own, theirs emulator.Function) {
	own = f
	own.Reservations, own.Async, own.Events = nil, nil, nil
	side := func(name string) *emulator.Function {
		return map[bool]*emulator.Function{true: &theirs, false: &own}[isTheirs(name)]
	}
	for _, r := range nonEmpty(f.Reservations) {
		to := side(r.Qualifier)
		to.Reservations = append(to.Reservations, r)
	}
	for _, a := range f.Async {
		to := side(a.Qualifier)
		to.Async = append(to.Async, a)
	}
	for _, e := range f.Events {
		to := side(e.Name)
		to.Events = append(to.Events, e)
	}
	return own, theirs
}

// keptBeside demands that what somebody else keeps beside the scenario's object is as it was, that the number of
// reserved instances that the state names was never 0 on the way, and that there was a call for each apply at the most,
// and none where the scenario is about something else.
func (w *world) keptBeside(before emulator.Function, applies int) {
	w.t.Helper()
	if after, ok := w.wire.api.Function("default", "orders"); ok && theirs(after) != theirs(before) {
		w.t.Errorf("the service has %s of others, and had %s", theirs(after), theirs(before))
	}
	for _, r := range w.wire.api.Requests("SetReservedInstances") {
		if !w.state.IsNull() && emptiesReserved(r, w.text("id")) {
			w.t.Error("the number was 0 on the way")
		}
	}
	if n := w.wire.api.Count(theCalls...); n > applies || n > 0 && !w.s.calls {
		w.t.Errorf("%d calls were sent in %d applies", n, applies)
	}
}

// emptiesReserved says that a request takes the reserved instances of a version or an alias away.
func emptiesReserved(r emulator.Request, id string) bool {
	return strings.HasSuffix(r.Path, id+"/reservedinstances") && strings.HasPrefix(string(r.Body), `{"count":0,`) &&
		strings.Contains(string(r.Body), `"cron_configs":[],"metric_configs":[]`)
}

// calledOnce demands of a command that calls a function that it does so once, and that only a call that went well is in
// the state.
func (w *world) calledOnce(diags diagnostics) {
	w.t.Helper()
	if n := w.wire.api.Count(theCalls...); n > 1 || n == 0 && !diags.failed() {
		w.t.Errorf("%d calls were sent, want one", n)
	}
	if diags.failed() != w.state.IsNull() {
		w.t.Errorf("the call is in the state: %t, after: %s", !w.state.IsNull(), diags.brief())
	}
}

// appliesAfter is how many applies there are with the one that ends what the command began.
func appliesAfter(diags diagnostics) int {
	if diags.failed() {
		return 2
	}
	return 1
}
