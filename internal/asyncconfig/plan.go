// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// lookWithin bounds what a plan spends on a warning.
const lookWithin = 10 * time.Second

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

func (m model) validate(diags *diag.Diagnostics) {
	m.validateDestination(path.Root("on_success"), m.OnSuccess, diags)
	m.validateDestination(path.Root("on_failure"), m.OnFailure, diags)
}

// validateDestination asks for exactly one object, and for what is in it.
func (m model) validateDestination(at path.Path, of types.Object, diags *diag.Diagnostics) {
	if !tfconv.Known(of) {
		return
	}
	var given []string
	open := false
	for _, name := range []string{"obs", "smn", "dis", "function", "other"} {
		switch object := of.Attributes()[name]; {
		case object.IsUnknown():
			open = true
		case !object.IsNull():
			given = append(given, name)
		}
	}
	switch {
	case len(given) > 1:
		diags.AddAttributeError(at, "More Than One Destination",
			"A result goes to one place: of "+strings.Join(given, ", ")+", one can stay.")
		return
	case len(given) == 0 && !open:
		diags.AddAttributeError(at, "Missing Destination", fmt.Sprintf(
			"One of obs, smn, dis, function and other has to say where. For nowhere, remove %s.", at))
		return
	}
	to, _ := tfconv.Object[destinationModel](of)
	if function, ok := tfconv.Object[functionModel](to.Function); ok &&
		functionref.SameBinding(function.URN.ValueString(), m.FunctionURN.ValueString()) {
		diags.AddAttributeError(at.AtName("function").AtName("urn"), "Function Calls Itself",
			"It is the same as function_urn: each call would be followed by another one, without an end.")
	}
	if other, ok := tfconv.Object[otherModel](to.Other); ok {
		other.validate(at.AtName("other"), diags)
	}
}

func (m otherModel) validate(at path.Path, diags *diag.Diagnostics) {
	if name := attributeOf[m.Destination.ValueString()]; name != "" {
		diags.AddAttributeError(at.AtName("destination"), "Destination Has an Attribute", fmt.Sprintf(
			"For %s there is the attribute %s.", m.Destination.ValueString(), name))
	}
	if tfconv.Known(m.Param) && members(m.Param.ValueString()) == nil {
		diags.AddAttributeError(at.AtName("param"), "Invalid Param", fmt.Sprintf(
			"%q is not an object in JSON: write jsonencode({ … }).", m.Param.ValueString()))
	}
}

// ModifyPlan names the object as soon as it can be, and decides between an update and a replacement.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	if req.Plan.Raw.IsNull() {
		return
	}
	plan := record().From(req.Plan.Raw, op.Diags)
	var prior model
	if !req.State.Raw.IsNull() {
		prior = record().From(req.State.Raw, op.Diags)
	}
	if op.Failed() {
		return
	}
	plan.validate(op.Diags) // what has become known since
	plan.ID = functionref.ID(plan.FunctionURN)
	if !req.State.Raw.IsNull() {
		r.planUpdate(op, &plan, prior, &resp.RequiresReplace)
	}
	if plan.EnableStatusLog.ValueBool() && !prior.EnableStatusLog.ValueBool() {
		r.warnSilent(ctx, op)
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// planUpdate decides between an update and a replacement. A function_urn that is not known yet is planned in place:
// what it turns out to be is followed in the apply (follow.go), or ends it.
func (r *Resource) planUpdate(op *base.Operation, plan *model, prior model, replace *path.Paths) {
	if functionref.SameBinding(plan.FunctionURN.ValueString(), prior.FunctionURN.ValueString()) {
		plan.FunctionURN = prior.FunctionURN
	}
	switch r.binding(*plan, prior) {
	case functionref.Bound:
		plan.ID = prior.ID
	case functionref.Remade, functionref.Maybe:
		plan.ID = types.StringUnknown() // else an apply would find nothing to do
	case functionref.Elsewhere:
		if r.Connection.Applies(prior.ID.ValueString()) {
			functionref.ReplacedLate(op, plan.FunctionURN, prior.FunctionURN)
			return
		}
		replace.Append(path.Root("function_urn"))
	}
}

// warnSilent warns where a log of states has no effect (contract AI3). What cannot be read is no reason for a warning.
func (r *Resource) warnSilent(ctx context.Context, op *base.Operation) {
	if op.Client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	if on, err := op.Client.LogsAsyncStatus(ctx); err == nil && !on {
		op.Diags.AddAttributeWarning(path.Root("enable_async_status_log"), "Status Log Has No Effect",
			"The project does not log the states of asynchronous calls, and until it does, no function of it does. It is "+
				"turned on once: in the console, or by a call that the guide \"Operating\" shows.")
	}
}
