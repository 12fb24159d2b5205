// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// bubble runs one named situation on the scenario of that name, where waiting takes no time.
func bubble(t *testing.T, name string, do func(w *world)) {
	t.Helper()
	t.Parallel()
	for _, s := range scenarios(t) {
		if s.name == name {
			from := prepare(t, s)
			synctest.Test(t, func(t *testing.T) { do(newWorld(t, s, from)) })
			return
		}
	}
	t.Fatalf("no scenario %s", name)
}

// somebodyElse makes a function of the scenario's name with other code.
func somebodyElse(w *world) {
	w.wire.api.Put(emulator.Function{
		Name: "orders", Package: "default", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("theirs")},
		Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
	})
}

// TestFault_neverAdopted: a function that somebody else made under the name while the fate of a creation was not known
// is never taken over; and neither is one that was there before.
func TestFault_neverAdopted(t *testing.T) {
	for _, name := range []string{"create", "import"} {
		for at, fault := range map[string]emulator.Fault{
			"before the request":    {Kind: emulator.DropAfter},
			"instead of it":         {Kind: emulator.DropBefore},
			"without a lost answer": {},
		} {
			t.Run(name+" "+at, func(t *testing.T) {
				bubble(t, name, func(w *world) {
					fault.Op = map[string]string{"create": "CreateFunction", "import": "ImportFunction"}[name]
					fault.Before = func() { somebodyElse(w) }
					w.wire.api.Inject(fault)
					diags := w.run(w.t.Context())
					if !diags.has("Function Already Exists") || !diags.has(`id = "`+functionURN+`"`) || !w.state.IsNull() {
						w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
					}
					f, _ := w.wire.api.Function("default", "orders")
					if string(f.Code) != "theirs" || w.wire.api.Count("UpdateCode", "UpdateConfig", "DeleteFunction") > 0 {
						w.t.Error("the foreign function was touched")
					}
					w.mend()
					w.recover(diags) // who really wants it, imports it
				})
			})
		}
	}
}

// TestFault_publishNeverAdoptsAnOldVersion: a version of the name that somebody published hours ago, of the very same
// code, is not the one whose answer was lost, however the service writes its times.
func TestFault_publishNeverAdoptsAnOldVersion(t *testing.T) {
	for _, age := range []time.Duration{time.Minute, 3 * time.Hour, 9 * time.Hour} {
		t.Run(age.String(), func(t *testing.T) {
			bubble(t, "publish", func(w *world) {
				if err := w.wire.api.Publish("default", "orders", "v1", "theirs"); err != nil {
					w.t.Fatal(err)
				}
				time.Sleep(age)
				w.wire.api.Inject(emulator.Fault{Op: "PublishVersion", Kind: emulator.DropAfter})
				diags := w.run(w.t.Context())
				if !diags.has("Function Version Already Exists") || !diags.has(`id = "`+functionURN+`:v1"`) || !w.state.IsNull() {
					w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
				}
			})
		})
	}
}

// TestFault_publishRefused: a version that is there, under the name or with the code, is not taken over; the import
// block of the error is what takes it over. Where no list tells the name, the error asks for that first.
func TestFault_publishRefused(t *testing.T) {
	for name, theirs := range map[string]string{"publish": "v1", "publish unnamed": "theirs"} {
		t.Run(name, func(t *testing.T) {
			bubble(t, name, func(w *world) {
				if err := w.wire.api.Publish("default", "orders", theirs, ""); err != nil {
					w.t.Fatal(err)
				}
				w.s.config = w.s.config.with(values{"retain_on_destroy": nil, "description": nil})
				diags := w.run(w.t.Context())
				if says := diags.has("import {") || diags.has("and set version to it"); !diags.failed() || !says ||
					!w.state.IsNull() {
					w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
				}
				w.recover(diags)
			})
		})
	}
}

