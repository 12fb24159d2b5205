// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"
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
}

// fail says what is wrong with an attribute of the object, or with the whole of it.
func (k *kind) fail(diags *diag.Diagnostics) fail {
	return func(attribute, summary, detail string) {
		at := path.Root(k.name)
		if attribute != "" {
			at = at.AtName(attribute)
		}
		diags.AddAttributeError(at, summary, at.String()+": "+detail)
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
		plan.follow(prior, imported, resp)
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

// follow plans what comes after prior: the same trigger, or another in its place.
func (m *model) follow(prior model, imported bool, resp *resource.ModifyPlanResponse) {
	if functionref.SameBinding(m.FunctionURN.ValueString(), prior.FunctionURN.ValueString()) {
		m.FunctionURN = prior.FunctionURN
	}
	var replace path.Paths
	if !m.FunctionURN.Equal(prior.FunctionURN) {
		replace.Append(path.Root("function_urn"))
	}
	live := m.compare(prior, imported, &replace)
	if len(replace) > 0 {
		resp.RequiresReplace = append(resp.RequiresReplace, replace...)
		prior.warn(&resp.Diagnostics)
		return
	}
	m.ID, m.TriggerID, m.Type, m.CreatedTime = prior.ID, prior.TriggerID, prior.Type, prior.CreatedTime
	m.InvokeURL, m.APIID = prior.InvokeURL, prior.APIID
	if !live && m.Enabled.Equal(prior.Enabled) {
		m.LastUpdatedTime = prior.LastUpdatedTime
	}
}

// compare finds the attributes of the object that replace, and says whether others have changed.
func (m *model) compare(prior model, imported bool, replace *path.Paths) bool {
	k, v := m.chosen()
	was, before := prior.chosen()
	if k == nil || was != k {
		for i, object := range m.objects() {
			if !object.Equal(*prior.objects()[i]) {
				replace.Append(path.Root(kinds[i].name))
			}
		}
		return false
	}
	live, fixed := k.changes(v, before, imported)
	for _, name := range fixed {
		replace.Append(path.Root(k.name).AtName(name))
	}
	return len(live) > 0
}

// warn says what a replacement means.
func (m *model) warn(diags *diag.Diagnostics) {
	k, v := m.chosen()
	if k == nil || k.gap == nil {
		return
	}
	if gap := k.gap(v); gap != "" {
		diags.AddAttributeWarning(path.Root(k.name), "Trigger Is Replaced",
			"The service cannot change this of a trigger, so that "+m.ID.ValueString()+" is deleted and made anew. "+gap)
	}
}
