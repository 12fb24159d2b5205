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

// keepLogs completes what a write carries along of such logs. Turned on, they may be sent only together with group and
// stream, ids and names, which have a call of their own (contract 3.4, 3.20). Left out, the service keeps them as long
// as the agency stays (contract Q6, settled). Where that call is not offered, not allowed or not complete, they are left
// out.
//
// Only for Q6 (omitted-log): it is from when that was open.
func keepLogs(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN,
	out *functiongraph.FunctionSettings, diags *diag.Diagnostics,
) error {
	if !deref(out.EnableLTSLog) || out.LogConfig != nil { // off, or managed
		return nil
	}
	logs, err := client.LogConfig(ctx, urn)
	if err == nil && logs.GroupName != "" && logs.StreamName != "" {
		out.LogConfig = logs
		return nil
	}
	if err != nil && !functiongraph.HasCode(err, functiongraph.CodeForbidden, functiongraph.CodeUnknownPath) {
		return err
	}
	out.EnableLTSLog, out.LogConfig, out.LTSCustomTag = nil, nil, nil
	diags.AddWarning("Logging Could Not Be Carried Along",
		"The service writes the function's logs to LTS by itself, and where they go could not be read. A change of settings "+
			"leaves that as it is, or turns logging off: look at the function in the console, or configure log.")
	return nil
}
