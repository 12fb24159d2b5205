// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
)

// Update publishes the next version, and moves the state on only then: whatever fails leaves the state as it was. What
// needs no publication is stored without a request: retain_on_destroy, prune, timeouts, and a source that turned out to
// be the one that is published already.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer diagnose.Recover(ctx, "updating a function version", &resp.Diagnostics)
	diags := &resp.Diagnostics
	var plan, prior model
	diags.Append(record().Get(req.Plan.Raw, &plan)...)
	diags.Append(record().Get(req.State.Raw, &prior)...)
	timeout, d := plan.Timeouts.Update(ctx, defaultTimeout)
	if diags.Append(d...); diags.HasError() {
		return
	}
	moves := !plan.FunctionURN.Equal(prior.FunctionURN) // it was not known when this was planned
	switch {
	case moves && !r.connection.Created(plan.FunctionURN.ValueString()):
		diags.Append(errMoved(plan, prior))
	case plan.publishes():
		r.release(ctx, plan, &prior, timeout, &resp.State, diags)
	default:
		plan.fill(prior)
		diags.Append(record().Set(&resp.State.Raw, &plan)...)
	}
	if moves && !diags.HasError() {
		r.leave(ctx, prior, timeout, diags)
	}
	if !diags.HasError() {
		diags.Append(resp.Private.SetKey(ctx, keyDescriptionUnknown, nil)...)
	}
}

// leave deletes the version of a function that this resource has left, unless it is to be retained. It is mostly gone
// already, with its function.
func (r *Resource) leave(ctx context.Context, prior model, timeout time.Duration, diags *diag.Diagnostics) {
	urn, err := versionURN(prior.ID.ValueString())
	if err != nil || prior.RetainOnDestroy.ValueBool() {
		return
	}
	if err := deleteInTurn(ctx, r.connection.Ready(), urn, timeout); err != nil {
		diags.AddWarning("Version of the Other Function Stays", diagnose.Detail(
			"The version is that of another function now. "+urn.String()+", which it was until now, could not be deleted; Terraform "+
				"does not manage it any more.", err))
	}
}
