// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
)

// Update publishes the next version, and moves the state on only then: whatever fails leaves the state as it was. What
// needs no publication is stored without a request: retain_on_destroy, prune, timeouts, and a source that turned out to
// be the one that is published already; unless it changed for the settings, which are not published then.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	prior := record().From(req.State.Raw, op.Diags)
	timeout := op.Timeout(ctx, plan.Timeouts.Update)
	if op.Failed() {
		return
	}
	moves := !plan.FunctionURN.Equal(prior.FunctionURN) // it was not known when this was planned
	switch {
	case moves && !r.Connection.Created(plan.FunctionURN.ValueString()):
		op.Diags.Append(errMoved(plan, prior))
	case plan.publishes():
		r.release(ctx, op.As(base.Publishing), plan, &prior, plan.Timeouts.Update, &resp.State)
	default:
		if plan.remarked(prior) {
			r.checkSettings(ctx, prior, timeout, op.Diags)
		}
		if op.Failed() {
			return
		}
		plan.fill(prior)
		op.Add(record().Set(&resp.State.Raw, &plan))
	}
	if moves && !op.Failed() {
		r.leave(ctx, op, prior, timeout)
	}
	if !op.Failed() {
		base.Forget(ctx, resp.Private, keyDescriptionUnknown, op.Diags)
	}
}

// leave deletes the version of a function that this resource has left, unless it is to be retained. It is mostly gone
// already, with its function. One of a function that this run has created is another resource's.
func (r *Resource) leave(ctx context.Context, op *base.Operation, prior model, timeout time.Duration) {
	urn, err := versionURN(prior.ID.ValueString())
	if err != nil || prior.RetainOnDestroy.ValueBool() {
		return
	}
	mine := func() bool { return !r.Connection.Created(urn.Function().String()) }
	if err := deleteInTurn(ctx, op.Client, urn, timeout, mine); err != nil {
		op.Diags.AddWarning("Version of the Other Function Stays", diagnose.Detail(
			"The version is that of another function now. "+urn.String()+", which it was until now, could not be deleted; "+
				"Terraform does not manage it any more.", err))
	}
}
