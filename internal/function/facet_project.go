// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// projectFacet says which enterprise project pays.
type projectFacet struct {
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
}

const defaultEnterpriseProject = "0" // contract F36

func projectAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"enterprise_project_id": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Id of the enterprise project that the function belongs to; `0` is the default one. Another " +
				"id moves the function. Default for a new function: that of the provider, else the service's (`0`). Removing the " +
				"attribute keeps the project.",
		},
	}
}

func (m projectFacet) toAPI(prior projectFacet, out *functiongraph.FunctionSettings) {
	if tfconv.Blank(m.EnterpriseProjectID) { // the one that is there
		m = prior
	}
	out.EnterpriseProjectID = unlessDefault(m.EnterpriseProjectID.ValueString(), prior.EnterpriseProjectID.ValueString(),
		defaultEnterpriseProject)
}

// fromAPI takes over what is reported; accounts without enterprise projects may not report it.
func (m *projectFacet) fromAPI(in *functiongraph.Function) {
	if project := deref(in.EnterpriseProjectID); project != "" {
		m.EnterpriseProjectID = types.StringValue(project)
	}
	m.EnterpriseProjectID = tfconv.Filled(m.EnterpriseProjectID, types.StringNull())
}

func (m *projectFacet) fill(read projectFacet) {
	m.EnterpriseProjectID = tfconv.Filled(m.EnterpriseProjectID, read.EnterpriseProjectID)
}

// planCreate plans the provider's project where none is configured.
func (m *projectFacet) planCreate(config projectFacet, fallback string) {
	if config.EnterpriseProjectID.IsNull() && fallback != "" {
		m.EnterpriseProjectID = types.StringValue(fallback)
	}
}

// keep leaves what is not configured as it is.
func (m *projectFacet) keep(config, prior projectFacet) {
	m.EnterpriseProjectID = keptText(m.EnterpriseProjectID, config.EnterpriseProjectID, prior.EnterpriseProjectID)
}