// TestFault_notYet: a function or an alias that is not found for a while after it was written is waited for; nothing is
// reported.
func TestFault_notYet(t *testing.T) {
	gone := func(skip, times int) emulator.Fault {
		return emulator.Fault{
			Op: "GetConfig", Status: 404, Code: "FSS.1051", Message: "Not found the function", Skip: skip, Times: times,
		}
	}
	t.Run("once", func(t *testing.T) {
		bubble(t, "create", func(w *world) {
			w.wire.api.Inject(gone(0, 1))
			if diags := w.run(w.t.Context()); len(diags) > 0 {
				w.t.Error(diags)
			}
			w.converged()
		})
	})
	// A version that was just published may not be readable yet either.
	t.Run("once, publish", func(t *testing.T) {
		bubble(t, "publish", func(w *world) {
			w.wire.api.Inject(emulator.Fault{Op: "PublishVersion", After: func() { w.wire.api.Inject(gone(0, 3)) }})
			if diags := w.run(w.t.Context()); len(diags) > 0 {
				w.t.Error(diags)
			}
			w.converged()
		})
	})
	// Longer than that is an error that keeps the state, after half a minute.
	noAlias := func(skip int) emulator.Fault {
		return emulator.Fault{Op: "GetAlias", Status: 404, Code: "FSS.1053", Message: "Not found the alias", Skip: skip,
			Times: -1}
	}
	for name, fault := range map[string]emulator.Fault{ // behind the refresh of what is there
		"create": gone(0, -1), "update": gone(1, -1), "create alias": noAlias(0), "move alias": noAlias(1),
	} {
		t.Run("for good, "+name, func(t *testing.T) {
			bubble(t, name, func(w *world) {
				w.wire.api.Inject(fault)
				began := time.Now()
				diags := w.run(w.t.Context())
				if took := time.Since(began); took < 30*time.Second || took > 70*time.Second {
					w.t.Errorf("it took %v", took)
				}
				if !diags.failed() || w.state.IsNull() {
					w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
				}
				w.mend()
				w.recover(diags)
			})
		})
	}
}

// TestFault_foreignNotFound: only the service's own words remove from the state, and they do.
func TestFault_foreignNotFound(t *testing.T) {
	for name, v := range map[string]struct {
		fault   emulator.Fault
		removed bool
	}{
		"own":            {emulator.Fault{Status: 404, Code: "FSS.1051"}, true},
		"resource":       {emulator.Fault{Status: 404, Code: "FSS.0404"}, true},
		"gateway":        {emulator.Fault{Status: 404, Code: "APIGW.0101"}, false},
		"page":           {emulator.Fault{Status: 404, RawBody: []byte("<html>Not Found</html>")}, false},
		"plain":          {emulator.Fault{Status: 404, RawBody: []byte("404 page not found")}, false},
		"empty":          {emulator.Fault{Status: 404, RawBody: []byte{}}, false},
		"another status": {emulator.Fault{Status: 401, Code: "FSS.0401"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "refresh", func(w *world) {
				v.fault.Op = "GetConfig"
				w.wire.api.Inject(v.fault)
				diags := w.refresh(w.t.Context())
				if w.state.IsNull() != v.removed || diags.failed() == v.removed {
					w.t.Errorf("removed from the state: %t; %s", w.state.IsNull(), diags)
				}
			})
		})
	}
	t.Run("of the tags", func(t *testing.T) {
		bubble(t, "refresh", func(w *world) {
			w.wire.api.Inject(emulator.Fault{Op: "GetTags", Status: 404, Code: "FSS.1051"})
			if diags := w.refresh(w.t.Context()); w.state.IsNull() || !diags.failed() {
				w.t.Errorf("a function that was read was removed from the state: %s", diags)
			}
		})
	})
}

// TestFault_deleteRefused: a refusal to delete is said at once, and the function stays in the state (contract V15).
func TestFault_deleteRefused(t *testing.T) {
	bubble(t, "delete", func(w *world) {
		w.wire.api.Inject(emulator.Fault{Op: "DeleteFunction", Status: 400, Code: "FSS.0400", Message: "Can't delete",
			Detail: "plainly"})
		began := time.Now()
		diags := w.run(w.t.Context())
		if took := time.Since(began); !diags.failed() || w.state.IsNull() || took > time.Second || !diags.has("plainly") {
			w.t.Errorf("after %v: %s", took, diags)
		}
		if diags := w.run(w.t.Context()); diags.failed() {
			w.t.Error(diags)
		}
		w.converged()
	})
}

