// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// lookupModel is the data source as Terraform knows it: the facets of the resource that a read fills, and what only a
// look from outside has.
type lookupModel struct {
	placeFacet
	coreFacet
	environmentFacet
	imageFacet
	agencyFacet
	networkFacet
	peeringFacet
	mountsFacet
	hooksFacet
	capacityFacet
	switchesFacet
	projectFacet
	dependenciesFacet
	instancesFacet
	statusFacet
	codeFacts

	Qualifier              types.String `tfsdk:"qualifier"`
	Version                types.String `tfsdk:"version"`
	QualifiedURN           types.String `tfsdk:"qualified_urn"`
	EncryptedUserDataNames types.Set    `tfsdk:"encrypted_user_data_names"`
	Log                    types.Object `tfsdk:"log"` // logPlaceModel
	IncludeTags            types.Bool   `tfsdk:"include_tags"`
	Tags                   types.Map    `tfsdk:"tags"`
}

// codeFacts are what the service says of the code that runs.
type codeFacts struct {
	Digest       types.String `tfsdk:"digest"`
	CodeSize     types.Int64  `tfsdk:"code_size"`
	CodeFilename types.String `tfsdk:"code_filename"`
	CodeType     types.String `tfsdk:"code_type"`
	CodeKMSKeyID types.String `tfsdk:"code_kms_key_id"`
	OBSURL       types.String `tfsdk:"obs_url"`
	Image        types.String `tfsdk:"image"`
}

// logPlaceModel has no names of group and stream: they would cost a call of their own.
type logPlaceModel struct {
	GroupID    types.String `tfsdk:"group_id"`
	StreamID   types.String `tfsdk:"stream_id"`
	CustomTags types.Map    `tfsdk:"custom_tags"`
}

var logPlaceType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"group_id": types.StringType, "stream_id": types.StringType, "custom_tags": types.MapType{ElemType: types.StringType},
}}

// fromAPI takes over an answer. tags are nil where they were not asked for; urn is the function itself.
func (m *lookupModel) fromAPI(in *functiongraph.Function, tags map[string]string, urn functiongraph.URN) {
	qualifier := m.Qualifier.ValueString()
	m.placeFacet.fromAPI(urn)
	m.coreFacet.fromAPI(in, urn)
	m.environmentFacet.fromAPI(in)
	m.imageFacet.fromAPI(in)
	m.agencyFacet.fromAPI(in)
	m.networkFacet.fromAPI(in)
	m.peeringFacet.fromAPI(in)
	m.mountsFacet.fromAPI(in)
	m.hooksFacet.fromAPI(in)
	m.capacityFacet.fromAPI(in)
	m.switchesFacet.read(in)
	m.projectFacet.fromAPI(in)
	m.dependenciesFacet.fromAPI(in)
	m.instancesFacet.fromAPI(in)
	m.statusFacet.fromAPI(in)
	m.codeFacts.fromAPI(in)
	m.Version = versionOf(in, qualifier)
	m.QualifiedURN = types.StringValue(urn.WithQualifier(cmp.Or(qualifier, functiongraph.VersionLatest)).String())
	m.EncryptedUserDataNames = tfconv.StringSet(variableNames(in.EncryptedUserData))
	m.Log = logPlaceFromAPI(in)
	m.Tags = types.MapNull(types.StringType)
	if tags != nil {
		m.Tags = tfconv.StringMap(tags)
	}
}

// read is fromAPI without null: nothing is configured whose form would have to be kept, and a condition takes no null.
func (m *switchesFacet) read(in *functiongraph.Function) {
	m.EnableDynamicMemory = types.BoolValue(deref(in.EnableDynamicMemory))
	m.IsStatefulFunction = types.BoolValue(deref(in.IsStatefulFunction))
	m.EnableAuthInHeader = types.BoolValue(deref(in.EnableAuthInHeader))
	m.EnableClassIsolation = types.BoolValue(deref(in.EnableClassIsolation))
}

