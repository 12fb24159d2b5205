// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
)

// Create publishes the first version.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer diagnose.Recover(ctx, "publishing a function version", &resp.Diagnostics)
	diags := &resp.Diagnostics
	var plan model
	diags.Append(record().Get(req.Plan.Raw, &plan)...)
	timeout, d := plan.Timeouts.Create(ctx, defaultTimeout)
	if diags.Append(d...); diags.HasError() {
		return
	}
	r.release(ctx, plan, nil, timeout, &resp.State, diags)
}
