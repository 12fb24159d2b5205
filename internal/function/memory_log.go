// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// ownLog is the group and stream that the service gave to a new function by itself: some regions turn logging on for
// functions that do not ask for it (contract 2.9). That is no change by somebody, and stays as it is.
type ownLog struct {
	GroupID  string `json:"group_id,omitempty"`
	StreamID string `json:"stream_id,omitempty"`
}

func ownLogOf(got *functiongraph.Function) ownLog {
	if !logging(got) {
		return ownLog{}
	}
	return ownLog{got.LogGroupID, got.LogStreamID}
}

// is says that the logs go where the service put them itself.
func (o ownLog) is(got *functiongraph.Function) bool {
	return o != ownLog{} && o == ownLogOf(got)
}

// hide makes an answer look as if logging was off.
func (o ownLog) hide(got *functiongraph.Function) {
	got.EnableLTSLog, got.LogGroupID, got.LogStreamID, got.LTSCustomTag = new(bool), "", "", nil
}

// keepLogs settles what a write says of logs that are to stay as they are. Turned on, they may be sent only together
// with group and stream, ids and names, which have a call of their own (contract 3.4, 3.20). Left out, the service
// keeps them as long as the agency stays (contract Q6, settled). So logs that the service made by itself, and those
// whose names nobody knows, are left out; only where the agency goes they have to be sent, or logging goes with it.
func (w settingsWrite) keepLogs(
	ctx context.Context, out *functiongraph.FunctionSettings, diags *diag.Diagnostics,
) error {
	own := out.LogConfig == nil // not managed
	if !deref(out.EnableLTSLog) || !own && (named(out.LogConfig) || !w.sameLogs()) {
		return nil
	}
	if !w.losesAgency() {
		if out.EnableLTSLog, out.LogConfig = nil, nil; own {
			out.LTSCustomTag = nil
		}
		return nil
	}
	logs, err := w.client.LogConfig(ctx, w.urn)
	if err == nil && named(logs) {
		out.LogConfig = logs
		return nil
	}
	if err != nil && !functiongraph.HasCode(err, functiongraph.CodeForbidden, functiongraph.CodeUnknownPath) {
		return err
	}
	if own {
		out.EnableLTSLog, out.LogConfig, out.LTSCustomTag = nil, nil, nil
		diags.AddWarning("Logging Goes With the Agency",
			"The service writes the function's logs to LTS by itself, and turns that off when the agency is taken away. Where "+
				"the logs go could not be read, so that they could not be kept: look at the function in the console, or "+
				"configure log.")
	}
	return nil
}

// named says that all four members are there.
func named(logs *functiongraph.LogConfig) bool {
	return logs.GroupID != "" && logs.GroupName != "" && logs.StreamID != "" && logs.StreamName != ""
}

// sameLogs says that logs are to go where they go already.
func (w settingsWrite) sameLogs() bool {
	want, was := logToAPI(w.plan.Log), logToAPI(w.present.Log)
	return want != nil && was != nil && want.GroupID == was.GroupID && want.StreamID == was.StreamID
}
