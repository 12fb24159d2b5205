// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// withLists is a region that has every list, and room for hundreds of functions.
func withLists(s *emulator.Switches) {
	s.NoListVersions, s.NoFilterResources, s.FunctionQuota = false, false, 1000
}

// planDestroy plans the end of the resource.
func (c *core) planDestroy(ctx context.Context) diagnostics {
	c.t.Helper()
	none := c.dynamic(tftypes.NewValue(c.typ, nil))
	resp, err := c.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.resource, PriorState: c.dynamic(c.state), Config: none, ProposedNewState: none, PriorPrivate: c.private,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.Diagnostics
}

func (g *together) refresh() []diagnostics {
	return g.each(func(_ int, f *core) diagnostics { return f.refresh(g.t.Context()) })
}

func (g *together) planDestroy() []diagnostics {
	return g.each(func(_ int, f *core) diagnostics { return f.planDestroy(g.t.Context()) })
}

// made applies all, and begins a new run of Terraform.
func (g *together) made() {
	g.t.Helper()
	g.expectNone(g.apply())
	g.restart()
	g.wire.api.ResetRequests()
}

func (g *together) expectNone(all []diagnostics) {
	g.t.Helper()
	for _, d := range all {
		if len(d) > 0 {
			g.t.Fatalf("want no word, got: %s", d)
		}
	}
}

// TestRequests_destroy counts what `terraform destroy` sends for hundreds of functions that were never published. The
// CLI starts the provider three times: to refresh, to plan the destruction, to do it.
func TestRequests_destroy(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	synctest.Test(t, func(t *testing.T) { countDestroy(t, manyFunctions, path) }) // however slow the machine is
}

func countDestroy(t *testing.T, n int, path string) {
	t.Helper()
	g := newTogether(t, n, path, nil, withLists)
	g.made()
	g.expectNone(g.refresh())
	g.restart()
	said := 0
	for _, d := range g.planDestroy() {
		said += len(d)
	}
	if said != 1 { // that it did not look for everything
		t.Errorf("%d warnings, want one for all functions", said)
	}
	g.restart()
	g.expectNone(g.each(func(_ int, f *core) diagnostics { return f.destroy(t.Context()) }))
	const inFull = 3 // the first few are looked at in full
	for op, want := range map[string]int{
		"GetConfig": n, "ListVersions": n, "ListProjectTriggers": 1, "DeleteFunction": n,
		"ListAliases": inFull, "ListAsyncSettings": inFull, "ListEvents": inFull, "ListReservedInstances": 1,
	} {
		if got := g.wire.api.Count(op); got != want {
			t.Errorf("%s: %d requests, want %d", op, got, want)
		}
	}
	if got := len(g.wire.api.Requests()); got != 3*n+2+3*inFull {
		t.Errorf("%d requests, want three for each function, two lists, and three more for the first few", got)
	}
	if left := len(g.wire.api.Functions()); left > 0 {
		t.Errorf("%d functions are left", left)
	}
}

// TestRequests_refreshTags counts what a refresh of functions with tags sends: from the second on, one list serves all.
// Few functions cost no more than without it, and where the region has no such list, one request more.
func TestRequests_refreshTags(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	for _, v := range []struct {
		n, want int
		lists   bool
	}{
		{1, 2, true}, {2, 2 + 1 + 1, true}, {3, 3 + 1 + 1, true}, {manyFunctions, manyFunctions + 1 + 1, true},
		{1, 2, false}, {2, 5, false}, {10, 21, false},
	} {
		t.Run(fmt.Sprint(v.n, " functions, the list is there: ", v.lists), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // however slow the machine is
				g := newTogether(t, v.n, path, values{"tags": map[string]string{"team": "shop"}}, withLists,
					func(s *emulator.Switches) { s.NoFilterResources = !v.lists })
				g.made()
				g.expectNone(g.refresh())
				if got := len(g.wire.api.Requests()); got != v.want {
					t.Errorf("%d requests, want %d", got, v.want)
				}
				if lists := g.wire.api.Count("FilterResources"); lists > 1 || v.n == 1 && lists > 0 {
					t.Errorf("%d lists were read", lists)
				}
				// What a run of many may cost: a fiftieth more than without tags.
				if got := len(g.wire.api.Requests()); v.lists && v.n >= 100 && got > v.n+v.n/50 {
					t.Errorf("%d requests for %d functions, want at most %d", got, v.n, v.n+v.n/50)
				}
				g.refreshed(map[string]string{"team": "shop"})
				// Who reads again in the same run wants to know what has changed.
				g.retag(map[string]string{"team": "web"})
				g.expectNone(g.refresh())
				g.refreshed(map[string]string{"team": "web"})
			})
		})
	}
}

