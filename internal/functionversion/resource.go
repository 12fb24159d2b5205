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

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ base.Complete                  = (*Resource)(nil)
	_ resource.ResourceWithIdentity  = (*Resource)(nil)
	_ resource.ResourceWithMoveState = (*Resource)(nil)
)

// The keys of the private state.
const (
	keyImported           = "imported"            // set between import, or move, and the first read
	keyDescriptionUnknown = "description_unknown" // set by an import that could not look the description up, and by a move
)

var noun = base.Noun{
	Type: "function_version", Title: "Function Version", Text: "a function version",
	Identity: base.URN, Moves: true, // a release publishes another version
}

// Resource is fgs_function_version.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: noun}}}
}

// Read refreshes the state with one request; after an import one more finds the description.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	op.Identify(&req.State, resp.Identity)
	state := record().From(req.State.Raw, op.Diags)
	urn := base.ParseID(op, state.ID, versionURN)
	ctx, done, ok := op.Refresh(ctx)
	if !ok {
		return
	}
	defer done()
	got, err := read(ctx, op.Client, urn, state.Digest.ValueString())
	switch {
	case functiongraph.IsNotFound(err):
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		op.Fail(urn.String(), err)
		return
	}
	if was := state.Runtime.ValueString(); was != "" && was != got.Runtime && state.Digest.ValueString() == got.Digest {
		op.Diags.AddAttributeError(path.Root("runtime"), "Function Version Is Another One", fmt.Sprintf(
			"The service reports the runtime %q of %s, and the state has %q, with the same code. A published version cannot "+
				"change: the answer is wrong. Nothing was changed; try again later.", got.Runtime, urn, was))
		return
	}
	r.Connection.NoteRead(urn.String())
	before := state.Digest
	state.fromAPI(got, urn)
	if before.ValueString() != "" && !before.Equal(state.Digest) {
		// Somebody deleted the version and published other code under its name. "" was configured, and is no digest.
		state.SourceHash = types.StringNull()
	}
	var imported bool
	if base.Recall(ctx, req.Private, keyImported, &imported, op.Diags); imported {
		base.Forget(ctx, resp.Private, keyImported, op.Diags)
		var known bool
		if state.Description, known = importedDescription(ctx, op.Client, urn); known {
			base.Forget(ctx, resp.Private, keyDescriptionUnknown, op.Diags)
		} else {
			base.Remember(ctx, resp.Private, keyDescriptionUnknown, true, op.Diags)
		}
	}
	op.Add(record().Set(&resp.State.Raw, &state))
}

// read reads a version. An answer without a digest is none where the function's has one: only a region that reports
// none leaves what is known.
func read(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, known string,
) (*functiongraph.Function, error) {
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
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	urn, err := versionURN(op.ImportID(req))
	if err != nil {
		op.FailWith("The import id gives no version.", err)
		return
	}
	op.Imported(ctx, urn.String(), resp)
	base.Remember(ctx, resp.Private, keyImported, true, op.Diags)
}
