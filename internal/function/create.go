// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Create makes the function: one call that creates, saved at once; a read; a call for each thing that differs from
// the plan; and another read if there was any.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Creating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	var plan, config model
	op.Add(plan.get(req.Plan.Raw))
	op.Add(config.get(req.Config.Raw))
	plan.EncryptedUserDataWO = config.EncryptedUserDataWO
	plan.hide(op.Client)
	code, _ := plan.codeObject()
	if !op.Ready() {
		return
	}
	r.Connection.CarryOut(plan.fullName())
	src := code.inspect(config.stampOf(stampMemory{}, ""))
	if !src.confirm(plan.codeFacet, op.Diags) {
		return
	}
	ctx, done, ok := op.Within(ctx, plan.Timeouts.Create)
	if !ok {
		return
	}
	defer done()

	c := creation{
		op: op, client: op.Client, plan: &plan, src: src, project: r.Connection.EnterpriseProjectID,
		created: r.Connection.Created, diags: op.Diags,
	}
	created, err := c.send(ctx)
	if err != nil {
		c.fail(ctx, err)
		return
	}
	c.finish(ctx, created, saved{&resp.State, resp.Private})
	if urn, err := functiongraph.ParseURN(created.URN); err == nil {
		r.Connection.NoteCreated(urn.Function().String())
	}
}

// confirm lets nothing through that was not planned: the source at hand must be the one that the plan saw.
func (s source) confirm(plan codeFacet, diags *diag.Diagnostics) bool {
	if s.err != nil || !s.known() {
		s.fail(diags)
		return false
	}
	if plan.SourceHash.IsUnknown() || plan.SourceHash.ValueString() == s.hash() {
		return true
	}
	diags.AddAttributeError(s.at(), "Code Changed Since the Plan",
		s.name()+" is not what it was when the plan was made. Nothing was sent. Plan again.")
	return false
}

// saved is what Terraform keeps of an operation, even if it fails later.
type saved struct {
	state   *tfsdk.State
	private base.PrivateState
}

func (s saved) set(m model, diags *diag.Diagnostics) {
	m.EncryptedUserDataWO = types.MapNull(types.StringType)
	diags.Append(m.set(&s.state.Raw)...)
}
