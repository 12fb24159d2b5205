// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// binding says what becomes of the settings by function_urn.
func (r *Resource) binding(plan, prior model) functionref.Binding {
	return functionref.Compare(r.Connection, plan.FunctionURN, prior.FunctionURN, prior.ID)
}

// follow makes the settings where their function, version or alias has become another one in this apply. What they were
// for before is mostly gone; else they are taken away there first, as a replacement does.
func (r *Resource) follow(
	ctx context.Context, op *base.Operation, plan, prior model, resp *resource.UpdateResponse,
) {
	if leave(ctx, op, plan, prior); !op.Failed() {
		create(ctx, op, plan, plan.Timeouts.Update, &resp.State)
	}
}

// leave takes the settings away.
func leave(ctx context.Context, op *base.Operation, plan, prior model) {
	from := base.ParseID(op, prior.ID, functionref.ParseQualified)
	failed := "What the settings are for has become another one, so that they have to be made anew. Taking those of " +
		from.String() + " away failed."
	op.Leave(ctx, from, plan.Timeouts.Update, failed, func(ctx context.Context) error {
		if err := op.Client.DeleteAsyncConfig(ctx, from); err != nil {
			return err
		}
		return base.UntilGone(ctx, gone(op.Client, from))
	})
}
