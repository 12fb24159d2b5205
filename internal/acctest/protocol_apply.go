// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Created is what an apply leaves in the state.
type Created struct {
	Imported
	InState bool // there is something in the state
	Tainted bool // it is, and the apply that created it failed: the next one destroys it, as a CLI says
}

// Create plans and applies a resource that is not there yet. The provider has to be configured.
func (p *Protocol) Create(resource string, config map[string]any) (Created, Diagnostics) {
	p.t.Helper()
	none := tftypes.NewValue(p.resource(resource).ValueType(), nil)
	return p.apply(resource, Imported{state: none}, config)
}

// Update refreshes a resource in the state, plans a change of it and applies that: what an apply leaves in the state.
// It is not for a change that replaces the resource.
func (p *Protocol) Update(resource string, prior Imported, config map[string]any) (Created, Diagnostics) {
	p.t.Helper()
	read, said := p.Reread(resource, prior)
	if said.Failed() {
		return read, said
	}
	if !read.InState {
		p.t.Fatal("the resource is gone before it is changed")
	}
	out, diags := p.apply(resource, read.Imported, config)
	return out, append(said, diags...)
}

// Reread reads a resource in the state; after an error, the state is as before.
func (p *Protocol) Reread(resource string, prior Imported) (Created, Diagnostics) {
	p.t.Helper()
	schema := p.resource(resource)
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: resource, CurrentState: p.pack(schema, prior.state), Private: prior.private,
	})
	p.check(err)
	out := diagnostics(read.Diagnostics)
	if out.Failed() {
		return Created{Imported: prior, InState: true}, out
	}
	prior.private = read.Private
	prior.state, err = read.NewState.Unmarshal(schema.ValueType())
	p.check(err)
	return Created{Imported: prior, InState: !prior.state.IsNull()}, out
}

// Destroy plans and applies the deletion of a resource in the state.
func (p *Protocol) Destroy(resource string, prior Imported) Diagnostics {
	p.t.Helper()
	out := p.PlanDestroy(resource, prior)
	if out.Failed() {
		return out
	}
	schema := p.resource(resource)
	none := p.pack(schema, tftypes.NewValue(schema.ValueType(), nil))
	resp, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, prior.state), Config: none, PlannedState: none,
		PlannedPrivate: prior.private,
	})
	p.check(err)
	return append(out, diagnostics(resp.Diagnostics)...)
}

// apply plans and applies.
func (p *Protocol) apply(resource string, prior Imported, config map[string]any) (Created, Diagnostics) {
	p.t.Helper()
	schema := p.resource(resource)
	configured := p.value(schema.ValueType(), config)
	plan, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, prior.state), PriorPrivate: prior.private,
		Config: p.pack(schema, configured), ProposedNewState: p.pack(schema, p.proposed(schema, configured, prior.state)),
	})
	p.check(err)
	creates := prior.state.IsNull()
	if out := diagnostics(plan.Diagnostics); out.Failed() {
		return Created{Imported: prior, InState: !creates}, out
	}
	if len(plan.RequiresReplace) > 0 && !creates {
		p.t.Fatalf("the plan replaces the resource: %v", plan.RequiresReplace)
	}
	if p.Between != nil {
		p.Between()
	}
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, prior.state), Config: p.pack(schema, configured),
		PlannedState: plan.PlannedState, PlannedPrivate: plan.PlannedPrivate,
	})
	p.check(err)
	state, err := applied.NewState.Unmarshal(schema.ValueType())
	p.check(err)
	out := append(diagnostics(plan.Diagnostics), diagnostics(applied.Diagnostics)...)
	return Created{Imported{state, applied.Private}, !state.IsNull(), creates && !state.IsNull() && out.Failed()}, out
}

// Failed says that one of them is an error.
func (d Diagnostics) Failed() bool {
	for _, one := range d {
		if one.Severity == tfprotov6.DiagnosticSeverityError.String() {
			return true
		}
	}
	return false
}

// Has says that one of them contains the text.
func (d Diagnostics) Has(text string) bool {
	return strings.Contains(d.String(), text)
}
