// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functionalias holds what the provider knows of the aliases of functions: the resource fgs_function_alias
// (resource.go: read, update, delete and import; create.go, plan.go), and in the files datasource*.go the data source
// fgs_function_aliases.
package functionalias

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// defaultTimeout bounds create, update and delete. It is long because throttled calls are repeated until then.
const defaultTimeout = 10 * time.Minute

// interruptGrace is how long the read after a creation may go on after an interrupt.
const interruptGrace = 20 * time.Second

// keyStrategy notes, in the private state, that the service reports the strategy of this alias.
const keyStrategy = "strategy_reported"

// Resource is fgs_function_alias.
type Resource struct {
	connection *connection.Connection
}

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{}
}

// Metadata names the resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_function_alias"
}

// Configure takes the connection.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// aliasURN parses the id of an alias.
func aliasURN(id string) (functiongraph.URN, error) {
	urn, err := functiongraph.ParseURN(id)
	switch {
	case err != nil:
	case urn.Alias() == "." || urn.Alias() == "..": // in the path of a call they mean another object
		err = fmt.Errorf("%q is not the name of an alias: it begins with a letter and ends with a letter or digit", urn.Alias())
	case urn.Alias() == "":
		err = fmt.Errorf("%q is not the URN of an alias: urn:fss:<region>:<project id>:function:<package>:<name>:!<alias>", id)
	}
	return urn, err
}

// Read refreshes the state. Only the service's own "not found" removes the alias from it.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer diagnose.Recover(ctx, "reading a function alias", &resp.Diagnostics)
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
	urn, err := aliasURN(state.ID.ValueString())
	var got *functiongraph.Alias
	if err == nil {
		got, err = reading{client, urn, resp.Private}.read(ctx, state, false, &resp.Diagnostics)
	}
	switch {
	case isGone(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		diagnose.Failure(&resp.Diagnostics, "Unable to Read Function Alias", "Reading "+state.ID.ValueString()+" failed.", err)
	default:
		r.connection.NoteRead(urn.String())
		resp.Diagnostics.Append(state.fromAPI(got, urn)...)
		resp.Diagnostics.Append(record().Set(&resp.State.Raw, &state)...)
	}
}

// Update moves the alias by one call: it is never deleted on the way, so that it always has a target.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer diagnose.Recover(ctx, "updating a function alias", &resp.Diagnostics)
	diags := &resp.Diagnostics
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(diags, "Updating a function alias")
		return
	}
	var plan, prior model
	diags.Append(record().Get(req.Plan.Raw, &plan)...)
	diags.Append(record().Get(req.State.Raw, &prior)...)
	timeout, d := plan.Timeouts.Update(ctx, defaultTimeout)
	diags.Append(d...)
	urn, err := aliasURN(prior.ID.ValueString())
	if err != nil {
		diagnose.Failure(diags, "Unable to Update Function Alias", "The state holds an id that is no URN of an alias.", err)
	}
	if diags.HasError() {
		return
	}
	if r.elsewhere(plan, prior) {
		r.follow(ctx, plan, prior, timeout, resp)
		return
	}
	unlock, err := client.Lock(ctx, urn) // the resource's time begins behind it
	if err != nil {
		diagnose.Failure(diags, "Unable to Update Function Alias", "Updating "+urn.String()+" did not begin.", err)
		return
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if plan.sends(prior) {
		err := move(ctx, client, urn, plan, prior)
		if functiongraph.HasCode(err, functiongraph.CodeUnknownPath) {
			diagnose.Failure(diags, "Unable to Update Function Alias", "This region has no call that changes an alias. "+
				urn.String()+" is what it was: it is not deleted and made anew by itself, since calls through it would fail "+
				"meanwhile. If that may be, apply with -replace and the address of this resource.", err)
			return
		}
		if err != nil {
			failure{client, urn, plan, false}.tell(ctx, "Unable to Update Function Alias", "Updating "+urn.String()+" failed.", err, diags)
			return
		}
		finish(ctx, reading{client, urn, resp.Private}, &plan, prior, diags)
	}
	plan.fill(prior)
	diags.Append(record().Set(&resp.State.Raw, &plan)...)
}

