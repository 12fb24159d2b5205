// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID               types.String   `tfsdk:"id"`
	FunctionURN      types.String   `tfsdk:"function_urn"`
	MaxEventAge      types.Int64    `tfsdk:"max_event_age"`
	MaxRetryAttempts types.Int64    `tfsdk:"max_retry_attempts"`
	OnSuccess        types.Object   `tfsdk:"on_success"` // destinationModel
	OnFailure        types.Object   `tfsdk:"on_failure"` // destinationModel
	EnableStatusLog  types.Bool     `tfsdk:"enable_async_status_log"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

// toAPI are all settings: a write replaces what there was.
func (m model) toAPI() functiongraph.AsyncConfig {
	return functiongraph.AsyncConfig{
		MaxAge: m.MaxEventAge.ValueInt64(), MaxRetries: m.MaxRetryAttempts.ValueInt64(),
		Destinations: functiongraph.AsyncDestinations{
			OnSuccess: destination(m.OnSuccess), OnFailure: destination(m.OnFailure),
		},
		StatusLog: m.EnableStatusLog.ValueBool(),
	}
}

// fromAPI takes over what a read reports. A destination stays as it is written while it means the same.
func (m *model) fromAPI(in functiongraph.AsyncConfig, urn functiongraph.URN) {
	m.ID = types.StringValue(urn.String())
	m.FunctionURN = functionref.Shown(m.FunctionURN, urn)
	m.MaxEventAge, m.MaxRetryAttempts = types.Int64Value(in.MaxAge), types.Int64Value(in.MaxRetries)
	m.OnSuccess = shown(m.OnSuccess, in.Destinations.OnSuccess)
	m.OnFailure = shown(m.OnFailure, in.Destinations.OnFailure)
	m.EnableStatusLog = types.BoolValue(in.StatusLog)
}

// differences says in which attributes settings are others than the model's.
func (m model) differences(is functiongraph.AsyncConfig) (out []string) {
	want := m.toAPI()
	if is.MaxAge != want.MaxAge {
		out = append(out, fmt.Sprintf("max_event_age is %d, not %d", is.MaxAge, want.MaxAge))
	}
	if is.MaxRetries != want.MaxRetries {
		out = append(out, fmt.Sprintf("max_retry_attempts is %d, not %d", is.MaxRetries, want.MaxRetries))
	}
	if !means(m.OnSuccess, is.Destinations.OnSuccess) {
		out = append(out, "on_success is "+describe(is.Destinations.OnSuccess))
	}
	if !means(m.OnFailure, is.Destinations.OnFailure) {
		out = append(out, "on_failure is "+describe(is.Destinations.OnFailure))
	}
	if is.StatusLog != want.StatusLog {
		out = append(out, fmt.Sprintf("enable_async_status_log is %t, not %t", is.StatusLog, want.StatusLog))
	}
	return out
}
