// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// household is a function in production: with releases behind an alias, and in each place beside its versions and its
// alias something that Terraform has, that somebody else has, or nothing.
type household struct {
	*rand.Rand
	t        *testing.T
	ctx      context.Context
	wire     *wire
	places   []*place
	codes    []string
	releases int
	function *core
	alias    *core
	step     string // that a failure is of
	calls    int    // of the function, in this step
}

// place is where one thing of a kind can be: a version, an alias, or a name.
type place struct {
	belonging
	at     string // the qualifier, or the name of an event
	core   *core  // nil where Terraform has nothing
	config values
	holds  string // what the service has; "" for nothing
}

// TestRandomProduction takes functions through random lives, at a service that reads each open question as it likes:
// reserved instances and asynchronous settings of versions and of an alias, test events, releases and calls, side by
// side with what others have and do, and with answers lost. After each step the service holds in each place exactly
// what it should, with the fewest calls; the number of a reservation was never 0 on the way; what is not Terraform's is
// as it was; a release touches nothing of it; and the next plans are empty.
func TestRandomProduction(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	codes := []string{dir.Code("first.zip", "first"), dir.Code("second.zip", "second")}
	for n := range *randomLives / 40 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				dice := rand.New(rand.NewPCG(*randomSeed, uint64(4_000_000+n))) // repeatable on purpose
				h := &household{Rand: dice, t: t, ctx: t.Context(), codes: codes, wire: &wire{api: newAPI(anyReading(dice))}}
				h.run()
			})
		})
	}
}

func (h *household) run() {
	h.function, h.alias = h.own(functionType), h.own(aliasType)
	h.release()
	h.release() // so that the alias is not at v1
	for i, at := range [][]string{{"!live", "v1", "latest"}, {"!live", "v1", "latest"}, {"smoke", "late"}} {
		for _, name := range at {
			h.places = append(h.places, &place{belonging: belongings[i], at: name})
		}
	}
	for range 12 {
		h.wire.api.ResetRequests()
		h.calls = 0
		switch h.IntN(8) {
		case 0:
			h.release()
		case 1:
			h.call()
		default:
			h.live(h.places[h.IntN(len(h.places))])
		}
		h.check()
	}
	h.end()
}

// own begins with a resource, in a run of its own.
func (h *household) own(resource string) *core {
	h.t.Helper()
	return newCore(h.t, newServer(h.t, h.wire), resource)
}

// must ends the life where a command fails.
func (h *household) must(d diagnostics) {
	h.t.Helper()
	if d.failed() {
		h.t.Fatalf("%s: %s", h.step, d)
	}
}

// release deploys other code, publishes it, and moves the alias. What is bound to the alias follows without a call.
func (h *household) release() {
	h.t.Helper()
	h.releases++
	version := fmt.Sprint("v", h.releases)
	h.step = "the release " + version
	h.must(h.function.apply(h.ctx, values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": values{"zip_file": h.codes[h.releases%2]},
	}))
	h.must(h.own(versionType).apply(h.ctx, values{"function_urn": functionURN, "version": version}))
	h.must(h.alias.apply(h.ctx, values{"function_urn": functionURN, "name": "live", "version": version}))
	for _, p := range h.places {
		if n := h.wire.api.Count(p.operations()...); n > 0 {
			h.t.Errorf("%s: %d calls about what the function has beside its code", h.step, n)
		}
	}
}

// operations are the calls that change what is in the place.
func (b belonging) operations() []string {
	return slices.DeleteFunc([]string{b.writes, b.makes, b.removes}, func(op string) bool { return op == "" })
}

// call calls the function: once, and again in the next apply where it failed.
func (h *household) call() {
	h.t.Helper()
	h.step = "the call"
	c, config := h.own(invocationType), values{"function_urn": functionURN + []string{"", ":v1", ":!live"}[h.IntN(3)]}
	h.calls++
	if h.IntN(2) == 0 {
		h.wire.api.PutReply("default", "orders", "", emulator.Reply{Status: 500})
		if d := c.apply(h.ctx, config); !d.has("Function Failed") || !c.state.IsNull() {
			h.t.Errorf("a function that failed is in the state: %t: %s", !c.state.IsNull(), d)
		}
		h.wire.api.PutReply("default", "orders", "", emulator.Reply{})
		h.calls++
	}
	h.must(c.apply(h.ctx, config))
	if err := c.empty(h.ctx, config); err != nil {
		h.t.Error(err)
	}
}

