// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// BenchmarkRPC is what one operation of the protocol costs the provider, in time and allocations, without a CLI: the
// operations that Terraform makes for each of hundreds of functions. The service's side is in it, which is little.
func BenchmarkRPC(b *testing.B) {
	for name, operation := range operations(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if err := operation(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestAllocations bounds them: they are what a plan of hundreds of functions costs.
func TestAllocations(t *testing.T) { // not parallel: it counts what the whole process allocates
	bounds := map[string]struct{ allocations, bytes uint64 }{
		"validate":              {3_000, 150_000},
		"upgrade":               {4_000, 400_000},
		"read":                  {4_000, 400_000},
		"plan without a change": {3_000, 400_000},
		"plan of a change":      {7_000, 400_000},
		"plan of a creation":    {7_000, 400_000},

		"read for a CLI without identities":  {4_000, 400_000},
		"plan of a version without a change": {7_000, 600_000},
		"plan of an alias without a change":  {5_000, 350_000},
	}
	for name, operation := range operations(t) {
		bound, ok := bounds[name]
		if !ok {
			t.Errorf("%s has no bound", name)
			continue
		}
		if err := operation(t.Context()); err != nil { // what is made once
			t.Fatal(err)
		}
		const times = 50
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range times {
			if err := operation(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		runtime.ReadMemStats(&after)
		allocations, size := (after.Mallocs-before.Mallocs)/times, (after.TotalAlloc-before.TotalAlloc)/times
		if allocations == 0 || allocations > bound.allocations || size > bound.bytes {
			t.Errorf("%s: %d allocations, %d bytes, want at most %d and %d", name, allocations, size, bound.allocations,
				bound.bytes)
		}
	}
}

// operations are those of one function that exists, and of what is published of it.
func operations(t testing.TB) map[string]func(context.Context) error {
	t.Helper()
	server := newServer(t, &wire{api: newAPI()})
	given := values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": values{"inline": "def handler(event, context):\n    return event\n"}, "description": "made by a benchmark",
		"user_data": map[string]string{"STAGE": "test"},
	}
	c := newCore(t, server, functionType)
	if d := c.apply(t.Context(), given); d.failed() {
		t.Fatal(d)
	}
	if d := c.refresh(t.Context()); d.failed() {
		t.Fatal(d)
	}
	config, changed := object(t, c.typ, given), object(t, c.typ, given.with(values{"timeout": 4}))
	stored, err := json.Marshal(plain(c.state))
	if err != nil {
		t.Fatal(err)
	}
	// Of another function: a change of what an alias serves has a warning to give.
	other, version, alias := newCore(t, server, functionType), newCore(t, server, versionType),
		newCore(t, server, aliasType)
	if d := other.apply(t.Context(), given.with(values{"name": "released"})); d.failed() {
		t.Fatal(d)
	}
	published := values{
		"function_urn": other.text("urn"), "version": "v1", "source_hash": other.text("source_hash"),
		"digest": other.text("digest"),
	}
	aliased := values{"function_urn": other.text("urn"), "name": "prod", "version": "v1"}
	if d := append(version.apply(t.Context(), published), alias.apply(t.Context(), aliased)...); d.failed() {
		t.Fatal(d)
	}
	return map[string]func(context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := server.ValidateResourceConfig(ctx,
				&tfprotov6.ValidateResourceConfigRequest{TypeName: functionType, Config: c.dynamic(config)})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
				TypeName: functionType, RawState: &tfprotov6.RawState{JSON: stored},
			})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
				TypeName: functionType, CurrentState: c.dynamic(c.state), Private: c.private, CurrentIdentity: c.identity,
			})
			return err
		},
		"read for a CLI without identities": func(ctx context.Context) error {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
				TypeName: functionType, CurrentState: c.dynamic(c.state), Private: c.private,
			})
			return err
		},
		"plan without a change": planning(c, config, c.state),
		"plan of a change":      planning(c, changed, c.state),
		"plan of a creation":    creations(t, c, given),

		"plan of a version without a change": planning(version, object(t, version.typ, published), version.state),
		"plan of an alias without a change":  planning(alias, object(t, alias.typ, aliased), alias.state),
	}
}

// creations plans a function that is not there, of another name each time: two of one name would meet in a run.
func creations(t testing.TB, c *core, given values) func(ctx context.Context) error {
	var plans []func(ctx context.Context) error
	for i := range 64 {
		config := object(t, c.typ, given.with(values{"name": fmt.Sprintf("new-%d", i)}))
		plans = append(plans, planning(c, config, tftypes.NewValue(c.typ, nil)))
	}
	next := 0
	return func(ctx context.Context) error {
		if next == len(plans) {
			configure(t, c.server)
			next = 0
		}
		next++
		return plans[next-1](ctx)
	}
}

func planning(c *core, config, prior tftypes.Value) func(ctx context.Context) error {
	req := &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.resource, PriorState: c.dynamic(prior), Config: c.dynamic(config),
		ProposedNewState: c.dynamic(c.proposed(config, prior)), PriorPrivate: c.private, PriorIdentity: c.identity,
	}
	if prior.IsNull() {
		req.PriorPrivate = nil
	}
	return func(ctx context.Context) error {
		_, err := c.server.PlanResourceChange(ctx, req)
		return err
	}
}
