// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/function"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID              types.String   `tfsdk:"id"` // of the version
	DependencyID    types.String   `tfsdk:"dependency_id"`
	Version         types.Int64    `tfsdk:"version"`
	Name            types.String   `tfsdk:"name"`
	Runtime         types.String   `tfsdk:"runtime"`
	Description     types.String   `tfsdk:"description"`
	Code            types.Object   `tfsdk:"code"` // function.ContentModel
	SourceHash      types.String   `tfsdk:"source_hash"`
	RetainOnDestroy types.Bool     `tfsdk:"retain_on_destroy"`
	Prune           types.Object   `tfsdk:"prune"` // pruneModel
	ETag            types.String   `tfsdk:"etag"`
	Size            types.Int64    `tfsdk:"size"`
	Owner           types.String   `tfsdk:"owner"`
	LastModified    types.String   `tfsdk:"last_modified"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

type pruneModel struct {
	Keep types.Int64 `tfsdk:"keep"`
}

// content unpacks code; false while the whole of it is unknown, and where it is null.
func (m model) content() (function.ContentModel, bool) {
	content, ok := tfconv.Object[function.ContentModel](m.Code)
	return content.WithoutEmpty(), ok
}

// keep is how many versions stay; 0 without prune.
func (m model) keep() int {
	prune, _ := tfconv.Object[pruneModel](m.Prune)
	return int(prune.Keep.ValueInt64())
}

// label is what messages call the version.
func (m model) label() string {
	if !tfconv.Known(m.Version) {
		return m.Name.ValueString()
	}
	if m.Name.IsNull() { // right after an import
		return importID{m.DependencyID.ValueString(), m.Version.ValueInt64()}.String()
	}
	return fmt.Sprintf("%s, version %d", m.Name.ValueString(), m.Version.ValueInt64())
}

// fromAPI takes over what an answer reports. The link is the service's own copy, and no concern of the state.
func (m *model) fromAPI(in *functiongraph.DependencyVersion) {
	m.ID = types.StringValue(in.ID)
	m.DependencyID = types.StringValue(in.DependencyID)
	m.Version = types.Int64Value(in.Version)
	m.Name = types.StringValue(in.Name)
	m.Runtime = types.StringValue(in.Runtime)
	m.Description = tfconv.Text(&in.Description, m.Description)
	m.ETag = types.StringValue(in.ETag)
	m.Size = types.Int64Value(in.Size)
	m.Owner = types.StringValue(in.Owner)
	m.LastModified = types.StringValue(in.LastModified)
}

// facts takes over what an answer or a state says, and not what is configured.
func (m *model) facts(from model) {
	m.ID, m.DependencyID, m.Version = from.ID, from.DependencyID, from.Version
	m.ETag, m.Size, m.Owner, m.LastModified = from.ETag, from.Size, from.Owner, from.LastModified
}