// live does one thing to a place.
func (h *household) live(p *place) {
	h.t.Helper()
	switch {
	case p.core == nil && p.holds == "":
		if h.IntN(3) == 0 {
			h.step = "somebody else makes " + p.String()
			_, p.holds = h.theirs(p)
			return
		}
		h.step = "the creation of " + p.String()
		p.core = h.own(p.resource)
		h.brings(p, 1)
	case p.core == nil:
		h.takeOver(p)
	default:
		p.core.server = newServer(h.t, h.wire)
		h.change(p)
	}
}

func (p *place) String() string { return p.resource + " " + p.at }

// change does something to what Terraform has.
func (h *household) change(p *place) {
	h.t.Helper()
	switch h.IntN(6) {
	case 0, 1:
		h.step = "a change of " + p.String()
		h.brings(p, 1)
	case 2:
		h.step = "a repair of what somebody changed, " + p.String()
		h.theirs(p)
		h.must(p.core.apply(h.ctx, p.config))
	case 3:
		h.step = "a repair of what somebody removed, " + p.String()
		h.remove(p)
		h.must(p.core.apply(h.ctx, p.config))
	case 4:
		h.step = "the deletion of " + p.String()
		h.lose(p.belonging)
		h.must(p.core.destroy(h.ctx))
		p.core, p.holds = nil, ""
	default:
		free := slices.IndexFunc(h.places, func(q *place) bool { return q.resource == p.resource && q.holds == "" })
		if free < 0 {
			return
		}
		to := h.places[free]
		h.step = fmt.Sprint("the move of ", p, " to ", to)
		to.core, p.core, p.holds = p.core, nil, ""
		h.brings(to, 2)
	}
}

// brings applies another configuration, which takes so many calls at the most: each once, or once more where the answer
// is lost.
func (h *household) brings(p *place, calls int) {
	h.t.Helper()
	config, holds := h.config(p)
	if h.lose(p.belonging) {
		calls++
	}
	h.must(p.core.apply(h.ctx, config))
	if n := h.wire.api.Count(p.operations()...); n > calls {
		h.t.Errorf("%s: %d calls, want %d at most", h.step, n, calls)
	}
	for _, r := range h.wire.api.Requests("SetReservedInstances") {
		if emptiesReserved(r, p.core.text("id")) {
			h.t.Errorf("%s: the number was 0 on the way", h.step)
		}
	}
	p.config, p.holds = config, holds
}

// lose loses the answer to the next write, sometimes.
func (h *household) lose(b belonging) bool {
	if h.IntN(4) > 0 {
		return false
	}
	h.wire.api.Inject(emulator.Fault{Op: cmp.Or(b.makes, b.writes), Kind: emulator.DropAfter})
	return true
}

// takeOver meets what somebody else has: another one is an error that touches nothing, and is taken over by an import;
// the very same is taken over at once, where nothing tells whose it is.
func (h *household) takeOver(p *place) {
	h.t.Helper()
	h.step = "meeting " + p.String() + " of others"
	c := h.own(p.resource)
	config, holds := h.config(p)
	if h.IntN(2) == 0 {
		config, holds = h.theirs(p)
		p.holds = holds
	}
	p.config = config
	d := c.apply(h.ctx, config)
	if n := h.wire.api.Count(p.writes, cmp.Or(p.removes, p.writes)); n > 0 {
		h.t.Errorf("%s: %d calls changed it", h.step, n)
	}
	if holds == h.held(p) && p.resource != eventType {
		if d.failed() || !d.has("Taken Over") {
			h.t.Errorf("%s, which are the same: %s", h.step, d)
		}
		p.core, p.holds = c, holds
		return
	}
	if !d.has("Already Exists") || !c.state.IsNull() {
		h.t.Fatalf("%s: in the state %t: %s", h.step, !c.state.IsNull(), d)
	}
	h.check()
	if h.IntN(2) == 0 {
		return
	}
	h.step = "the import of " + p.String()
	p.core = h.own(p.resource)
	separator := map[bool]string{true: "/", false: ":"}[p.resource == eventType]
	h.must(p.core.importID(h.ctx, functionURN+separator+p.at))
	h.must(p.core.apply(h.ctx, config))
	p.holds = holds
}

// config is a random configuration for a place, and what the service has of it.
func (h *household) config(p *place) (config values, holds string) {
	switch p.resource {
	case reservedType:
		config, one := randomReserved(h.Rand, p.at)
		return config, fmt.Sprint(one)
	case asyncType:
		config, one := randomAsync(h.Rand, p.at)
		return config, text([]emulator.AsyncSettings{one})
	}
	content := fmt.Sprintf(`{"n":%d}`, h.IntN(4))
	return values{"function_urn": functionURN, "name": p.at, "content": content},
		base64.StdEncoding.EncodeToString([]byte(content))
}

