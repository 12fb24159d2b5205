// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"maps"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// settingsFacets are the facets that a PUT config carries. A new one stands here, in the five functions below it, and
// nowhere else.
type settingsFacets struct {
	coreFacet
	environmentFacet
	encryptedFacet
	imageFacet
	agencyFacet
	networkFacet
	peeringFacet
	mountsFacet
	hooksFacet
	capacityFacet
	switchesFacet
	logFacet
	projectFacet
}

func settingsAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{}
	for _, facet := range []map[string]schema.Attribute{
		coreAttributes(), environmentAttributes(), encryptedAttributes(), imageAttributes(), agencyAttributes(),
		networkAttributes(),
		peeringAttributes(), mountsAttributes(), hooksAttributes(), capacityAttributes(), switchesAttributes(),
		logAttributes(), projectAttributes(),
	} {
		maps.Copy(attributes, facet)
	}
	return attributes
}

// settingsToAPI is the complete desired configuration of a PUT config (contract 3.4, "safe client rule"): right whether
// the service merges or replaces. prior says what has to be cleared; foreign carries what no attribute shows.
func (m settingsFacets) settingsToAPI(prior settingsFacets, foreign functiongraph.FunctionSettings,
) functiongraph.FunctionSettings {
	out := foreign
	m.coreFacet.toAPI(prior.coreFacet, &out)
	m.environmentFacet.toAPI(prior.environmentFacet, &out)
	m.encryptedFacet.toAPI(prior.encryptedFacet, &out)
	m.imageFacet.toAPI(prior.imageFacet, &out)
	m.agencyFacet.toAPI(prior.agencyFacet, &out)
	m.networkFacet.toAPI(prior.networkFacet, &out)
	m.peeringFacet.toAPI(prior.peeringFacet, &out)
	m.mountsFacet.toAPI(prior.mountsFacet, &out)
	m.hooksFacet.toAPI(prior.hooksFacet, &out)
	m.capacityFacet.toAPI(prior.capacityFacet, &out)
	m.switchesFacet.toAPI(prior.switchesFacet, &out)
	m.logFacet.toAPI(prior.logFacet, &out)
	m.projectFacet.toAPI(prior.projectFacet, &out)
	if m.Type.ValueString() == typeV1 { // it has no requests per instance (contract 2.4)
		out.StrategyConfig = nil
	}
	return out
}

func (m *settingsFacets) fromAPI(in *functiongraph.Function, urn functiongraph.URN) {
	m.coreFacet.fromAPI(in, urn)
	m.environmentFacet.fromAPI(in)
	m.encryptedFacet.fromAPI(in)
	m.imageFacet.fromAPI(in)
	m.agencyFacet.fromAPI(in)
	m.networkFacet.fromAPI(in)
	m.peeringFacet.fromAPI(in)
	m.mountsFacet.fromAPI(in)
	m.hooksFacet.fromAPI(in)
	m.capacityFacet.fromAPI(in)
	m.switchesFacet.fromAPI(in)
	m.logFacet.fromAPI(in)
	m.projectFacet.fromAPI(in)
}

// fill completes what a plan left open; the other facets have nothing that the service fills in.
func (m *settingsFacets) fill(read settingsFacets) {
	m.coreFacet.fill(read.coreFacet)
	m.capacityFacet.fill(read.capacityFacet)
	m.logFacet.fill(read.logFacet)
	m.projectFacet.fill(read.projectFacet)
}

// keep leaves what the service fills in as it is, where it is not configured.
func (m *settingsFacets) keep(config, prior settingsFacets) {
	m.coreFacet.keep(config.coreFacet, prior.coreFacet)
	m.capacityFacet.keep(config.capacityFacet, prior.capacityFacet)
	m.projectFacet.keep(config.projectFacet, prior.projectFacet)
}

// settingsDiffer says that a PUT config is needed to get from prior to m. What a plan leaves open does not differ.
func (m settingsFacets) settingsDiffer(prior settingsFacets) bool {
	m.fill(prior)
	// Values of a write-only map are in the plan of an apply and in no state: their version tells.
	m.EncryptedUserDataWO, prior.EncryptedUserDataWO = types.MapNull(types.StringType), types.MapNull(types.StringType)
	none := functiongraph.FunctionSettings{}
	return m.encryptedFacet.differs(prior.encryptedFacet) ||
		!reflect.DeepEqual(m.settingsToAPI(prior, none), prior.settingsToAPI(prior, none))
}
