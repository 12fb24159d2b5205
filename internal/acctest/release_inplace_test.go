// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// started releases v1 with an alias on it.
func (r *releases) started(more values) {
	r.t.Helper()
	r.code("1")
	if d := r.apply(r.config("1", values{"version": "v1"}).with(more)); d.failed() {
		r.t.Fatal(d)
	}
	if err := r.wire.api.PutAlias("default", "orders", "prod", r.text("version"), nil); err != nil {
		r.t.Fatal(err)
	}
	r.code("2")
}

// planned is what a plan towards a configuration shows.
func (r *releases) planned(given values) (map[string]tftypes.Value, []*tftypes.AttributePath) {
	r.t.Helper()
	plan := r.plan(r.t.Context(), object(r.t, r.typ, given), r.state)
	if d := diagnostics(plan.Diagnostics); d.failed() {
		r.t.Fatal(d)
	}
	return attributesOf(r.value(plan.PlannedState)), plan.RequiresReplace
}

// TestInPlace_plan: a change of source, name or description is planned in place, with what only the publication tells
// open.
func TestInPlace_plan(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first, second values
		known         bool // the name
	}{
		"named":        {values{"version": "v1"}, values{"version": "v2"}, true},
		"unnamed":      {values{"version": nil}, values{"version": nil}, false},
		"described":    {values{"version": "v1"}, values{"version": "v2", "description": "second"}, true},
		"late source":  {values{"version": nil}, values{"version": nil, "source_hash": tftypes.UnknownValue, "digest": tftypes.UnknownValue}, false},
		"late name":    {values{"version": "v1"}, values{"version": tftypes.UnknownValue}, false},
		"digest alone": {values{"source_hash": nil}, values{"version": "v2", "source_hash": nil}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(test.first)
				planned, replaces := r.planned(r.config("2", test.second))
				if len(replaces) > 0 {
					r.t.Errorf("replaced for %v", replaces)
				}
				for _, attribute := range []string{"version", "urn", "id"} {
					if planned[attribute].IsKnown() != test.known {
						r.t.Errorf("%s is planned as %s", attribute, planned[attribute])
					}
				}
				for _, attribute := range []string{"runtime", "handler", "timeout", "memory_size", "code_size", "last_modified"} {
					if planned[attribute].IsKnown() {
						r.t.Errorf("%s is planned as %s", attribute, planned[attribute])
					}
				}
			})
		})
	}
}

// TestInPlace_publishes: the version moves on, the one before it stays, whatever retain_on_destroy says, and the plan
// is empty then.
func TestInPlace_publishes(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]values{
		"retained": {}, "not retained": {"retain_on_destroy": false}, "unnamed": {"version": nil},
		"digest alone": {"source_hash": nil}, "described": {"description": "second"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(values{})
				config := r.config("2", values{"version": "v2"}).with(more)
				if d := r.apply(config); d.failed() || len(d) > 0 {
					r.t.Fatal(d)
				}
				f := r.function()
				if len(f.Versions) != 2 || r.text("urn") != functionURN+":"+f.Versions[1].Name || r.text("digest") != f.Digest ||
					r.text("id") != r.text("urn") || r.text("description") != f.Versions[1].VersionDescription {
					r.t.Errorf("the state has %s, the service %v", r.text("urn"), r.published())
				}
				if r.wire.api.Count("DeleteVersion") > 0 || f.Aliases[0].Version != "v1" {
					r.t.Error("something was deleted or moved")
				}
				if err := r.empty(r.t.Context(), config); err != nil {
					r.t.Error(err)
				}
			})
		})
	}
}

// TestInPlace_sameSecond: a release right after another gets the next second's name, and makes no call that is refused.
func TestInPlace_sameSecond(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		if d := r.apply(r.config("1", values{"version": nil})); d.failed() {
			r.t.Fatal(d)
		}
		first := r.text("version")
		if err := r.wire.api.SetCode("default", "orders", "inline", "", []byte("2")); err != nil {
			r.t.Fatal(err)
		}
		if d := r.apply(r.config("2", values{"version": nil})); d.failed() {
			r.t.Fatal(d)
		}
		if n := r.wire.api.Count("PublishVersion"); n != 2 || r.text("version") <= first {
			r.t.Errorf("%d calls for %s and %s", n, first, r.text("version"))
		}
	})
}

