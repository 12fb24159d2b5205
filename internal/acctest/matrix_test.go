// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// wireFault is something that goes wrong with a request.
type wireFault struct {
	emulator.Fault
	refused, hidden bool          // what the emulator cannot do: see wire
	passes          bool          // when it happens once, the command succeeds
	wait            time.Duration // that the service asks for
}

// wireFaults are the faults of the matrix, by name.
func wireFaults() map[string]wireFault {
	answer := func(status int, code, message string, header http.Header) emulator.Fault {
		return emulator.Fault{Kind: emulator.Answer, Status: status, Code: code, Message: message, Header: header}
	}
	page := func(status int, text string) emulator.Fault {
		return emulator.Fault{
			Kind: emulator.Answer, Status: status, RawBody: []byte(text), Header: http.Header{"Content-Type": {"text/html"}},
		}
	}
	later := http.Header{"Retry-After": {"7"}}
	return map[string]wireFault{
		"connection refused":     {refused: true, passes: true},
		"connection lost before": {Fault: emulator.Fault{Kind: emulator.DropBefore}, passes: true},
		"answer lost":            {Fault: emulator.Fault{Kind: emulator.DropAfter}, passes: true},
		"answer cut":             {Fault: emulator.Fault{Kind: emulator.TruncateAfter}, passes: true},
		"gateway timeout after":  {hidden: true, passes: true},
		"slow":                   {Fault: emulator.Fault{Delay: 20 * time.Second}, passes: true, wait: 20 * time.Second},
		"429 Retry-After":        {Fault: answer(429, "FSS.0429", "too many", later), passes: true, wait: 7 * time.Second},
		"429 window":             {Fault: answer(429, "APIGW.0308", "throttled: limit:5,time:6 second", nil), passes: true, wait: 6 * time.Second},
		"503 Retry-After":        {Fault: answer(503, "FSS.0503", "busy", later), passes: true, wait: 7 * time.Second},
		"503":                    {Fault: answer(503, "FSS.0503", "busy", nil), passes: true},
		"500":                    {Fault: answer(500, "FSS.0500", "internal error", nil), passes: true},
		"502 page":               {Fault: emulator.Fault{Kind: emulator.HTML}, passes: true},
		"408":                    {Fault: answer(408, "FSS.0408", "timed out", nil), passes: true},
		"200 page":               {Fault: page(200, "<html>log in</html>"), passes: true},
		"200 error":              {Fault: page(200, `{"error_code":"FSS.0500","error_msg":"internal error"}`), passes: true},
		"401":                    {Fault: answer(401, "APIGW.0301", "verify aksk signature fail", nil)},
		"403":                    {Fault: answer(403, "FSS.0403", "forbidden", nil)},
		"404 page":               {Fault: page(404, "<html>not found</html>")},
		"404 of the gateway":     {Fault: answer(404, "APIGW.0101", "The API does not exist", nil)},
	}
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
// with what the diagnostics advise, converges on exactly what the service holds.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			from := prepare(t, s)
			for _, c := range cells(from.requests) {
				t.Run(c.String(), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { c.run(t, newWorld(t, s, from), from.clean) })
				})
			}
		})
	}
}

// cells is every fault at every request once, and faults that stay where their kinds differ.
func cells(requests []emulator.Request) []cell {
	var out []cell
	modes := map[string][]mode{
		"connection refused": {once, always, down}, "answer lost": {once, always}, "429 window": {once, always},
		"503": {once, always, down}, "403": {once, always}, "404 page": {once, always}, "200 page": {once, always},
	}
	for name, fault := range wireFaults() {
		for at := range requests {
			for _, m := range append(modes[name], once)[:max(1, len(modes[name]))] {
				out = append(out, cell{name, fault, m, at, requests})
			}
		}
	}
	return out
}

// run is one cell.
func (c cell) run(t *testing.T, w *world, clean diagnostics) {
	before, existed := w.wire.api.Function("default", "orders")
	c.arm(w.wire)
	began := time.Now()
	diags := w.run(t.Context())
	c.waited(t, time.Since(began))
	if c.mode == once && c.fault.passes && diags.String() != clean.String() {
		t.Errorf("a passing fault was not overcome: %s", diags)
	}
	if !diags.failed() && w.s.destroy == w.there() {
		t.Error("success was reported, but the service does not have it so")
	}
	if w.there() && w.state.IsNull() {
		switch {
		case !w.state0.IsNull():
			t.Error("what exists was removed from the state")
		case c.mode == once:
			t.Errorf("orphaned: %s", diags)
		}
	}
	w.mend()
	if diags.failed() {
		w.recover(diags)
	} else {
		w.converged()
	}
	if after, ok := w.wire.api.Function("default", "orders"); existed && !w.s.destroy && (!ok || after.ID != before.ID) {
		t.Error("the function was lost on the way")
	}
	if n := w.wire.api.Count("DeleteFunction", "DeleteVersion"); n > 0 && !w.s.destroy {
		t.Errorf("%d deletions were sent", n)
	}
}

// waited demands that a command waited as long as told, and not longer.
func (c cell) waited(t *testing.T, elapsed time.Duration) {
	t.Helper()
	least, most := time.Duration(0), 15*time.Minute // two steps with a timeout of 10 minutes at most, one of them a refresh
	if c.mode == once {
		least, most = c.fault.wait, c.fault.wait+5*time.Second
		if c.requests[c.at].Op == "ListVersions" { // a plan does not wait for long to look ahead
			least = 0
		}
	}
	if elapsed < least || elapsed > most {
		t.Errorf("it took %v; at least %v and at most %v were expected", elapsed, least, most)
	}
}

var importID = regexp.MustCompile(`id = "(urn:[^"]+)"`)

// recover does what the diagnostics advise, and no more, then applies again.
func (w *world) recover(diags diagnostics) {
	w.t.Helper()
	ctx := w.t.Context()
	if w.tainted {
		if !diags.has("terraform untaint fgs_function.") {
			w.t.Errorf("the resource is tainted, and nobody says how to keep it: %s", diags)
		}
		w.tainted = false
	}
	diags = w.run(ctx)
	if id := importID.FindStringSubmatch(diags.String()); diags.failed() && id != nil {
		if !strings.Contains(diags.String(), "import {") {
			w.t.Errorf("no import block: %s", diags)
		}
		// Where the region cannot list versions, the reader has to look the name up.
		if f, ok := w.wire.api.Function("default", "orders"); ok && len(f.Versions) > 0 {
			id[1] = strings.Replace(id[1], ":VERSION", ":"+f.Versions[0].Name, 1)
		}
		if d := w.importID(ctx, id[1]); d.failed() {
			w.t.Errorf("the import block does not work: %s", d)
		}
		diags = w.run(ctx)
	}
	if diags.failed() {
		w.t.Errorf("the next apply failed: %s", diags)
	}
	w.converged()
}
