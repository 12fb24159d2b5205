// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// BoundURN accepts the URN of a function, or of one of its versions or aliases: what a trigger and the like are bound
// to.
type BoundURN struct{}

// Description implements validator.String.
func (BoundURN) Description(context.Context) string {
	return "must be the URN of a function, or of one of its versions or aliases"
}

// MarkdownDescription implements validator.String.
func (v BoundURN) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (BoundURN) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	if _, err := ParseBound(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Function URN", err.Error()+".")
	}
}

// ParseBound parses the URN of a function, a version or an alias. Latest and no version are the same (contract 2.1):
// what comes back then has no qualifier.
func ParseBound(text string) (functiongraph.URN, error) {
	urn, err := functiongraph.ParseURN(text)
	return urn.Binding(), err
}

// SameBinding says that two texts are URNs of the same function, version or alias.
func SameBinding(a, b string) bool {
	x, errX := ParseBound(a)
	y, errY := ParseBound(b)
	return errX == nil && errY == nil && x == y
}
