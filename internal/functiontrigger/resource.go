// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functiontrigger holds what the provider knows of what calls functions: the resource fgs_function_trigger
// (resource.go: read, update, delete and import; create.go, existing.go, settle.go, plan.go), whose types are a file
// each (kind_*.go, from the parts in kind.go, member.go and attribute.go), and in the files datasource*.go the data
// source fgs_function_triggers.
package functiontrigger

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
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// keyImported notes, in the private state, that the object was filled by an import.
const keyImported = "imported"

var noun = base.Noun{
	Type: "function_trigger", Title: "Function Trigger", Text: "a function trigger",
	Identity: []string{"function_urn", "type", "trigger_id"}, Moves: true,
}

// Resource is fgs_function_trigger.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: noun}}}
}

// Read refreshes the state. Only the service's own "not found", of the trigger or of what it is bound to, removes it.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	op := r.Begin(base.Reading, &resp.Diagnostics)
	defer op.End(ctx)
	op.Identify(&req.State, resp.Identity)
	state := record().From(req.State.Raw, op.Diags)
	at := base.ParseID(op, state.ID, parseID)
	ctx, done, ok := op.Refresh(ctx)
	if !ok {
		return
	}
	defer done()
	r.Connection.NoteRead(at.String())
	if r.isAsListed(ctx, state, req.State.Raw, at) {
		return
	}
	got, err := op.Client.Trigger(ctx, at.urn, at.code, at.name)
	switch {
	case functiongraph.IsNotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		op.Fail(at.String(), err)
	default:
		if k, _ := state.chosen(); k == nil {
			base.Remember(ctx, resp.Private, keyImported, true, op.Diags)
		}
		op.Add(state.fromAPI(got, at))
		op.Add(record().Set(&resp.State.Raw, &state))
	}
}

// Update turns the trigger on or off, and changes what can be changed, by one call; then it is read until it is so.
// What it is bound to may have become another one only in this apply: see follow.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	prior := record().From(req.State.Raw, op.Diags)
	if !op.Failed() && r.binding(plan, prior) == functionref.Remade {
		r.follow(ctx, op, plan, prior, record().From(req.Config.Raw, op.Diags), resp)
		return
	}
	at := base.ParseID(op, prior.ID, parseID)
	ctx, done, ok := op.InTurn(ctx, at.urn, plan.Timeouts.Update)
	if !ok {
		return
	}
	defer done()
	if prior = plan.readMoved(ctx, op, at, prior); op.Failed() {
		return
	}
	if change, needed := plan.change(prior); needed {
		if err := op.Client.UpdateTrigger(ctx, at.urn, at.code, at.name, change); err != nil {
			op.Fail(at.String(), err)
			return
		}
		got, err := settle(ctx, op.Client, at, plan.isSettled)
		if got != nil {
			prior.Enabled = plan.Enabled // else fill has nothing to take from it
			op.Add(prior.fromAPI(got, at))
		}
		var slow notTakenError
		switch {
		case errors.As(err, &slow):
			op.FailWith("The service did not take the change of "+at.String()+": "+slow.Error()+".", err)
			op.Add(record().Set(&resp.State.Raw, &prior))
			return
		case err != nil:
			op.NotReadBack(at.String(), functiongraph.IsNotFound(err), err)
		}
	}
	base.Forget(ctx, resp.Private, keyImported, op.Diags)
	plan.fill(prior)
	op.Add(record().Set(&resp.State.Raw, &plan))
}

// change is what an update sends, and whether there is anything. The data is sent whole (contract Q25).
func (m *model) change(prior model) (out functiongraph.UpdateTriggerRequest, needed bool) {
	k, v := m.chosen()
	was, before := prior.chosen()
	if k != nil && k == was {
		if live, _ := k.changes(v, before, false); len(live) > 0 {
			out.EventData, needed = k.data(v), true
		}
	}
	if !m.Enabled.Equal(prior.Enabled) {
		out.Status, needed = m.status(), true
	}
	return out, needed
}

// isSettled says that an answer is as planned, in what an update can change; else what is not.
func (m *model) isSettled(got *functiongraph.Trigger) string {
	if got.Status != m.status() {
		return "its status is " + got.Status + ", not " + m.status()
	}
	if k, v := m.chosen(); k != nil && !k.matches(v, got.EventData, liveMember) {
		return "its polling is another one"
	}
	return ""
}

// Delete deletes the trigger, and waits until it is gone: what comes after may clash with it.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	op := r.Begin(base.Deleting, &resp.Diagnostics)
	defer op.End(ctx)
	state := record().From(req.State.Raw, op.Diags)
	at := base.ParseID(op, state.ID, parseID)
	ctx, done, ok := op.InTurn(ctx, at.urn, state.Timeouts.Delete)
	if !ok {
		return
	}
	defer done()
	if err := op.Client.DeleteTrigger(ctx, at.urn, at.code, at.name); err != nil {
		op.Fail(at.String(), err)
		return
	}
	op.UntilGone(ctx, at.String(), gone(op.Client, at))
}

// gone says that the trigger is not there any more (contract Q32).
func gone(client *functiongraph.Client, at id) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		_, err := client.Trigger(ctx, at.urn, at.code, at.name)
		if functiongraph.IsNotFound(err) {
			return true, nil
		}
		return false, err
	}
}

// ImportState takes the id of a trigger.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	at, err := parseID(strings.TrimSpace(op.ImportID(req)))
	if err != nil {
		op.FailWith("The import id gives no trigger: it is the URN of what is called, the type in capitals and the "+
			"trigger's id, separated by \"/\". The data source fgs_function_triggers lists them.", err)
		return
	}
	op.Imported(ctx, at.String(), resp)
}