// theirs is what somebody else puts into a place.
func (h *household) theirs(p *place) (config values, holds string) {
	h.t.Helper()
	var err error
	api := h.wire.api
	switch p.resource {
	case reservedType:
		var one emulator.Reservation
		config, one = randomReserved(h.Rand, p.at)
		holds, err = fmt.Sprint(one), api.PutReservation("default", "orders", one)
	case asyncType:
		var one emulator.AsyncSettings
		config, one = randomAsync(h.Rand, p.at)
		holds, err = text([]emulator.AsyncSettings{one}), api.PutAsyncSettings("default", "orders", one)
	default:
		config, holds = h.config(p)
		err = api.Edit("default", "orders", func(f *emulator.Function) {
			f.Events = append(slices.DeleteFunc(f.Events, p.isEvent), emulator.Event{
				ID: fmt.Sprint("theirs-", h.Uint32()), Name: p.at, Content: holds,
			})
		})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return config, holds
}

func (p *place) isEvent(e emulator.Event) bool { return e.Name == p.at }

func (p *place) isReserved(r emulator.Reservation) bool { return r.Qualifier == p.at }

func (p *place) isAsync(a emulator.AsyncSettings) bool { return a.Qualifier == p.at }

// remove takes something away behind Terraform's back.
func (h *household) remove(p *place) {
	h.t.Helper()
	if err := h.wire.api.Edit("default", "orders", func(f *emulator.Function) {
		switch p.resource {
		case reservedType:
			f.Reservations = slices.DeleteFunc(f.Reservations, p.isReserved)
		case asyncType:
			f.Async = slices.DeleteFunc(f.Async, p.isAsync)
		default:
			f.Events = slices.DeleteFunc(f.Events, p.isEvent)
		}
	}); err != nil {
		h.t.Fatal(err)
	}
}

// held is what the service has in a place; "" for nothing.
func (h *household) held(p *place) string {
	h.t.Helper()
	f, _ := h.wire.api.Function("default", "orders")
	var out []string
	for _, r := range nonEmpty(f.Reservations) {
		if p.resource == reservedType && p.isReserved(r) {
			out = append(out, fmt.Sprint(r))
		}
	}
	for _, a := range f.Async {
		if p.resource == asyncType && p.isAsync(a) {
			out = append(out, text([]emulator.AsyncSettings{a}))
		}
	}
	for _, e := range f.Events {
		if p.resource == eventType && p.isEvent(e) {
			out = append(out, e.Content)
		}
	}
	return strings.Join(out, ", ")
}

// check demands that each place has what it should, that the function was called as often as it should, and that the
// next plans are empty.
func (h *household) check() {
	h.t.Helper()
	h.wire.api.ClearFaults()
	for _, p := range h.places {
		if got := h.held(p); got != p.holds {
			h.t.Errorf("%s: %s is\n%s, want\n%s", h.step, p, got, p.holds)
		}
		if p.core == nil {
			continue
		}
		if err := p.core.emptyPlan(h.ctx, p.config); err != nil {
			h.t.Errorf("%s: %s, without a refresh: %v", h.step, p, err)
		}
		if err := p.core.empty(h.ctx, p.config); err != nil {
			h.t.Errorf("%s: %s, after a refresh: %v", h.step, p, err)
		}
	}
	if n := h.wire.api.Count(theCalls...); n != h.calls {
		h.t.Errorf("%s: the function was called %d times, want %d", h.step, n, h.calls)
	}
	if h.t.Failed() {
		h.t.FailNow()
	}
}

// end deletes all that Terraform has, and the rest is as it was; or somebody deletes the function, and nobody notices.
func (h *household) end() {
	h.t.Helper()
	h.wire.api.ResetRequests()
	h.calls = 0
	gone := h.IntN(3) == 0
	if gone {
		if err := h.wire.api.Delete("default", "orders"); err != nil {
			h.t.Fatal(err)
		}
	}
	for _, p := range h.places {
		h.step = "the end of " + p.String()
		if gone {
			p.holds = ""
		}
		if p.core == nil {
			continue
		}
		p.core.server = newServer(h.t, h.wire)
		if h.must(p.core.refresh(h.ctx)); gone != p.core.state.IsNull() {
			h.t.Errorf("%s: it is in the state %t", h.step, !gone)
		}
		if !gone {
			h.must(p.core.destroy(h.ctx))
		}
		p.core, p.holds = nil, ""
	}
	h.check()
}
