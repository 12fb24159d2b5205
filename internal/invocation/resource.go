// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package invocation holds what the provider knows of calling functions: the resource fgs_invocation (resource.go,
// schema.go, model.go, plan.go), which calls once when it is created, and the action fgs_invoke (action.go), for CLIs
// that know actions. What both do is in call.go.
package invocation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

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
	if op.Failed() {
		return
	}
	config.check(op.Diags) // what has become known since
	config.needSecret(op.Diags)
	urn := config.question().urn(op)
	ctx, done, ok := op.InTurn(ctx, urn, plan.timeout)
	if !ok {
		return
	}
	defer done()
	answer, ok := config.question().call(urn, afterResource).make(ctx, op)
	if !ok {
		return
	}
	plan.fromAnswer(urn, answer)
	op.Add(record().Set(&resp.State.Raw, &plan))
}

// Read reads nothing: a call is over when it is made.
func (r *Resource) Read(_ context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	resp.State = req.State
}

// Update takes over what says how the next call is made. It makes none.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	plan := record().From(req.Plan.Raw, op.Diags)
	op.Add(record().Set(&resp.State.Raw, &plan))
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
