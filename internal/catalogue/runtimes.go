// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package catalogue

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Runtimes is fgs_runtimes.
type Runtimes struct{ base.DataSource }

// NewRuntimes returns the data source; it works after Configure.
func NewRuntimes() datasource.DataSource {
	return &Runtimes{base.DataSource{Noun: base.Noun{Type: "runtimes", Title: "Runtimes"}}}
}

// runtimesModel is the data source as Terraform knows it.
type runtimesModel struct {
	Runtimes []runtimeModel `tfsdk:"runtimes"`
}

type runtimeModel struct {
	Runtime     types.String `tfsdk:"runtime"`
	DisplayName types.String `tfsdk:"display_name"`
}

// Schema describes the data source.
func (d *Runtimes) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The runtimes that the region offers.",
		Attributes: map[string]schema.Attribute{"runtimes": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The runtimes, by `runtime`.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"runtime": schema.StringAttribute{
					Computed: true, MarkdownDescription: "What `runtime` of a function takes, for example `Python3.9`.",
				},
				"display_name": schema.StringAttribute{
					Computed: true, MarkdownDescription: "Its name for people; null where the service gives none.",
				},
			}},
		}},
	}
}

// Read lists the runtimes.
func (d *Runtimes) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	read(ctx, &d.DataSource, resp, "runtimes", (*functiongraph.Client).Runtimes,
		func(rows []functiongraph.Runtime, op *base.Operation) runtimesModel {
			out := []runtimeModel{}
			for _, row := range rows {
				if row.Name != "" {
					out = append(out, runtimeModel{types.StringValue(row.Name), orNull(row.DisplayName)})
				}
			}
			slices.SortFunc(out, func(a, b runtimeModel) int {
				return cmp.Compare(a.Runtime.ValueString(), b.Runtime.ValueString())
			})
			diagnose.OddRows(op.Diags, "runtimes", len(rows)-len(out))
			return runtimesModel{out}
		})
}
