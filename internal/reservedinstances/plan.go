// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ValidateConfig checks what takes several attributes. What is not known yet breaks no rule.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	op := r.Begin(base.Validating, &resp.Diagnostics)
	defer op.End(ctx)
	config := record().From(req.Config.Raw, op.Diags)
	if !op.Failed() {
		config.validate(op.Diags)
		config.warnEnded(time.Now(), op.Diags)
	}
}

// validate applies contract 3.18.1.
func (m model) validate(diags *diag.Diagnostics) {
	if tfconv.Known(m.MinCount) && m.MinCount.ValueInt64() == 0 && tfconv.Blank(m.Schedules) &&
		tfconv.Blank(m.Utilization) {
		diags.AddAttributeError(path.Root("min_count"), "Nothing to Keep Ready",
			"min_count is 0, and no policy ever raises it: the service cannot keep such a thing. Remove the resource instead.")
	}
	for name, p := range policies[scheduleModel](m.Schedules) {
		at := path.Root("schedules").AtMapKey(name)
		m.checkCount(at.AtName("count"), p.Count, diags)
		start, end := secondsOf(p.StartTime), secondsOf(p.EndTime)
		if start > 0 && end > 0 && start >= end {
			diags.AddAttributeError(at.AtName("end_time"), "End Before Start", fmt.Sprintf(
				"%s is not after start_time, %s.", p.EndTime.ValueString(), p.StartTime.ValueString()))
		}
	}
	for name, p := range policies[utilizationModel](m.Utilization) {
		m.checkCount(path.Root("utilization").AtMapKey(name).AtName("min"), p.Min, diags)
	}
}

// checkCount demands that a policy does not ask for less than is ready anyway.
func (m model) checkCount(at path.Path, count types.Int64, diags *diag.Diagnostics) {
	if tfconv.Known(count) && tfconv.Known(m.MinCount) && count.ValueInt64() < m.MinCount.ValueInt64() {
		diags.AddAttributeError(at, "Policy Below min_count", fmt.Sprintf(
			"%d is less than min_count, %d: a policy can only raise the number.", count.ValueInt64(), m.MinCount.ValueInt64()))
	}
}

// warnEnded names schedules that have ended. Time passes, so that it is no error.
func (m model) warnEnded(now time.Time, diags *diag.Diagnostics) {
	for name, p := range policies[scheduleModel](m.Schedules) {
		if end := secondsOf(p.EndTime); end > 0 && end <= now.Unix() {
			diags.AddAttributeWarning(path.Root("schedules").AtMapKey(name).AtName("end_time"), "Schedule Has Ended",
				fmt.Sprintf("%s is past: the schedule %q does nothing any more.", p.EndTime.ValueString(), name))
		}
	}
}

// ModifyPlan names the object as soon as it can be, and decides between an update and a replacement.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	if req.Plan.Raw.IsNull() {
		return
	}
	plan := record().From(req.Plan.Raw, op.Diags)
	var prior model
	if !req.State.Raw.IsNull() {
		prior = record().From(req.State.Raw, op.Diags)
	}
	if op.Failed() {
		return
	}
	plan.validate(op.Diags) // what has become known since
	plan.ID = functionref.ID(plan.FunctionURN)
	if req.State.Raw.IsNull() {
		plan.warnVersion(plan.FunctionURN, op.Diags)
	} else {
		r.planUpdate(op, &plan, prior, &resp.RequiresReplace)
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// planUpdate decides between an update and a replacement. A function_urn that is not known yet is planned in place:
// what it turns out to be is followed in the apply (follow.go), or ends it.
func (r *Resource) planUpdate(op *base.Operation, plan *model, prior model, replace *path.Paths) {
	plan.keepTimes(prior)
	if functionref.SameBinding(plan.FunctionURN.ValueString(), prior.FunctionURN.ValueString()) {
		plan.FunctionURN = prior.FunctionURN
	}
	switch r.binding(*plan, prior) {
	case functionref.Bound:
		plan.ID = prior.ID
	case functionref.Remade:
		plan.ID = types.StringUnknown() // else an apply would find nothing to do
	case functionref.Maybe:
		plan.ID = types.StringUnknown()
		plan.warnVersion(prior.FunctionURN, op.Diags)
	case functionref.Elsewhere:
		if r.Connection.Applies(prior.ID.ValueString()) {
			functionref.ReplacedLate(op, plan.FunctionURN, prior.FunctionURN)
			return
		}
		replace.Append(path.Root("function_urn"))
		plan.warnVersion(plan.FunctionURN, op.Diags)
	}
}

// warnVersion points whoever reserves for a published version to the alias.
func (m model) warnVersion(of types.String, diags *diag.Diagnostics) {
	urn, err := functionref.ParseQualified(of.ValueString())
	if err != nil || urn.Alias() != "" || urn.Version() == functiongraph.VersionLatest {
		return
	}
	diags.AddAttributeWarning(path.Root("function_urn"), "Reserved Instances of a Version", fmt.Sprintf(
		"They are those of the version %s: each release takes them away and makes new ones, and calls wait in between. "+
			"Those of an alias, fgs_function_alias.example.urn, stay while it moves.", urn.Version()))
}
