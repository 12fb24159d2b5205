// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package reservedinstances holds what the provider knows of instances that are kept ready: the resource
// fgs_reserved_instances (resource.go: read, update, delete and import; create.go, follow.go, plan.go; metric.go:
// policies by the load; refused.go: why the service takes none), and in datasource.go the data source of the same name.
package reservedinstances

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
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Resource is fgs_reserved_instances.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: base.Noun{
		Type: "reserved_instances", Title: "Reserved Instances", Text: "a set of reserved instances",
		Identity: base.URN, Moves: true,
	}}}}
}

// Read refreshes the state. What is kept at 0 without policies is not there (contract Q46).
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
	got, err := op.Client.Reservation(ctx, urn)
	switch {
	case err != nil:
		op.Fail(urn.String(), err)
	case got == nil:
		resp.State.RemoveResource(ctx)
	default:
		state.fromAPI(*got, urn)
		op.Add(record().Set(&resp.State.Raw, &state))
	}
}

// Update writes everything by one call, so that the number is never 0 on the way. What they are kept ready for may have
// become another one only in this apply: see follow.
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
	if plan.toAPI().Equal(prior.toAPI()) { // another timeout, or the same in other words
		op.Add(record().Set(&resp.State.Raw, &plan))
		return
	}
	if err := op.Client.SetReservation(ctx, urn, plan.toAPI()); err != nil {
		refused{op, urn, plan.toAPI()}.tell(ctx, err)
		return
	}
	op.Add(record().Set(&resp.State.Raw, &plan))
	if now, ok := settle(ctx, op, urn, plan.toAPI()); !ok && now != nil {
		prior.fromAPI(*now, urn)
		op.Add(record().Set(&resp.State.Raw, &prior))
	}
}

// settle reads until what was written is there. Where another one stays, that is an error, and what is there is
// returned.
func settle(
	ctx context.Context, op *base.Operation, urn functiongraph.URN, want functiongraph.Reservation,
) (now *functiongraph.Reservation, ok bool) {
	err := base.Settle(ctx, func(ctx context.Context) (_ string, err error) {
		now, err = op.Client.ReadBackReservation(ctx, urn)
		switch {
		case err != nil:
			return "", err
		case now == nil:
			return "there are no reserved instances", nil
		case !now.Equal(want):
			return "it has " + strings.Join(differences(want, *now), ", "), nil
		}
		return "", nil
	})
	var taken base.NotTakenError
	switch {
	case err == nil:
		return now, true
	case !errors.As(err, &taken):
		op.NotReadBack(urn.String(), false, err)
		return nil, true
	case now == nil:
		op.NotReadBack(urn.String(), true, err)
	default:
		op.FailWith("The service did not take the reserved instances of "+urn.String()+" as they were written.", err)
	}
	return now, false
}

// Delete keeps nothing ready any more, and waits until that shows: what comes after may clash with it (contract RI1).
// Where the function, the version or the alias is gone, that is so.
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
	if err := op.Client.RemoveReservation(ctx, urn); err != nil {
		op.Fail(urn.String(), err)
		return
	}
	op.UntilGone(ctx, "The set of reserved instances of "+urn.String(), gone(op.Client, urn))
}

// gone says that nothing is kept ready any more.
func gone(client *functiongraph.Client, urn functiongraph.URN) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		left, err := client.ReadBackReservation(ctx, urn)
		return left == nil && err == nil, err
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
		op.FailWith("The import id gives no reserved instances: it is the URN of a version or an alias; that of the "+
			"function means its latest code. The data source fgs_reserved_instances lists those of a function.", err)
		return
	}
	op.Imported(ctx, urn.String(), resp)
}
