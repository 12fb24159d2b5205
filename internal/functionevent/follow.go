// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// binding says what becomes of the event by function_urn.
func (r *Resource) binding(plan, prior model) functionref.Binding {
	return functionref.Compare(r.Connection, plan.FunctionURN, prior.FunctionURN, prior.ID)
}

// follow makes the event at a function that this run has made. What it was is mostly gone with its function; else it is
// deleted first, as a replacement does.
func (r *Resource) follow(
	ctx context.Context, op *base.Operation, plan, prior model, resp *resource.UpdateResponse,
) {
	if r.leave(ctx, op, plan, prior); !op.Failed() {
		create(ctx, op, plan, plan.Timeouts.Update, &resp.State)
	}
}

// leave deletes the event that was. What is there of a function that this run has made is another resource's.
func (r *Resource) leave(ctx context.Context, op *base.Operation, plan, prior model) {
	from := base.ParseID(op, prior.ID, parseID)
	ctx, done, ok := op.InTurn(ctx, from.urn, plan.Timeouts.Update)
	if !ok {
		return
	}
	defer done()
	if r.Connection.Created(from.urn.String()) {
		return
	}
	eventID := prior.EventID.ValueString()
	err := op.Client.DeleteEvent(ctx, from.urn, eventID)
	if err == nil {
		err = base.UntilGone(ctx, gone(op.Client, from.urn, eventID))
	}
	if err != nil {
		op.FailWith("The function has become another one, so that the event has to be made anew. Deleting "+from.String()+
			" failed.", err)
	}
}