// TestInPlace_fails: whatever goes wrong on the way, version, state and alias are as they were, and the next apply
// publishes.
func TestInPlace_fails(t *testing.T) {
	t.Parallel()
	refused := func(status int, code string) emulator.Fault {
		return emulator.Fault{Op: "PublishVersion", Status: status, Code: code, Times: -1}
	}
	gone := emulator.Fault{Op: "GetConfig", Status: 404, Code: "FSS.1052", Message: "Not found the version", Times: -1}
	for name, fault := range map[string]emulator.Fault{
		"guard":          {Op: "GetConfig", Skip: 1}, // somebody else's code, below
		"unreadable":     {Op: "GetConfig", Skip: 1, Status: 500, Code: "FSS.0500", Times: -1},
		"refused":        refused(400, "FSS.0400"),
		"forbidden":      refused(403, "FSS.0403"),
		"too many":       refused(429, "FSS.0429"),
		"failing":        refused(500, "FSS.0500"),
		"lost before":    {Op: "PublishVersion", Kind: emulator.DropBefore, Times: -1},
		"not found then": {Op: "PublishVersion"}, // for good, below
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(values{})
				config, before := r.config("2", values{"version": "v2"}), r.state
				switch name {
				case "guard":
					fault.Before = func() { r.foreignCode("foreign") }
				case "not found then":
					fault.After = func() { r.wire.api.Inject(gone) }
				}
				r.wire.api.Inject(fault)
				if d := r.apply(config); !d.failed() {
					r.t.Error("nothing failed")
				}
				if !r.state.Equal(before) || r.tainted || r.function().Aliases[0].Version != "v1" || r.published()[0] != "v1" {
					r.t.Errorf("tainted %t, the state has %s, the service %v", r.tainted, r.text("urn"), r.published())
				}
				r.wire.api.ClearFaults()
				if name == "guard" {
					r.foreignCode("2") // the function's own apply repairs it
				}
				if d := r.apply(config); d.failed() || r.text("version") != "v2" ||
					!slices.Equal(r.published(), []string{"v1", "v2"}) {
					r.t.Errorf("the state has %s, the service %v: %s", r.text("urn"), r.published(), d)
				}
			})
		})
	}
}

// foreignCode deploys at once.
func (r *releases) foreignCode(text string) {
	if err := r.wire.api.SetCode("default", "orders", "", "", []byte(text)); err != nil {
		r.t.Error(err)
	}
}

// TestInPlace_killed: the process dies, or its answer is lost for good, after the service has published. The next apply
// finds the version and takes it over; nothing is published twice.
func TestInPlace_killed(t *testing.T) {
	t.Parallel()
	for name, version := range map[string]any{"named": "v2", "unnamed": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(values{"version": map[string]any{"named": "v1"}[name]})
				config, before := r.config("2", keep(2)).with(values{"version": version}), r.state
				r.wire.api.Inject(emulator.Fault{Op: "PublishVersion", After: r.wire.kill})
				r.apply(config)
				<-time.After(time.Minute)
				r.wire, r.state = &wire{api: r.wire.api}, before
				d := r.apply(config)
				foreseen := name == "named" && d.has("Old Versions") // there is none too many
				if d.failed() || foreseen || !d.has("Existing Version Taken Over") || len(r.published()) != 2 ||
					r.text("digest") != r.function().Digest {
					r.t.Errorf("the state has %s, the service %v: %s", r.text("urn"), r.published(), d)
				}
				if err := r.empty(r.t.Context(), config); err != nil {
					r.t.Error(err)
				}
			})
		})
	}
}

// TestInPlace_interrupted: a cancel while the publication is refused for a while leaves everything as it was.
func TestInPlace_interrupted(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.started(values{})
		before := r.state
		ctx, cancel := context.WithCancel(r.t.Context())
		r.wire.api.Inject(emulator.Fault{
			Op: "PublishVersion", Status: 503, Code: "FSS.0503", Header: map[string][]string{"Retry-After": {"60"}}, Times: -1,
			After: func() { time.AfterFunc(time.Second, cancel) },
		})
		r.server = newServer(r.t, r.wire)
		if d := r.core.apply(ctx, r.config("2", values{"version": "v2"})); !d.failed() || !r.state.Equal(before) {
			r.t.Errorf("the state has %s: %s", r.text("urn"), d)
		}
	})
}

// TestInPlace_lateSource: a source that is not known in the plan, and turns out to be the one that is published,
// publishes nothing.
func TestInPlace_lateSource(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		config := r.config("1", values{"version": "v1"})
		if d := r.apply(config); d.failed() {
			r.t.Fatal(d)
		}
		late := config.with(values{"source_hash": tftypes.UnknownValue, "digest": tftypes.UnknownValue})
		if planned, replaces := r.planned(late); planned["last_modified"].IsKnown() || len(replaces) > 0 {
			r.t.Errorf("it is not planned in place: %v", replaces)
		}
		r.wire.api.ResetRequests()
		if err := r.emptyPlan(r.t.Context(), config); err != nil { // the plan that the CLI makes during apply
			r.t.Error(err)
		}
		if n := r.wire.api.Count("PublishVersion"); n > 0 {
			r.t.Errorf("%d publications", n)
		}
	})
}

