// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ModifyPlan plans what is known of the result, and warns of a content that is no JSON when it is written.
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
	plan.open()
	if !req.State.Raw.IsNull() {
		r.planUpdate(op, &plan, prior, &resp.RequiresReplace)
	}
	same := plan.Content.Equal(prior.Content)
	if !same && tfconv.Known(plan.Content) && !json.Valid([]byte(plan.Content.ValueString())) {
		op.Diags.AddAttributeWarning(path.Root("content"), "Content Is Not JSON", fmt.Sprintf(
			"The test event %q is sent as it is. A function gets its event parsed, and may not be called with this one. "+
				"jsonencode makes JSON of a value.", plan.Name.ValueString()))
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// open leaves what comes of making the event to the apply. The id is known where function and name are.
func (m *model) open() {
	m.ID, m.EventID, m.LastModified = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	if tfconv.Known(m.FunctionURN) && tfconv.Known(m.Name) {
		m.ID = types.StringValue(m.FunctionURN.ValueString() + "/" + m.Name.ValueString())
	}
}

// planUpdate decides between an update and a replacement. A function or a name that is not known yet is planned in
// place, and mostly turns out to be what it was; if not, the apply follows to a function that it has made, and ends
// else.
func (r *Resource) planUpdate(op *base.Operation, plan *model, prior model, replace *path.Paths) {
	to := r.binding(*plan, prior)
	renamed := tfconv.Known(plan.Name) && !plan.Name.Equal(prior.Name)
	late := r.Connection.Applies(prior.ID.ValueString())
	switch {
	case to == functionref.Remade:
		return
	case to == functionref.Elsewhere && late:
		functionref.ReplacedLate(op, plan.FunctionURN, prior.FunctionURN)
		return
	case renamed && late:
		op.ReplacedLate(path.Root("name"), fmt.Sprintf("is %q, not %q", plan.Name.ValueString(), prior.Name.ValueString()))
		return
	case to == functionref.Elsewhere:
		replace.Append(path.Root("function_urn"))
	}
	if renamed {
		replace.Append(path.Root("name"))
	}
	if to != functionref.Bound || !plan.Name.Equal(prior.Name) {
		return
	}
	plan.ID, plan.EventID = prior.ID, prior.EventID
	if plan.Content.Equal(prior.Content) {
		plan.LastModified = prior.LastModified
	}
}
