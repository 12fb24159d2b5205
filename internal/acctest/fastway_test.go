// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// TestFastWay holds the fast way of each operation against the framework's, operation by operation, over random lives
// at services of any reading: the same state, private state, replacement and diagnostics.
func TestFastWay(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	codes := []string{dir.Code("first.zip", "first"), dir.Code("second.zip", "second")}
	for n := range *randomLives / 10 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				dice := rand.New(rand.NewPCG(*randomSeed, uint64(2_000_000+n)))
				l := &randomLife{generator: generator{dice, codes}, wire: &wire{api: newAPI(anyReading(dice), withTags)}}
				both := &bothWays{newServer(t, l.wire), newServer(t, l.wire, provider.WithoutFastWay()), t}
				l.core = newCore(t, both, functionType)
				config := l.config()
				l.lives(t.Context(), config)
				for range 4 {
					_, config = l.mutate(config)
					l.lives(t.Context(), config)
				}
			})
		})
	}
}

// withTags: without, each run warns once, and here there are two.
func withTags(s *emulator.Switches) { s.NoGetTags = false }

// lives validates and applies a configuration, right or wrong, then refreshes as the next run does, sometimes after
// somebody changed something, and plans once more.
func (l *randomLife) lives(ctx context.Context, config values) {
	l.t.Helper()
	if l.IntN(4) == 0 { // some that are wrong
		config = config.with(values{[]string{"memory_size", "timeout", "name"}[l.IntN(3)]: nil})
	}
	written := object(l.t, l.typ, config)
	_, err := l.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: functionType, Config: l.dynamic(written),
	})
	if err != nil {
		l.t.Fatal(err)
	}
	_ = l.core.apply(ctx, config) // some fail
	if functions := l.wire.api.Functions(); len(functions) == 1 && l.IntN(2) == 0 {
		if err := l.wire.api.Edit(functions[0].Package, functions[0].Name, drift(l.Rand)); err != nil {
			l.t.Fatal(err)
		}
	}
	if l.state.IsNull() {
		return
	}
	l.upgrade(ctx)
	if l.IntN(3) == 0 { // another CLI, which knows no identities, has written the state
		l.identity = nil
	}
	_ = l.refresh(ctx)
	if l.state.IsNull() {
		return
	}
	l.plan(ctx, written, l.state)
}

// upgrade hands the state over as the CLI stores it.
func (c *core) upgrade(ctx context.Context) {
	c.t.Helper()
	stored, err := json.Marshal(plain(c.state))
	if err != nil {
		c.t.Fatal(err)
	}
	resp, err := c.server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
		TypeName: c.resource, RawState: &tfprotov6.RawState{JSON: stored},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	if got := c.value(resp.UpgradedState); !got.Equal(c.state) {
		c.t.Errorf("the stored state is read otherwise (-state +read):%s", valueDiff(c.state, got))
	}
}

// bothWays answers with the fast way, and demands that the slow one says the same.
type bothWays struct {
	tfprotov6.ProviderServer // the fast way
	slow                     tfprotov6.ProviderServer
	t                        testing.TB
}

func (b *bothWays) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	want, _ := b.slow.ValidateResourceConfig(ctx, req)
	got, err := b.ProviderServer.ValidateResourceConfig(ctx, req)
	agree(b.t, "ValidateResourceConfig, diagnostics", spoken(got.Diagnostics), spoken(want.Diagnostics))
	return got, err
}

func (b *bothWays) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	want, _ := b.slow.UpgradeResourceState(ctx, req)
	got, err := b.ProviderServer.UpgradeResourceState(ctx, req)
	agree(b.t, "UpgradeResourceState", membersIn(b.t, got.UpgradedState), membersIn(b.t, want.UpgradedState))
	return got, err
}

