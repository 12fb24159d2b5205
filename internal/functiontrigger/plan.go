// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
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
	}
}

// validate asks for exactly one object, and applies the rules of its kind.
func (m *model) validate(diags *diag.Diagnostics) {
	var given, open []string
	for i, object := range m.objects() {
		switch {
		case object.IsUnknown():
			open = append(open, kinds[i].name)
		case !object.IsNull():
			given = append(given, kinds[i].name)
		}
	}
	switch {
	case len(given) > 1:
		diags.AddAttributeError(path.Root(given[1]), "More Than One Type",
			"A trigger has one type: of "+strings.Join(given, ", ")+
				", one can stay. Each of the others is a resource of its own.")
	case len(given)+len(open) == 0:
		diags.AddError("Missing Type", "One of the objects timer, apig, obs, smn, lts, cts, dis, dds, kafka, rabbitmq, "+
			"rocketmq, eventgrid and other has to say what the trigger is.")
	}
	k, v := m.chosen()
	if k == nil || len(given) > 1 {
		return
	}
	fail := k.fail(diags)
	if k.check != nil {
		k.check(v, fail)
	}
	checkPassword(v, fail)
	if own := kindOf(v.text("type")); k == &otherKind && own != k {
		fail("type", "Type Has an Attribute", "For "+v.text("type")+" there is the attribute "+own.name+".")
	}
	if k.noSwitch && tfconv.Known(m.Enabled) && !m.Enabled.ValueBool() {
		diags.AddAttributeError(path.Root("enabled"), "Trigger Without Switch",
			"A trigger of type "+k.name+" has no switch: it is on as long as it is there. Remove the resource instead.")
	}
}

// validateNew applies the rules for a trigger that is to be made.
func (m *model) validateNew(diags *diag.Diagnostics) {
	if k, v := m.chosen(); k != nil && k.create != nil {
		k.create(v, k.fail(diags))
	}
	m.missingSecret(diags)
}

// fail says what is wrong with an attribute of the object, or with the whole of it.
func (k *kind) fail(diags *diag.Diagnostics) fail {
	return func(attribute, summary, detail string) {
		at := path.Root(k.name)
		if attribute != "" {
			at = at.AtName(attribute)
		}
		diags.AddAttributeError(at, summary, detail) // the path stands before it: see internal/provider/speech.go
	}
}

// ModifyPlan decides between an update and a replacement, and plans what is known of the result.
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
	config.validate(op.Diags) // what has become known since
	plan.nameType()
	if req.State.Raw.IsNull() {
		config.validateNew(op.Diags)
	} else {
		prior := record().From(req.State.Raw, op.Diags)
		var imported bool
		base.Recall(ctx, req.Private, keyImported, &imported, op.Diags)
		if op.Failed() {
			return
		}
		r.planUpdate(op, &plan, prior, imported, &resp.RequiresReplace)
	}
	if k, v := config.chosen(); req.State.Raw.IsNull() && k != nil && k.advise != nil {
		k.advise(v, func(attribute, summary, detail string) {
			op.Diags.AddAttributeWarning(path.Root(k.name).AtName(attribute), summary, detail)
		})
	}
	op.Add(record().Set(&resp.Plan.Raw, &plan))
}

// nameType plans what the object says about the type.
func (m *model) nameType() {
	m.Type = types.StringUnknown()
	k, v := m.chosen()
	if k == nil {
		return
	}
	if code := k.typeOf(v); code != "" {
		m.Type = types.StringValue(code)
	}
	if k != &apigKind && k != &otherKind {
		m.InvokeURL, m.APIID = types.StringNull(), types.StringNull()
	}
}

// planUpdate plans what comes after prior: the same trigger, or another in its place. What is not known yet is planned
// in place; what turns out to be another in an apply ends it, unless it goes with a function that was made anew.
func (r *Resource) planUpdate(op *base.Operation, plan *model, prior model, imported bool, replace *path.Paths) {
	if functionref.SameBinding(plan.FunctionURN.ValueString(), prior.FunctionURN.ValueString()) {
		plan.FunctionURN = prior.FunctionURN
	}
	if prior.unread() && plan.FunctionURN.Equal(prior.FunctionURN) {
		plan.leaveUnread(prior)
		return
	}
	late := r.Connection.Applies(prior.ID.ValueString())
	to := r.binding(*plan, prior)
	live, others := plan.compare(prior, imported)
	switch {
	case to == functionref.Remade:
		plan.leaveOpen()
		return
	case to == functionref.Elsewhere && late:
		op.Diags.Append(functionref.Moved("Trigger", plan.FunctionURN, prior.FunctionURN))
		return
	case len(others) > 0 && late:
		op.ReplacedLate(others[0], "is another one")
		return
	case to == functionref.Elsewhere:
		replace.Append(path.Root("function_urn"))
	}
	replace.Append(others...)
	if len(*replace) > 0 {
		prior.warn(op.Diags)
		return
	}
	if to == functionref.Maybe {
		plan.leaveOpen()
		return
	}
	op.Add(plan.keepSpelling(prior))
	plan.ID, plan.TriggerID, plan.Type, plan.CreatedTime = prior.ID, prior.TriggerID, prior.Type, prior.CreatedTime
	plan.InvokeURL, plan.APIID = prior.InvokeURL, prior.APIID
	if !live && plan.Enabled.Equal(prior.Enabled) {
		plan.LastUpdatedTime = prior.LastUpdatedTime
	}
}

// keepSpelling leaves what is only spelt in another way as it is in the state: it is no change.
func (m *model) keepSpelling(prior model) diag.Diagnostics {
	k, v := m.chosen()
	was, before := prior.chosen()
	if k == nil || was != k {
		return nil
	}
	v = maps.Clone(v)
	for _, member := range k.members {
		if before[member.name] != nil && member.same != nil && member.same(v[member.name], before[member.name]) {
			v[member.name] = before[member.name]
		}
	}
	object, diags := k.object(v)
	*m.place(k) = object
	return diags
}

// compare finds the attributes of the object that are known to differ and that replace, and says whether others differ,
// or may.
func (m *model) compare(prior model, imported bool) (live bool, others path.Paths) {
	k, v := m.chosen()
	was, before := prior.chosen()
	if k == nil || was != k {
		for i, object := range m.objects() {
			if !object.IsUnknown() && !object.Equal(*prior.objects()[i]) {
				others.Append(path.Root(kinds[i].name))
			}
		}
		return k == nil, others
	}
	changing, fixed := k.changes(v, before, imported)
	for _, name := range fixed {
		if tfconv.FullyKnown(v[name]) {
			others.Append(path.Root(k.name).AtName(name))
		}
	}
	return len(changing) > 0, others
}

// warn says what a replacement means. A CLI folds warnings of one summary, and the types lose different things.
func (m *model) warn(diags *diag.Diagnostics) {
	k, v := m.chosen()
	if k == nil || k.gap == nil {
		return
	}
	if gap := k.gap(v); gap != "" {
		diags.AddAttributeWarning(path.Root(k.name), "Trigger Is Replaced: "+k.name,
			"The service cannot change this of a trigger, so that "+m.ID.ValueString()+" is deleted and made anew. "+gap)
	}
}
