// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateState is the framework's private state, read and written. It travels with the state but never shows.
type PrivateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Recall reads a key into v; false when it is not there. A value that cannot be read counts as not there: the
// provider wrote it, and everything works without it.
func Recall(ctx context.Context, from PrivateState, key string, v any, diags *diag.Diagnostics) bool {
	data, d := from.GetKey(ctx, key)
	diags.Append(d...)
	return len(data) > 0 && json.Unmarshal(data, v) == nil
}

// Remember writes v under a key. Nothing is written of a value that is empty, as Recall leaves it then: it would be in
// the state of every object.
func Remember(ctx context.Context, in PrivateState, key string, v any, diags *diag.Diagnostics) {
	data, err := json.Marshal(v)
	if err != nil {
		diags.AddError("Unable to Store Private State", err.Error())
		return
	}
	if string(data) == "{}" {
		data = nil
	}
	diags.Append(in.SetKey(ctx, key, data)...)
}

// Forget removes a key.
func Forget(ctx context.Context, in PrivateState, key string, diags *diag.Diagnostics) {
	diags.Append(in.SetKey(ctx, key, nil)...)
}
