// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package function is the fgs_function resource, and its data sources. The names of its files say the layer:
//
//   - schema.go, model.go and facet_*.go: what Terraform knows, one facet per file; validate*.go: what it refuses.
//   - source*.go: the configured code after a look at it. plan*.go: decisions about a plan; they send no change.
//   - resource.go, create*.go, update*.go, read*.go and import_id.go: the operations.
//   - memory*.go: what is remembered in private state.
//   - fast*.go: the shortcut past the framework, which decides the same. datasource*.go: the data sources.
//
// Read schema.go, facet_settings.go and a small facet first; then plan.go with plan_code_decide.go; then create.go,
// create_finish.go and update.go; memory.go when a read is in question.
package function

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ resource.Resource                   = (*Resource)(nil)
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Resource is fgs_function.
type Resource struct {
	connection *connection.Connection
}

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{}
}

// Metadata names the resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_function"
}

// Configure takes the connection.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Read refreshes the state. Only the service's own "not found" removes the function from it.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer diagnose.Recover(ctx, "reading a function", &resp.Diagnostics)
	found := findsWithin(ctx).refreshed
	if found == nil {
		var state model
		resp.Diagnostics.Append(state.get(req.State.Raw)...)
		if resp.Diagnostics.HasError() {
			return
		}
		found = r.refresh(ctx, state, req.Private)
	}
	resp.Diagnostics.Append(found.diags...)
	found.private.store(ctx, resp.Private, &resp.Diagnostics)
	if found.gone {
		resp.State.RemoveResource(ctx)
	}
	if found.read {
		resp.Diagnostics.Append(found.state.set(&resp.State.Raw)...)
	}
}

// Delete removes the function with all that belongs to it. One that is gone already is fine.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer diagnose.Recover(ctx, "deleting a function", &resp.Diagnostics)
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(&resp.Diagnostics, "Deleting a function")
		return
	}
	var state model
	resp.Diagnostics.Append(state.get(req.State.Raw)...)
	state.hide(client)
	timeout, diags := state.Timeouts.Delete(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	urn, err := functiongraph.ParseURN(state.ID.ValueString())
	if err == nil {
		err = deleteFunction(ctx, client, urn, timeout)
	}
	if err != nil {
		diagnose.Failure(&resp.Diagnostics, "Unable to Delete Function", "Deleting "+state.ID.ValueString()+" failed.", err)
	}
}

// deleteFunction waits for its turn first: the resource's time begins behind it.
func deleteFunction(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, timeout time.Duration) error {
	unlock, err := client.Lock(ctx, urn)
	if err != nil {
		return err
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return client.DeleteFunction(ctx, urn)
}

// ImportState takes a name (package default), package/name, or the URN in any form.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	defer diagnose.Recover(ctx, "importing a function", &resp.Diagnostics)
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(&resp.Diagnostics, "Importing a function")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	urn, err := importURN(ctx, client, req.ID)
	if err != nil {
		diagnose.Failure(&resp.Diagnostics, "Unable to Import Function", "Importing "+quoted(req.ID)+" failed.", err)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), urn.String())...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, keyImported, []byte("true"))...)
}
