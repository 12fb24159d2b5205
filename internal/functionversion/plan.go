// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ModifyPlan decides whether a new version is published. A settings change, a repair of drift and an ignored drift of
// the function must not move a version (DESIGN 6).
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer diagnose.Recover(ctx, "planning a function version", &resp.Diagnostics)
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() { // destroy, create
		return
	}
	var config, plan, prior model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.keepFacts(prior)
	if config.Version.IsNull() {
		plan.Version = prior.Version
	}
	newCode := plan.planCode(config, prior, resp)
	unlooked, d := req.Private.GetKey(ctx, keyDescriptionUnknown)
	resp.Diagnostics.Append(d...)
	if !newCode && len(unlooked) == 0 && plan.FunctionURN.Equal(prior.FunctionURN) {
		plan.warnSameCode(prior, &resp.Diagnostics)
	}
	if newCode || plan.replaces(prior) {
		r.warnPrune(ctx, plan, prior, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// replaces says that another name or description publishes anew.
func (m model) replaces(prior model) bool {
	return !m.Version.Equal(prior.Version) || m.Description.ValueString() != prior.Description.ValueString()
}

// planCode says whether other code has to be published. With source_hash that alone decides, and the digest in the
// state stays: the configured one then is only the guard of the next publication.
func (m *model) planCode(config, prior model, resp *resource.ModifyPlanResponse) bool {
	if config.SourceHash.IsNull() {
		if config.Digest.IsNull() {
			m.Digest = prior.Digest
		}
		if m.Digest.Equal(prior.Digest) {
			return false
		}
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("digest"))
		return true
	}
	sameCode := tfconv.Known(config.Digest) && config.Digest.Equal(prior.Digest) &&
		// A container image has no digest: two that lack one are the same only as far as an import can tell.
		(config.Digest.ValueString() != "" || prior.SourceHash.IsNull())
	if m.SourceHash.Equal(prior.SourceHash) || sameCode {
		m.Digest = prior.Digest
		return false
	}
	if config.Digest.IsNull() {
		m.Digest = prior.Digest
	}
	resp.RequiresReplace = append(resp.RequiresReplace, path.Root("source_hash"))
	return true
}

// warnSameCode says what a new name or description of the same code means.
func (m model) warnSameCode(prior model, diags *diag.Diagnostics) {
	attribute := "version"
	switch {
	case !m.Version.Equal(prior.Version):
	case m.Description.ValueString() != prior.Description.ValueString() || m.Description.IsUnknown():
		attribute = "description"
	default:
		return
	}
	detail := "A published version cannot be changed: Terraform deletes " + prior.Version.ValueString() +
		" and publishes the same code again. What uses the version by its name has to follow."
	if m.RetainOnDestroy.ValueBool() {
		detail = "A published version cannot be changed, and the service does not publish code that is unchanged since the " +
			"last version (FSS.1016). Since retain_on_destroy keeps " + prior.Version.ValueString() + ", publishing will fail " +
			"unless the code changes too. Set retain_on_destroy = false, apply, and then change the " + attribute + "."
	}
	diags.AddAttributeWarning(path.Root(attribute), "Version Is Published Again Without New Code", detail)
}
