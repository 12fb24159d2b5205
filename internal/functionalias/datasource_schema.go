// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := functionref.Attributes()
	attributes["aliases"] = schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: "The aliases, by name.",
		NestedObject: schema.NestedAttributeObject{Attributes: listedAttributes()},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The aliases of a function, sorted by name, and the versions that they point at. That there " +
			"are none is not an error; a function that does not exist is.",
		Attributes: attributes,
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
			MarkdownDescription: "A second version that takes the calls which match rules; null if there is none, and where " +
				"the region does not report it.",
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
