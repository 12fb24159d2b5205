// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// together are functions that one run of Terraform makes in parallel.
type together struct {
	t         *testing.T
	wire      *wire
	functions []*core
	configs   []values
}

func newTogether(
	t *testing.T, n int, path string, more values, changes ...func(*emulator.Switches),
) *together {
	t.Helper()
	changes = append(changes, func(s *emulator.Switches) { s.DefaultLogging = false })
	g := &together{t: t, wire: &wire{api: newAPI(changes...)}}
	server := newServer(t, g.wire)
	for i := range n {
		g.functions = append(g.functions, newCore(t, server, functionType))
		g.configs = append(g.configs, values{
			"name": fmt.Sprint("orders", i), "runtime": "Python3.9", "handler": "index.handler", "timeout": 3,
			"memory_size": 128, "code": values{"zip_file": path},
		}.with(more))
	}
	return g
}

// restart is a new run of Terraform.
func (g *together) restart() {
	g.t.Helper()
	g.wire = &wire{api: g.wire.api}
	g.wire.api.ClearFaults()
	server := newServer(g.t, g.wire)
	for _, f := range g.functions {
		f.server = server
	}
}

// each does something with all of them at once.
func (g *together) each(do func(i int, f *core) diagnostics) []diagnostics {
	out := make([]diagnostics, len(g.functions))
	var all sync.WaitGroup
	for i, f := range g.functions {
		all.Go(func() { out[i] = do(i, f) })
	}
	all.Wait()
	return out
}

func (g *together) apply() []diagnostics {
	return g.each(func(i int, f *core) diagnostics { return f.apply(g.t.Context(), g.configs[i]) })
}

// TestFault_oneThrottledForADay: a wait that one call cannot accept fails that call, and no other function of the run.
func TestFault_oneThrottledForADay(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	more := values{"max_instance_num": 7, "tags": map[string]string{"team": "shop"}}
	for _, op := range []string{"CreateFunction", "GetConfig", "SetMaxInstances", "CreateTags"} {
		for name, fault := range map[string]emulator.Fault{
			"window":      {Status: 429, Code: "APIGW.0308", Message: "throttled: limit:5,time:1 day"},
			"retry after": {Status: 429, Code: "FSS.0429", Header: map[string][]string{"Retry-After": {"86400"}}},
			"no code":     {Status: 429, RawBody: []byte("slow down"), Header: map[string][]string{"Retry-After": {"86400"}}},
		} {
			t.Run(op+", "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					g := newTogether(t, 8, path, more)
					fault.Op, fault.Skip = op, 3
					g.wire.api.Inject(fault)
					began := time.Now()
					failed, tainted := 0, 0
					for i, d := range g.apply() {
						speaksPlainly(t, d)
						if len(d) > 0 {
							failed++
							if !d.has("429") || strings.Contains(d.String(), ":  ") || strings.Contains(d.String(), "()") {
								t.Errorf("a text with a hole, or without its reason: %s", d)
							}
						}
						if g.functions[i].tainted {
							tainted++
						}
					}
					unread := op == "GetConfig" && failed == 0 // the read at the end stands in for the one that failed
					if failed != 1 && !unread || tainted > 1 || op == "CreateFunction" && tainted > 0 {
						t.Errorf("one of 8 calls was refused; want one function that failed, got %d, %d of them tainted", failed, tainted)
					}
					if took := time.Since(began); took > time.Minute {
						t.Errorf("it took %v", took)
					}
					g.restart()
					for i, f := range g.functions {
						f.tainted = false
						if d := f.apply(t.Context(), g.configs[i]); d.failed() {
							t.Error(d)
						}
						if err := f.empty(t.Context(), g.configs[i]); err != nil {
							t.Error(err)
						}
					}
					if n := g.wire.api.Count("DeleteFunction"); n > 0 {
						t.Errorf("%d functions were deleted", n)
					}
				})
			})
		}
	}
}

