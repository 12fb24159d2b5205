// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// readLog adds to an answer where the logs go, which has a call of its own (contract 3.20). The call is made only when
// logging is on and what is known does not say it already. Where the service refuses to tell, the names stay open.
func (m logFacet) readLog(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, got *functiongraph.Function,
) error {
	if !logging(got) {
		return nil
	}
	if known := logToAPI(m.Log); known != nil && known.GroupName != "" && known.StreamName != "" &&
		known.GroupID == got.LogGroupID && known.StreamID == got.LogStreamID {
		got.LogConfig = &known.LogConfig
		return nil
	}
	place, err := client.LogConfig(ctx, urn)
	if functiongraph.IsNotFound(err) ||
		functiongraph.HasCode(err, functiongraph.CodeForbidden, functiongraph.CodeUnknownPath) {
		return nil // also not found: the function was there a moment ago
	}
	if err != nil {
		return err
	}
	if got.LogGroupID != "" {
		place.GroupID, place.StreamID = got.LogGroupID, got.LogStreamID
	}
	got.LogConfig = place
	return nil
}
