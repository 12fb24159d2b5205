// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// moment is when, around one request, somebody interrupts a command or kills its process.
type moment struct {
	name string
	says string // in the guide
	set  func(w *world, at int, act func())
}

var (
	arrived = moment{"arrived", "before the service has begun", func(w *world, at int, act func()) {
		w.wire.before = func(n int) {
			if n == at {
				act()
			}
		}
	}}
	processed = moment{"processed", "when the service has done its work", func(w *world, at int, act func()) {
		w.wire.after = func(n int) {
			if n == at {
				act()
			}
		}
	}}
	slow = moment{"slow answer", "while the service is at work", func(w *world, at int, act func()) {
		w.wire.api.Inject(emulator.Fault{Skip: at, Delay: 10 * time.Second})
		arrived.set(w, at, func() { time.AfterFunc(time.Second, act) })
	}}
	waiting = moment{"waiting to repeat", "while a busy service is waited for", func(w *world, at int, act func()) {
		w.wire.api.Inject(emulator.Fault{Skip: at, Status: 503, Code: "FSS.0503"})
		processed.set(w, at, func() { time.AfterFunc(time.Millisecond, act) })
	}}
	throttled = moment{"throttled", "while the service has asked to wait", func(w *world, at int, act func()) {
		w.wire.api.Inject(emulator.Fault{Skip: at, Status: 429, Code: "APIGW.0308", Message: "limit:5,time:1 minute"})
		processed.set(w, at, func() { time.AfterFunc(time.Second, act) })
	}}
)

// matrix runs a situation around every request of every command, and compares what was seen with a table of the guide.
func matrix(t *testing.T, name, head string, moments []moment, words map[outcome]string,
	run func(w *world, m moment, at int, from snapshot) outcome,
) {
	t.Helper()
	var seen tally
	want := 0
	t.Run("all", func(t *testing.T) {
		for _, s := range scenarios(t) {
			from := prepare(t, s)
			want += len(moments) * len(from.requests)
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				for at, r := range from.requests {
					for i, m := range moments {
						if (at*len(moments)+i)%everyMoment != 0 {
							continue
						}
						t.Run(fmt.Sprintf("%s at %d %s", m.name, at, r.Op), func(t *testing.T) {
							synctest.Test(t, func(t *testing.T) {
								seen.add(m.says, s.kind(), run(newWorld(t, s, from), m, at, from))
							})
						})
					}
				}
			})
		}
	})
	if seen.cells == want && !t.Failed() { // not with -run for some of them
		compareOutcomes(t, name, seen.table(head, "", words), words)
	}
}

// TestInterruptMatrix cancels every command around every one of its requests. After it the state has the function or
// the service has nothing, nothing is tainted, and the next apply needs nobody's help. What was seen stands in the
// guide.
func TestInterruptMatrix(t *testing.T) {
	t.Parallel()
	words := map[outcome]string{
		unnoticed: "it ends as if nothing was", warned: "it ends with a warning", finishes: "it stops, apply again",
		untainting: "it stops, untaint, apply again",
	}
	moments := []moment{arrived, processed, slow, waiting, throttled}
	matrix(t, "interrupts", "When the interrupt comes", moments, words, interrupt)
}

func interrupt(w *world, m moment, at int, from snapshot) outcome {
	w.t.Helper()
	before, _ := w.wire.api.Function("default", "orders")
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	var when atomic.Pointer[time.Time]
	m.set(w, at, func() {
		now := time.Now()
		when.Store(&now)
		cancel()
		synctest.Wait() // so that it has come everywhere before anything else happens
	})
	diags := w.run(ctx)
	defer w.tell(diags)
	began := when.Load()
	switch {
	case began != nil:
		if took := time.Since(*began); took > 25*time.Second { // what follows a creation has 20 s
			w.t.Errorf("it went on for %v, want 25 s at most", took)
		}
	case !looksAhead(w.s, from.requests, at) && !w.s.calls: // which is over before anybody can interrupt it
		w.t.Fatal("nothing was interrupted")
	}
	speaksPlainly(w.t, diags)
	if w.s.calls {
		w.calledOnce(diags)
	} else if w.there() && w.state.IsNull() && w.s.id == "" {
		w.t.Error("orphaned, or removed from the state: it exists, and is not in it")
	}
	if w.tainted && m.name != throttled.name { // a throttled follow-up may have to be given up
		w.t.Error("tainted")
	}
	w.mend()
	if w.tainted {
		return w.recover(diags)
	}
	if diags := w.run(w.t.Context()); diags.failed() {
		w.t.Errorf("the next apply failed:%s", diags.brief())
	}
	w.converged()
	w.keptBeside(before, appliesAfter(diags))
	switch {
	case diags.failed():
		return finishes
	case !diags.says(from.clean):
		return warned
	}
	return unnoticed
}

// TestKillMatrix kills the process of every command around every one of its requests, so that nothing of it is saved.
// The next apply converges, or its error holds the import block with which it does. What was seen stands in the guide.
func TestKillMatrix(t *testing.T) {
	t.Parallel()
	words := map[outcome]string{
		finishes: "apply again", untainting: "untaint, apply again", importing: "apply again shows an import block",
	}
	matrix(t, "kills", "When the process is killed", []moment{arrived, processed}, words, kill)
}

func kill(w *world, m moment, at int, from snapshot) outcome {
	w.t.Helper()
	before, existed := w.wire.api.Function("default", "orders")
	m.set(w, at, w.wire.kill)
	w.run(w.t.Context()) // nobody sees what becomes of it
	time.Sleep(time.Minute)
	again := &world{t: w.t, s: w.s, wire: &wire{api: w.wire.api}, state0: w.state0, killed: true}
	again.server = newServer(w.t, again.wire)
	again.core = newCore(w.t, again.server, w.s.resource)
	if !from.state.IsNull() {
		again.core.state, again.core.private = from.state, from.private
	}
	out := again.recover(nil)
	if after, ok := w.wire.api.Function("default", "orders"); existed && !w.s.destroy && (!ok || after.ID != before.ID) {
		w.t.Error("the function was lost on the way")
	}
	w.keptVersions(before)
	again.keptBeside(before, 2)
	return out
}
