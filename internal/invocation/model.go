// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"cmp"
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// defaultTimeout is how long a call may take: as long as the gateway waits for a function (contract 2.6).
const defaultTimeout = 90 * time.Second

// question is what a call asks, in the resource and in the action.
type question struct {
	FunctionURN  types.String `tfsdk:"function_urn"`
	Input        types.String `tfsdk:"input"`
	Expect       types.String `tfsdk:"expect"`
	Asynchronous types.Bool   `tfsdk:"asynchronous"`
	ShowLog      types.Bool   `tfsdk:"show_log"`
}

// model is the resource as Terraform knows it.
type model struct {
	ID             types.String   `tfsdk:"id"`
	FunctionURN    types.String   `tfsdk:"function_urn"`
	Input          types.String   `tfsdk:"input"`
	InputWO        types.String   `tfsdk:"input_wo"`
	InputWOVersion types.String   `tfsdk:"input_wo_version"`
	Triggers       types.Map      `tfsdk:"triggers"`
	Expect         types.String   `tfsdk:"expect"`
	Asynchronous   types.Bool     `tfsdk:"asynchronous"`
	ShowLog        types.Bool     `tfsdk:"show_log"`
	KeepResult     types.Bool     `tfsdk:"keep_result"`
	RequestID      types.String   `tfsdk:"request_id"`
	Status         types.Int64    `tfsdk:"status"`
	Result         types.String   `tfsdk:"result"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

// question is what a configuration asks, with the input in the one form or the other.
func (m *model) question() question {
	input := m.Input
	if !tfconv.Blank(m.InputWO) {
		input = m.InputWO
	}
	return question{m.FunctionURN, input, m.Expect, m.Asynchronous, m.ShowLog}
}

// timeout is that of a creation, with a default of its own.
func (m *model) timeout(ctx context.Context, _ time.Duration) (time.Duration, diag.Diagnostics) {
	return m.Timeouts.Create(ctx, defaultTimeout)
}

// fromAnswer takes over what came of a call.
func (m *model) fromAnswer(urn functiongraph.URN, in *functiongraph.Answer) {
	m.ID, m.RequestID = types.StringValue(urn.String()+"/"+in.RequestID), types.StringValue(in.RequestID)
	m.Status, m.Result = types.Int64Null(), types.StringNull()
	if m.Asynchronous.ValueBool() {
		return
	}
	m.Status = types.Int64Value(in.Status)
	if m.KeepResult.ValueBool() {
		m.Result = types.StringValue(in.Result)
	}
}

// forget leaves of a call that it has to be made: what came of the last one is not what came of this.
func (m *model) forget() {
	m.ID, m.RequestID = types.StringNull(), types.StringNull()
	m.Status, m.Result = types.Int64Null(), types.StringNull()
}

// failed says that the last call did not go well, and so has to be made.
func (m *model) failed() bool { return m.ID.IsNull() }

// urn is what is called.
func (q question) urn(op *base.Operation) functiongraph.URN {
	urn, err := functionref.ParseBound(q.FunctionURN.ValueString())
	if err != nil {
		op.Diags.AddAttributeError(path.Root("function_urn"), "Invalid Function URN", err.Error()+".")
	}
	return urn
}

// call is the call that a configuration asks for. What is in input counts as secret in texts, too: the user may have
// marked it as sensitive, of which a provider is not told.
func (q question) call(urn functiongraph.URN, after string) call {
	input := cmp.Or(q.Input.ValueString(), "{}")
	return call{
		urn: urn, async: q.Asynchronous.ValueBool(), any: q.Expect.ValueString() == expectAny, after: after,
		Call: functiongraph.Call{Input: input, Log: q.ShowLog.ValueBool(), Secrets: functiongraph.SecretsOf(input)},
	}
}
