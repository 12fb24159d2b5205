// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Create makes the event by one call, and reads it.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Creating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	create(ctx, op, plan, plan.Timeouts.Create, &resp.State)
}

// create makes what the plan asks for, and stores it in state.
func create(ctx context.Context, op *base.Operation, plan model, timeout base.Timeout, state *tfsdk.State) {
	at := id{op.FunctionURN(plan.FunctionURN), plan.Name.ValueString()}
	ctx, done, ok := op.InTurn(ctx, at.urn, timeout)
	if !ok {
		return
	}
	defer done()
	made, err := send(ctx, op.Client, at, plan.Content.ValueString())
	if err != nil {
		tell(op, at, err)
		return
	}
	plan.ID, plan.EventID = types.StringValue(at.String()), types.StringValue(made.ID)
	first := plan
	first.fill(model{LastModified: types.StringNull()})
	op.Add(record().Set(&state.Raw, &first))
	finish(ctx, op, at, made.ID, &plan)
	plan.fill(first)
	op.Add(record().Set(&state.Raw, &plan))
}

// send makes the call that creates. After a lost answer an event of the name is ours if it has the content that was
// sent: when it was made, nothing says.
func send(ctx context.Context, client *functiongraph.Client, at id, content string) (*functiongraph.Event, error) {
	post := func(ctx context.Context) (*functiongraph.Event, error) {
		return client.CreateEvent(ctx, at.urn, at.name, content)
	}
	lookup := func(ctx context.Context, _ time.Time) (*functiongraph.Event, error) {
		got, err := client.EventNamed(ctx, at.urn, at.name)
		if err != nil || got == nil {
			return nil, err
		}
		if got.Content != content {
			return nil, base.ExistsError{ID: at.String()}
		}
		return got, nil
	}
	return functiongraph.SendOnce(ctx, client, post, lookup)
}

// tell explains why there is no event.
func tell(op *base.Operation, at id, err error) {
	switch {
	case base.IsExists(err), functiongraph.HasCode(err, functiongraph.CodeEventExists):
		op.Exists(path.Root("name"), at.String(), at.name, "Choose another name.", err)
	case functiongraph.HasCode(err, functiongraph.CodeEventQuota):
		op.FailWith(op.Sentence(at.String())+" The function has as many test events as the service keeps of one: delete "+
			"some.", err)
	default:
		op.Fail(at.String(), err)
	}
}
