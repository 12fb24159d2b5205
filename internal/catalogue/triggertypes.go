// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package catalogue

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TriggerTypes is fgs_trigger_types.
type TriggerTypes struct{ base.DataSource }

// NewTriggerTypes returns the data source; it works after Configure.
func NewTriggerTypes() datasource.DataSource {
	return &TriggerTypes{base.DataSource{Noun: base.Noun{Type: "trigger_types", Title: "Trigger Types"}}}
}

// triggerTypesModel is the data source as Terraform knows it.
type triggerTypesModel struct {
	Types []string `tfsdk:"types"`
}

// Schema describes the data source.
func (d *TriggerTypes) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The types of triggers that the region offers.",
		Attributes: map[string]schema.Attribute{"types": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "The service's words for them, sorted: `type` of an `fgs_function_trigger`, such as `TIMER`.",
		}},
	}
}

// Read lists the types.
func (d *TriggerTypes) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	read(ctx, &d.DataSource, resp, "types of triggers", (*functiongraph.Client).TriggerTypes,
		func(rows []string, _ *base.Operation) triggerTypesModel {
			slices.Sort(rows)
			return triggerTypesModel{slices.Compact(rows)}
		})
}
