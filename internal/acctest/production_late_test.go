// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// at is the first configuration, of another function and another version or alias of it.
func (b belonging) at(function, qualifier string) values {
	urn := strings.TrimSuffix(functionURN, "orders") + function
	if b.resource != eventType {
		urn += ":" + qualifier
	}
	return b.first.with(values{"function_urn": urn})
}

// made makes functions in the run of the owner, with what the first one has.
func (o *owned) made(functions ...string) {
	o.t.Helper()
	for _, name := range functions {
		o.must(newCore(o.t, o.server, "fgs_function").apply(o.t.Context(), values{
			"name": name, "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
			"code": values{"inline": "# new"},
		}))
		o.edit(name, func(f *emulator.Function) {
			f.Versions = []emulator.Version{{Name: "v1"}, {Name: "v2"}}
			f.Aliases = []emulator.Alias{{Name: "live", Version: "v1"}}
		})
	}
}

func (o *owned) edit(function string, change func(*emulator.Function)) {
	o.t.Helper()
	if err := o.w.api.Edit("default", function, change); err != nil {
		o.t.Fatal(err)
	}
}

// remove deletes the first function, as its replacement does.
func (o *owned) remove() {
	o.t.Helper()
	if err := o.w.api.Delete("default", "orders"); err != nil {
		o.t.Fatal(err)
	}
}

// trace are the writes that the service was asked for, in their order.
func (o *owned) trace() string {
	var out []string
	for _, r := range o.w.api.Requests() {
		_, of, _ := strings.Cut(r.Path, "function:default:")
		of, _, _ = strings.Cut(of, "/")
		switch {
		case r.Op == o.writes && strings.Contains(string(r.Body), `"count":0`), r.Op == o.removes:
			out = append(out, "remove "+of)
		case r.Op == o.writes, r.Op == o.makes:
			out = append(out, "make "+of)
		}
	}
	return strings.Join(out, ", ")
}

// TestBelonging_late: a function_urn that is not known in a plan is planned in place. If it turns out the same, nothing
// is sent; what has become of it in the same apply is followed there, and nothing of others is touched on the way;
// anything else ends the apply before anything is sent.
func TestBelonging_late(t *testing.T) {
	t.Parallel()
	refused := func(removes bool) func(o *owned) {
		return func(o *owned) {
			o.made("shop")
			fault := emulator.Fault{Op: o.writes, Status: 403, Code: "FSS.0403", Message: "refused"}
			switch {
			case removes && o.removes != "":
				fault.Op = o.removes
			case !removes && o.makes != "":
				fault.Op = o.makes
			case !removes && o.removes == "":
				fault.Skip = 1
			}
			o.w.api.Inject(fault)
		}
	}
	others := func(o *owned) {
		if err := o.others(o.w.api); err != nil {
			o.t.Fatal(err)
		}
	}
	for name, v := range map[string]struct {
		function, qualifier string // what it turns out to be
		before              func(o *owned)
		trace               string
		fails               string // what the error says
		only                string // "" for all, else not for events
	}{
		"the same":             {function: "orders", qualifier: "!live"},
		"remade":               {function: "orders", qualifier: "!live", before: func(o *owned) { o.remove(); o.made("orders") }, trace: "make orders:!live"},
		"remade, renamed":      {function: "shop", qualifier: "!live", before: func(o *owned) { o.remove(); o.made("shop") }, trace: "remove orders:!live, make shop:!live"},
		"a new one":            {function: "shop", qualifier: "!live", before: func(o *owned) { o.made("shop") }, trace: "remove orders:!live, make shop:!live"},
		"swapped":              {function: "shop", qualifier: "!live", before: func(o *owned) { o.remove(); o.made("orders", "shop"); others(o) }, trace: "make shop:!live"},
		"a version":            {function: "orders", qualifier: "v2", trace: "remove orders:!live, make orders:v2", only: "bound"},
		"remade, others there": {function: "orders", qualifier: "!live", before: func(o *owned) { o.remove(); o.made("orders"); others(o) }, fails: "Already Exists"},
		"removal refused":      {function: "shop", qualifier: "!live", before: refused(true), trace: "remove orders:!live", fails: "FSS.0403"},
		"making refused":       {function: "shop", qualifier: "!live", before: refused(false), trace: "remove orders:!live, make shop:!live", fails: "FSS.0403"},
		"another function": {function: "shop", qualifier: "!live", fails: "the next plan shows", before: func(o *owned) {
			o.w.api.Put(emulator.Function{Name: "shop", Aliases: []emulator.Alias{{Name: "live", Version: "latest"}}})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, b := range belongings {
				if v.only != "" && b.resource == eventType {
					continue
				}
				b.own(t, func(o *owned) {
					o.edit("orders", func(f *emulator.Function) { f.Versions = append(f.Versions, emulator.Version{Name: "v2"}) })
					o.must(o.apply(o.t.Context(), o.first))
					o.late(v.before, b.at(v.function, v.qualifier), v.trace, v.fails)
				})
			}
		})
	}
}

// late plans with a function_urn that is not known, and applies with what it turns out to be, in another run.
func (o *owned) late(before func(*owned), config values, trace, fails string) {
	t, ctx := o.t, o.t.Context()
	t.Helper()
	o.server = newServer(t, o.w)
	o.must(o.refresh(ctx))
	unknown := object(t, o.typ, config.with(values{"function_urn": tftypes.UnknownValue}))
	if plan := o.plan(ctx, unknown, o.state); len(plan.Diagnostics) > 0 || len(plan.RequiresReplace) > 0 {
		t.Errorf("%s: the plan replaces by %v: %s", o.belonging.resource, plan.RequiresReplace, diagnostics(plan.Diagnostics))
	}
	o.server = newServer(t, o.w)
	if before != nil {
		before(o)
	}
	o.w.api.ResetRequests()
	state := o.state
	if plan := o.plan(ctx, object(t, o.typ, config), o.state); len(plan.RequiresReplace) > 0 {
		t.Fatalf("%s: the apply replaces by %v", o.belonging.resource, plan.RequiresReplace)
	}
	d := o.applyRefreshed(ctx, config)
	if o.belonging.resource == eventType {
		trace = strings.ReplaceAll(trace, ":!live", "")
		if fails == "Already Exists" { // only the call tells
			trace = "make orders"
		}
	}
	if got := o.trace(); got != trace || d.failed() != (fails != "") || !d.has(fails) {
		t.Errorf("%s: sent: %s; want: %s; it says %s", o.belonging.resource, got, trace, d)
	}
	if fails != "" && !o.state.Equal(state) {
		t.Errorf("%s: the state is another one after a failure", o.belonging.resource)
	}
	o.server = newServer(t, o.w)
	if fails != "" {
		o.must(o.apply(ctx, config)) // the next apply needs nobody's help
		trace = cmp.Or(trace, "recovered")
	}
	if err := o.empty(ctx, config); err != nil {
		t.Errorf("%s: the next plan: %s", o.belonging.resource, err)
	}
	if trace == "" {
		return
	}
	o.must(o.destroy(ctx))
	left := slices.DeleteFunc(o.w.api.Functions(), func(f emulator.Function) bool {
		f.Reservations = nonEmpty(f.Reservations)
		return len(f.Reservations)+len(f.Async)+len(f.Events) == 0
	})
	if theirs := strings.HasPrefix(trace, "make shop"); len(left) > 0 != theirs {
		t.Errorf("%s: in the end there is %+v", o.belonging.resource, left)
	}
}