func (m *codeFacts) fromAPI(in *functiongraph.Function) {
	m.Digest = types.StringValue(in.Digest)
	m.CodeSize = types.Int64Value(in.CodeSize)
	m.CodeFilename = types.StringValue(in.CodeFilename)
	m.CodeType = types.StringValue(in.CodeType)
	m.CodeKMSKeyID = tfconv.Text(in.CodeKMSKeyID, types.StringNull())
	m.OBSURL = tfconv.Text(&in.CodeURL, types.StringNull())
	m.Image = tfconv.Text(pointerTo(runningImage(in.CustomImage)), types.StringNull())
}

// versionOf is the version that an answer is about. Where it does not say so it is the one that was asked for, which is
// not known of an alias.
func versionOf(in *functiongraph.Function, qualifier string) types.String {
	switch {
	case in.Version != "":
		return types.StringValue(in.Version)
	case strings.HasPrefix(qualifier, "!"):
		return types.StringNull()
	}
	return types.StringValue(cmp.Or(qualifier, functiongraph.VersionLatest))
}

// logPlaceFromAPI is null while logging is off.
func logPlaceFromAPI(in *functiongraph.Function) types.Object {
	place := plainLog(in)
	if place == nil {
		return tfconv.NullObject(logPlaceType)
	}
	tags := types.MapNull(types.StringType)
	if place.tags != nil {
		tags = tfconv.StringMap(place.tags)
	}
	return tfconv.ObjectOf(logPlaceType, logPlaceModel{
		GroupID: tfconv.Text(&place.GroupID, types.StringNull()), StreamID: tfconv.Text(&place.StreamID, types.StringNull()),
		CustomTags: tags,
	})
}

// rowModel is one function in the list of functions.
type rowModel struct {
	URN                 types.String `tfsdk:"urn"`
	Name                types.String `tfsdk:"name"`
	Package             types.String `tfsdk:"package"`
	Type                types.String `tfsdk:"type"`
	Runtime             types.String `tfsdk:"runtime"`
	Handler             types.String `tfsdk:"handler"`
	Timeout             types.Int64  `tfsdk:"timeout"`
	MemorySize          types.Int64  `tfsdk:"memory_size"`
	Description         types.String `tfsdk:"description"`
	CodeType            types.String `tfsdk:"code_type"`
	CodeSize            types.Int64  `tfsdk:"code_size"`
	Digest              types.String `tfsdk:"digest"`
	Agency              types.String `tfsdk:"agency"`
	Enabled             types.Bool   `tfsdk:"enabled"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
	LastModified        types.String `tfsdk:"last_modified"`
}

func (m *rowModel) fromAPI(in functiongraph.Function, urn functiongraph.URN) {
	var instances instancesFacet
	instances.fromAPI(&in)
	m.URN = types.StringValue(urn.String())
	m.Name, m.Package = types.StringValue(urn.Name), types.StringValue(urn.Package)
	m.Type = types.StringValue(in.Type)
	m.Runtime = types.StringValue(in.Runtime)
	m.Handler = types.StringValue(in.Handler)
	m.Timeout = types.Int64Value(in.Timeout)
	m.MemorySize = types.Int64Value(in.MemorySize)
	m.Description = tfconv.Text(in.Description, types.StringNull())
	m.CodeType = types.StringValue(in.CodeType)
	m.CodeSize = types.Int64Value(in.CodeSize)
	m.Digest = types.StringValue(in.Digest)
	m.Agency = tfconv.Text(in.Agency, types.StringNull())
	m.Enabled = instances.Enabled
	m.EnterpriseProjectID = tfconv.Text(in.EnterpriseProjectID, types.StringNull())
	m.LastModified = types.StringValue(in.LastModified)
}

// inOrder sorts rows by package and name: the order of the service changes with every creation.
func inOrder(rows []rowModel) {
	slices.SortFunc(rows, func(a, b rowModel) int {
		return cmp.Or(cmp.Compare(a.Package.ValueString(), b.Package.ValueString()),
			cmp.Compare(a.Name.ValueString(), b.Name.ValueString()))
	})
}