// retag lets somebody else set the tags of all functions.
func (g *together) retag(tags map[string]string) {
	g.t.Helper()
	for _, f := range g.functions {
		if err := g.wire.api.SetTags("default", f.text("name"), tags); err != nil {
			g.t.Fatal(err)
		}
	}
}

// refreshed demands the tags in the state.
func (g *together) refreshed(want map[string]string) {
	g.t.Helper()
	for i, f := range g.functions {
		if got := f.texts("tags_all"); fmt.Sprint(got) != fmt.Sprint(want) {
			g.t.Errorf("function %d has the tags %v in the state, want %v", i, got, want)
		}
	}
}

// TestRefresh_tagsDrift: what the list says is new, the function itself has to say too: the list may be older than what
// was just applied. What this run has written is not looked up in the list at all.
func TestRefresh_tagsDrift(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	tags := map[string]string{"team": "shop"}
	start := func(t *testing.T) *together {
		g := newTogether(t, 6, path, values{"tags": tags}, withLists)
		g.made()
		return g
	}
	t.Run("by somebody else", func(t *testing.T) {
		t.Parallel()
		g := start(t)
		g.retag(map[string]string{"team": "web", "other": "x"})
		g.expectNone(g.refresh())
		g.refreshed(map[string]string{"team": "web"}) // other is somebody else's
		g.restart()
		g.retag(nil)
		g.expectNone(g.refresh())
		g.refreshed(map[string]string{})
	})
	for name, bend := range map[string]func(reply){
		"an old list": func(resp reply) {
			replaceText(resp, `"shop"`, `"old"`)
		},
		"a list without tags": func(resp reply) { replaceText(resp, `{"key":"team","value":"shop"}`, ``) },
		"a list of others":    func(resp reply) { replaceText(resp, `default:orders`, `default:others`) },
		"a cut list":          func(resp reply) { replaceText(resp, `"total_count":6`, `"total_count":7`) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := start(t)
			g.wire.bend = func(_ int, r *http.Request, resp reply) {
				if strings.HasSuffix(r.URL.Path, "/resource-instances/filter") {
					bend(resp)
				}
			}
			g.expectNone(g.refresh())
			g.refreshed(tags)
			if n := g.wire.api.Count("GetTags"); n != 6 {
				t.Errorf("%d functions were asked for their tags, want all", n)
			}
		})
	}
	t.Run("made in this run", func(t *testing.T) {
		t.Parallel()
		g := newTogether(t, 6, path, values{"tags": tags}, withLists)
		g.expectNone(g.apply())
		g.expectNone(g.refresh())
		if list, single := g.wire.api.Count("FilterResources"), g.wire.api.Count("GetTags"); list != 0 || single != 6 {
			t.Errorf("%d lists were read, and the tags of %d functions", list, single)
		}
	})
	t.Run("written in this run", func(t *testing.T) {
		t.Parallel()
		g := start(t)
		g.expectNone(g.refresh()) // the list is read
		for i := range g.configs {
			g.configs[i]["tags"] = map[string]string{"team": "web"}
		}
		g.expectNone(g.apply())
		g.retag(map[string]string{"team": "shop"}) // which is what the list says
		g.wire.api.ResetRequests()
		g.expectNone(g.refresh())
		g.refreshed(tags)
		if n := g.wire.api.Count("GetTags"); n != 6 {
			t.Errorf("%d functions were asked for their tags, want all", n)
		}
	})
}

// TestRefresh_tagsUnread: a region without a call that reads the tags of one function (contract O29) has the list, or
// else the state keeps what was written, with one warning for all.
func TestRefresh_tagsUnread(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	for _, listed := range []bool{true, false} {
		t.Run(fmt.Sprint("the list is there: ", listed), func(t *testing.T) {
			t.Parallel()
			g := newTogether(t, 6, path, values{"tags": map[string]string{"team": "shop"}}, withLists,
				func(s *emulator.Switches) { s.NoGetTags, s.NoFilterResources = true, !listed })
			g.made()
			g.retag(map[string]string{"team": "web"})
			warnings, want := 0, "shop"
			for _, d := range g.refresh() {
				warnings += len(d)
				if d.failed() || len(d) > 0 && !d.has("Tags Cannot Be Read") {
					t.Errorf("got: %s", d)
				}
			}
			if listed {
				want = "web"
			}
			if warnings != map[bool]int{true: 0, false: 1}[listed] {
				t.Errorf("%d warnings", warnings)
			}
			g.refreshed(map[string]string{"team": want})
		})
	}
}

// replaceText changes the text of an answer.
func replaceText(resp reply, old, other string) {
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return
	}
	setBody(resp, bytes.ReplaceAll(data, []byte(old), []byte(other)))
}

