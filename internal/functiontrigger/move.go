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
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// oldTypes: the one with a block for each type, and the one that came after it, with event_data as JSON.
var oldTypes = base.OldTypes{
	"huaweicloud_fgs_function_trigger", "huaweicloud_fgs_trigger",
	"sbercloud_fgs_function_trigger", "sbercloud_fgs_trigger",
	"flexibleengine_fgs_function_trigger", "flexibleengine_fgs_trigger",
	"g42cloud_fgs_function_trigger", "g42cloud_fgs_trigger", "hcs_fgs_function_trigger", "hcs_fgs_trigger",
	"opentelekomcloud_fgs_trigger_v2",
}

// MoveState takes over which trigger a state of another provider is about, and whether it is on. The object of its type
// is left to the read, which fills it as after an import: a state without one was moved here and not read yet.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeTrigger)
}

func takeTrigger(_ context.Context, op *base.Operation, _ string, old base.OldState, resp *resource.MoveStateResponse) {
	at, err := parseID(strings.Join([]string{old.Text("function_urn"), old.Text("type"), old.Text("id")}, "/"))
	if err != nil {
		op.FailWith("The state gives no trigger: function_urn, type and id have to be those of one.", err)
		return
	}
	m := model{
		ID: types.StringValue(at.String()), FunctionURN: types.StringValue(old.Text("function_urn")),
		TriggerID: types.StringValue(at.name), Type: types.StringValue(at.code),
		Enabled:  types.BoolValue(old.Text("status") != functiongraph.TriggerDisabled),
		Timeouts: base.OldTimeouts(old, "create", "update", "delete"),
	}
	op.Add(record().Set(&resp.TargetState.Raw, &m))
}

// unread says that a state was moved here and not read yet.
func (m *model) unread() bool {
	k, _ := m.chosen()
	return k == nil
}

// leaveUnread leaves to the apply, which reads first, what such a state does not say. What is configured is taken for
// what is there until then.
func (m *model) leaveUnread(prior model) {
	m.ID, m.TriggerID, m.Type = prior.ID, prior.TriggerID, prior.Type
	unknown := types.StringUnknown()
	m.InvokeURL, m.APIID, m.CreatedTime, m.LastUpdatedTime = unknown, unknown, unknown, unknown
}

// readMoved is what an update starts from: prior, or the trigger itself, where its state was moved here and never read.
func (m *model) readMoved(
	ctx context.Context, op *base.Operation, at id, prior model,
) model {
	if !prior.unread() {
		return prior
	}
	got, err := op.Client.Trigger(ctx, at.urn, at.code, at.name)
	if err != nil {
		op.Fail(at.String(), err)
		return prior
	}
	op.Add(prior.fromAPI(got, at))
	if _, other := m.compare(prior, true); len(other) > 0 {
		op.Diags.Append(errOther(at, other))
	}
	return prior
}

// errOther ends an apply that finds another trigger than it was planned for.
func errOther(at id, other path.Paths) diag.Diagnostic {
	var names []string
	for _, attribute := range other {
		names = append(names, attribute.String())
	}
	return diag.NewAttributeErrorDiagnostic(other[0], "Trigger Is Another One", "The state of "+at.String()+" was moved "+
		"here and never read, and it shows only now that the trigger is not as configured: "+strings.Join(names, ", ")+
		". Nothing was changed. The next plan shows that it is replaced. (Plan without -refresh=false.)")
}
