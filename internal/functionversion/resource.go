// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functionversion is the fgs_function_version resource, which publishes, and the fgs_function_versions data
// source, which lists what is published.
package functionversion

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

var (
	_ resource.Resource                = (*Resource)(nil)
	_ resource.ResourceWithConfigure   = (*Resource)(nil)
	_ resource.ResourceWithImportState = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan  = (*Resource)(nil)
)

// The keys of the private state.
const (
	keyImported           = "imported"            // set between import and the first read
	keyDescriptionUnknown = "description_unknown" // set by an import that could not look the description up
)

// Resource is fgs_function_version.
type Resource struct {
	connection *connection.Connection
}

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{}
}

// Metadata names the resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_function_version"
}

// Configure takes the connection.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Read refreshes the state with one request; after an import one more finds the description.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer diagnose.Recover(ctx, "reading a function version", &resp.Diagnostics)
	client := r.connection.Ready()
	if client == nil {
		r.connection.WarnUnknown(&resp.Diagnostics)
		return
	}
	var state model
	resp.Diagnostics.Append(record().Get(req.State.Raw, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout) // throttled calls are repeated until then
	defer cancel()
	urn, err := versionURN(state.ID.ValueString())
	var got *functiongraph.Function
	if err == nil {
		got, err = read(ctx, client, urn, state.Digest.ValueString())
	}
	switch {
	case functiongraph.IsNotFound(err):
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		diagnose.Failure(&resp.Diagnostics, "Unable to Read Function Version",
			"Reading "+state.ID.ValueString()+" failed.", err)
		return
	}
	if was := state.Runtime.ValueString(); was != "" && was != got.Runtime && state.Digest.ValueString() == got.Digest {
		resp.Diagnostics.AddAttributeError(path.Root("runtime"), "Function Version Is Another One", fmt.Sprintf(
			"The service reports the runtime %q of %s, and the state has %q, with the same code. A published version cannot change: the "+
				"answer is wrong. Nothing was changed; try again later.", got.Runtime, urn, was))
		return
	}
	r.connection.NoteRead(urn.String())
	before := state.Digest
	state.fromAPI(got, urn)
	if tfconv.Known(before) && !before.Equal(state.Digest) {
		// Somebody deleted the version and published other code under its name.
		state.SourceHash = types.StringNull()
	}
	if imported, d := req.Private.GetKey(ctx, keyImported); len(imported) > 0 || d.HasError() {
		resp.Diagnostics.Append(d...)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, keyImported, nil)...)
		var known bool
		if state.Description, known = importedDescription(ctx, client, urn); !known {
			resp.Diagnostics.Append(resp.Private.SetKey(ctx, keyDescriptionUnknown, []byte("true"))...)
		}
	}
	resp.Diagnostics.Append(record().Set(&resp.State.Raw, &state)...)
}

// read reads a version. An answer without a digest is none where the function's has one: only a region that reports none
// leaves what is known.
func read(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, known string) (*functiongraph.Function, error) {
	got, err := client.Function(ctx, urn)
	if err != nil || got.Digest != "" || known == "" {
		return got, err
	}
	function, err := client.Function(ctx, urn.Function())
	if err != nil || function.Digest != "" {
		return client.Function(ctx, urn, functiongraph.NeedDigest)
	}
	got.Digest = known
	return got, nil
}

// importedDescription looks the description up, which only the list has. Where the region has no list it is not
// known; then the first configured one is taken for it, rather than published anew.
func importedDescription(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN,
) (description types.String, known bool) {
	rows, err := client.Versions(ctx, urn.Function())
	if err != nil {
		return types.StringNull(), false
	}
	for _, row := range rows {
		if row.Version == urn.Version() && row.VersionDescription != "" {
			return types.StringValue(row.VersionDescription), true
		}
	}
	return types.StringNull(), true
}

// ImportState takes the URN of a version.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	urn, err := versionURN(req.ID)
	if err != nil {
		diagnose.Failure(&resp.Diagnostics, "Unable to Import Function Version", "The import id gives no version.", err)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), urn.String())...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, keyImported, []byte("true"))...)
}
