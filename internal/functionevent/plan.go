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
	plan.ID, plan.EventID, plan.LastModified = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	if tfconv.Known(plan.FunctionURN) && tfconv.Known(plan.Name) {
		plan.ID = types.StringValue(plan.FunctionURN.ValueString() + "/" + plan.Name.ValueString())
	}
	same := plan.Content.Equal(prior.Content)
	if plan.FunctionURN.Equal(prior.FunctionURN) && plan.Name.Equal(prior.Name) { // else it is replaced
		plan.ID, plan.EventID = prior.ID, prior.EventID
		if same {
			plan.LastModified = prior.LastModified
		}
	}
	if !same && tfconv.Known(plan.Content) && !json.Valid([]byte(plan.Content.ValueString())) {
		op.Diags.AddAttributeWarning(path.Root("content"), "Content Is Not JSON", fmt.Sprintf(
			"The test event %q is sent as it is. A function gets its event parsed, and may not be called with this one. "+
				"jsonencode makes JSON of a value.", plan.Name.ValueString()))
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}