// TestFault_pauseOfOthers: a pause that one call can wait for does not fail another that has less time.
func TestFault_pauseOfOthers(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	synctest.Test(t, func(t *testing.T) {
		g := newTogether(t, 8, path, nil)
		for i := range g.configs[1:] {
			g.configs[i+1]["timeouts"] = values{"create": "2m"}
		}
		g.wire.api.Inject(emulator.Fault{
			Op: "CreateFunction", Status: 429, Code: "APIGW.0308", Message: "throttled: limit:5,time:5 minute",
		})
		var first sync.WaitGroup
		first.Go(func() {
			if d := g.functions[0].apply(t.Context(), g.configs[0]); d.failed() {
				t.Errorf("the one that can wait failed: %s", d)
			}
		})
		time.Sleep(time.Second) // the first is refused
		for i, f := range g.functions[1:] {
			if d := f.apply(t.Context(), g.configs[i+1]); d.failed() {
				t.Errorf("another one failed: %s", d)
			}
		}
		first.Wait()
	})
}

// TestFault_wrongKeyAskedOnce: the vendor locks a key after five refusals. Thirty functions ask once, and each says why
// it failed; a new run with the right key works.
func TestFault_wrongKeyAskedOnce(t *testing.T) {
	t.Parallel()
	const n = 30
	path := acctest.NewDir(t).Code("code.zip", "code")
	refused := says(401, "APIGW.0301", "Incorrect IAM authentication information")
	refused.Times = -1
	each := func(t *testing.T, g *together, all []diagnostics, name func(i int) string) {
		t.Helper()
		if sent := g.wire.requests(); sent != 1 {
			t.Errorf("%d requests with a wrong key reached the service, want 1", sent)
		}
		for i, d := range all {
			speaksPlainly(t, d)
			if d.errors() != 1 || !d.has(name(i)) || !d.has("APIGW.0301") || !d.has("HW_ACCESS_KEY") && !d.has("access_key") &&
				!d.has("credentials") {
				t.Errorf("want one clear error of %s, got: %s", name(i), d)
			}
		}
	}
	for name, delay := range map[string]time.Duration{"at once": 0, "slowly": 20 * time.Second} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newTogether(t, n, path, nil)
				refused.Delay = delay
				g.wire.api.Inject(refused)
				each(t, g, g.apply(), func(i int) string { return fmt.Sprint("orders", i) })
				for i, f := range g.functions {
					if !f.state.IsNull() || f.tainted {
						t.Errorf("function %d is in the state", i)
					}
				}
				g.restart()
				for _, d := range g.apply() {
					if d.failed() {
						t.Fatal(d)
					}
				}
				g.restart()
				g.wire.api.Inject(refused)
				all := g.each(func(_ int, f *core) diagnostics { return f.refresh(t.Context()) })
				each(t, g, all, func(i int) string { return fmt.Sprint("orders", i) })
				for i, f := range g.functions {
					if f.state.IsNull() {
						t.Errorf("function %d was removed from the state", i)
					}
				}
			})
		})
	}
}

// TestFault_firstAlone: until one request was accepted, no other is in flight; then all are.
func TestFault_firstAlone(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	synctest.Test(t, func(t *testing.T) {
		g := newTogether(t, 10, path, nil)
		var inFlight, most, early atomic.Int64
		var accepted atomic.Bool
		g.wire.before = func(int) {
			now := inFlight.Add(1)
			most.Store(max(most.Load(), now))
			if !accepted.Load() {
				early.Store(max(early.Load(), now))
			}
			time.Sleep(time.Second) // the way there
		}
		g.wire.after = func(int) { accepted.Store(true); inFlight.Add(-1) }
		for _, d := range g.apply() {
			if d.failed() {
				t.Error(d)
			}
		}
		if early.Load() != 1 || most.Load() < 5 {
			t.Errorf("%d requests were in flight before one was accepted, %d at most", early.Load(), most.Load())
		}
	})
}
