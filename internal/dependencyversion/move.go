// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

var oldTypes = base.OldTypes{
	"huaweicloud_fgs_dependency_version", "sbercloud_fgs_dependency_version", "flexibleengine_fgs_dependency_version",
	"g42cloud_fgs_dependency_version", "hcs_fgs_dependency_version", "opentelekomcloud_fgs_dependency_version_v2",
}

var codeType = codeAttribute().GetType()

// MoveState takes over the state of a version of a dependency of another provider. An object in OBS that it was made of
// is its content here, too. Content that was sent is compared with what is configured, as after an import.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeVersion)
}

func takeVersion(_ context.Context, op *base.Operation, _ string, old base.OldState, resp *resource.MoveStateResponse) {
	id, err := parseImportID(old.Text("id")) // the id of the dependency, "/" and the number
	if err == nil && id.version == 0 {
		err = errImportID
	}
	if err != nil {
		op.FailWith("The state gives no version of a dependency.", err)
		return
	}
	var m model
	m.fromAPI(&functiongraph.DependencyVersion{
		ID: old.Text("version_id"), DependencyID: id.dependency, Version: id.version, Name: old.Text("name"),
		Runtime: old.Text("runtime"), Description: old.Text("description"), ETag: old.Text("etag"),
		Size: old.Number("size"), Owner: old.Text("owner"),
	})
	m.LastModified = types.StringNull()
	if m.ID.ValueString() == "" { // OpenTelekomCloud's do not have it
		m.ID = types.StringNull()
	}
	if link := old.Text("link"); link != "" {
		content := function.ContentModel{
			OBSURL: types.StringValue(link), Exclude: types.ListNull(types.StringType),
		}
		m.Code = tfconv.ObjectOf(codeType, content)
		m.SourceHash = types.StringValue(content.Inspect().Hash())
	}
	m.Timeouts = base.OldTimeouts(old, "create", "delete")
	op.Add(record().Set(&resp.TargetState.Raw, &m))
}

// leaveUnread leaves to the apply, which reads first, what a state says that was moved here and not read yet.
func (m *model) leaveUnread() {
	if m.ID.IsNull() {
		m.ID = types.StringUnknown()
	}
	if m.LastModified.IsNull() {
		m.LastModified = types.StringUnknown()
	}
}

// readMoved completes what a plan left open of a state that was moved here and never read.
func (m *model) readMoved(ctx context.Context, op *base.Operation) {
	if !m.ID.IsUnknown() && !m.LastModified.IsUnknown() {
		return
	}
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	got, err := op.Client.DependencyVersion(ctx, m.DependencyID.ValueString(), m.Version.ValueInt64())
	if err != nil {
		op.Fail(m.label(), err)
		return
	}
	m.ID, m.LastModified = types.StringValue(got.ID), types.StringValue(got.LastModified)
}
