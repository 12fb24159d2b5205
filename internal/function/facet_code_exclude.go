// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// patterns are what code.exclude names; false while that is not known.
func (c codeModel) patterns() ([]string, bool) {
	if !c.Exclude.IsNull() && !tfconv.FullyKnown(c.Exclude) {
		return nil, false
	}
	return tfconv.List(c.Exclude), true
}

// excludePatterns checks the patterns without a look at the folder.
type excludePatterns struct{}

func (excludePatterns) Description(context.Context) string {
	return "must be patterns as in a .dockerignore"
}
func (v excludePatterns) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (excludePatterns) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	for i, element := range req.ConfigValue.Elements() {
		pattern, ok := element.(types.String)
		if !ok || pattern.ValueString() == "" { // none, or not known yet
			continue
		}
		if err := codepack.CheckExclude([]string{pattern.ValueString()}); err != nil {
			resp.Diagnostics.AddAttributeError(req.Path.AtListIndex(i), "Invalid Pattern", sentence(err))
		}
	}
}
