// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// turns is a function with the versions v1 to v4, and the aliases of it that one apply writes.
type turns struct {
	t       *testing.T
	wire    *wire
	aliases map[string]*core
}

// write is one alias that the apply writes, some time after the apply began.
type write struct {
	alias, version string // no version: it is deleted
	after          time.Duration
	timeout        string
}

// turn runs a test under both codes by which the service may refuse a version that has an alias already. before are the
// aliases that there are, with their versions; those of managed are in the state.
func turn(t *testing.T, before map[string]string, managed []string, run func(a *turns)) {
	t.Parallel()
	for _, code := range []string{"FSS.1066", "FSS.1014"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := &turns{t, &wire{api: newAPI(func(s *emulator.Switches) { s.BadAliasedVersion = code == "FSS.1014" })},
					map[string]*core{}}
				a.wire.api.Put(emulator.Function{Name: "orders"})
				for i := range 4 {
					a.check(a.wire.api.Publish("default", "orders", fmt.Sprint("v", i+1), ""))
				}
				for alias, version := range before {
					a.check(a.wire.api.PutAlias("default", "orders", alias, version, nil))
				}
				for _, alias := range managed {
					a.aliases[alias] = newCore(t, newServer(t, a.wire), aliasType)
					if d := a.aliases[alias].importID(t.Context(), functionURN+"/"+alias); d.failed() {
						t.Fatal(d)
					}
				}
				run(a)
			})
		})
	}
}

