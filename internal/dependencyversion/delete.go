// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Delete deletes the version, unless it is to be retained. The service refuses that while something uses it.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	op := r.Begin(base.Deleting, &resp.Diagnostics)
	defer op.End(ctx)
	state := record().From(req.State.Raw, op.Diags)
	if op.Failed() || state.RetainOnDestroy.ValueBool() {
		return
	}
	ctx, done, ok := op.Within(ctx, state.Timeouts.Delete)
	if !ok {
		return
	}
	defer done()
	err := deleteVersion(ctx, op.Client, state)
	switch {
	case functiongraph.IsInUse(err):
		op.Diags.AddError(op.Summary(), diagnose.Detail(op.Sentence(state.label())+" "+usedBy(ctx, op.Client, state)+" "+
			"Nothing was deleted, and all that uses it works as before. To put another version in its place, either set "+
			"retain_on_destroy = true, apply, and change the content then: the old version stays, and prune deletes it later. "+
			"Or set create_before_destroy in lifecycle, if no published version uses this one.", err))
	case err != nil:
		op.Fail(state.label(), err)
	}
}

// deleteVersion deletes a version, unless it is gone: then its number may be another's.
func deleteVersion(ctx context.Context, client *functiongraph.Client, state model) error {
	id, version := state.DependencyID.ValueString(), state.Version.ValueInt64()
	got, err := client.DependencyVersion(ctx, id, version)
	switch {
	case functiongraph.IsNotFound(err), err == nil && got.ID != state.ID.ValueString():
		return nil
	case err != nil:
		return err
	}
	return client.DeleteDependencyVersion(ctx, id, version)
}
