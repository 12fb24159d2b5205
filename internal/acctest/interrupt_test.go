// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// moment is when, around one request, somebody interrupts a command or kills its process.
type moment struct {
	name string
	set  func(w *world, at int, act func())
}

var (
	arrived = moment{"arrived", func(w *world, at int, act func()) {
		w.wire.before = func(n int) {
			if n == at {
				act()
			}
		}
	}}
	processed = moment{"processed", func(w *world, at int, act func()) {
		w.wire.after = func(n int) {
			if n == at {
				act()
			}
		}
	}}
	slow = moment{"slow answer", func(w *world, at int, act func()) {
		w.wire.api.Inject(emulator.Fault{Skip: at, Delay: 10 * time.Second})
		arrived.set(w, at, func() { time.AfterFunc(time.Second, act) })
	}}
	waiting = moment{"waiting to repeat", func(w *world, at int, act func()) {
		w.wire.api.Inject(emulator.Fault{Skip: at, Status: 503, Code: "FSS.0503"})
		processed.set(w, at, func() { time.AfterFunc(time.Millisecond, act) })
	}}
	throttled = moment{"throttled", func(w *world, at int, act func()) {
		w.wire.api.Inject(emulator.Fault{Skip: at, Status: 429, Code: "APIGW.0308", Message: "limit:5,time:1 minute"})
		processed.set(w, at, func() { time.AfterFunc(time.Second, act) })
	}}
)

// TestInterruptMatrix cancels every command around every one of its requests. After it the state has the function or
// the service has nothing, nothing is tainted, and the next apply needs nobody's help.
func TestInterruptMatrix(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			from := prepare(t, s)
			for at, r := range from.requests {
				for _, m := range []moment{arrived, processed, slow, waiting, throttled} {
					t.Run(fmt.Sprintf("%s at %d %s", m.name, at, r.Op), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { interrupt(newWorld(t, s, from), m, at) })
					})
				}
			}
		})
	}
}

func interrupt(w *world, m moment, at int) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	var when time.Time
	m.set(w, at, func() { when = time.Now(); cancel() })
	diags := w.run(ctx)
	if when.IsZero() && m.name == throttled.name { // a plan does not wait that long to look ahead: it was over before
		when = time.Now()
	}
	if when.IsZero() {
		w.t.Fatal("nothing was interrupted")
	}
	if took := time.Since(when); took > 25*time.Second { // what follows a creation has 20 s
		w.t.Errorf("it went on for %v", took)
	}
	if w.there() && w.state.IsNull() {
		w.t.Errorf("orphaned, or removed from the state: %s", diags)
	}
	if w.tainted && m.name != throttled.name { // a throttled follow-up may have to be given up
		w.t.Errorf("tainted: %s", diags)
	}
	w.mend()
	if w.tainted {
		w.recover(diags)
		return
	}
	if diags := w.run(w.t.Context()); diags.failed() {
		w.t.Errorf("the next apply failed: %s", diags)
	}
	w.converged()
}

// TestKillMatrix kills the process of every command around every one of its requests, so that nothing of it is saved.
// The next apply converges, or its error holds the import block with which it does.
func TestKillMatrix(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			from := prepare(t, s)
			for at, r := range from.requests {
				for _, m := range []moment{arrived, processed} {
					t.Run(fmt.Sprintf("%s at %d %s", m.name, at, r.Op), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { kill(newWorld(t, s, from), m, at, from) })
					})
				}
			}
		})
	}
}

func kill(w *world, m moment, at int, from snapshot) {
	w.t.Helper()
	before, existed := w.wire.api.Function("default", "orders")
	m.set(w, at, w.wire.kill)
	w.run(w.t.Context()) // nobody sees what becomes of it
	time.Sleep(time.Minute)
	again := &world{t: w.t, s: w.s, wire: &wire{api: w.wire.api}, state0: w.state0}
	again.server = newServer(w.t, again.wire)
	again.core = newCore(w.t, again.server, w.s.resource)
	if !from.state.IsNull() {
		again.core.state, again.core.private = from.state, from.private
	}
	again.recover(nil)
	if after, ok := w.wire.api.Function("default", "orders"); existed && !w.s.destroy && (!ok || after.ID != before.ID) {
		w.t.Error("the function was lost on the way")
	}
}
