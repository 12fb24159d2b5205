// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package dependencyversion holds what the provider knows of dependencies: the resource fgs_dependency_version
// (resource.go: read, update and import; create.go, plan.go, prune.go, delete.go), and in the files datasource*.go the
// data sources fgs_dependency_version and fgs_dependencies.
package dependencyversion

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ base.Complete                       = (*Resource)(nil)
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// No call takes the id of a version alone: what identifies one is what the calls about it name.
var noun = base.Noun{
	Type: "dependency_version", Title: "Dependency Version", Text: "a dependency version",
	Identity: []string{"dependency_id", "version"}, Number: "version", Apart: true, Moves: true,
}

// Resource is fgs_dependency_version.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: noun}}}
}

// Read refreshes the state with one request. A version cannot change; one under its number that has another id is not
// it.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	op.Identify(&req.State, resp.Identity)
	state := record().From(req.State.Raw, op.Diags)
	ctx, done, ok := op.Refresh(ctx)
	if !ok {
		return
	}
	defer done()
	got, err := op.Client.DependencyVersion(ctx, state.DependencyID.ValueString(), state.Version.ValueInt64())
	switch {
	case functiongraph.IsNotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		op.Fail(state.label(), err)
	case got.ID != state.ID.ValueString() && !state.ID.IsNull(): // null: moved here, from a state without it
		// The number was free, and is another version's now (contract DV4).
		resp.State.RemoveResource(ctx)
	default:
		r.Connection.NoteDependency(got.DependencyID)
		r.Connection.NoteRead(got.ID)
		state.fromAPI(got)
		op.Add(record().Set(&resp.State.Raw, &state))
	}
}

// Update stores what needs no request: retain_on_destroy, prune, timeouts, another place of the same content, and the
// content of an imported version that was found to be the same. It fails where the content cannot be used. Content that
// turned out to be other makes the next version: see renew.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	prior := record().From(req.State.Raw, op.Diags)
	switch {
	case op.Failed():
	case plan.SourceHash.IsUnknown():
		plan.failUnfit(op.Diags)
	case plan.Version.IsUnknown():
		r.renew(ctx, op.As(base.Creating), plan, prior, resp)
		return
	}
	if !op.Failed() {
		plan.readMoved(ctx, op)
	}
	if !op.Failed() {
		op.Add(record().Set(&resp.State.Raw, &plan))
	}
}

// failUnfit finds again what was only a warning of the plan. What was mended since may need a replacement, which takes
// a plan of its own.
func (m model) failUnfit(diags *diag.Diagnostics) {
	given, _ := m.content()
	content := given.Inspect()
	if unusable(given, content, diags); !diags.HasError() {
		diags.AddAttributeError(content.At(), "Code Changed Since the Plan",
			content.Name()+" could not be used when the plan was made, and can be now. Nothing was changed. Plan again.")
	}
}

// ImportState takes `<dependency id>/<number>`, `<name>/<number>`, or `<name>` for the newest version.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	given := op.ImportID(req)
	id, err := parseImportID(given)
	if err != nil {
		op.FailWith("The import id gives no version of a dependency.", err)
		return
	}
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	found, err := id.find(ctx, op.Client)
	switch {
	case err != nil:
		op.Fail(given, err)
		return
	case found.Owner == functiongraph.PublicOwner:
		op.FailWith("A public dependency is nobody's to manage.", fmt.Errorf(
			"%s is public: look its versions up by the data source fgs_dependency_version", found.Name))
		return
	}
	if op.ImportedAs(importID{found.DependencyID, found.Version}.String(), resp) {
		op.Add(resp.State.SetAttribute(ctx, path.Root("id"), types.StringValue(found.ID)))
		op.Add(resp.State.SetAttribute(ctx, path.Root("dependency_id"), types.StringValue(found.DependencyID)))
		op.Add(resp.State.SetAttribute(ctx, path.Root("version"), types.Int64Value(found.Version)))
	}
}