func (a *turns) check(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// written is the outcome of a write: what it says, and when it ended.
type written struct {
	diagnostics
	at time.Duration
}

// apply is a run, with a provider of its own, that makes the writes at the same time.
func (a *turns) apply(ctx context.Context, writes ...write) map[string]written {
	a.t.Helper()
	a.wire.api.ResetRequests()
	server := newServer(a.t, a.wire)
	said := make([]written, len(writes))
	var all sync.WaitGroup
	began := time.Now()
	for i, w := range writes {
		c := a.aliases[w.alias]
		if c == nil {
			c = newCore(a.t, server, aliasType)
			a.aliases[w.alias] = c
		}
		c.server = server
		all.Go(func() {
			time.Sleep(w.after)
			if w.version == "" {
				d := c.destroy(ctx)
				said[i] = written{d, time.Since(began)}
				return
			}
			config := values{"function_urn": functionURN, "name": w.alias, "version": w.version}
			if w.timeout != "" {
				config["timeouts"] = values{"create": w.timeout, "update": w.timeout}
			}
			d := c.applyRefreshed(ctx, config)
			said[i] = written{d, time.Since(began)}
		})
	}
	all.Wait()
	out := map[string]written{}
	for i, w := range writes {
		out[w.alias] = said[i]
	}
	return out
}

// works demands that all writes succeed, without a pause when the last of them has been made.
func (a *turns) works(want string, writes ...write) {
	a.t.Helper()
	var last time.Duration
	for _, w := range writes {
		last = max(last, w.after)
	}
	for alias, said := range a.apply(a.t.Context(), writes...) {
		if len(said.diagnostics) > 0 || said.at > last+time.Second {
			a.t.Errorf("%s after %v, the last write began after %v: %s", alias, said.at, last, said)
		}
	}
	a.holds(want)
}

// holds demands where the aliases point, as "canary v2, stable v1".
func (a *turns) holds(want string) {
	a.t.Helper()
	f, _ := a.wire.api.Function("default", "orders")
	var got []string
	for _, alias := range f.Aliases {
		got = append(got, alias.Name+" "+alias.Version)
	}
	if text := strings.Join(got, ", "); text != want {
		a.t.Errorf("the aliases are %s; want %s", text, want)
	}
}

// TestAliasTurns: two aliases move along, forward and back, in whatever order Terraform comes to them, and however long
// apart. Each is moved by the one call that changes it: neither is ever gone.
func TestAliasTurns(t *testing.T) {
	turn(t, map[string]string{"stable": "v1", "canary": "v2"}, []string{"stable", "canary"}, func(a *turns) {
		const later = 5 * time.Second
		for round, test := range []struct {
			first, second write
			want          string
		}{
			{write{alias: "stable", version: "v2"}, write{alias: "canary", version: "v3", after: later}, "canary v3, stable v2"},
			{write{alias: "canary", version: "v2"}, write{alias: "stable", version: "v1", after: later}, "canary v2, stable v1"},
			{write{alias: "canary", version: "v3"}, write{alias: "stable", version: "v2", after: later}, "canary v3, stable v2"},
			{write{alias: "stable", version: "v1"}, write{alias: "canary", version: "v2", after: later}, "canary v2, stable v1"},
			// at the same time
			{write{alias: "stable", version: "v2"}, write{alias: "canary", version: "v3"}, "canary v3, stable v2"},
			{write{alias: "stable", version: "v1"}, write{alias: "canary", version: "v2"}, "canary v2, stable v1"},
		} {
			a.works(test.want, test.first, test.second)
			for _, r := range a.wire.api.Requests() {
				if r.Op == "CreateAlias" || r.Op == "DeleteAlias" {
					a.t.Errorf("round %d: %s", round, r.Op)
				}
			}
		}
	})
}

// TestAliasTurns_chain: of a row of aliases each waits for the next.
func TestAliasTurns_chain(t *testing.T) {
	all := map[string]string{"a": "v1", "b": "v2", "c": "v3"}
	turn(t, all, slices.Collect(maps.Keys(all)), func(a *turns) {
		a.works("a v2, b v3, c v4", write{alias: "a", version: "v2"}, write{alias: "b", version: "v3", after: time.Second},
			write{alias: "c", version: "v4", after: 2 * time.Second})
	})
}

// TestAliasTurns_new: a new alias takes the version of one that moves, and of one that is deleted.
func TestAliasTurns_new(t *testing.T) {
	for name, other := range map[string]string{"moved": "v4", "deleted": ""} {
		t.Run(name, func(t *testing.T) {
			turn(t, map[string]string{"old": "v2"}, []string{"old"}, func(a *turns) {
				want := map[string]string{"v4": "new v2, old v4", "": "new v2"}[other]
				a.works(want, write{alias: "new", version: "v2"}, write{alias: "old", version: other, after: 5 * time.Second})
			})
		})
	}
}

// TestAliasTurns_published: what the other alias waits for is a publication that takes its time.
func TestAliasTurns_published(t *testing.T) {
	turn(t, map[string]string{"stable": "v1", "canary": "v2"}, []string{"stable", "canary"}, func(a *turns) {
		a.check(a.wire.api.SetCode("default", "orders", "", "", []byte("new")))
		a.wire.api.Inject(emulator.Fault{Op: "PublishVersion", Delay: 50 * time.Second})
		said := map[string]diagnostics{}
		var all sync.WaitGroup
		server := newServer(a.t, a.wire)
		for _, c := range a.aliases {
			c.server = server
		}
		var one sync.Mutex
		move := func(alias, version string) {
			d := a.aliases[alias].applyRefreshed(a.t.Context(), values{
				"function_urn": functionURN, "name": alias, "version": version,
			})
			one.Lock()
			defer one.Unlock()
			said[alias] = d
		}
		all.Go(func() {
			time.Sleep(time.Second)
			v := newCore(a.t, server, versionType)
			if d := v.applyRefreshed(a.t.Context(), values{"function_urn": functionURN, "version": "v5"}); d.failed() {
				a.t.Error(d)
			}
			move("canary", "v5")
		})
		move("stable", "v2")
		all.Wait()
		if d := append(said["stable"], said["canary"]...); len(d) > 0 {
			a.t.Error(d)
		}
		a.holds("canary v5, stable v2")
	})
}

// TestAliasTurns_foreign: an alias that nobody moves ends the waiting soon. It is named, and nothing is changed; where
// it moves after all, an apply later is enough.
func TestAliasTurns_foreign(t *testing.T) {
	turn(t, map[string]string{"stable": "v1", "theirs": "v2"}, []string{"stable"}, func(a *turns) {
		said := a.apply(a.t.Context(), write{alias: "stable", version: "v2"})["stable"]
		if said.errors() != 1 || !said.has(`v2 has the alias "theirs" already`) || !said.has("apply again") ||
			said.at > 11*time.Second {
			a.t.Errorf("after %v: %s", said.at, said)
		}
		a.holds("stable v1, theirs v2")
		a.check(a.wire.api.PutAlias("default", "orders", "theirs", "v3", nil))
		a.works("stable v2, theirs v3", write{alias: "stable", version: "v2"})
	})
}

// TestAliasTurns_another: another run moves the alias meanwhile.
func TestAliasTurns_another(t *testing.T) {
	turn(t, map[string]string{"stable": "v1", "theirs": "v2"}, []string{"stable"}, func(a *turns) {
		time.AfterFunc(5*time.Second, func() { a.check(a.wire.api.PutAlias("default", "orders", "theirs", "v3", nil)) })
		if said := a.apply(a.t.Context(), write{alias: "stable", version: "v2"})["stable"]; len(said.diagnostics) > 0 {
			a.t.Error(said)
		}
		a.holds("stable v2, theirs v3")
	})
}

// TestAliasTurns_bounded: an interrupt and the resource's timeout end the waiting, however much goes on beside it.
func TestAliasTurns_bounded(t *testing.T) {
	for name, timeout := range map[string]string{"interrupted": "", "timeout": "20s"} {
		t.Run(name, func(t *testing.T) {
			turn(t, map[string]string{"stable": "v1", "theirs": "v2", "busy": "v3"}, []string{"stable", "busy"}, func(a *turns) {
				ctx, cancel := context.WithCancel(a.t.Context())
				defer cancel()
				if timeout == "" {
					time.AfterFunc(20*time.Second, cancel)
				}
				a.wire.api.Inject(emulator.Fault{Op: "UpdateAlias", Skip: 1, Delay: time.Minute}) // that of busy
				said := a.apply(ctx, write{alias: "stable", version: "v2", timeout: timeout},
					write{alias: "busy", version: "v4", after: time.Second})["stable"]
				if said.errors() != 1 || !said.has(`"theirs" already`) || said.at != 20*time.Second {
					a.t.Errorf("after %v: %s", said.at, said)
				}
			})
		})
	}
}

// TestAliasTurns_ring: aliases that exchange their versions cannot move, whatever the order. That is recognised, also
// where their versions become known during the apply only, and with one worker.
func TestAliasTurns_ring(t *testing.T) {
	for name, after := range map[string]time.Duration{"together": time.Second, "one after the other": time.Hour} {
		t.Run(name, func(t *testing.T) {
			turn(t, map[string]string{"blue": "v1", "green": "v2", "red": "v3"}, []string{"blue", "green", "red"},
				func(a *turns) {
					said := a.apply(a.t.Context(), write{alias: "blue", version: "v2"},
						write{alias: "green", version: "v3", after: after},
						write{alias: "red", version: "v1", after: 2 * after})
					const ring = `"blue" from v1 to v2, "green" from v2 to v3, "red" from v3 to v1.`
					if red := said["red"]; red.errors() != 1 || !red.has(ring) || red.at != 2*after {
						a.t.Errorf("the last, after %v: %s", red.at, red)
					}
					for _, alias := range []string{"blue", "green"} {
						if d := said[alias]; d.errors() != 1 ||
							!d.has(`let "blue" point at a version that no alias has`) && after < time.Minute {
							a.t.Errorf("%s: %s", alias, d)
						}
					}
					a.holds("blue v1, green v2, red v3")
				})
		})
	}
}
