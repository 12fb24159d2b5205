// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ModifyPlan decides whether a version is published. A settings change, a repair of drift and an ignored drift of the
// function must not move it. During apply it is called again, with all values known.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	if req.Plan.Raw.IsNull() { // destroy
		return
	}
	var c change
	op.Add(record().Get(req.Config.Raw, &c.config))
	op.Add(record().Get(req.Plan.Raw, &c.plan))
	if !req.State.Raw.IsNull() {
		c.prior = &model{}
		op.Add(record().Get(req.State.Raw, c.prior))
		base.Recall(ctx, req.Private, keyDescriptionUnknown, &c.anyDescription, op.Diags)
	}
	if op.Failed() {
		return
	}
	c.newFunction = r.isNew(c.plan, c.prior)
	if r.decide(ctx, &c, op.Diags) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("function_urn"))
	}
	op.Add(record().Set(&resp.Plan.Raw, &c.plan))
}

// isNew says that this run makes the function: it has created it, or plans to make it anew.
func (r *Resource) isNew(plan model, prior *model) bool {
	if prior == nil {
		return r.Connection.Created(plan.FunctionURN.ValueString())
	}
	to := functionref.Compare(r.Connection, plan.FunctionURN, prior.FunctionURN, prior.ID)
	return to == functionref.Remade || to == functionref.Maybe && tfconv.Known(plan.FunctionURN)
}

// change is a plan and what it is made of.
type change struct {
	config, plan   model
	prior          *model // nil for a new resource
	newFunction    bool   // this run makes the function: what the state knows of an earlier one is gone
	anyDescription bool   // an import could not look the description up: the first that is configured is taken for it
}

// decide completes the plan. It says whether the version is replaced.
func (r *Resource) decide(ctx context.Context, c *change, diags *diag.Diagnostics) (replaces bool) {
	switch {
	case c.prior == nil:
		c.plan.forgetFacts()
	case c.moves() && r.Connection.Ready() != nil && !r.Connection.Read(c.prior.ID.ValueString()):
		diags.Append(errMoved(c.plan, *c.prior))
	case c.moves():
		c.publish()
		return true
	case c.publishes():
		c.publish()
	default:
		c.keep()
		return false
	}
	if !diags.HasError() {
		r.foresee(ctx, *c, diags)
	}
	return false
}

// errMoved ends an apply that learns of another function: what was planned in place cannot become a replacement.
func errMoved(plan, prior model) diag.Diagnostic {
	return functionref.Moved("Version", plan.FunctionURN, prior.FunctionURN)
}

// moves says that the version is to be that of another function. One that this run has created, since it was replaced,
// was not known when the plan was made: then a version of it was planned in place.
func (c *change) moves() bool {
	return tfconv.Known(c.plan.FunctionURN) && !c.plan.FunctionURN.Equal(c.prior.FunctionURN) && !c.newFunction
}

// publishes says that a version is to be published, or that it may turn out so during apply.
func (c *change) publishes() bool {
	renamed := !c.config.Version.IsNull() && !c.config.Version.Equal(c.prior.Version)
	return c.newFunction || c.plan.FunctionURN.IsUnknown() || c.newCode() || renamed || c.redescribed()
}

// redescribed says that the description is another one. None and an empty one are the same.
func (c *change) redescribed() bool {
	return !c.anyDescription &&
		(c.plan.Description.IsUnknown() || c.plan.Description.ValueString() != c.prior.Description.ValueString())
}

// newCode says whether other code has to be published. With source_hash that alone decides, and the configured digest
// is only the guard of the next publication.
func (c *change) newCode() bool {
	digest := c.config.Digest
	if tfconv.Blank(c.config.SourceHash) {
		return !tfconv.Blank(digest) && !digest.Equal(c.prior.Digest)
	}
	sameCode := tfconv.Known(digest) && digest.Equal(c.prior.Digest) &&
		// A container image has no digest: two that lack one are the same only as far as an import can tell.
		(digest.ValueString() != "" || c.prior.SourceHash.IsNull())
	return !c.plan.SourceHash.Equal(c.prior.SourceHash) && !sameCode
}

// publish plans a publication: what only its answer tells is not known.
func (c *change) publish() {
	if c.config.Version.IsNull() {
		c.plan.Version = types.StringUnknown()
	}
	if c.config.Digest.IsNull() {
		c.plan.Digest = types.StringUnknown()
	}
	c.plan.forgetFacts()
}

// keep plans the version that is there.
func (c *change) keep() {
	c.plan.keepFacts(*c.prior)
	c.plan.Version, c.plan.Digest = c.prior.Version, c.prior.Digest
}
