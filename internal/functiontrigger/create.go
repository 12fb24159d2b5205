// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// After a lost answer a list may be some seconds behind (contract Q32).
const (
	looks     = 5
	lookPause = time.Second
)

// Create makes the trigger, unless an equal one is there: most types take a second one, and call the function twice. It
// is in the state as soon as it is there, and ready when it has the status that was asked for.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Creating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	config := record().From(req.Config.Raw, op.Diags)
	r.create(ctx, op, plan, config, plan.Timeouts.Create, &resp.State)
}

// create makes what plan and config ask for, and stores it in state.
func (r *Resource) create(
	ctx context.Context, op *base.Operation, plan, config model, timeout base.Timeout, state *tfsdk.State,
) {
	w := plan.wanted(config, op)
	ctx, done, ok := op.InTurn(ctx, w.urn, timeout)
	if !ok {
		return
	}
	defer done()
	created := w.make(ctx, op, r.Connection)
	if created == nil {
		return
	}
	at := id{w.urn, created.Type, created.ID}
	answer, first := plan, plan
	op.Add(answer.fromAPI(created, at))
	first.fill(answer)
	op.Add(record().Set(&state.Raw, &first))
	w.finish(ctx, op, at, created, &plan)
	plan.fill(answer)
	op.Add(record().Set(&state.Raw, &plan))
}

// wanted is what a plan asks for, with what only the configuration has.
func (m *model) wanted(config model, op *base.Operation) wanted {
	urn, err := functionref.ParseBound(m.FunctionURN.ValueString())
	if err != nil {
		op.Diags.AddAttributeError(path.Root("function_urn"), "Invalid Function URN", err.Error())
	}
	k, planned := m.chosen()
	if k == nil {
		op.Diags.AddError(op.Summary(), "The plan has no object that says what the trigger is.")
		return wanted{}
	}
	v := maps.Clone(planned)
	if _, written := config.chosen(); written != nil {
		for _, member := range k.members {
			if member.attribute.IsWriteOnly() {
				v[member.name] = written[member.name]
			}
		}
	}
	return wanted{urn: urn, code: k.typeOf(v), status: m.status(), kind: k, values: v}
}

// make sends the call that creates, when no equal trigger is there; nil, and an error, if there is.
func (w wanted) make(
	ctx context.Context, op *base.Operation, run *connection.Connection,
) *functiongraph.Trigger {
	before, err := w.before(ctx, op.Client, run)
	if err != nil {
		op.Fail("a trigger of "+w.urn.String(), err)
		return nil
	}
	if len(before) > 0 {
		w.exists(op, before[0], base.ExistsError{ID: before[0].String()})
		return nil
	}
	if sent, err := asAnswered(w.kind.data(w.values)); err == nil {
		run.NoteAttempt(w.urn, functiongraph.Trigger{Type: w.code, EventData: sent.WithoutSecrets()})
	}
	post := func(ctx context.Context) (*functiongraph.Trigger, error) {
		return op.Client.CreateTrigger(ctx, w.urn, w.request())
	}
	lookup := func(ctx context.Context, _ time.Time) (*functiongraph.Trigger, error) {
		return w.lookUp(ctx, op.Client, before)
	}
	created, err := functiongraph.SendOnce(ctx, op.Client, post, lookup)
	if err != nil {
		w.tell(ctx, op, err)
		return nil
	}
	return created
}

// lookUp looks for what a lost answer was about: an equal trigger that was not there before is ours. Several are an
// error.
func (w wanted) lookUp(ctx context.Context, client *functiongraph.Client, before []id) (*functiongraph.Trigger, error) {
	for look := range looks {
		found, err := w.equals(ctx, client)
		if err != nil {
			return nil, err
		}
		found = slices.DeleteFunc(found, func(at id) bool { return slices.Contains(before, at) })
		switch {
		case len(found) == 1:
			return client.ReadBackTrigger(ctx, w.urn, found[0].code, found[0].name)
		case len(found) > 1:
			return nil, severalError(found)
		}
		if look < looks-1 {
			if err := pause(ctx, lookPause); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// severalError is more than one trigger that may be what was sent.
type severalError []id

func (e severalError) Error() string {
	names := make([]string, len(e))
	for i, at := range e {
		names[i] = at.String()
	}
	return "several triggers are as this one should be: " + strings.Join(names, ", ")
}

// tell explains why there is no trigger.
func (w wanted) tell(ctx context.Context, op *base.Operation, err error) {
	var several severalError
	if errors.As(err, &several) {
		blocks := ""
		for _, at := range several {
			blocks += "\n\n" + op.ImportBlock(w.kind.name, at.String())
		}
		op.FailWith("The answer was lost, and since then there are several triggers that are as this one should be. Each "+
			"calls the function: delete all but one, and import that:"+blocks, err)
		return
	}
	if functiongraph.IsTriggerThere(err) {
		if at, found := w.inTheWay(ctx, op.Client); found {
			w.exists(op, at, err)
			return
		}
		op.FailWith("A trigger that is there already is in the way of "+w.code+" at "+w.urn.String()+", and it could not "+
			"be found. The data source fgs_function_triggers lists all of the project.", err)
		return
	}
	op.Fail("a trigger of type "+w.code+" at "+w.urn.String(), err)
}

// exists is an error with the import block of what is there.
func (w wanted) exists(op *base.Operation, at id, err error) {
	op.Exists(path.Root(w.kind.name), at.String(), w.kind.name,
		"A second one would call the function twice, or cannot be.", err)
}

// finish turns the trigger on or off if the service did not (contract Q27, Q28), and reads until it is so.
func (w wanted) finish(ctx context.Context, op *base.Operation, at id, created *functiongraph.Trigger, plan *model) {
	detached, done := base.Detach(ctx)
	defer done()
	differs := func(got *functiongraph.Trigger) string {
		if got.Status == w.status {
			return ""
		}
		return "its status is " + got.Status + ", not " + w.status
	}
	got, err := created, error(nil)
	if differs(created) != "" {
		change := functiongraph.UpdateTriggerRequest{Status: w.status, JustMade: true}
		err = op.Client.UpdateTrigger(detached, at.urn, at.code, at.name, change)
	}
	if err == nil {
		got, err = settle(detached, op.Client, at, differs)
	}
	var slow notTakenError
	switch {
	case err == nil:
		read := *plan
		op.Add(read.fromAPI(got, at))
		plan.fill(read)
		return
	case differs(created) == "" && !errors.As(err, &slow):
		op.NotReadBack(at.String(), functiongraph.IsNotFound(err), err)
		return
	case got == nil:
		got = created
	}
	plan.Enabled = types.BoolValue(got.Status == functiongraph.TriggerActive)
	op.FailWith(fmt.Sprintf("%s was created, but the service did not make it %s. %s", at, w.status, base.Tainted), err)
}
