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
	if leave(ctx, op, plan, prior); !op.Failed() {
		create(ctx, op, plan, plan.Timeouts.Update, &resp.State)
	}
}

// leave deletes the event that was.
func leave(ctx context.Context, op *base.Operation, plan, prior model) {
	from, eventID := base.ParseID(op, prior.ID, parseID), prior.EventID.ValueString()
	failed := "The function has become another one, so that the event has to be made anew. Deleting " + from.String() +
		" failed."
	op.Leave(ctx, from.urn, plan.Timeouts.Update, failed, func(ctx context.Context) error {
		if err := op.Client.DeleteEvent(ctx, from.urn, eventID); err != nil {
			return err
		}
		return base.UntilGone(ctx, gone(op.Client, from.urn, eventID))
	})
}
