// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"slices"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	urnOfOrders = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	urnOfShop   = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:shop"
)

// remade is an emulator whose functions are made again.
type remade struct {
	*testing.T
	env *acctest.Env
}

// run is a provider that a CLI has just started.
func (r remade) run() *acctest.Protocol {
	r.Helper()
	p := r.env.Protocol(r.T)
	if diags := p.Configure(fields{}); diags.Failed() {
		r.Fatal(diags)
	}
	return p
}

func (r remade) create(p *acctest.Protocol, resource string, config fields) acctest.Created {
	r.Helper()
	made, diags := p.Create(resource, config)
	if diags.Failed() {
		r.Fatal(diags)
	}
	return made
}

// deleteOrders deletes the function, with all that it has.
func (r remade) deleteOrders() {
	r.Helper()
	if err := r.env.Emulator.Delete("default", "orders"); err != nil {
		r.Fatal(err)
	}
}

// owns is how much the function has.
func (r remade) owns(name string) int {
	r.Helper()
	f, ok := r.env.Emulator.Function("default", name)
	if !ok {
		r.Fatalf("there is no %s", name)
	}
	return len(f.Versions) + len(f.Aliases) + len(f.Triggers) + len(f.Reservations) + len(f.Async) + len(f.Events)
}

func newFunction(name string) fields {
	return fields{
		"name": name, "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": fields{"inline": "# code"},
	}
}

// functionParts are what a function can have, by resource; each is a configuration for the function of a URN.
var functionParts = map[string]func(urn string) fields{
	"fgs_function_version": func(urn string) fields { return fields{"function_urn": urn, "version": "v1"} },
	"fgs_function_alias": func(urn string) fields {
		return fields{"function_urn": urn, "name": "live", "version": "latest"}
	},
	"fgs_function_trigger": func(urn string) fields {
		return fields{"function_urn": urn, "timer": fields{"name": "nightly", "rate": "1d"}}
	},
	reservedType: func(urn string) fields { return fields{"function_urn": urn, "min_count": 1} },
	asyncType:    func(urn string) fields { return fields{"function_urn": urn, "max_event_age": 60} },
	eventType:    func(urn string) fields { return fields{"function_urn": urn, "name": "smoke", "content": "{}"} },
}

// eachPart runs a test for each of them.
func eachPart(t *testing.T, run func(r remade, resource string, of func(urn string) fields)) {
	t.Helper()
	for resource, of := range functionParts {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
			run(remade{t, e}, resource, of)
		})
	}
}

// TestSwapped: two functions change their names in one apply. What follows one of them to its new name leaves alone
// what the other one has by then under the old name: it belongs to another resource.
func TestSwapped(t *testing.T) {
	t.Parallel()
	eachPart(t, func(r remade, resource string, of func(urn string) fields) {
		before, then := r.run(), r.run()
		r.create(before, "fgs_function", newFunction("orders"))
		was := r.create(before, resource, of(urnOfOrders))
		r.deleteOrders()
		r.create(then, "fgs_function", newFunction("orders"))
		r.create(then, "fgs_function", newFunction("shop"))
		r.create(then, resource, of(urnOfOrders))
		if _, diags := then.Apply(resource, was.Imported, of(urnOfShop)); diags.Failed() {
			r.Error(diags)
		}
		if here, there := r.owns("orders"), r.owns("shop"); here != 1 || there != 1 {
			r.Errorf("orders has %d, shop has %d", here, there)
		}
	})
}

// TestRemade_literal: what names its function by a text is planned in place where that function is made anew in the
// same plan, which takes it along, and is there again after the apply.
func TestRemade_literal(t *testing.T) {
	t.Parallel()
	eachPart(t, func(r remade, resource string, of func(urn string) fields) {
		first, plan, then := r.run(), r.run(), r.run()
		r.create(first, "fgs_function", newFunction("orders"))
		was := r.create(first, resource, of(urnOfOrders))
		read, _, _ := plan.Refresh(resource, was.Imported)
		if changes, diags := plan.Changes(resource, read, of(urnOfOrders)); len(changes) > 0 || len(diags) > 0 {
			r.Errorf("a plan of it alone changes %v: %s", changes, diags)
		}
		plan.PlanBeside("fgs_function", newFunction("orders"))
		changes, diags := plan.Changes(resource, read, of(urnOfOrders))
		if len(changes) == 0 || len(diags) > 0 {
			r.Errorf("the plan changes %v: %s", changes, diags)
		}
		r.deleteOrders()
		r.create(then, "fgs_function", newFunction("orders"))
		again, _ := then.Changes(resource, read, of(urnOfOrders))
		planned := func(name string) bool { return slices.Contains(changes, name) }
		if again = slices.DeleteFunc(again, planned); len(again) > 0 {
			r.Errorf("the apply changes more than the plan: %v", again) // which the CLI refuses
		}
		if _, diags := then.Apply(resource, read, of(urnOfOrders)); diags.Failed() || r.owns("orders") != 1 {
			r.Errorf("orders has %d: %s", r.owns("orders"), diags)
		}
	})
}
