// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// URN accepts the URN of a function, not of one of its versions or aliases.
type URN struct {
	Advice string // a sentence for whoever gives one of those; "" for none
}

// Description implements validator.String.
func (URN) Description(context.Context) string {
	return "must be the URN of a function: urn:fss:<region>:<project id>:function:<package>:<name>"
}

// MarkdownDescription implements validator.String.
func (v URN) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v URN) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	const summary = "Invalid Function URN"
	given := req.ConfigValue.ValueString()
	urn, err := functiongraph.ParseURN(given)
	switch {
	case err != nil:
		resp.Diagnostics.AddAttributeError(req.Path, summary, err.Error()+".")
	case urn.Qualifier != "":
		detail := fmt.Sprintf("%q names a version or an alias; it %s.", given, v.Description(ctx))
		if v.Advice == "" {
			v.Advice = "Take urn of the fgs_function, or provider::fgs::parse_urn(…).function_urn."
		}
		detail += " " + v.Advice
		resp.Diagnostics.AddAttributeError(req.Path, summary, detail)
	}
}
