// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package invocation holds what the provider knows of calling functions: the resource fgs_invocation (resource.go,
// schema.go, model.go, plan.go), which calls once when it is created, and the action fgs_invoke (action.go), for CLIs
// that know actions. What both do is in call.go.
package invocation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

var (
	_ base.Complete                       = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Resource is fgs_invocation.
type Resource struct{ base.Resource }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Resource{Noun: base.Noun{Type: "invocation", Title: "Function", Text: "a function"}}}
}

// Create calls the function, once. Only a call that went well is in the state: whatever else happened, the next apply
// calls again, and nothing that depends on this one is changed before.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Calling, &resp.Diagnostics)
	defer op.End(ctx)
	plan := record().From(req.Plan.Raw, op.Diags)
	config := record().From(req.Config.Raw, op.Diags)
	r.call(ctx, op, plan, config, &resp.State)
}

// call makes the call, and stores in state what came of it, if that is what was expected.
func (r *Resource) call(
	ctx context.Context, op *base.Operation, plan, config model, state *tfsdk.State,
) (went bool) {
	if op.Failed() {
		return false
	}
	config.check(op.Diags) // what has become known since
	config.needSecret(op.Diags)
	urn := config.question().urn(op)
	ctx, done, ok := op.InTurn(ctx, urn, plan.timeout)
	if !ok {
		return false
	}
	defer done()
	answer, ok := config.question().call(urn, afterResource).make(ctx, op)
	if !ok {
		return false
	}
	plan.fromAnswer(urn, answer)
	op.Add(record().Set(&state.Raw, &plan))
	return true
}

// Read reads nothing: a call is over when it is made.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	resp.State = req.State
	state := record().From(req.State.Raw, op.Diags)
	if op.Client != nil && !op.Failed() {
		r.Connection.NoteRead(state.ID.ValueString())
	}
}

// Update takes over what says how the next call is made. It makes one only if what was not known in the plan has turned
// out to ask for it. If that fails, the state says that there is none, so that the next apply calls again, whatever has
// become the same by then.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Calling, &resp.Diagnostics)
	defer op.End(ctx)
	plan := record().From(req.Plan.Raw, op.Diags)
	prior := record().From(req.State.Raw, op.Diags)
	config := record().From(req.Config.Raw, op.Diags)
	if op.Failed() {
		return
	}
	if !plan.ID.IsUnknown() {
		op.Add(record().Set(&resp.State.Raw, &plan))
		return
	}
	if !r.call(ctx, op, plan, config, &resp.State) {
		prior.forget()
		op.Add(record().Set(&resp.State.Raw, &prior))
	}
}

// Delete forgets the call.
func (r *Resource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// ImportState says that there is nothing to import.
func (r *Resource) ImportState(
	_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	resp.Diagnostics.AddError("Invocation Cannot Be Imported",
		"A call leaves nothing behind that could be imported. An fgs_invocation that is in the configuration calls when it "+
			"is created, in the next apply.")
}
