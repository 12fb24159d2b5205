// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// agencyFacet holds the IAM agencies that the service and the code act with.
type agencyFacet struct {
	Agency    types.String `tfsdk:"agency"`
	AppAgency types.String `tfsdk:"app_agency"`
}

func agencyAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"agency": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Name of the IAM agency (what a service may do in your account) with which FunctionGraph " +
				"reaches other services for this function: VPC, OBS, SWR, LTS. Removing it clears it.",
		},
		"app_agency": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Name of the IAM agency whose credentials the code itself gets when it runs. Without it, " +
				"`agency` is used. Removing it clears it.",
		},
	}
}

func (m agencyFacet) toAPI(prior agencyFacet, out *functiongraph.FunctionSettings) {
	if agency := m.Agency.ValueString(); agency != "" { // none: left out, which takes it away (contract 3.4)
		out.Agency = &agency
	}
	out.AppAgency = tfconv.Clearable(m.AppAgency, prior.AppAgency)
}

func (m *agencyFacet) fromAPI(in *functiongraph.Function) {
	m.Agency = tfconv.Text(in.Agency, m.Agency)
	m.AppAgency = tfconv.Text(in.AppAgency, m.AppAgency)
}
