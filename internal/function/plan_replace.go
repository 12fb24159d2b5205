// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// replaceIfOther replaces the function where its new value is known, given and different. A value that gets known
// during apply is nearly always the one that is there: an unrelated depends_on must never delete a function.
type replaceIfOther struct{}

func (replaceIfOther) Description(context.Context) string {
	return "another value replaces the function"
}
func (m replaceIfOther) MarkdownDescription(c context.Context) string { return m.Description(c) }

func (replaceIfOther) PlanModifyString(
	_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse,
) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.ConfigValue.IsNull() {
		return
	}
	resp.RequiresReplace = isOther(req.PlanValue, req.StateValue)
}

// isOther says that a planned value replaces what is there. An empty one is none.
func isOther(planned, prior types.String) bool {
	return tfconv.Known(planned) && planned.ValueString() != "" && planned.ValueString() != prior.ValueString()
}
