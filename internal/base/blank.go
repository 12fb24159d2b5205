// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// UnlessBlank are rules of a text that may be left out: "" means the same as leaving it out, since modules pass that
// for what is not wanted. It breaks no rule.
func UnlessBlank(rules ...validator.String) []validator.String {
	out := make([]validator.String, 0, len(rules))
	for _, rule := range rules {
		out = append(out, unlessBlank{rule})
	}
	return out
}

type unlessBlank struct{ validator.String }

func (v unlessBlank) ValidateString(
	ctx context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if !req.ConfigValue.Equal(types.StringValue("")) {
		v.String.ValidateString(ctx, req, resp)
	}
}
