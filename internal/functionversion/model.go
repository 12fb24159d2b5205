// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID              types.String   `tfsdk:"id"`
	FunctionURN     types.String   `tfsdk:"function_urn"`
	Version         types.String   `tfsdk:"version"`
	Description     types.String   `tfsdk:"description"`
	SourceHash      types.String   `tfsdk:"source_hash"`
	Digest          types.String   `tfsdk:"digest"`
	RetainOnDestroy types.Bool     `tfsdk:"retain_on_destroy"`
	Prune           types.Object   `tfsdk:"prune"` // pruneModel
	URN             types.String   `tfsdk:"urn"`
	Runtime         types.String   `tfsdk:"runtime"`
	Handler         types.String   `tfsdk:"handler"`
	Timeout         types.Int64    `tfsdk:"timeout"`
	MemorySize      types.Int64    `tfsdk:"memory_size"`
	CodeSize        types.Int64    `tfsdk:"code_size"`
	LastModified    types.String   `tfsdk:"last_modified"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

// fromAPI takes over what a read of the version reports. The description is not part of it (contract 3.10), nor is
// the source's hash.
func (m *model) fromAPI(in *functiongraph.Function, urn functiongraph.URN) {
	m.ID = types.StringValue(urn.String())
	m.URN = m.ID
	m.FunctionURN = types.StringValue(urn.Function().String())
	m.Version = types.StringValue(urn.Version())
	m.Digest = types.StringValue(in.Digest)
	m.Runtime = types.StringValue(in.Runtime)
	m.Handler = types.StringValue(in.Handler)
	m.Timeout = types.Int64Value(in.Timeout)
	m.MemorySize = types.Int64Value(in.MemorySize)
	m.CodeSize = types.Int64Value(in.CodeSize)
	m.LastModified = types.StringValue(in.LastModified)
}

// fill completes a plan: what it knew stays, what it left open comes from the read.
func (m *model) fill(read model) {
	m.ID = tfconv.Filled(m.ID, read.ID)
	m.URN = tfconv.Filled(m.URN, read.URN)
	m.Version = tfconv.Filled(m.Version, read.Version)
	m.Digest = tfconv.Filled(m.Digest, read.Digest)
	m.Runtime = tfconv.Filled(m.Runtime, read.Runtime)
	m.Handler = tfconv.Filled(m.Handler, read.Handler)
	m.Timeout = tfconv.Filled(m.Timeout, read.Timeout)
	m.MemorySize = tfconv.Filled(m.MemorySize, read.MemorySize)
	m.CodeSize = tfconv.Filled(m.CodeSize, read.CodeSize)
	m.LastModified = tfconv.Filled(m.LastModified, read.LastModified)
}

// forgetFacts leaves open what only the publication tells. The URN is known where function and name are.
func (m *model) forgetFacts() {
	m.ID, m.URN = types.StringUnknown(), types.StringUnknown()
	if tfconv.Known(m.FunctionURN) && tfconv.Known(m.Version) {
		m.URN = types.StringValue(m.FunctionURN.ValueString() + ":" + m.Version.ValueString())
		m.ID = m.URN
	}
	m.Runtime, m.Handler = types.StringUnknown(), types.StringUnknown()
	m.Timeout, m.MemorySize, m.CodeSize = types.Int64Unknown(), types.Int64Unknown(), types.Int64Unknown()
	m.LastModified = types.StringUnknown()
}

// publishes says that a plan publishes: only then is the time of it open.
func (m *model) publishes() bool { return m.LastModified.IsUnknown() }

// keepFacts keeps what was computed once: it never changes, since a version is a copy.
func (m *model) keepFacts(prior model) {
	m.ID, m.URN = prior.ID, prior.URN
	m.Runtime, m.Handler, m.Timeout, m.MemorySize = prior.Runtime, prior.Handler, prior.Timeout, prior.MemorySize
	m.CodeSize, m.LastModified = prior.CodeSize, prior.LastModified
}
