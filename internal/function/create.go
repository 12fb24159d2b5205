// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// interruptGrace is how long what has to follow a creation may go on after an interrupt. A function that was created
// and not finished would be tainted, and the next apply would destroy it.
const interruptGrace = 20 * time.Second

// Create makes the function: one call that creates, saved at once; a read; a call for each thing that differs from
// the plan; and another read if there was any.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer diagnose.Recover(ctx, "creating a function", &resp.Diagnostics)
	diags := &resp.Diagnostics
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(diags, "Creating a function")
		return
	}
	var plan, config model
	diags.Append(plan.get(req.Plan.Raw)...)
	diags.Append(config.get(req.Config.Raw)...)
	plan.EncryptedUserDataWO = config.EncryptedUserDataWO
	timeout, d := plan.Timeouts.Create(ctx, defaultTimeout)
	diags.Append(d...)
	code, _ := plan.codeObject()
	if diags.HasError() {
		return
	}
	plan.hide(client)
	src := code.inspect()
	if !src.confirm(plan.codeFacet, diags) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	c := creation{client: client, plan: &plan, src: src, diags: diags}
	created, err := c.send(ctx)
	if err != nil {
		c.fail(ctx, err, diags)
		return
	}
	c.finish(ctx, created, saved{&resp.State, resp.Private})
	if urn, err := functiongraph.ParseURN(created.URN); err == nil {
		r.connection.NoteCreated(urn.Function().String())
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
	private privateState
}

func (s saved) set(m model, diags *diag.Diagnostics) {
	m.EncryptedUserDataWO = types.MapNull(types.StringType)
	diags.Append(m.set(&s.state.Raw)...)
}
