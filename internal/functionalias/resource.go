// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functionalias holds what the provider knows of the aliases of functions: the resource fgs_function_alias
// (resource.go: read, update, delete and import; create.go, plan.go; turn.go: aliases that move along; deletion.go:
// what goes with one), and in the files datasource*.go the data source fgs_function_aliases.
package functionalias

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ base.Complete                       = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// The keys of the private state.
const (
	keyStrategy = "strategy_reported" // the service reports the strategy of this alias
	keyMoved    = "moved"             // set between the move of another provider's state and the first read
)

var noun = base.Noun{
	Type: "function_alias", Title: "Function Alias", Text: "a function alias",
	Identity: base.URN, Moves: true, // it follows a function that is made anew
}

// Resource is fgs_function_alias.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: noun}}}
}

// aliasURN parses the id of an alias.
func aliasURN(id string) (functiongraph.URN, error) {
	urn, err := functiongraph.ParseURN(id)
	switch {
	case err != nil:
	case urn.Alias() == "." || urn.Alias() == "..": // in the path of a call they mean another object
		err = fmt.Errorf("%q is not the name of an alias: it begins with a letter and ends with a letter or digit",
			urn.Alias())
	case urn.Alias() == "":
		err = fmt.Errorf("%q is not the URN of an alias: urn:fss:<region>:<project id>:function:<package>:<name>:!<alias>",
			id)
	}
	return urn, err
}

// Read refreshes the state. Only the service's own "not found" removes the alias from it.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	op.Identify(&req.State, resp.Identity)
	state := record().From(req.State.Raw, op.Diags)
	urn := base.ParseID(op, state.ID, aliasURN)
	ctx, done, ok := op.Refresh(ctx)
	if !ok {
		return
	}
	defer done()
	got, err := reading{op.Client, urn, resp.Private}.read(ctx, state, false, op.Diags)
	switch {
	case isGone(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		op.Fail(urn.String(), err)
	default:
		r.Connection.NoteRead(urn.String())
		op.Add(state.fromAPI(got, urn))
		op.Add(record().Set(&resp.State.Raw, &state))
	}
}

// Update moves the alias by one call: it is never deleted on the way, so that it always has a target.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	prior := record().From(req.State.Raw, op.Diags)
	urn := base.ParseID(op, prior.ID, aliasURN)
	if op.Ready() && r.elsewhere(plan, prior) {
		r.follow(ctx, op, plan, prior, resp)
		return
	}
	ctx, done, ok := op.InTurn(ctx, urn, plan.Timeouts.Update)
	if !ok {
		return
	}
	defer done()
	if plan.sends(prior) {
		err := turn{r.Connection, op.Client, urn, plan.Version.ValueString()}.write(ctx, func(ctx context.Context) error {
			return move(ctx, op.Client, urn, plan, prior)
		})
		if functiongraph.HasCode(err, functiongraph.CodeUnknownPath) {
			op.FailWith("This region has no call that changes an alias. "+
				urn.String()+" is what it was: it is not deleted and made anew by itself, since calls through it would fail "+
				"meanwhile. If that may be, apply with -replace and the address of this resource.", err)
			return
		}
		if err != nil {
			failure{op, urn, plan, false}.tell(ctx, err)
			return
		}
		finish(ctx, op, reading{op.Client, urn, resp.Private}, &plan, prior)
	}
	plan.fill(prior)
	op.Add(record().Set(&resp.State.Raw, &plan))
}

// follow makes the alias at a function that this run has created. What it was is mostly gone with its function; else it
// is deleted now, as a replacement would.
func (r *Resource) follow(ctx context.Context, op *base.Operation, plan, prior model, resp *resource.UpdateResponse) {
	if !r.Connection.Created(plan.FunctionURN.ValueString()) {
		op.Diags.Append(errMoved(plan, prior))
		return
	}
	r.make(ctx, op.As(base.Creating), plan, plan.Timeouts.Update, &resp.State, resp.Private)
	timeout := op.Timeout(ctx, plan.Timeouts.Update)
	if op.Failed() {
		return
	}
	if err := r.leave(ctx, op.Client, prior, timeout); err != nil {
		op.Diags.AddWarning("Alias of the Other Function Stays",
			diagnose.Detail("The alias is that of another function now. "+
				prior.ID.ValueString()+", which it was until now, could not be deleted; Terraform does not manage it any more.",
				err))
	}
}

// leave deletes the alias that was. One of a function that this run has created is another resource's.
func (r *Resource) leave(
	ctx context.Context, client *functiongraph.Client, prior model, timeout time.Duration,
) error {
	urn, err := aliasURN(prior.ID.ValueString())
	if err != nil {
		return err
	}
	ctx, done, err := base.InTurn(ctx, client, urn, timeout)
	if err != nil {
		return err
	}
	defer done()
	if r.Connection.Created(urn.Function().String()) {
		return nil
	}
	return client.DeleteAlias(ctx, urn.Function(), urn.Alias())
}

// move writes the alias.
//
// Only for A11 (put-alias): what is to be cleared is sent as empty, for a service that keeps what is left out; one that
// refuses that as no valid entry gets it left out (contract A7 and A11 leave both open).
func move(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, plan, prior model) error {
	send := func(prior model) error {
		return client.UpdateAlias(ctx, urn.Function(), urn.Alias(), plan.toAPI(prior))
	}
	err := send(prior)
	if !plan.clears(prior) {
		return err
	}
	return base.OrWithout(err, func() error { return send(model{}) })
}

// finish completes a plan by a read after a write.
func finish(ctx context.Context, op *base.Operation, r reading, plan *model, prior model) {
	ctx, done := base.Detach(ctx)
	defer done()
	got, err := r.read(ctx, *plan, true, op.Diags)
	if err != nil {
		op.NotReadBack(r.urn.String(), isGone(err), err)
		plan.fill(prior)
		return
	}
	read := *plan
	op.Add(read.fromAPI(got, r.urn))
	plan.fill(read)
}

// Delete deletes the alias, not the version that it points at.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	op := r.Begin(base.Deleting, &resp.Diagnostics)
	defer op.End(ctx)
	state := record().From(req.State.Raw, op.Diags)
	urn := base.ParseID(op, state.ID, aliasURN)
	timeout := op.Timeout(ctx, state.Timeouts.Delete)
	if !op.Ready() {
		return
	}
	if err := deleteAlias(ctx, op.Client, urn, timeout); err != nil {
		failure{op, urn, state, false}.tell(ctx, err)
	}
}

func deleteAlias(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, timeout time.Duration,
) error {
	ctx, done, err := base.InTurn(ctx, client, urn, timeout)
	if err != nil {
		return err
	}
	defer done()
	return client.DeleteAlias(ctx, urn.Function(), urn.Alias())
}

// ImportState takes the URN of an alias, or that of its function, a slash and its name.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	id := op.ImportID(req)
	if function, name, ok := strings.Cut(id, "/"); ok {
		id = function + ":!" + name
	}
	urn, err := aliasURN(id)
	if err != nil {
		op.FailWith("The import id gives no alias: it is the alias's URN, or the function's URN, \"/\" and the alias's name.",
			err)
		return
	}
	op.Imported(ctx, urn.String(), resp)
}
