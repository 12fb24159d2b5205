// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// binding says what becomes of a trigger by function_urn.
func (r *Resource) binding(plan, prior model) functionref.Binding {
	return functionref.Compare(r.Connection, plan.FunctionURN, prior.FunctionURN, prior.ID)
}

// leaveOpen leaves what a trigger that is made anew brings to the apply.
func (m *model) leaveOpen() {
	m.ID, m.TriggerID = types.StringUnknown(), types.StringUnknown()
	m.CreatedTime, m.LastUpdatedTime = types.StringUnknown(), types.StringUnknown()
	if k, _ := m.chosen(); k == nil || k == &apigKind || k == &otherKind {
		m.InvokeURL, m.APIID = types.StringUnknown(), types.StringUnknown()
	}
}

// follow makes the trigger anew where its function, version or alias has become another one. What it was is mostly gone
// with its function; else it is deleted first, since two of a name or a bucket cannot be.
func (r *Resource) follow(
	ctx context.Context, op *base.Operation, plan, prior, config model, resp *resource.UpdateResponse,
) {
	if leave(ctx, op, plan, prior); op.Failed() {
		return
	}
	r.create(ctx, op.As(base.Creating), plan, config, plan.Timeouts.Update, &resp.State)
	if !op.Failed() {
		base.Forget(ctx, resp.Private, keyImported, op.Diags)
	}
}

// leave deletes the trigger that was, if it is still there.
func leave(ctx context.Context, op *base.Operation, plan, prior model) {
	at := base.ParseID(op, prior.ID, parseID)
	failed := "What the trigger is bound to has become another one, so that it has to be made anew. Deleting " +
		at.String() + " failed."
	op.Leave(ctx, at.urn, plan.Timeouts.Update, failed, func(ctx context.Context) error {
		_, err := op.Client.Trigger(ctx, at.urn, at.code, at.name)
		if err == nil {
			err = op.Client.DeleteTrigger(ctx, at.urn, at.code, at.name)
		}
		if err == nil {
			err = base.UntilGone(ctx, gone(op.Client, at))
		}
		if functiongraph.IsNotFound(err) {
			return nil
		}
		return err
	})
}
