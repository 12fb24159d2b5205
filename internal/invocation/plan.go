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
		calls = r.follow(&plan, record().From(req.State.Raw, op.Diags), &resp.RequiresReplace)
	}
	if calls {
		config.needSecret(op.Diags)
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// follow plans what comes after prior, and says whether that is a new call. One that is known in a plan replaces the
// resource. What is not known yet is mostly what it was, so that it is planned in place; if it turns out to be another
// in the apply, the update makes the call. Of a function that is made anew in the same run, that is known: what was
// called goes before it. Then the resource has to go, too, or an apply that ends between the two would leave it behind
// as if the new one had been called.
func (r *Resource) follow(plan *model, prior model, replace *path.Paths) (calls bool) {
	others, open := plan.compare(prior)
	was, _ := functionref.ParseBound(prior.FunctionURN.ValueString())
	anew := r.Connection.Planned(was)
	switch {
	case r.Connection.Applies(prior.ID.ValueString()):
		calls = len(others) > 0 || prior.failed() || r.remade(plan)
		anew = false
	case len(others) == 0 && anew && plan.FunctionURN.IsUnknown():
		others.Append(path.Root("function_urn"))
		fallthrough
	case len(others) > 0:
		*replace = append(*replace, others...)
		calls = true
	default:
		calls = prior.failed()
	}
	switch {
	case calls:
		plan.open()
	case open || anew:
		plan.mayCall(prior)
	default:
		plan.keep(prior)
	}
	return calls
}

// remade says that this run has made the function that is to be called.
func (r *Resource) remade(plan *model) bool {
	urn, err := functionref.ParseBound(plan.FunctionURN.ValueString())
	return err == nil && r.Connection.Created(urn.Function().String())
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

// mayCall plans a call, or none: that is known only in the apply.
func (m *model) mayCall(prior model) {
	m.open()
	if !prior.Status.IsNull() { // what stays if there is none
		m.Status = types.Int64Unknown()
	}
}

// keep plans no call: the last one stays.
func (m *model) keep(prior model) {
	m.ID, m.RequestID, m.Status, m.Result = prior.ID, prior.RequestID, prior.Status, prior.Result
	if !m.KeepResult.ValueBool() {
		m.Result = types.StringNull()
	}
}

// compare says which attributes are known to be others than in prior, of those that make a new call, and whether more
// of them may be.
func (m *model) compare(prior model) (others path.Paths, open bool) {
	if functionref.SameBinding(m.FunctionURN.ValueString(), prior.FunctionURN.ValueString()) {
		m.FunctionURN = prior.FunctionURN
	}
	note := func(name string, unknown, differs bool) {
		if differs {
			others.Append(path.Root(name))
		}
		open = open || unknown
	}
	for name, text := range map[string]struct{ planned, prior types.String }{
		"function_urn": {m.FunctionURN, prior.FunctionURN}, "input": {m.Input, prior.Input},
		"input_wo_version": {m.InputWOVersion, prior.InputWOVersion},
	} {
		unknown := text.planned.IsUnknown()
		note(name, unknown, !unknown && text.planned.ValueString() != text.prior.ValueString()) // "" and null are the same
	}
	note("triggers", !tfconv.FullyKnown(m.Triggers), differ(m.Triggers, prior.Triggers))
	return others, open
}

// differ says that a map is known to be another than it was, whatever becomes of those of its values that are not
// known.
func differ(planned, prior types.Map) bool {
	if planned.IsUnknown() {
		return false
	}
	before := prior.Elements()
	for key, element := range planned.Elements() {
		was, there := before[key]
		if !there || !element.IsUnknown() && !element.Equal(was) {
			return true
		}
	}
	return len(planned.Elements()) != len(before)
}
