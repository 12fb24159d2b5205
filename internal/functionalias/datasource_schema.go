// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The aliases of a function, sorted by name, and the versions that they point at. That there are none " +
			"is not an error; a function that does not exist is.",
		Attributes: map[string]schema.Attribute{
			"function_urn": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "URN of the function. Either this or `name`.",
				Validators:          []validator.String{listedFunctionURN{}},
			},
			"name": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Name of the function. Either this or `function_urn`.",
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 60)},
			},
			"package": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Package of the function that `name` names. Default: `default`.",
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 60)},
			},
			"aliases": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The aliases, by name.",
				NestedObject: schema.NestedAttributeObject{Attributes: listedAttributes()},
			},
		},
	}
}

func listedAttributes() map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"urn":         text("URN of the alias: what a trigger or a call names."),
		"name":        text("Name of the alias."),
		"version":     text("Name of the version that it points at."),
		"description": text("Description of the alias; null if there is none."),
		"additional_version": schema.SingleNestedAttribute{
			Computed: true, MarkdownDescription: "A second version that takes a share of the calls; null if there is none.",
			Attributes: map[string]schema.Attribute{
				"version": text("Name of the version."),
				"weight": schema.Int64Attribute{
					Computed: true, MarkdownDescription: "Percentage of the calls that go to it, 0 to 100.",
				},
			},
		},
		"strategy": schema.SingleNestedAttribute{
			Computed: true,
			MarkdownDescription: "A second version that takes the calls which match rules; null if there is none, and where the " +
				"region does not report it.",
			Attributes: map[string]schema.Attribute{
				"version":      text("Name of the version."),
				"combine_type": text("`and`: all rules must match; `or`: one is enough."),
				"rules": schema.ListNestedAttribute{
					Computed: true, MarkdownDescription: "The rules.",
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"rule_type": text("What is looked at, for example `Header`."),
						"param":     text("Its name."),
						"op":        text("`=`, or `in` for a list."),
						"value":     text("The value, or several, separated by commas."),
					}},
				},
			},
		},
		"last_modified": text("When the alias was last changed, as the service writes it."),
	}
}

// listedFunctionURN accepts the URN of a function, not of one of its versions or aliases.
type listedFunctionURN struct{}

func (listedFunctionURN) Description(context.Context) string {
	return "must be the URN of a function: urn:fss:<region>:<project id>:function:<package>:<name>"
}
func (v listedFunctionURN) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v listedFunctionURN) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	given := req.ConfigValue.ValueString()
	urn, err := functiongraph.ParseURN(given)
	switch {
	case err != nil:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Function URN", err.Error()+".")
	case urn.Qualifier != "":
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Function URN",
			fmt.Sprintf("%q names a version or an alias; it %s.", given, v.Description(ctx)))
	}
}
