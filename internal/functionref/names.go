// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// OneName is a rule of data sources: the function is named by its URN, or by name and package. What is null or "" is
// not given; what is not known yet may turn out so.
type OneName struct {
	URN string // what the attribute with the URN is called
}

// Description implements datasource.ConfigValidator.
func (v OneName) Description(context.Context) string {
	return "either " + v.URN + " or name, and package only with name"
}

// MarkdownDescription implements datasource.ConfigValidator.
func (v OneName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDataSource implements datasource.ConfigValidator.
func (v OneName) ValidateDataSource(
	ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse,
) {
	texts := map[string]types.String{}
	for _, attribute := range []string{v.URN, "name", "package"} {
		var text types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(attribute), &text)...)
		texts[attribute] = text
	}
	if !resp.Diagnostics.HasError() {
		v.check(texts, &resp.Diagnostics)
	}
}

func (v OneName) check(texts map[string]types.String, diags *diag.Diagnostics) {
	given := func(attribute string) bool { return tfconv.Known(texts[attribute]) && !tfconv.Blank(texts[attribute]) }
	const summary = "Invalid Attribute Combination"
	switch {
	case tfconv.Blank(texts[v.URN]) && tfconv.Blank(texts["name"]):
		diags.AddError("Missing Function", "Either "+v.URN+" or name has to say which function is meant.")
	case given(v.URN) && given("name"):
		diags.AddAttributeError(path.Root("name"), summary,
			"Either "+v.URN+" or name says which function is meant, not both.")
	case given(v.URN) && given("package"):
		diags.AddAttributeError(path.Root("package"), summary, "package goes with name: "+v.URN+" has the package in it.")
	}
}
