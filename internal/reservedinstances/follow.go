// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// binding says what becomes of the instances by function_urn.
func (r *Resource) binding(plan, prior model) functionref.Binding {
	return functionref.Compare(r.Connection, plan.FunctionURN, prior.FunctionURN, prior.ID)
}

// follow makes them where their function, version or alias has become another one in this apply. What was kept ready
// before is mostly gone with its function; else it is taken away first, as a replacement does: both at once may be more
// than the account has left.
func (r *Resource) follow(
	ctx context.Context, op *base.Operation, plan, prior model, resp *resource.UpdateResponse,
) {
	if leave(ctx, op, plan, prior); !op.Failed() {
		create(ctx, op, plan, plan.Timeouts.Update, &resp.State)
	}
}

// leave takes away what was kept ready.
func leave(ctx context.Context, op *base.Operation, plan, prior model) {
	from := base.ParseID(op, prior.ID, functionref.ParseQualified)
	failed := "What they are kept ready for has become another one, so that they have to be made anew. Removing " +
		"those of " + from.String() + " failed."
	op.Leave(ctx, from, plan.Timeouts.Update, failed, func(ctx context.Context) error {
		if err := op.Client.RemoveReservation(ctx, from); err != nil {
			return err
		}
		return base.UntilGone(ctx, gone(op.Client, from))
	})
}
