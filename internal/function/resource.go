// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package function is the fgs_function resource, and its data sources. The names of its files say the layer:
//
//   - schema.go, model.go and facet_*.go: what Terraform knows, one facet per file; validate*.go: what it refuses.
//   - source*.go: the configured code after a look at it; stamp.go: what the settings add to it. plan*.go: decisions
//     about a plan; they send no change.
//   - resource.go, create*.go, update*.go, read*.go and import_id.go: the operations.
//   - memory*.go: what is remembered in private state.
//   - fast*.go: the shortcut past the framework, which decides the same. datasource*.go: the data sources.
//
// Read schema.go, facet_settings.go and a small facet first; then plan.go with plan_code_decide.go; then create.go,
// create_finish.go and update.go; memory.go when a read is in question.
package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ base.Complete                       = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Resource is fgs_function.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource { return newResource(nil) }

var noun = base.Noun{Type: "function", Title: "Function", Text: "a function", Identity: base.URN}

func newResource(c *connection.Connection) *Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: noun, Connection: c}}}
}

// Read refreshes the state. Only the service's own "not found" removes the function from it.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	op.Identify(&req.State, resp.Identity)
	found := findsWithin(ctx).refreshed
	if found == nil {
		var state model
		op.Add(state.get(req.State.Raw))
		if op.Failed() {
			return
		}
		found = r.refresh(ctx, state, req.Private)
	}
	op.Add(found.diags)
	found.private.store(ctx, resp.Private, op.Diags)
	if found.gone {
		resp.State.RemoveResource(ctx)
	}
	if found.read {
		op.Add(found.state.set(&resp.State.Raw))
	}
}

// Delete removes the function with all that belongs to it. One that is gone already is fine.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	op := r.Begin(base.Deleting, &resp.Diagnostics)
	defer op.End(ctx)
	var state model
	op.Add(state.get(req.State.Raw))
	state.hide(op.Client)
	urn := base.ParseID(op, state.ID, functiongraph.ParseURN)
	ctx, done, ok := op.InTurn(ctx, urn, state.Timeouts.Delete)
	if !ok {
		return
	}
	defer done()
	r.Connection.CarryOut(state.fullName())
	if err := op.Client.DeleteFunction(ctx, urn); err != nil {
		op.Fail(urn.String(), err)
	}
}

// ImportState takes a name (package default), package/name, or the URN in any form.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	id := op.ImportID(req)
	urn, err := importURN(ctx, op.Client, id)
	if err != nil {
		op.Fail(quoted(id), err)
		return
	}
	op.Imported(ctx, urn.String(), resp)
	base.Remember(ctx, resp.Private, keyImported, true, op.Diags)
}
