// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it, facet by facet.
type model struct {
	placeFacet
	settingsFacets
	codeFacet
	dependenciesFacet
	instancesFacet
	tagsFacet
	statusFacet
	Timeouts timeouts.Value `tfsdk:"timeouts"`

	stampOpen bool // of a configuration: what the stamp of its settings is made of is not known yet
}

// record reads and writes the model, which has no fields for what is refused.
var record = tfconv.RecordFor[model](NewResource, renamedNames()...)

// builtSchema is the schema, made once.
var builtSchema = sync.OnceValue(func() schema.Schema {
	var resp resource.SchemaResponse
	(&Resource{}).Schema(context.Background(), resource.SchemaRequest{}, &resp)
	return resp.Schema
})

// get reads the model out of a configuration, a plan or a state.
func (m *model) get(raw tftypes.Value) diag.Diagnostics {
	diags := record().Get(raw, m)
	if code, ok := m.codeObject(); ok {
		m.image = code.Image
		m.stampOpen = !code.StampSettings.IsNull() && frozenOpen(raw)
	}
	return diags
}

// set writes the model into a plan or a state.
func (m *model) set(raw *tftypes.Value) diag.Diagnostics {
	return record().Set(raw, m)
}

// fromAPI takes over what a read reports. The code's source, the tags and the timeouts are not part of it.
func (m *model) fromAPI(in *functiongraph.Function, urn functiongraph.URN) {
	m.placeFacet.fromAPI(urn)
	m.settingsFacets.fromAPI(in, urn)
	m.codeFacet.fromAPI(in)
	m.dependenciesFacet.fromAPI(in)
	m.instancesFacet.fromAPI(in)
	m.statusFacet.fromAPI(in)
}

// fill completes a plan after a write: whatever the plan knew stays as it was planned, since the CLI accepts nothing
// else; what it left open comes from the read. A value that somebody moved in between is found by the next refresh.
func (m *model) fill(read model) {
	m.placeFacet.fill(read.placeFacet)
	m.settingsFacets.fill(read.settingsFacets)
	m.codeFacet.fill(read.codeFacet)
	m.instancesFacet.fill(read.instancesFacet)
	m.statusFacet.fill(read.statusFacet)
	m.TagsAll = tfconv.Filled(m.TagsAll, read.TagsAll)
	if m.TagsAll.IsUnknown() {
		m.TagsAll = types.MapNull(types.StringType)
	}
}
