// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// Create looks before it writes: the one call would replace without a word what somebody else has set. What is as
// planned is taken over, which is also what an apply left that was killed, and where a region keeps them, what an alias
// left that was deleted (contract Q51).
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Creating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	create(ctx, op, plan, plan.Timeouts.Create, &resp.State)
}

// create makes what the plan asks for, and stores it in state.
func create(ctx context.Context, op *base.Operation, plan model, timeout base.Timeout, state *tfsdk.State) {
	urn := functionref.Qualified(op, plan.FunctionURN)
	ctx, done, ok := op.InTurn(ctx, urn, timeout)
	if !ok {
		return
	}
	defer done()
	plan.ID = functionref.ID(plan.FunctionURN)
	there, err := op.Client.AsyncConfigNow(ctx, urn)
	if err != nil && !functiongraph.IsNotFound(err) {
		op.Fail(urn.String(), err)
		return
	}
	if err == nil {
		if differs := plan.differences(*there); len(differs) > 0 {
			op.Exists(path.Root("function_urn"), urn.String(), cmp.Or(urn.Alias(), "this"), "In it, "+
				strings.Join(differs, "; ")+".", nil)
			return
		}
		op.Diags.AddAttributeWarning(path.Root("function_urn"), "Async Invoke Configuration Taken Over", fmt.Sprintf(
			"%s had the very settings that were to be made, and nothing was sent: an apply that was cut off, or an alias of "+
				"that name that was deleted, may have left them. They are managed here now; if something else manages them too, "+
				"let one of the two go.", urn))
		op.Add(record().Set(&state.Raw, &plan))
		return
	}
	if err := op.Client.SetAsyncConfig(ctx, urn, plan.toAPI()); err != nil {
		op.Fail(urn.String(), err)
		return
	}
	op.Add(record().Set(&state.Raw, &plan))
	if now, ok := settle(ctx, op, urn, plan); !ok {
		plan.fromAPI(now, urn)
		op.Add(record().Set(&state.Raw, &plan))
	}
}
