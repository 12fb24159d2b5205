// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// LongerThanNothing refuses a duration within which nothing can be done. What is no duration, others say.
type LongerThanNothing struct{}

// Description is what it demands.
func (LongerThanNothing) Description(context.Context) string { return "must be longer than nothing" }

// MarkdownDescription is Description.
func (v LongerThanNothing) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString checks a timeout.
func (LongerThanNothing) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	d, err := time.ParseDuration(req.ConfigValue.ValueString())
	if err == nil && d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Timeout Leaves No Time", fmt.Sprintf(
			"Nothing can be done within %q. Write how long it may take, for example \"10m\".", req.ConfigValue.ValueString()))
	}
}
