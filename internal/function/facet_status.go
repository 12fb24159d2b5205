// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// statusFacet is what the service derives by itself.
type statusFacet struct {
	CPU          types.Int64  `tfsdk:"cpu"`
	LastModified types.String `tfsdk:"last_modified"`
}

func statusAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"cpu": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "CPU of an instance in millicores; follows `memory_size`.",
		},
		"last_modified": schema.StringAttribute{
			Computed: true, MarkdownDescription: "When the function was last changed, as the service writes it.",
		},
	}
}

func (m *statusFacet) fromAPI(in *functiongraph.Function) {
	if in.CPU != 0 || !tfconv.Known(m.CPU) { // nothing depends on it: an answer without it leaves what is known
		m.CPU = types.Int64Value(in.CPU)
	}
	m.LastModified = types.StringValue(in.LastModified)
}

func (m *statusFacet) fill(read statusFacet) {
	m.CPU = tfconv.Filled(m.CPU, read.CPU)
	m.LastModified = tfconv.Filled(m.LastModified, read.LastModified)
}
