// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var oldTypes = base.OldTypes{
	"huaweicloud_fgs_async_invoke_configuration", "sbercloud_fgs_async_invoke_configuration",
	"flexibleengine_fgs_async_invoke_configuration", "g42cloud_fgs_async_invoke_configuration",
	"hcs_fgs_async_invoke_configuration", "opentelekomcloud_fgs_async_invoke_config_v2",
}

// MoveState takes over the state of asynchronous settings of another provider. Its id is what they are for.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeSettings)
}

func takeSettings(
	_ context.Context, op *base.Operation, _ string, old base.OldState, resp *resource.MoveStateResponse,
) {
	urn := base.ParseID(op, types.StringValue(old.Text("id")), functionref.ParseQualified)
	if op.Failed() {
		return
	}
	m := model{FunctionURN: types.StringValue(old.Text("id"))}
	m.fromAPI(functiongraph.AsyncConfig{
		MaxAge: old.Number("max_async_event_age_in_seconds"), MaxRetries: old.Number("max_async_retry_attempts"),
		Destinations: functiongraph.AsyncDestinations{
			OnSuccess: oldDestination(old.Object("on_success")), OnFailure: oldDestination(old.Object("on_failure")),
		},
		StatusLog: isOn(old.Flag("enable_async_status_log")),
	}, urn)
	m.Timeouts = base.OldTimeouts(old, "create", "update", "delete")
	op.Add(record().Set(&resp.TargetState.Raw, &m))
}

func isOn(flag *bool) bool { return flag != nil && *flag }

// oldDestination: one of empty texts, which other providers write for none, is none.
func oldDestination(old base.OldState) *functiongraph.AsyncDestination {
	if old.Text("destination") == "" {
		return nil
	}
	return &functiongraph.AsyncDestination{Destination: old.Text("destination"), Param: old.Text("param")}
}
