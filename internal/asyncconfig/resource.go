// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package asyncconfig holds what the provider knows of the settings of asynchronous calls: the resource
// fgs_async_invoke_configuration (resource.go: read, update, delete and import; create.go, follow.go, plan.go;
// destination.go: where results go).
package asyncconfig

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var (
	_ base.Complete                       = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Resource is fgs_async_invoke_configuration.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: base.Noun{
		Type: "async_invoke_configuration", Title: "Async Invoke Configuration", Text: "an async invoke configuration",
		Identity: base.URN, Moves: true,
	}}}}
}

// Read refreshes the state. Only the service's own "not found", of the settings or of what they are for, removes them.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	op.Identify(&req.State, resp.Identity)
	state := record().From(req.State.Raw, op.Diags)
	urn := base.ParseID(op, state.ID, functionref.ParseQualified)
	ctx, done, ok := op.Refresh(ctx)
	if !ok {
		return
	}
	defer done()
	r.Connection.NoteRead(urn.String())
	got, err := op.Client.AsyncConfig(ctx, urn)
	switch {
	case functiongraph.IsNotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		op.Fail(urn.String(), err)
	default:
		state.fromAPI(*got, urn)
		op.Add(record().Set(&resp.State.Raw, &state))
	}
}

// Update writes all settings by one call. What they are for may have become another one only in this apply: see follow.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	prior := record().From(req.State.Raw, op.Diags)
	if !op.Failed() && r.binding(plan, prior) == functionref.Remade {
		r.follow(ctx, op, plan, prior, resp)
		return
	}
	urn := base.ParseID(op, prior.ID, functionref.ParseQualified)
	ctx, done, ok := op.InTurn(ctx, urn, plan.Timeouts.Update)
	if !ok {
		return
	}
	defer done()
	if len(plan.differences(prior.toAPI())) == 0 { // another timeout, or the same in other words
		op.Add(record().Set(&resp.State.Raw, &plan))
		return
	}
	if err := op.Client.SetAsyncConfig(ctx, urn, plan.toAPI()); err != nil {
		op.Fail(urn.String(), err)
		return
	}
	op.Add(record().Set(&resp.State.Raw, &plan))
	if now, ok := settle(ctx, op, urn, plan); !ok {
		prior.fromAPI(now, urn)
		op.Add(record().Set(&resp.State.Raw, &prior))
	}
}

// settle reads until what was written is there. Where something else stays, that is an error, and what is there is
// returned.
func settle(
	ctx context.Context, op *base.Operation, urn functiongraph.URN, plan model,
) (now functiongraph.AsyncConfig, ok bool) {
	err := base.Settle(ctx, func(ctx context.Context) (string, error) {
		got, err := op.Client.ReadBackAsyncConfig(ctx, urn)
		if err != nil {
			return "", err
		}
		now = *got
		return strings.Join(plan.differences(now), "; "), nil
	})
	var taken base.NotTakenError
	switch {
	case err == nil:
	case !errors.As(err, &taken):
		op.NotReadBack(urn.String(), functiongraph.IsNotFound(err), err)
	default:
		op.FailWith("The service did not take the settings of "+urn.String()+" as they were written.", err)
		return now, false
	}
	return now, true
}

// Delete takes the settings away, and waits until they are gone: what comes after may meet them.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	op := r.Begin(base.Deleting, &resp.Diagnostics)
	defer op.End(ctx)
	state := record().From(req.State.Raw, op.Diags)
	urn := base.ParseID(op, state.ID, functionref.ParseQualified)
	ctx, done, ok := op.InTurn(ctx, urn, state.Timeouts.Delete)
	if !ok {
		return
	}
	defer done()
	if err := op.Client.DeleteAsyncConfig(ctx, urn); err != nil {
		op.Fail(urn.String(), err)
		return
	}
	op.UntilGone(ctx, "The configuration of "+urn.String(), gone(op.Client, urn))
}

// gone says that there are no settings any more.
func gone(client *functiongraph.Client, urn functiongraph.URN) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		_, err := client.AsyncConfigNow(ctx, urn)
		if functiongraph.IsNotFound(err) {
			return true, nil
		}
		return false, err
	}
}

// ImportState takes a URN.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	urn, err := functionref.ParseQualified(strings.TrimSpace(op.ImportID(req)))
	if err != nil {
		op.FailWith("The import id gives no settings: it is the URN of a version or an alias; that of the function means "+
			"its latest code.", err)
		return
	}
	op.Imported(ctx, urn.String(), resp)
}
