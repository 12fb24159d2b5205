// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ValidateConfig checks what schemas cannot say. What is not known yet breaks no rule.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	op := r.Begin(base.Validating, &resp.Diagnostics)
	defer op.End(ctx)
	config := record().From(req.Config.Raw, op.Diags)
	if !op.Failed() {
		config.check(op.Diags)
	}
}

func (m *model) check(diags *diag.Diagnostics) {
	q, input := m.question(), path.Root("input")
	if !tfconv.Blank(m.InputWO) {
		input = path.Root("input_wo")
	}
	if written(m.Input) && written(m.InputWO) {
		diags.AddAttributeError(path.Root("input"), "Invalid Attribute Combination",
			"input and input_wo exclude one another: of the two, input is in the state.")
	}
	q.check(input, diags)
	if m.Asynchronous.ValueBool() && m.KeepResult.ValueBool() {
		noOutcome(diags, "keep_result")
	}
}

// check applies the rules of the input, which is at an attribute, and of asynchronous calls.
func (q question) check(input path.Path, diags *diag.Diagnostics) {
	if written(q.Input) {
		q.checkInput(input, diags)
	}
	if !q.Asynchronous.ValueBool() {
		return
	}
	if written(q.Expect) {
		noOutcome(diags, "expect")
	}
	if q.ShowLog.ValueBool() {
		noOutcome(diags, "show_log")
	}
}

func (q question) checkInput(at path.Path, diags *diag.Diagnostics) {
	if err := checkObject(q.Input.ValueString()); err != nil {
		diags.AddAttributeError(at, "Invalid Input",
			"The input of a call must be the text of a JSON object, as jsonencode({ … }) gives: "+err.Error()+".")
	}
	most, size := functiongraph.MaxInput, "6 MB"
	if q.Asynchronous.ValueBool() {
		most, size = functiongraph.MaxAsyncInput, "256 KB, since it is asynchronous"
	}
	if n := len(q.Input.ValueString()); n > most && !q.Asynchronous.IsUnknown() {
		diags.AddAttributeError(at, "Input Too Large",
			fmt.Sprintf("The input has %d bytes; a call takes at most %s.", n, size))
	}
}

// noOutcome says that an attribute asks for what an asynchronous call does not have.
func noOutcome(diags *diag.Diagnostics, name string) {
	diags.AddAttributeError(path.Root(name), "Asynchronous Call Has No Outcome",
		"With asynchronous = true nobody waits for what the function answers, so that "+name+
			" has no meaning: remove it, or asynchronous.")
}

// checkObject says why a text is no JSON object. It may be a secret, so that nothing of it is quoted.
func checkObject(text string) error {
	var object map[string]json.RawMessage
	err := json.Unmarshal([]byte(text), &object)
	var syntax *json.SyntaxError
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("it is empty")
	case errors.As(err, &syntax):
		return fmt.Errorf("it is no JSON from byte %d on", syntax.Offset)
	case err != nil || object == nil:
		return errors.New("it is another JSON value")
	}
	return nil
}

// ModifyPlan decides between a new call and none, and plans what is known of the result.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	if req.Plan.Raw.IsNull() {
		return
	}
	plan := record().From(req.Plan.Raw, op.Diags)
	config := record().From(req.Config.Raw, op.Diags)
	if op.Failed() {
		return
	}
	config.check(op.Diags) // what has become known since
	calls := req.State.Raw.IsNull()
	if calls {
		plan.open()
	} else {
		prior := record().From(req.State.Raw, op.Diags)
		resp.RequiresReplace = append(resp.RequiresReplace, plan.follow(prior)...)
		calls = len(resp.RequiresReplace) > 0
	}
	if calls {
		config.needSecret(op.Diags)
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// needSecret refuses a call without the secret input that its version announces: it would be one with no input at all.
func (m *model) needSecret(diags *diag.Diagnostics) {
	if !tfconv.Blank(m.InputWOVersion) && tfconv.Blank(m.InputWO) {
		diags.AddAttributeError(path.Root("input_wo"), "Missing Input",
			"There is an input_wo_version, so that this call has a secret input; but input_wo is null.")
	}
}

// written says that a text is known, and not left out.
func written(text types.String) bool { return tfconv.Known(text) && !tfconv.Blank(text) }

// same says that two texts ask for the same; "" and null do.
func same(a, b types.String) bool {
	return a.IsUnknown() == b.IsUnknown() && a.ValueString() == b.ValueString()
}

// open plans a call: what it answers is not known, unless it is known that nothing is kept.
func (m *model) open() {
	m.ID, m.RequestID = types.StringUnknown(), types.StringUnknown()
	m.Status, m.Result = types.Int64Unknown(), types.StringUnknown()
	if m.Asynchronous.ValueBool() {
		m.Status = types.Int64Null()
	}
	if tfconv.Known(m.KeepResult) && !m.KeepResult.ValueBool() {
		m.Result = types.StringNull()
	}
}

// follow plans what comes after prior, and says what makes it a new call.
func (m *model) follow(prior model) (replace path.Paths) {
	if functionref.SameBinding(m.FunctionURN.ValueString(), prior.FunctionURN.ValueString()) {
		m.FunctionURN = prior.FunctionURN
	}
	for name, stays := range map[string]bool{
		"function_urn": m.FunctionURN.Equal(prior.FunctionURN), "input": same(m.Input, prior.Input),
		"input_wo_version": same(m.InputWOVersion, prior.InputWOVersion), "triggers": m.Triggers.Equal(prior.Triggers),
	} {
		if !stays {
			replace.Append(path.Root(name))
		}
	}
	if len(replace) > 0 {
		m.open()
		return replace
	}
	m.ID, m.RequestID, m.Status, m.Result = prior.ID, prior.RequestID, prior.Status, prior.Result
	if !m.KeepResult.ValueBool() {
		m.Result = types.StringNull()
	}
	return nil
}
