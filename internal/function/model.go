// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it, facet by facet.
type model struct {
	placeFacet
	coreFacet
	environmentFacet
	agencyFacet
	codeFacet
	concurrencyFacet
	tagsFacet
	statusFacet
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// fromAPI takes over what a read reports. The code's source, the tags and the timeouts are not part of it.
func (m *model) fromAPI(in *functiongraph.Function, urn functiongraph.URN) {
	m.placeFacet.fromAPI(urn)
	m.coreFacet.fromAPI(in, urn)
	m.environmentFacet.fromAPI(in)
	m.agencyFacet.fromAPI(in)
	m.codeFacet.fromAPI(in)
	m.concurrencyFacet.fromAPI(in)
	m.statusFacet.fromAPI(in)
}

// fill completes a plan after a write: whatever the plan knew stays as it was planned, since the CLI accepts nothing
// else; what it left open comes from the read. A value that somebody moved in between is found by the next refresh.
func (m *model) fill(read model) {
	m.placeFacet.fill(read.placeFacet)
	m.coreFacet.fill(read.coreFacet)
	m.codeFacet.fill(read.codeFacet)
	m.concurrencyFacet.fill(read.concurrencyFacet)
	m.statusFacet.fill(read.statusFacet)
	m.TagsAll = tfconv.Filled(m.TagsAll, read.TagsAll)
	if m.TagsAll.IsUnknown() {
		m.TagsAll = types.MapNull(types.StringType)
	}
}

// settings is the complete desired configuration of a PUT config (contract 3.4, "safe client rule"): right whether the
// service merges or replaces. prior says what has to be cleared; foreign carries what has no attribute here.
func (m model) settings(prior model, foreign functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	out := foreign
	m.coreFacet.toAPI(prior.coreFacet, &out)
	m.environmentFacet.toAPI(prior.environmentFacet, &out)
	m.agencyFacet.toAPI(prior.agencyFacet, &out)
	return out
}

// settingsDiffer says that a PUT config is needed to get from prior to m.
func (m model) settingsDiffer(prior model) bool {
	none := functiongraph.FunctionSettings{}
	return !reflect.DeepEqual(m.settings(prior, none), prior.settings(prior, none))
}
