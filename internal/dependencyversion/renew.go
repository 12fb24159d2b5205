// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// renew makes the next version of content that the plan did not know, as of an archive that this apply has built. What
// takes the new id comes after it, so that the old version is mostly in use still: then it stays, with a warning.
func (r *Resource) renew(
	ctx context.Context, op *base.Operation, plan, prior model, resp *resource.UpdateResponse,
) {
	r.create(ctx, op, plan, &resp.State)
	if op.Failed() || prior.RetainOnDestroy.ValueBool() {
		return
	}
	ctx, done, ok := op.Within(ctx, prior.Timeouts.Delete)
	if !ok {
		return
	}
	defer done()
	err := deleteVersion(ctx, op.Client, prior)
	switch {
	case functiongraph.IsInUse(err):
		op.Diags.AddAttributeWarning(path.Root("code"), "Old Version Stays", prior.label()+" is still used, mostly by what "+
			"takes the new version only now: other content was not known in the plan. Terraform does not manage it any more. "+
			"Delete it by hand, or let prune do so.")
	case err != nil:
		op.Diags.AddAttributeWarning(path.Root("code"), "Old Version Stays", diagnose.Detail(
			prior.label()+" could not be deleted; Terraform does not manage it any more.", err))
	}
}
