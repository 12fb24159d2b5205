// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functionevent holds what the provider knows of test events: the resource fgs_function_event (resource.go:
// read, update, delete and import; create.go, follow.go, plan.go).
package functionevent

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var (
	_ base.Complete                  = (*Resource)(nil)
	_ resource.ResourceWithIdentity  = (*Resource)(nil)
	_ resource.ResourceWithMoveState = (*Resource)(nil)
)

// Resource is fgs_function_event.
type Resource struct{ base.Identified }

// NewResource returns the resource; it works after Configure.
func NewResource() resource.Resource {
	return &Resource{base.Identified{Resource: base.Resource{Noun: base.Noun{
		Type: "function_event", Title: "Function Event", Text: "a function event",
		Identity: []string{"function_urn", "name"}, Moves: true,
	}}}}
}

// id names an event: its function, and its name, which no two of a function share (contract 3.23).
type id struct {
	urn  functiongraph.URN
	name string
}

func (i id) String() string { return i.urn.String() + "/" + i.name }

// parseID parses the id in a state.
func parseID(text string) (id, error) {
	at, err := parseParts(text)
	if err == nil && !isName(at.name) {
		err = fmt.Errorf("%q is not the name of a test event", at.name)
	}
	return at, err
}

// parseParts takes the service's id in the place of the name, too.
func parseParts(text string) (id, error) {
	function, name, found := strings.Cut(text, "/")
	if !found || name == "" || strings.Contains(name, "/") {
		return id{}, fmt.Errorf("%q is not <URN of the function>/<name>", text)
	}
	urn, err := functiongraph.ParseURN(function)
	return id{urn.Function(), name}, err
}

func isName(text string) bool { return len(text) <= maxName && namePattern.MatchString(text) }

// Read refreshes the state. One that is not found is looked for by its name before it is forgotten: the answer says the
// same of a function that is not there, and somebody may have made it anew.
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
	got, err := read(ctx, op.Client, at, state.EventID.ValueString())
	switch {
	case err != nil:
		op.Fail(at.String(), err)
	case got == nil:
		resp.State.RemoveResource(ctx)
	default:
		state.fromAPI(got, at)
		op.Add(record().Set(&resp.State.Raw, &state))
	}
}

// read returns an event, nil if there is none of the name. The service's id is "" right after an import.
func read(ctx context.Context, client *functiongraph.Client, at id, eventID string) (*functiongraph.Event, error) {
	if eventID != "" {
		got, err := client.Event(ctx, at.urn, eventID)
		if !functiongraph.IsNotFound(err) {
			return got, err
		}
	}
	return client.EventNamed(ctx, at.urn, at.name)
}

// Update writes the content. The function may have become another one only in this apply: see follow.
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
	at := base.ParseID(op, prior.ID, parseID)
	ctx, done, ok := op.InTurn(ctx, at.urn, plan.Timeouts.Update)
	if !ok {
		return
	}
	defer done()
	if !plan.Content.Equal(prior.Content) {
		eventID := prior.EventID.ValueString()
		if err := op.Client.UpdateEvent(ctx, at.urn, eventID, plan.Content.ValueString()); err != nil {
			op.Fail(at.String(), err)
			return
		}
		finish(ctx, op, at, eventID, &plan)
	}
	plan.fill(prior)
	op.Add(record().Set(&resp.State.Raw, &plan))
}

// finish completes a plan by reads after a write, until they show the content. Where another one stays, that is an
// error, and the plan gets what is there.
func finish(ctx context.Context, op *base.Operation, at id, eventID string, plan *model) {
	var got *functiongraph.Event
	err := base.Settle(ctx, func(ctx context.Context) (_ string, err error) {
		got, err = op.Client.ReadBackEvent(ctx, at.urn, eventID)
		if err != nil || got.Content == plan.Content.ValueString() {
			return "", err
		}
		return "its content is another one", nil
	})
	var other base.NotTakenError
	switch {
	case errors.As(err, &other):
		op.FailWith("The service did not take the content of "+at.String()+" as it was written.", err)
		plan.Content = types.StringValue(got.Content)
	case err != nil:
		op.NotReadBack(at.String(), functiongraph.IsNotFound(err), err)
		return
	}
	read := *plan
	read.fromAPI(got, at)
	plan.fill(read)
}

// Delete deletes the event, and waits until it is gone: another one of its name cannot be before.
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
	eventID := state.EventID.ValueString()
	if err := op.Client.DeleteEvent(ctx, at.urn, eventID); err != nil {
		op.Fail(at.String(), err)
		return
	}
	op.UntilGone(ctx, at.String(), gone(op.Client, at.urn, eventID))
}

// gone says that the event is not there any more.
func gone(client *functiongraph.Client, urn functiongraph.URN, eventID string) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) { return client.EventGone(ctx, urn, eventID) }
}

// ImportState takes the URN of a function, a slash, and the name or the service's id of an event.
func (r *Resource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	op := r.Begin(base.Importing, &resp.Diagnostics)
	defer op.End(ctx)
	at, err := parseParts(strings.TrimSpace(op.ImportID(req)))
	if err != nil {
		op.FailWith("The import id gives no test event: it is the URN of the function, \"/\" and the name of the event, or "+
			"the service's id in its place.", err)
		return
	}
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	rows, err := op.Client.Events(ctx, at.urn)
	if err != nil {
		op.Fail(at.String(), err)
		return
	}
	if at, ok = among(rows, at); !ok {
		op.FailWith(fmt.Sprintf("The function has no test event with the name or the id %q.", at.name),
			fmt.Errorf("it has %q", names(rows)))
		return
	}
	op.Imported(ctx, at.String(), resp)
}

// among finds what an import names: by the name, else by the service's id, which may look like a name.
func among(rows []functiongraph.Event, at id) (id, bool) {
	for _, row := range rows {
		if row.Name == at.name {
			return at, true
		}
	}
	for _, row := range rows {
		if row.ID == at.name {
			return id{at.urn, row.Name}, true
		}
	}
	return at, false
}

func names(rows []functiongraph.Event) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		all[i] = row.Name
	}
	return all
}