// TestFault_timeout: no wait is longer than told. A service that asks for more time than there is left fails at once.
func TestFault_timeout(t *testing.T) {
	for name, v := range map[string]struct {
		retryAfter  string
		least, most time.Duration
	}{
		"fits as often as it can": {"20", 40 * time.Second, time.Minute},
		"does not fit":            {"120", 0, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "create", func(w *world) {
				w.wire.api.Inject(emulator.Fault{
					Op: "CreateFunction", Status: 429, Code: "FSS.0429", Times: -1, Header: http.Header{"Retry-After": {v.retryAfter}},
				})
				w.s.config = w.s.config.with(values{"timeouts": values{"create": "1m"}})
				began := time.Now()
				diags := w.run(w.t.Context())
				if took := time.Since(began); !diags.failed() || !w.state.IsNull() || took < v.least || took > v.most {
					w.t.Errorf("after %v: %s", took, diags)
				}
				if !diags.has("HTTP status: 429") || w.there() {
					w.t.Error(diags)
				}
			})
		})
	}
}

// digestOfOrders is what the service runs now.
func digestOfOrders(w *world) string {
	f, _ := w.wire.api.Function("default", "orders")
	return f.Digest
}

func deploySomethingElse(w *world) {
	if err := w.wire.api.SetCode("default", "orders", "zip", "", []byte("somebody else's")); err != nil {
		w.t.Error(err)
	}
}

// TestFault_publishGuard: what is published is what was applied. Code that somebody deploys between plan and apply, or
// between the look at it and the publication, is never released under the name.
func TestFault_publishGuard(t *testing.T) {
	for name, race := range map[string]emulator.Fault{
		"between plan and apply": {Op: "GetConfig"}, "between look and publication": {Op: "PublishVersion"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "publish", func(w *world) {
				w.s.config = w.s.config.with(values{"digest": digestOfOrders(w)})
				race.Before = func() { deploySomethingElse(w) }
				w.wire.api.Inject(race)
				diags := w.run(w.t.Context())
				if !diags.has("Unable to Publish Function Version") || !diags.has("other code") || !w.state.IsNull() {
					w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
				}
				if w.there() {
					w.t.Error("a version with foreign code is left")
				}
				if published := w.wire.api.Count("PublishVersion"); (race.Op == "GetConfig") != (published == 0) {
					w.t.Errorf("%d publications", published)
				}
			})
		})
	}
}

// TestFault_aliasKeepsVersion: a version that an alias sends calls to, all or some of them, is not deleted: the alias
// would go with it. The error names the alias.
func TestFault_aliasKeepsVersion(t *testing.T) {
	for name, weights := range map[string]map[string]int{"main": nil, "additional": {"v1": 10}} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "delete version", func(w *world) {
				target := "v1"
				if weights != nil {
					target = "v0"
					if err := w.wire.api.Publish("default", "orders", target, ""); err != nil {
						w.t.Fatal(err)
					}
				}
				if err := w.wire.api.PutAlias("default", "orders", "prod", target, weights); err != nil {
					w.t.Fatal(err)
				}
				diags := w.run(w.t.Context())
				if !diags.has(`the alias "prod"`) || w.state.IsNull() || w.wire.api.Count("DeleteVersion") > 0 {
					w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
				}
				if f, _ := w.wire.api.Function("default", "orders"); len(f.Aliases) != 1 {
					w.t.Error("the alias is gone")
				}
			})
		})
	}
}

// TestFault_clearRefused: a service that resets what is left out may refuse an empty value. Then it is left out, and
// what is there all the same, as the initializer is (contract 3.4), is cleared by its empty value. A refusal for
// another reason stays what it was.
func TestFault_clearRefused(t *testing.T) {
	for name, times := range map[string]int{"the empty value": 1, "for another reason": 2} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "update", func(w *world) {
				w.s.config = w.s.config.with(values{
					"description": nil, "initializer": nil, "domain_names": []values{{"id": "z1", "domain_name": "a.example"}},
				})
				w.wire.api.Inject(emulator.Fault{
					Op: "UpdateConfig", Status: 400, Code: "FSS.0400", Message: "not in range", Times: times,
				})
				diags := w.run(w.t.Context())
				var empty []bool
				for _, write := range w.wire.api.Requests("UpdateConfig") {
					empty = append(empty, strings.Contains(string(write.Body), `"initializer_handler":""`))
				}
				if want := [][]bool{1: {true, false, true}, 2: {true, false}}[times]; !slices.Equal(empty, want) {
					w.t.Fatalf("an empty initializer was sent with the writes %v, want %v", empty, want)
				}
				if diags.failed() != (times == 2) || times == 2 && !diags.has("not in range") {
					w.t.Error(diags)
				}
				w.mend()
				w.recover(diags)
			})
		})
	}
}
