// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var (
	_ action.ActionWithConfigure      = (*Action)(nil)
	_ action.ActionWithValidateConfig = (*Action)(nil)
	_ action.ActionWithModifyPlan     = (*Action)(nil)
)

// Action is fgs_invoke.
type Action struct{ base.Action }

// NewAction returns the action; it works after Configure.
func NewAction() action.Action {
	return &Action{base.Action{Noun: base.Noun{Type: "invoke", Title: "Function", Text: "a function"}}}
}

// actionModel is the action as Terraform knows it.
type actionModel struct {
	question
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// Schema describes the action.
func (a *Action) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One call of a function, for CLIs that know actions (Terraform 1.14). It keeps nothing: what " +
			"should be called once for each version is the resource `fgs_invocation`.",
		Attributes: map[string]schema.Attribute{
			"function_urn": schema.StringAttribute{
				Required: true, MarkdownDescription: textFunctionURN, Validators: []validator.String{functionref.BoundURN{}},
			},
			"input": schema.StringAttribute{
				Optional: true, MarkdownDescription: textInput + " It is in plans: a call with a secret is an `fgs_invocation` " +
					"with `input_wo`.",
			},
			"expect": schema.StringAttribute{
				Optional: true, MarkdownDescription: textExpect,
				Validators: base.UnlessBlank(stringvalidator.OneOf(expectSuccess, expectAny)),
			},
			"asynchronous": schema.BoolAttribute{Optional: true, MarkdownDescription: textAsynchronous},
			"show_log":     schema.BoolAttribute{Optional: true, MarkdownDescription: textShowLog},
		},
		Blocks: map[string]schema.Block{"timeouts": actionTimeouts(ctx)},
	}
}

// actionTimeouts is base.TimeoutsOf for an action.
func actionTimeouts(ctx context.Context) schema.Block {
	block := timeouts.BlockWithOpts(ctx, timeouts.Opts{
		InvokeDescription: "How long the call may take, for example `30s`. Default: `90s`.",
	})
	if nested, ok := block.(schema.SingleNestedBlock); ok {
		if text, ok := nested.Attributes["invoke"].(schema.StringAttribute); ok {
			text.Validators = append(text.Validators, base.LongerThanNothing{})
			nested.Attributes["invoke"] = text
		}
	}
	return block
}

// ValidateConfig checks what schemas cannot say.
func (a *Action) ValidateConfig(
	ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse,
) {
	op := a.Begin(base.Validating, &resp.Diagnostics)
	defer op.End(ctx)
	var config actionModel
	op.Add(req.Config.Get(ctx, &config))
	if !op.Failed() {
		config.check(path.Root("input"), op.Diags)
	}
}

// ModifyPlan checks what has become known since. It calls nothing.
func (a *Action) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	op := a.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	var config actionModel
	op.Add(req.Config.Get(ctx, &config))
	if !op.Failed() {
		config.check(path.Root("input"), op.Diags)
	}
}

// Invoke calls the function, once.
func (a *Action) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	op := a.Begin(base.Calling, &resp.Diagnostics)
	defer op.End(ctx)
	var config actionModel
	op.Add(req.Config.Get(ctx, &config))
	if op.Failed() {
		return
	}
	config.check(path.Root("input"), op.Diags)
	urn := config.urn(op)
	ctx, done, ok := op.InTurn(ctx, urn, config.timeout)
	if !ok {
		return
	}
	defer done()
	say := func(format string, args ...any) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	say("Calling %s.", urn)
	c := config.call(urn, afterAction)
	answer, ok := c.make(ctx, op)
	switch {
	case !ok:
	case c.async:
		say("The service took the call: request ID %s.", op.Client.Show(answer.RequestID, maxShownID))
	default:
		say("The function answered with status %d: request ID %s.", answer.Status,
			op.Client.Show(answer.RequestID, maxShownID))
	}
}

// timeout is that of the call, with a default of its own.
func (m *actionModel) timeout(ctx context.Context, _ time.Duration) (time.Duration, diag.Diagnostics) {
	return m.Timeouts.Invoke(ctx, defaultTimeout)
}