// follow makes the alias at a function that this run has created. What it was is mostly gone with its function; else it is
// deleted now, as a replacement would.
func (r *Resource) follow(ctx context.Context, plan, prior model, timeout time.Duration, resp *resource.UpdateResponse) {
	diags := &resp.Diagnostics
	if !r.connection.Created(plan.FunctionURN.ValueString()) {
		diags.Append(errMoved(plan, prior))
		return
	}
	r.make(ctx, plan, timeout, &resp.State, resp.Private, diags)
	if diags.HasError() || plan.FunctionURN.Equal(prior.FunctionURN) {
		return
	}
	urn, err := aliasURN(prior.ID.ValueString())
	if err == nil {
		err = deleteAlias(ctx, r.connection.Ready(), urn, timeout)
	}
	if err != nil {
		diags.AddWarning("Alias of the Other Function Stays", diagnose.Detail("The alias is that of another function now. "+
			prior.ID.ValueString()+", which it was until now, could not be deleted; Terraform does not manage it any more.", err))
	}
}

// move writes the alias.
//
// Only for A11 (put-alias): what is to be cleared is sent as empty, for a service that keeps what is left out; one that
// refuses that as no valid entry gets it left out (contract A7 and A11 leave both open).
func move(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, plan, prior model) error {
	err := client.UpdateAlias(ctx, urn.Function(), urn.Alias(), plan.toAPI(prior))
	var refused *functiongraph.Error
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest && plan.clears(prior) {
		if client.UpdateAlias(ctx, urn.Function(), urn.Alias(), plan.toAPI(model{})) == nil {
			return nil
		}
	}
	return err // the first one names what is wrong
}

// finish completes a plan by a read after a write. That it fails is a warning: the write was made.
func finish(ctx context.Context, r reading, plan *model, prior model, diags *diag.Diagnostics) {
	ctx, cancel := functiongraph.Detach(ctx, interruptGrace)
	defer cancel()
	got, err := r.read(ctx, *plan, true, diags)
	if err != nil {
		diags.AddWarning("Unable to Read Function Alias After a Write", diagnose.Detail(
			"The alias was written as planned, but could not be read back. The next plan reads it again.", err))
		plan.fill(prior)
		return
	}
	read := *plan
	diags.Append(read.fromAPI(got, r.urn)...)
	plan.fill(read)
}

// Delete deletes the alias, not the version that it points at.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer diagnose.Recover(ctx, "deleting a function alias", &resp.Diagnostics)
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(&resp.Diagnostics, "Deleting a function alias")
		return
	}
	var state model
	resp.Diagnostics.Append(record().Get(req.State.Raw, &state)...)
	timeout, d := state.Timeouts.Delete(ctx, defaultTimeout)
	resp.Diagnostics.Append(d...)
	if resp.Diagnostics.HasError() {
		return
	}
	urn, err := aliasURN(state.ID.ValueString())
	if err == nil {
		err = deleteAlias(ctx, client, urn, timeout)
	}
	if err != nil {
		failure{client, urn, state, false}.tell(ctx, "Unable to Delete Function Alias", "Deleting "+state.ID.ValueString()+" failed.",
			err, &resp.Diagnostics)
	}
}

// deleteAlias waits for its turn first: the resource's time begins behind it.
func deleteAlias(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, timeout time.Duration) error {
	unlock, err := client.Lock(ctx, urn)
	if err != nil {
		return err
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return client.DeleteAlias(ctx, urn.Function(), urn.Alias())
}

// ImportState takes the URN of an alias, or that of its function, a slash and its name.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	defer diagnose.Recover(ctx, "importing a function alias", &resp.Diagnostics)
	id := req.ID
	if function, name, ok := strings.Cut(id, "/"); ok {
		id = function + ":!" + name
	}
	urn, err := aliasURN(id)
	if err != nil {
		diagnose.Failure(&resp.Diagnostics, "Unable to Import Function Alias",
			"The import id gives no alias: it is the alias's URN, or the function's URN, \"/\" and the alias's name.", err)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), urn.String())...)
}