// TestInPlace_lateFunction: a function that is not known in the plan is planned in place. If it turns out to be another
// one, the apply fails, and the next plan replaces.
func TestInPlace_lateFunction(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.started(values{})
		config := r.config("1", values{"version": "v1", "function_urn": tftypes.UnknownValue, "digest": r.text("digest")})
		planned, replaces := r.planned(config)
		if len(replaces) > 0 || planned["urn"].IsKnown() || planned["last_modified"].IsKnown() {
			r.t.Errorf("it is planned as %v, replaced for %v", planned, replaces)
		}
		other := strings.Replace(functionURN, ":orders", ":other", 1)
		given := config.with(values{"function_urn": other})
		planned["function_urn"] = tftypes.NewValue(tftypes.String, other)
		before := r.state
		d := r.change(r.t.Context(), object(r.t, r.typ, given), tftypes.NewValue(r.typ, planned),
			&tfprotov6.PlanResourceChangeResponse{})
		if !d.has("the next plan shows that it is replaced") || !r.state.Equal(before) ||
			r.wire.api.Count("PublishVersion") > 1 {
			r.t.Error(d)
		}
		again := r.plan(r.t.Context(), object(r.t, r.typ, given), r.state) // the plan that the CLI makes during apply
		if d := diagnostics(again.Diagnostics); !d.has("the next plan shows that it is replaced") {
			r.t.Error(d)
		}
		if d := r.refresh(r.t.Context()); d.failed() {
			r.t.Fatal(d)
		}
		if _, replaces := r.planned(given); len(replaces) != 1 {
			r.t.Errorf("the next plan replaces for %v", replaces)
		}
	})
}

// TestInPlace_prune: failed releases do not keep prune from its work, and never fill the quota for good.
func TestInPlace_prune(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		for n := 1; n <= 30; n++ {
			r.code(fmt.Sprint(n))
			config := r.config(fmt.Sprint(n), keep(3)).with(values{"version": fmt.Sprint("v", n)})
			if n%3 == 0 { // published, and never read back: the state does not move on
				r.wire.api.Inject(emulator.Fault{Op: "PublishVersion", After: func() {
					r.wire.api.Inject(emulator.Fault{Op: "GetConfig", Status: 404, Code: "FSS.1052", Times: -1})
				}})
				if d := r.apply(config); !d.failed() {
					r.t.Fatal(n, d)
				}
				r.wire.api.ClearFaults()
				continue
			}
			if d := r.apply(config); d.failed() {
				r.t.Fatal(n, d)
			}
			if got := r.published(); len(got) > 4 {
				r.t.Fatalf("after release %d: %v", n, got)
			}
		}
	})
}

// TestInPlace_fullQuota: versions of releases that failed fill the quota. Before the publication is tried again, prune
// deletes what is old and nothing needs, and neither the version in the state nor one that is used.
func TestInPlace_fullQuota(t *testing.T) {
	t.Parallel()
	fill := func(r *releases, from, to int) {
		for n := from; n <= to; n++ {
			r.code(fmt.Sprint("left ", n))
			if err := r.wire.api.Publish("default", "orders", fmt.Sprint("left", n), ""); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	for _, says := range []string{"FSS.0403", "FSS.0400"} { // the code for it is not documented (contract Q1)
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				fill(r, 1, 8)
				r.code("1")
				if d := r.apply(r.config("1", values{"version": "v1"})); d.failed() {
					r.t.Fatal(d)
				}
				if err := r.wire.api.PutAlias("default", "orders", "prod", "left1", nil); err != nil {
					r.t.Fatal(err)
				}
				r.code("2")
				if says == "FSS.0400" {
					r.wire.api.Inject(emulator.Fault{Op: "PublishVersion", Status: 400, Code: says})
				}
				d := r.apply(r.config("2", keep(3)).with(values{"version": "v2"}))
				if d.failed() || !d.has("prune has deleted left2, left3, left4, left5, left6, left7 before the publication") {
					r.t.Error(d)
				}
				if got := r.published(); !slices.Equal(got, []string{"left1", "left8", "v1", "v2"}) {
					r.t.Errorf("the service has %v", got)
				}
			})
		})
	}
	t.Run("nothing to delete", func(t *testing.T) {
		t.Parallel()
		release(t, func(r *releases) {
			r.code("1")
			if d := r.apply(r.config("1", values{"version": "v1"})); d.failed() {
				r.t.Fatal(d)
			}
			fill(r, 1, 8) // somebody else's: younger than what the state holds
			r.code("2")
			d := r.apply(r.config("2", keep(1)).with(values{"version": "v2"}))
			if !d.has("has 10 versions") || r.wire.api.Count("DeleteVersion") > 0 || r.text("version") != "v1" {
				r.t.Error(d)
			}
		})
	})
}
