// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

var oldTypes = base.OldTypes{"opentelekomcloud_fgs_publish_version_v2"}

// MoveState takes over the state of a version of another provider: of the one that has a resource for it. What it does
// not have, the first read finds, as after an import.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeVersion)
}

func takeVersion(
	ctx context.Context, op *base.Operation, _ string, old base.OldState, resp *resource.MoveStateResponse,
) {
	urn, err := oldVersion(old)
	if err != nil {
		op.FailWith("The state gives no version.", err)
		return
	}
	m := model{
		ID: types.StringValue(urn.String()), URN: types.StringValue(urn.String()),
		FunctionURN: types.StringValue(urn.Function().String()), Version: types.StringValue(urn.Version()),
	}
	digest, changed := old.Text("digest"), old.Text("last_modified")
	m.Digest, m.LastModified = tfconv.Text(&digest, m.Digest), tfconv.Text(&changed, m.LastModified)
	base.Remember(ctx, resp.TargetPrivate, keyImported, true, op.Diags)
	base.Remember(ctx, resp.TargetPrivate, keyDescriptionUnknown, true, op.Diags)
	op.Add(record().Set(&resp.TargetState.Raw, &m))
}

// oldVersion is the version that a state is about: its id is the URN of the function, "/" and the version.
func oldVersion(old base.OldState) (functiongraph.URN, error) {
	function, version, err := base.OldParts(old, "version")
	if err != nil {
		return functiongraph.URN{}, err
	}
	return versionURN(function.WithQualifier(version).String())
}