func (b *bothWays) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	want, _ := b.slow.ReadResource(ctx, req)
	got, err := b.ProviderServer.ReadResource(ctx, req)
	agree(b.t, "ReadResource, state", membersIn(b.t, got.NewState), membersIn(b.t, want.NewState))
	agree(b.t, "ReadResource, private state", privateKeys(b.t, got.Private), privateKeys(b.t, want.Private))
	agree(b.t, "ReadResource, identity", identityIn(b.t, got.NewIdentity), identityIn(b.t, want.NewIdentity))
	agree(b.t, "ReadResource, diagnostics", spoken(got.Diagnostics), spoken(want.Diagnostics))
	return got, err
}

func (b *bothWays) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	if prior, err := req.PriorState.IsNull(); err == nil && prior { // to create it is planned once, in both ways
		ctx = function.Finding(ctx)
	}
	want, _ := b.slow.PlanResourceChange(ctx, req)
	got, err := b.ProviderServer.PlanResourceChange(ctx, req)
	if !diagnostics(want.Diagnostics).failed() {
		agree(b.t, "PlanResourceChange, state", membersIn(b.t, got.PlannedState), membersIn(b.t, want.PlannedState))
	}
	agree(b.t, "PlanResourceChange, private state",
		privateKeys(b.t, got.PlannedPrivate), privateKeys(b.t, want.PlannedPrivate))
	agree(b.t, "PlanResourceChange, identity",
		identityIn(b.t, got.PlannedIdentity), identityIn(b.t, want.PlannedIdentity))
	agree(b.t, "PlanResourceChange, replacement", replacing(got.RequiresReplace), replacing(want.RequiresReplace))
	agree(b.t, "PlanResourceChange, diagnostics", spoken(got.Diagnostics), spoken(want.Diagnostics))
	return got, err
}

func agree(t testing.TB, operation string, fast, slow map[string]string) {
	t.Helper()
	if diff := lineDiff(slow, fast); diff != "" {
		t.Errorf("%s (-framework +fast way):%s", operation, diff)
	}
}

func replacing(paths []*tftypes.AttributePath) map[string]string {
	return map[string]string{"replace": fmt.Sprint(paths)}
}

// membersIn are the members of a function.
func membersIn(t testing.TB, v *tfprotov6.DynamicValue) map[string]string {
	t.Helper()
	if v == nil {
		return nil
	}
	out, err := v.Unmarshal(schemas().ResourceSchemas[functionType].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return leavesOf(out)
}

// identityIn tells apart what a client may: no answer, none, and which.
func identityIn(t testing.TB, data *tfprotov6.ResourceIdentityData) map[string]string {
	t.Helper()
	if data == nil {
		return map[string]string{"identity": "no answer"}
	}
	value := identityValue(t, functionType, data)
	if value.IsNull() {
		return map[string]string{"identity": "null"}
	}
	return leavesOf(value)
}

func privateKeys(t testing.TB, data []byte) map[string]string {
	t.Helper()
	raw, out := map[string][]byte{}, map[string]string{}
	if len(bytes.TrimSpace(data)) > 0 {
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatal(err)
		}
	}
	for key, value := range raw {
		out[key] = string(value)
	}
	return out
}

// drift is what somebody else may do to a function.
func drift(dice *rand.Rand) func(*emulator.Function) {
	return []func(*emulator.Function){
		func(f *emulator.Function) { f.MemorySize = 512 },
		func(f *emulator.Function) { f.Description = "theirs" },
		func(f *emulator.Function) { f.UserData = `{"THEIRS":"1"}` },
		func(f *emulator.Function) { f.Code = []byte("theirs") },
		func(f *emulator.Function) { f.Concurrency = 0 },
		func(f *emulator.Function) { f.XRole = "" },
		func(f *emulator.Function) { f.Tags = map[string]string{"team": "theirs"} },
		func(f *emulator.Function) { f.Runtime = "Node.js18.15" }, // cannot be: an error of the refresh
	}[dice.IntN(8)]
}
