// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is fgs_function in a list block: the functions of the project.
type ListResource struct{ base.ListResource }

// NewListResource returns the list; it works after Configure.
func NewListResource() list.ListResource {
	return &ListResource{base.ListResource{Noun: noun, Many: "Functions"}}
}

// listConfig is the list block as Terraform knows it.
type listConfig struct {
	Package    types.String `tfsdk:"package"`
	NamePrefix types.String `tfsdk:"name_prefix"`
	Runtime    types.String `tfsdk:"runtime"`
}

// ListResourceConfigSchema describes the list block.
func (*ListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The functions of the project, for `terraform query`, in the order in which the service " +
			"gives them.",
		Attributes: map[string]schema.Attribute{
			"package":     filter("Only functions of this package. Default: all."),
			"name_prefix": filter("Only functions whose names begin like this. Default: all."),
			"runtime":     filter("Only functions of this runtime, for example `Python3.9`. Default: all."),
		},
	}
}

// List gives the functions, page by page.
func (l *ListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(push func(list.ListResult) bool) {
		op := l.Begin(req, push)
		defer op.End(ctx)
		var config listConfig
		op.Add(req.Config.Get(ctx, &config))
		ctx, done, ok := op.Within(ctx, nil)
		if !ok {
			return
		}
		defer done()
		odd := 0
		filter := functiongraph.FunctionFilter{Package: config.Package.ValueString(), Name: config.NamePrefix.ValueString()}
		for row, err := range op.Client.EachFunction(ctx, filter) {
			if err != nil {
				op.FailWith("Listing the functions failed.", err)
				return
			}
			urn, err := functiongraph.ParseURN(row.URN)
			switch {
			case err != nil:
				odd++
			case config.wants(row, urn) && !op.Found(urn.Function().String(), nameOf(urn)):
				return
			}
		}
		diagnose.OddRows(op.Diags, "functions", odd)
	}
}

// wants compares again what the service may compare in another way (contract 3.2).
func (c listConfig) wants(row functiongraph.Function, urn functiongraph.URN) bool {
	return (c.Package.IsNull() || c.Package.ValueString() == urn.Package) &&
		strings.HasPrefix(urn.Name, c.NamePrefix.ValueString()) &&
		(c.Runtime.IsNull() || c.Runtime.ValueString() == row.Runtime)
}

// nameOf is what people call a function.
func nameOf(urn functiongraph.URN) string {
	if urn.Package == defaultPackage {
		return urn.Name
	}
	return urn.Package + "/" + urn.Name
}
