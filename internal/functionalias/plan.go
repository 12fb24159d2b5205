// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ValidateConfig checks what takes several attributes. What is not known yet breaks no rule.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	op := r.Begin(base.Validating, &resp.Diagnostics)
	defer op.End(ctx)
	config := record().From(req.Config.Raw, op.Diags)
	if !op.Failed() {
		config.validate(op.Diags)
	}
}

// validate applies contract A6 and A8.
func (m model) validate(diags *diag.Diagnostics) {
	share, shares := m.share()
	if shares {
		for name, part := range map[string]attr.Value{"version": share.Version, "weight": share.Weight} {
			if tfconv.Blank(part) {
				diags.AddAttributeError(path.Root("additional_version").AtName(name), "Missing Required Argument",
					"additional_version needs "+name+". To have none leave it out, or all that is in it.")
			}
		}
	}
	if shares && tfconv.Known(m.Strategy) {
		diags.AddAttributeError(path.Root("strategy"), "Conflicting Attributes",
			"additional_version and strategy exclude one another: calls go to the second version either by their share or by "+
				"rules.")
	}
	if !tfconv.Known(m.Version) {
		return
	}
	second := map[string]types.String{}
	if shares {
		second["additional_version"] = share.Version
	}
	if strategy, ok := tfconv.Object[strategyModel](m.Strategy); ok {
		second["strategy"] = strategy.Version
	}
	for attribute, version := range second {
		if tfconv.Known(version) && version.Equal(m.Version) {
			diags.AddAttributeError(path.Root(attribute).AtName("version"), "Second Version Is the First",
				fmt.Sprintf("Both versions are %q. Leave %s out, or name another version.", version.ValueString(), attribute))
		}
	}
}

// ModifyPlan names the alias as soon as it can be: what refers to its URN is known then. A change that the service does
// not see, of a timeout or between no description and an empty one, leaves the time of the last change alone.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	var plan, prior model
	creating, deleting := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !deleting {
		op.Add(record().Get(req.Plan.Raw, &plan))
	}
	if !creating {
		op.Add(record().Get(req.State.Raw, &prior))
	}
	if op.Failed() {
		return
	}
	if deleting {
		r.warnDeletion(ctx, prior, op.Diags)
		return
	}
	// What comes together only now, such as the name of a version that is published under a known one.
	plan.validate(op.Diags)
	switch {
	case creating:
		plan.name()
	case r.elsewhere(plan, prior), !plan.Name.Equal(prior.Name):
		plan.name()
		if r.replace(op, plan, prior, &resp.RequiresReplace); op.Failed() {
			return
		}
	default:
		r.noteMove(plan, prior, &resp.Diagnostics)
		if plan.known() && !plan.sends(prior) {
			plan.LastModified = prior.LastModified
		}
	}
	if len(resp.RequiresReplace) > 0 {
		r.warnDeletion(ctx, prior, op.Diags)
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// name plans the URN, which is known where function and name are, and leaves the rest to the call that makes the alias.
func (m *model) name() {
	m.URN, m.LastModified = types.StringUnknown(), types.StringUnknown()
	if tfconv.Known(m.FunctionURN) && tfconv.Known(m.Name) {
		m.URN = types.StringValue(m.FunctionURN.ValueString() + ":!" + m.Name.ValueString())
	}
	m.ID = m.URN
}

// elsewhere says that the alias is to be one of another function, may turn out so, or that this run makes the function:
// an alias of one that it replaces is gone.
func (r *Resource) elsewhere(plan, prior model) bool {
	return functionref.Compare(r.Connection, plan.FunctionURN, prior.FunctionURN, prior.ID) != functionref.Bound
}

// replace asks for a replacement where another function or name is known in a plan. One that is not known yet may be
// the same, and a function that this run has created was not known when the plan was made: then the alias is made in
// place. Any other that comes to light during an apply ends it, since what was planned in place cannot become a
// replacement.
func (r *Resource) replace(op *base.Operation, plan, prior model, paths *path.Paths) {
	late := r.Connection.Applies(prior.ID.ValueString())
	other := func(planned, prior types.String) bool { return tfconv.Known(planned) && !planned.Equal(prior) }
	switch function, name := path.Root("function_urn"), path.Root("name"); {
	case r.Connection.Created(plan.FunctionURN.ValueString()):
	case other(plan.FunctionURN, prior.FunctionURN) && late:
		op.Diags.Append(errMoved(plan, prior))
	case other(plan.Name, prior.Name) && late:
		op.ReplacedLate(name, fmt.Sprintf("is %q, not %q", plan.Name.ValueString(), prior.Name.ValueString()))
	default:
		if other(plan.FunctionURN, prior.FunctionURN) {
			paths.Append(function)
		}
		if other(plan.Name, prior.Name) {
			paths.Append(name)
		}
	}
}

func errMoved(plan, prior model) diag.Diagnostic {
	return functionref.Moved("Alias", plan.FunctionURN, prior.FunctionURN)
}

// known says that all that a write sends is known.
func (m model) known() bool {
	return tfconv.Known(m.Version) && !m.Description.IsUnknown() && tfconv.FullyKnown(m.AdditionalVersion) &&
		tfconv.FullyKnown(m.Strategy)
}
