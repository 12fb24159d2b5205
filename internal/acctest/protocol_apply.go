// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Created is what an apply that creates a resource leaves in the state.
type Created struct {
	Imported
	InState bool // there is something in the state
	Tainted bool // it is, and the apply failed: the next one destroys it, as a CLI says
}

// Create plans and applies a resource that is not there yet. The provider has to be configured.
func (p *Protocol) Create(resource string, config map[string]any) (Created, Diagnostics) {
	p.t.Helper()
	schema := p.resource(resource)
	configured, none := p.value(schema.ValueType(), config), tftypes.NewValue(schema.ValueType(), nil)
	plan, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, none), Config: p.pack(schema, configured),
		ProposedNewState: p.pack(schema, p.proposed(schema, configured, none)),
	})
	p.check(err)
	if out := diagnostics(plan.Diagnostics); out.Failed() {
		return Created{}, out
	}
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, none), Config: p.pack(schema, configured),
		PlannedState: plan.PlannedState, PlannedPrivate: plan.PlannedPrivate,
	})
	p.check(err)
	state, err := applied.NewState.Unmarshal(schema.ValueType())
	p.check(err)
	out := append(diagnostics(plan.Diagnostics), diagnostics(applied.Diagnostics)...)
	return Created{Imported{state, applied.Private}, !state.IsNull(), !state.IsNull() && out.Failed()}, out
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
