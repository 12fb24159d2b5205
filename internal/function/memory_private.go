// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"bytes"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// The keys of the private state.
const (
	keyUploaded = "uploaded"  // what Terraform itself last sent
	keyForeign  = "foreign"   // settings of the function that no attribute shows
	keyImported = "imported"  // set between import and the first read
	keyMoved    = "moved"     // of a state that came from another provider
	keyOwnLog   = "own_log"   // where the service itself put the logs of a new function
	keyReadBack = "read_back" // which settings the service does not report
	keyStamp    = "stamp"     // which encrypted variables the stamp of the code stands for
	keyRunning  = "running"   // what the service reports of the code and no attribute shows
)

func foreignSettings(
	ctx context.Context, from base.PrivateState, diags *diag.Diagnostics,
) functiongraph.FunctionSettings {
	var f functiongraph.FunctionSettings
	base.Recall(ctx, from, keyForeign, &f, diags)
	return f
}

// notes are what a read writes into the private state, over what was there.
type notes struct {
	from    base.PrivateState
	written map[string][]byte // nil: removed
}

func (n *notes) GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics) {
	if value, ok := n.written[key]; ok {
		return value, nil
	}
	return n.from.GetKey(ctx, key)
}

func (n *notes) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	if n.written == nil {
		n.written = map[string][]byte{}
	}
	n.written[key] = value
	return nil
}

// store writes what is other than it was.
func (n *notes) store(ctx context.Context, in base.PrivateState, diags *diag.Diagnostics) {
	for key, value := range n.written {
		if n.differs(ctx, key) {
			diags.Append(in.SetKey(ctx, key, value)...)
		}
	}
}

// differ says that something was written that is other than it was.
func (n *notes) differ(ctx context.Context) bool {
	for key := range n.written {
		if n.differs(ctx, key) {
			return true
		}
	}
	return false
}

func (n *notes) differs(ctx context.Context, key string) bool {
	was, diags := n.from.GetKey(ctx, key)
	return diags.HasError() || !bytes.Equal(was, n.written[key])
}
