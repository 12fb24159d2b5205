// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ValidateConfig checks what takes several attributes. What is not known yet breaks no rule.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	defer diagnose.Recover(ctx, "validating a function alias", &resp.Diagnostics)
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		config.validate(&resp.Diagnostics)
	}
}

// validate applies contract A6 and A8.
func (m model) validate(diags *diag.Diagnostics) {
	if tfconv.Known(m.AdditionalVersion) && tfconv.Known(m.Strategy) {
		diags.AddAttributeError(path.Root("strategy"), "Conflicting Attributes",
			"additional_version and strategy exclude one another: calls go to the second version either by their share or by rules.")
	}
	if !tfconv.Known(m.Version) {
		return
	}
	second := map[string]types.String{}
	if share, ok := tfconv.Object[shareModel](m.AdditionalVersion); ok {
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
	defer diagnose.Recover(ctx, "planning a function alias", &resp.Diagnostics)
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, prior model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	// What comes together only now, such as the name of a version that is published under a known one.
	plan.validate(&resp.Diagnostics)
	switch {
	case req.State.Raw.IsNull():
		if tfconv.Known(plan.FunctionURN) && tfconv.Known(plan.Name) {
			plan.URN = types.StringValue(plan.FunctionURN.ValueString() + ":!" + plan.Name.ValueString())
			plan.ID = plan.URN
		}
	case plan.known() && !plan.sends(prior):
		plan.LastModified = prior.LastModified
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// known says that all that a write sends is known.
func (m model) known() bool {
	return tfconv.Known(m.Version) && !m.Description.IsUnknown() && tfconv.FullyKnown(m.AdditionalVersion) && tfconv.FullyKnown(m.Strategy)
}