// sharedLists are the lists that all functions of a run wait for.
var sharedLists = map[string]struct {
	op, path string
	plan     bool // of a destruction; else a refresh
}{
	"triggers":     {"ListProjectTriggers", "/fgs/triggers", true},
	"reservations": {"ListReservedInstances", "/reservedinstanceconfigs", true},
	"tags":         {"FilterResources", "/resource-instances/filter", false},
}

// TestFault_sharedLists hits the lists that all functions of a run wait for with every fault of the matrix: once and
// for good. No refresh and no plan fails for it, none waits for long, and nothing that exists is lost or passed over in
// silence.
func TestFault_sharedLists(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("code.zip", "code")
	tags := map[string]string{"team": "shop"}
	var functions []emulator.Function
	var states []*core
	synctest.Test(t, func(t *testing.T) {
		g := newTogether(t, 3, path, values{"tags": tags}, withLists)
		g.made()
		for _, f := range g.functions {
			g.occupy(f.text("name"))
		}
		functions, states = g.wire.api.Functions(), g.functions
	})
	for list, shared := range sharedLists {
		for name, fault := range listFaults() {
			for _, m := range []mode{once, always} {
				t.Run(fmt.Sprint(list, ", ", name, " ", m), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						g := newTogether(t, len(states), path, values{"tags": tags}, withLists)
						for i, f := range functions {
							g.wire.api.Put(f)
							g.functions[i].state, g.functions[i].private = states[i].state, states[i].private
						}
						time.Sleep(time.Minute) // they are nobody's newborns
						fault.armList(g.wire, shared.op, shared.path, m)
						began := time.Now()
						all := g.refresh
						if shared.plan {
							all = g.planDestroy
						}
						for _, d := range all() {
							g.harmless(d, shared.plan, fault)
						}
						if took := time.Since(began); took > 15*time.Second {
							t.Errorf("it took %v", took)
						}
						g.refreshed(tags)
						time.Sleep(time.Minute) // what nobody waits for any more comes to its end
					})
				})
			}
		}
	}
}

// listFaults are the faults of the matrix that can meet a list.
func listFaults() map[string]wireFault {
	out := map[string]wireFault{}
	for _, kinds := range networkFaults() {
		maps.Copy(out, kinds)
	}
	for _, kinds := range []map[string]wireFault{notYets(), stalls(), lists()} {
		maps.Copy(out, kinds)
	}
	for name, f := range bends() {
		if strings.HasPrefix(name, "200 ") { // the others are about members of a function
			out[name] = f
		}
	}
	return out
}

// occupy gives a function what goes with it.
func (g *together) occupy(name string) {
	g.t.Helper()
	for _, err := range []error{
		g.wire.api.PutTrigger("default", name, emulator.Trigger{ID: "t-" + name, Type: "TIMER"}),
		g.wire.api.PutReservation("default", name, emulator.Reservation{Qualifier: "latest", MinCount: 2}),
	} {
		if err != nil {
			g.t.Fatal(err)
		}
	}
}

// harmless judges what one function says under a fault of a list.
func (g *together) harmless(d diagnostics, plan bool, fault wireFault) {
	g.t.Helper()
	speaksPlainly(g.t, d)
	unread := func(noun string) bool { return d.has(noun) && d.has("could be read") }
	denied := fault.Status == http.StatusUnauthorized && strings.HasPrefix(fault.Code, "APIGW.")
	switch {
	case d.failed() && !denied: // a key that is refused ends the run, whatever refused it
		g.t.Errorf("it failed: %s", d)
	case !plan && len(d) > 0 && !denied:
		g.t.Errorf("a refresh says: %s", d)
	case plan && !d.has("TIMER t-orders") && !unread("triggers"):
		g.t.Errorf("the trigger was passed over: %s", d)
	case plan && !d.has("reserved instances of latest (2)") && !unread("reserved instances"):
		if fault.Code != "APIGW.0101" { // a region that does not have the call has no reservations
			g.t.Errorf("the reservation was passed over: %s", d)
		}
	}
}

// armList prepares a fault for each request of a list, or for the first.
func (f wireFault) armList(w *wire, op, path string, m mode) {
	var hit atomic.Bool // the lists of a plan are read side by side
	hits := func(r *http.Request) bool {
		return strings.HasSuffix(r.URL.Path, path) && (!hit.Swap(true) || m != once)
	}
	switch {
	case f.refused:
		w.refuse = func(_ int, r *http.Request) bool { return hits(r) }
	case f.hidden:
		w.hide = func(_ int, r *http.Request) bool { return hits(r) }
	case f.bend != nil:
		w.bend = func(_ int, r *http.Request, resp reply) {
			if hits(r) {
				f.bend(resp)
			}
		}
	default:
		fault := f.Fault
		fault.Op, fault.Times = op, 1
		if m == always {
			fault.Times = -1
		}
		w.api.Inject(fault)
	}
}
