// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is fgs_function_version in a list block: the published versions of a function.
type ListResource struct{ base.ListResource }

// NewListResource returns the list; it works after Configure.
func NewListResource() list.ListResource {
	return &ListResource{base.ListResource{Noun: noun, Many: "Function Versions"}}
}

// listConfig is the list block as Terraform knows it.
type listConfig struct {
	FunctionURN types.String `tfsdk:"function_urn"`
	NewestOnly  types.Bool   `tfsdk:"newest_only"`
}

// ListResourceConfigSchema describes the list block.
func (*ListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The published versions of a function, for `terraform query`, the newest first.",
		Attributes: map[string]schema.Attribute{
			"function_urn": functionref.ListedURN(),
			"newest_only": schema.BoolAttribute{Optional: true, MarkdownDescription: "Only the version that was published " +
				"last: what a resource `fgs_function_version` stands for. Default: `false`."},
		},
	}
}

// List gives the versions: a function has a few, which come with one request.
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
		rows, err := op.Client.Versions(ctx, function)
		if err != nil {
			functionref.FailList(op, "versions", function, err)
			return
		}
		odd := 0
		for _, row := range newestFirst(rows) {
			switch urn := function.WithQualifier(row.Version); {
			case row.Version == "":
				odd++
			case row.Version == latest:
			case !op.Found(urn.String(), function.Name+" "+row.Version), config.NewestOnly.ValueBool():
				return
			}
		}
		diagnose.OddRows(op.Diags, "versions", odd)
	}
}
