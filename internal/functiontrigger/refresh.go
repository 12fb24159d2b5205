// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// isAsListed says that the list of the project shows the trigger exactly as the state has it, so that it need not be
// asked for. Whatever else the list says, or leaves out, its own answer decides.
func (r *Resource) isAsListed(ctx context.Context, state model, raw tftypes.Value, at id) bool {
	k, v := state.chosen()
	if k == nil { // an import, which reads more than there is to compare
		return false
	}
	row, ok := r.Connection.ListedTrigger(ctx, at.urn, at.code, at.name)
	if !ok || row.Status == "" || row.EventData == nil || !k.matches(v, row.EventData, anyMember) {
		return false
	}
	listed := raw
	diags := state.fromAPI(&row, at)
	diags.Append(record().Set(&listed, &state)...)
	return !diags.HasError() && listed.Equal(raw)
}
