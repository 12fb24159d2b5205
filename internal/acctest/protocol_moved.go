// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Move takes over the state of a resource of another provider, as a moved block does. The provider need not be
// configured. attributes are those of the old state, as JSON.
func (p *Protocol) Move(resource, address, oldType string, attributes []byte) (Imported, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.MoveResourceState(p.t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: address, SourceTypeName: oldType, SourceState: &tfprotov6.RawState{JSON: attributes},
		TargetTypeName: resource,
	})
	p.check(err)
	if resp.TargetState == nil {
		return Imported{}, diagnostics(resp.Diagnostics)
	}
	state, err := resp.TargetState.Unmarshal(p.resource(resource).ValueType())
	p.check(err)
	return Imported{state, resp.TargetPrivate}, diagnostics(resp.Diagnostics)
}

// Refresh reads a resource in the state; false for one that is gone.
func (p *Protocol) Refresh(resource string, prior Imported) (_ Imported, there bool, _ Diagnostics) {
	p.t.Helper()
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: resource, CurrentState: p.pack(p.resource(resource), prior.state), Private: prior.private,
	})
	p.check(err)
	state, err := read.NewState.Unmarshal(p.resource(resource).ValueType())
	p.check(err)
	return Imported{state, read.Private}, !state.IsNull(), diagnostics(read.Diagnostics)
}

// Unrefreshed plans a change without a refresh before, and applies that.
func (p *Protocol) Unrefreshed(resource string, prior Imported, config map[string]any) (Created, Diagnostics) {
	p.t.Helper()
	return p.apply(resource, prior, config)
}

// Changes are the attributes that a plan of the configuration changes, in order. A replacement ends the test.
func (p *Protocol) Changes(resource string, prior Imported, config map[string]any) ([]string, Diagnostics) {
	p.t.Helper()
	schema := p.resource(resource)
	configured := p.value(schema.ValueType(), config)
	plan, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, prior.state), PriorPrivate: prior.private,
		Config: p.pack(schema, configured), ProposedNewState: p.pack(schema, p.proposed(schema, configured, prior.state)),
	})
	p.check(err)
	if len(plan.RequiresReplace) > 0 {
		p.t.Fatalf("the plan replaces the resource: %v", plan.RequiresReplace)
	}
	planned, err := plan.PlannedState.Unmarshal(schema.ValueType())
	p.check(err)
	var names []string
	was, is := p.members(prior.state), p.members(planned)
	for name := range is {
		if !is[name].Equal(was[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, diagnostics(plan.Diagnostics)
}

// Private is the private state, as JSON.
func (p *Protocol) Private(of Imported) string { return string(of.private) }

// Values is what is in the state and is not null, as Go values: texts, numbers as texts, booleans, lists and maps.
func (p *Protocol) Values(of Imported) map[string]any {
	p.t.Helper()
	values, _ := p.plain(of.state).(map[string]any)
	return values
}

func (p *Protocol) plain(v tftypes.Value) any {
	p.t.Helper()
	switch {
	case v.IsNull():
		return nil
	case !v.IsKnown():
		return Unknown
	case v.Type().Is(tftypes.String):
		var text string
		p.check(v.As(&text))
		return text
	case v.Type().Is(tftypes.Bool):
		var flag bool
		p.check(v.As(&flag))
		return flag
	case v.Type().Is(tftypes.Number):
		var number big.Float
		p.check(v.As(&number))
		return number.Text('f', -1)
	}
	var members map[string]tftypes.Value
	if v.As(&members) == nil {
		out := map[string]any{}
		for name, member := range members {
			if !member.IsNull() {
				out[name] = p.plain(member)
			}
		}
		return out
	}
	var elements []tftypes.Value
	p.check(v.As(&elements))
	out := []any{}
	for _, element := range elements {
		out = append(out, p.plain(element))
	}
	return out
}
