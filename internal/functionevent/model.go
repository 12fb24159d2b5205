// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID           types.String   `tfsdk:"id"`
	FunctionURN  types.String   `tfsdk:"function_urn"`
	Name         types.String   `tfsdk:"name"`
	Content      types.String   `tfsdk:"content"`
	EventID      types.String   `tfsdk:"event_id"`
	LastModified types.String   `tfsdk:"last_modified"`
	Timeouts     timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

// fromAPI takes over what a read reports.
func (m *model) fromAPI(in *functiongraph.Event, at id) {
	m.ID, m.FunctionURN = types.StringValue(at.String()), types.StringValue(at.urn.String())
	m.Name = types.StringValue(at.name)
	m.Content, m.EventID = types.StringValue(in.Content), types.StringValue(in.ID)
	m.LastModified = tfconv.Text(&in.LastModified, types.StringNull())
}

// fill completes a plan: what it knew stays, what it left open comes from the read.
func (m *model) fill(read model) {
	m.ID = tfconv.Filled(m.ID, read.ID)
	m.EventID = tfconv.Filled(m.EventID, read.EventID)
	m.LastModified = tfconv.Filled(m.LastModified, read.LastModified)
}
