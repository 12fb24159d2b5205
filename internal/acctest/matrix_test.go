// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// wireFault is something that goes wrong with a request.
type wireFault struct {
	emulator.Fault
	refused, hidden bool        // what the emulator cannot do: see wire
	bend            func(reply) // changes the answer; nor can it do that
	says            string      // in the guide
	modes           []mode      // nil is once
	// hits says whether a request can be hit; nil is each that a start without a fresh one makes.
	hits func(s scenario, requests []emulator.Request, at int) bool

	passes  bool          // when it happens once, nobody notices
	wait    time.Duration // that the service asks for
	typed   bool          // a read has a value of another type: an error at once
	forGood bool          // when it stays, it is an error after half a minute
	stays   bool          // a deletion is not done: when that stays, it is an error
	done    bool          // nothing is wrong: nobody notices, however often it happens
	bare    bool          // the answer is an object with nothing in it; its headers are as they were
}

// mode says how often a fault happens.
type mode int

const (
	once   mode = iota // to one request
	always             // to a call, from one request on
	down               // to everything, from one request on
)

func (m mode) String() string { return [...]string{"once", "always", "down"}[m] }

// cell is one fault at one request of one command.
type cell struct {
	name     string
	fault    wireFault
	mode     mode
	at       int // number of the request
	scenario scenario
	requests []emulator.Request
}

func (c cell) String() string {
	return fmt.Sprintf("%s %s at %d %s", c.name, c.mode, c.at, c.requests[c.at].Op)
}

// arm prepares the fault.
func (c cell) arm(w *wire) {
	hits := func(n int, r *http.Request) bool {
		return n == c.at || n > c.at && (c.mode == down || c.mode == always && sameCall(r, c.requests[c.at]))
	}
	switch {
	case c.fault.refused:
		w.refuse = hits
		return
	case c.fault.hidden:
		w.hide = hits
		return
	case c.fault.bend != nil:
		w.bend = func(n int, r *http.Request, resp reply) {
			if hits(n, r) {
				c.fault.bend(resp)
			}
		}
		return
	}
	f := c.fault.Fault
	f.Skip, f.Times = c.at, 1
	if c.mode != once {
		f.Times = -1
	}
	if c.mode == always {
		f.Op, f.Skip = c.requests[c.at].Op, 0
		for _, r := range c.requests[:c.at] {
			if r.Op == f.Op {
				f.Skip++
			}
		}
	}
	w.api.Inject(f)
}

// TestFaultMatrix hits every request of every command with every fault: once; the same call always; and everything from
// there on. Whatever happens, nothing is orphaned, doubled or lost; nobody waits longer than told; and the next apply,
// with what the diagnostics advise, converges on exactly what the service holds. What was seen stands in the guide.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	var seen tally
	want := 0
	t.Run("all", func(t *testing.T) {
		for _, s := range scenarios(t) {
			from := prepare(t, s)
			all := cells(s, from.requests)
			want += len(all)
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				for i, c := range all {
					if i%everyCell != 0 {
						continue
					}
					t.Run(c.String(), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) {
							o := c.run(t, newWorld(t, s, from), from.clean)
							seen.add(c.row(), s.kind(), o)
						})
					})
				}
			})
		}
	})
	if seen.cells == want && !t.Failed() { // not with -run for some of them
		compareOutcomes(t, "one request", seen.table("What happens to one request", once.String()+": ", nil), nil)
		const as = "What happens to a call, as long as the command runs"
		compareOutcomes(t, "a call", seen.table(as, always.String()+": ", nil), nil)
	}
}

// row is where a cell counts: whether one call fails for good or all do makes no difference to who reads.
func (c cell) row() string {
	if c.mode == down {
		return always.String() + ": " + c.fault.says
	}
	return c.mode.String() + ": " + c.fault.says
}

// cells is every fault at every request that it can hit.
func cells(s scenario, requests []emulator.Request) []cell {
	var out []cell
	for name, fault := range wireFaults() {
		for at := range requests {
			if fault.hits == nil && s.fresh != nil || fault.hits != nil && !fault.hits(s, requests, at) {
				continue
			}
			for _, m := range append(fault.modes, once)[:max(1, len(fault.modes))] {
				out = append(out, cell{name, fault, m, at, s, requests})
			}
		}
	}
	return out
}

// run is one cell.
func (c cell) run(t *testing.T, w *world, clean diagnostics) outcome {
	t.Helper()
	before, existed := w.wire.api.Function("default", "orders")
	c.arm(w.wire)
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour) // a CLI waits for ever
	defer cancel()
	diags := w.run(ctx)
	defer w.tell(diags)
	c.waited(t, diags, time.Since(began))
	c.said(t, w, diags, clean)
	if !diags.failed() && w.s.destroy == w.there() {
		t.Error("success was reported, but the service does not have it so")
	}
	if w.s.calls {
		w.calledOnce(diags)
	} else if w.there() && w.state.IsNull() {
		switch {
		case !w.state0.IsNull() && !w.s.replaces:
			t.Error("it exists, and was removed from the state")
		case c.mode == once && w.s.id == "":
			t.Error("orphaned: it exists, and is not in the state")
		}
	}
	if w.s.refresh && !diags.failed() { // what was read is not acted upon
		if d := w.applyRefreshed(t.Context(), w.s.config); d.failed() {
			t.Errorf("the apply after the refresh failed:%s", d.brief())
		}
	}
	w.mend()
	out := unnoticed
	switch {
	case diags.failed():
		out = w.recover(diags)
	case !diags.says(clean):
		out = warned
		w.converged()
	default:
		w.converged()
	}
	if after, ok := w.wire.api.Function("default", "orders"); existed && !w.s.destroy && (!ok || after.ID != before.ID) {
		t.Error("the function was lost on the way")
	}
	w.keptVersions(before)
	w.keptBeside(before, appliesAfter(diags))
	if n := w.wire.api.Count("DeleteFunction", "DeleteAlias"); n > 0 && !w.s.destroy {
		t.Errorf("%d deletions were sent", n)
	}
	return out
}

