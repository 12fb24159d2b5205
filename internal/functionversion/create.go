// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

// Create publishes the first version.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Publishing, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	r.release(ctx, op, plan, nil, plan.Timeouts.Create, &resp.State)
}
