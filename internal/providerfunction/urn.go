// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package providerfunction holds the provider's functions: what a configuration can compute without a resource and
// without a request. They read files at most.
package providerfunction

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var _ function.Function = (*parseURN)(nil)

type parseURN struct{}

// NewParseURN returns parse_urn, which takes a URN apart.
func NewParseURN() function.Function { return parseURN{} }

// urnParts is what parse_urn gives.
type urnParts struct {
	Region      types.String `tfsdk:"region"`
	ProjectID   types.String `tfsdk:"project_id"`
	Package     types.String `tfsdk:"package"`
	Name        types.String `tfsdk:"name"`
	Version     types.String `tfsdk:"version"`
	Alias       types.String `tfsdk:"alias"`
	FunctionURN types.String `tfsdk:"function_urn"`
}

func (parseURN) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_urn"
}

func (parseURN) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	text := types.StringType
	resp.Definition = function.Definition{
		Summary: "Take the URN of a function apart",
		MarkdownDescription: "Takes the URN of a function, a version or an alias apart. The result is an object with " +
			"`region`, `project_id`, `package`, `name`, `version` (null if the URN names none; `latest` is one), `alias` " +
			"(null if it names none; without the `!`) and `function_urn` (the URN of the function itself, without version and " +
			"alias). A text that is no URN is an error." + cliDescription,
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "urn",
				MarkdownDescription: "The URN: `urn:fss:<region>:<project id>:function:<package>:<name>`, and optionally " +
					"`:<version>` or `:!<alias>` after it.",
			},
		},
		Return: function.ObjectReturn{AttributeTypes: map[string]attr.Type{
			"region": text, "project_id": text, "package": text, "name": text, "version": text, "alias": text,
			"function_urn": text,
		}},
	}
}

func (parseURN) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var given string
	if resp.Error = req.Arguments.Get(ctx, &given); resp.Error != nil {
		return
	}
	urn, err := functiongraph.ParseURN(given)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, phrase(err))
		return
	}
	resp.Error = resp.Result.Set(ctx, urnParts{
		Region: types.StringValue(urn.Region), ProjectID: types.StringValue(urn.ProjectID),
		Package: types.StringValue(urn.Package), Name: types.StringValue(urn.Name),
		Version: orNull(urn.Version()), Alias: orNull(urn.Alias()), FunctionURN: types.StringValue(urn.Function().String()),
	})
}

// orNull is null for nothing.
func orNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}
