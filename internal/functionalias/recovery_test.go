// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const exists = "Function Alias Already Exists"

// recovery is the creation of the alias prod at version v1 that something happens to, over the protocol.
type recovery struct {
	fault  emulator.Fault
	before func(*emulator.Server) error // somebody else, right before the request is processed
	set    map[string]any               // more of the configuration

	want  string // what the error says; "" for none
	never string // what it does not say
	calls int    // that create; 0 is one
	holds string // alias at the service, with version and description; "" is the one that was asked for
}

// TestRecovery: after a lost answer, and after "already exists", the alias is in the state exactly if this apply made
// it.
func TestRecovery(t *testing.T) {
	put := func(name, version string, age time.Duration) func(*emulator.Server) error {
		return func(api *emulator.Server) error {
			if err := api.PutAlias("default", "orders", name, version, nil); err != nil {
				return err
			}
			return api.Edit("default", "orders", func(f *emulator.Function) {
				f.Aliases[0].LastModified = f.Aliases[0].LastModified.Add(-age)
			})
		}
	}
	lost := func(kind emulator.FaultKind) emulator.Fault { return emulator.Fault{Op: "CreateAlias", Kind: kind} }
	refused := func(code string) emulator.Fault {
		return emulator.Fault{Op: "CreateAlias", Status: 409, Code: code, Message: "refused"}
	}
	for name, r := range map[string]recovery{
		"nothing happens": {},
		"lost answer":     {fault: lost(emulator.DropAfter)},
		"cut answer":      {fault: lost(emulator.TruncateAfter)},
		"lost request":    {fault: lost(emulator.DropBefore), calls: 2},
		"lost answer, with a share": {
			fault: lost(emulator.DropAfter),
			set:   map[string]any{"additional_version": map[string]any{"version": "v2", "weight": 10}},
		},
		"lost answer, with rules": {fault: lost(emulator.DropAfter), set: map[string]any{"strategy": map[string]any{
			"version": "v2", "combine_type": "or", "rules": []any{
				map[string]any{"rule_type": "header", "param": "x-canary", "op": "in", "value": "a,b"},
			},
		}}},
		"lost request, another version there": {
			fault: lost(emulator.DropBefore), before: put("prod", "v2", 0), want: exists, holds: "prod v2 ",
		},
		"lost request, another description there": {
			fault: lost(emulator.DropBefore), before: put("prod", "v1", 0), set: map[string]any{"description": "ours"},
			want: exists, holds: "prod v1 ",
		},
		"lost request, the same there for long": {
			fault: lost(emulator.DropBefore), before: put("prod", "v1", time.Hour), want: exists, holds: "prod v1 ",
		},
		"there before":              {before: put("prod", "v2", time.Hour), want: exists, holds: "prod v2 "},
		"refused by name":           {fault: refused("FSS.1063"), want: exists, holds: "none"},
		"refused by version":        {fault: refused("FSS.1066"), before: put("prod", "v1", 0), want: exists, holds: "prod v1 "},
		"another alias has version": {before: put("live", "v1", 0), want: `the alias "live" already`, never: exists, calls: 2, holds: "live v1 "},
		"no such version": {
			set: map[string]any{"version": "v9"}, want: "does not exist: v9", never: exists, holds: "none",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func (r recovery) run(t *testing.T) {
	t.Helper()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{Name: "orders"})
	for _, version := range []string{"v1", "v2"} {
		if err := e.Emulator.Publish("default", "orders", version, ""); err != nil {
			t.Fatal(err)
		}
	}
	r.arm(t, e.Emulator)
	p := e.Protocol(t)
	if diags := p.Configure(map[string]any{}); diags.Failed() {
		t.Fatal(diags)
	}
	config := map[string]any{"function_urn": functionURN, "name": "prod", "version": "v1"}
	for name, value := range r.set {
		config[name] = value
	}
	created, diags := p.Create("fgs_function_alias", config)

	if created.InState != (r.want == "") || diags.Failed() != (r.want != "") || created.Tainted {
		t.Errorf("in the state: %t, tainted: %t, want the error %q; got:%s", created.InState, created.Tainted, r.want, diags)
	}
	if !diags.Has(r.want) || r.never != "" && diags.Has(r.never) ||
		r.want == exists && !diags.Has(`"`+functionURN+`:!prod"`) {
		t.Errorf("want an error with %q and not %q, for an alias that exists with its import block; got:%s", r.want, r.never,
			diags)
	}
	if got, want := e.Emulator.Count("CreateAlias"), max(1, r.calls); got != want {
		t.Errorf("CreateAlias was sent %d times, want %d", got, want)
	}
	if got, want := held(e.Emulator), r.left(); got != want {
		t.Errorf("the service holds another alias\n got: %q\nwant: %q", got, want)
	}
	if n := e.Emulator.Count("UpdateAlias", "DeleteAlias"); n > 0 {
		t.Errorf("%d calls touched what is there", n)
	}
	if pending := e.Emulator.PendingFaults(); len(pending) > 0 {
		t.Errorf("the fault never happened")
	}
}

// arm prepares the fault and the other actor.
func (r recovery) arm(t *testing.T, api *emulator.Server) {
	t.Helper()
	fault := r.fault
	fault.Op = "CreateAlias"
	if r.before != nil {
		fault.Before = func() {
			if err := r.before(api); err != nil {
				t.Error(err)
			}
		}
	}
	api.Inject(fault)
}

func (r recovery) left() string {
	switch r.holds {
	case "none":
		return ""
	case "":
		return "prod v1 "
	}
	return r.holds
}

// held is the alias at the service: name, version and description.
func held(api *emulator.Server) string {
	f, _ := api.Function("default", "orders")
	if len(f.Aliases) == 0 {
		return ""
	}
	return fmt.Sprint(f.Aliases[0].Name, " ", f.Aliases[0].Version, " ", f.Aliases[0].Description)
}
