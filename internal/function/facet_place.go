// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// placeFacet says where the function is. None of it changes in the life of a function.
type placeFacet struct {
	ID        types.String `tfsdk:"id"`
	URN       types.String `tfsdk:"urn"`
	ProjectID types.String `tfsdk:"project_id"`
	Region    types.String `tfsdk:"region"`
}

func placeAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed: true, MarkdownDescription: "The same as `urn`.",
		},
		"urn": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "URN of the function, its full name at the service, without a version: " +
				"`urn:fss:<region>:<project id>:function:<package>:<name>`.",
		},
		"project_id": schema.StringAttribute{
			Computed: true, MarkdownDescription: "Id of the project that the function is in.",
		},
		"region": schema.StringAttribute{
			Computed: true, MarkdownDescription: "Region that the function is in.",
		},
	}
}

func (m *placeFacet) fromAPI(urn functiongraph.URN) {
	m.ID = types.StringValue(urn.String())
	m.URN = m.ID
	m.ProjectID = types.StringValue(urn.ProjectID)
	m.Region = types.StringValue(urn.Region)
}

func (m *placeFacet) fill(read placeFacet) {
	m.ID = tfconv.Filled(m.ID, read.ID)
	m.URN = tfconv.Filled(m.URN, read.URN)
	m.ProjectID = tfconv.Filled(m.ProjectID, read.ProjectID)
	m.Region = tfconv.Filled(m.Region, read.Region)
}