// tell adds to a failure what the command said.
func (w *world) tell(diags diagnostics) {
	w.t.Helper()
	if w.t.Failed() {
		w.t.Logf("the command said:%s", diags.brief())
	}
}

// said demands what a command says of the fault.
func (c cell) said(t *testing.T, w *world, diags, clean diagnostics) {
	t.Helper()
	speaksPlainly(t, diags)
	f, same := c.fault, diags.says(clean)
	switch {
	case c.calls():
		byHeader := f.bare && c.requests[c.at].Op == "InvokeFunctionAsync" // which has all that its answer tells
		if passes := f.done || byHeader || c.mode == once && (f.refused || f.Delay > 0); same != passes {
			t.Errorf("nobody notices: %t, want %t", same, passes)
		}
	case f.done && !same:
		t.Error("want that nobody notices, since nothing is wrong")
	case c.mode == once && f.wait > 10*time.Second && looksAhead(c.scenario, c.requests, c.at) && !diags.failed():
		// The plan warns that it could not look.
	case c.mode == once && f.passes && !same:
		t.Error("want that nobody notices")
	case c.mode == once && f.typed && same:
		t.Error("want an error that a value has another type")
	case c.mode == once && f.typed && w.s.refresh && w.wire.requests() > c.at+1:
		t.Errorf("%d requests, want the one with a value of another type to be the last of %d", w.wire.requests(), c.at+1)
	case c.mode == always && (f.forGood || f.stays) && same:
		t.Error("want an error or a warning")
	case c.mode == always && f.stays && !diags.failed() && c.scenario.prunes == "": // which warns
		t.Error("want an error")
	case c.mode == always && f.bend != nil && !f.done && reads(c.scenario, c.requests, c.at) && same && !c.optional():
		t.Error("want that this answer is not believed")
	}
	times := 0
	for _, r := range c.requests[c.at:] {
		if r.Op == c.requests[c.at].Op {
			times++
		}
	}
	if n, most := w.wire.requests(), len(c.requests)+120*times; n > most {
		t.Errorf("%d requests were made, want %d at most", n, most)
	}
}

// calls says that the request is a call of a function, which is never sent again once it has left.
func (c cell) calls() bool { return slices.Contains(theCalls, c.requests[c.at].Op) }

// optional are lists that a command only asks for what it can do without.
func (c cell) optional() bool {
	op, ahead := c.requests[c.at].Op, looksAhead(c.scenario, c.requests, c.at)
	if marker := c.requests[c.at].Query.Get("marker"); op == "ListReservedInstances" && marker != "0" {
		return true // what comes behind the end of a list need not be one
	}
	return op == "ListVersions" && (c.scenario.id != "" || ahead) ||
		op == "ListAliases" && ahead && !c.scenario.versioned || op == "LogDetail"
}

// looksAhead says that a request is a plan's: it shows early what would fail or be pruned, and does not wait for long.
func looksAhead(s scenario, requests []emulator.Request, at int) bool {
	written := slices.IndexFunc(requests, func(r emulator.Request) bool { return r.Op == s.looksBefore })
	return strings.HasPrefix(requests[at].Op, "List") && at < written
}

// waited demands that a command waited as long as told, and not longer.
func (c cell) waited(t *testing.T, diags diagnostics, elapsed time.Duration) {
	t.Helper()
	least, most := time.Duration(0), 15*time.Minute // two steps with a timeout of 10 minutes at most, one a refresh
	switch {
	case c.mode == once:
		least, most = c.fault.wait, c.fault.wait+5*time.Second+c.scenario.lags
		if looksAhead(c.scenario, c.requests, c.at) || c.calls() && c.fault.Delay == 0 {
			least = 0
		}
	case c.fault.forGood && diags.failed() && !c.calls():
		least, most = 30*time.Second, 70*time.Second
	}
	if elapsed < least || elapsed > most {
		t.Errorf("it took %v; at least %v and at most %v were expected", elapsed, least, most)
	}
}

var importID = regexp.MustCompile(`id = "(urn:[^"]+)"`)

// recover does what the diagnostics advise, and no more, then applies again. It returns what that was.
func (w *world) recover(diags diagnostics) outcome {
	w.t.Helper()
	ctx, out := w.t.Context(), finishes
	if w.tainted {
		if !diags.has(w.s.untaint) {
			w.t.Errorf("the resource is tainted, and nobody says how to keep it, want %q", w.s.untaint)
		}
		w.tainted, out = false, untainting
	}
	diags = w.run(ctx)
	if f, ok := w.wire.api.Function("default", "orders"); ok &&
		diags.has("look up its name in the console, and set version to it") {
		w.s.config = w.s.config.with(values{"version": f.Versions[0].Name}) // where the region cannot list versions
		diags = w.run(ctx)
	}
	if id := importID.FindStringSubmatch(diags.String()); diags.failed() && id != nil {
		if !strings.Contains(diags.String(), "import {") {
			w.t.Errorf("no import block in:\n%s", diags)
		}
		if d := w.importID(ctx, id[1]); d.failed() {
			w.t.Errorf("the import block does not work:%s", d.brief())
		}
		diags, out = w.run(ctx), importing
	}
	if diags.failed() {
		w.t.Errorf("the next apply failed:%s", diags.brief())
	}
	w.converged()
	return out
}
