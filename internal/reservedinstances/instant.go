// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// instantRule accepts a moment in RFC 3339, of whole seconds: the service takes no more (contract 3.18.1).
type instantRule struct{}

// Description implements validator.String.
func (instantRule) Description(context.Context) string {
	return "must be a time in RFC 3339 of whole seconds, such as 2027-01-01T00:00:00Z"
}

// MarkdownDescription implements validator.String.
func (v instantRule) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v instantRule) ValidateString(
	ctx context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	given := req.ConfigValue.ValueString()
	if at, err := time.Parse(time.RFC3339, given); err != nil || at.Nanosecond() != 0 || at.Unix() <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Time",
			fmt.Sprintf("%q is no time that the service takes: it %s.", given, v.Description(ctx)))
	}
}

// secondsOf is a moment in epoch seconds; 0 for what is no moment, and not known yet.
func secondsOf(text types.String) int64 {
	at, err := time.Parse(time.RFC3339, text.ValueString())
	if err != nil {
		return 0
	}
	return at.Unix()
}

// instant is the value to show for a moment that the service reports: what is there already, if that is the same
// moment.
func instant(reported int64, current types.String) types.String {
	if tfconv.Known(current) && secondsOf(current) == reported {
		return current
	}
	return types.StringValue(time.Unix(reported, 0).UTC().Format(time.RFC3339))
}
