// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is fgs_function_alias in a list block: the aliases of a function.
type ListResource struct{ base.ListResource }

// NewListResource returns the list; it works after Configure.
func NewListResource() list.ListResource {
	return &ListResource{base.ListResource{Noun: noun, Many: "Function Aliases"}}
}

// listConfig is the list block as Terraform knows it.
type listConfig struct {
	FunctionURN types.String `tfsdk:"function_urn"`
	Version     types.String `tfsdk:"version"`
}

// ListResourceConfigSchema describes the list block.
func (*ListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The aliases of a function, for `terraform query`.",
		Attributes: map[string]schema.Attribute{
			"function_urn": functionref.ListedURN(),
			"version": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only aliases that point at this version. Default: all.",
			},
		},
	}
}

// List gives the aliases, which come with one request.
func (l *ListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(push func(list.ListResult) bool) {
		op := l.Begin(req, push)
		defer op.End(ctx)
		var config listConfig
		op.Add(req.Config.Get(ctx, &config))
		function := op.FunctionURN(config.FunctionURN)
		ctx, done, ok := op.Within(ctx, nil)
		if !ok {
			return
		}
		defer done()
		rows, err := op.Client.Aliases(ctx, function)
		if err != nil {
			functionref.FailList(op, "aliases", function, err)
			return
		}
		odd := 0
		for _, row := range rows {
			switch urn := function.WithQualifier("!" + row.Name); {
			case row.Name == "":
				odd++
			case !config.Version.IsNull() && config.Version.ValueString() != row.Version:
			case !op.Found(urn.String(), function.Name+" "+row.Name):
				return
			}
		}
		diagnose.OddRows(op.Diags, "aliases", odd)
	}
}
