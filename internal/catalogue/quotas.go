// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package catalogue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Quotas is fgs_quotas.
type Quotas struct{ base.DataSource }

// NewQuotas returns the data source; it works after Configure.
func NewQuotas() datasource.DataSource {
	return &Quotas{base.DataSource{Noun: base.Noun{Type: "quotas", Title: "Quotas"}}}
}

// quotasModel is the data source as Terraform knows it.
type quotasModel struct {
	Quotas map[string]quotaModel `tfsdk:"quotas"`
}

type quotaModel struct {
	Quota types.Int64  `tfsdk:"quota"`
	Used  types.Int64  `tfsdk:"used"`
	Unit  types.String `tfsdk:"unit"`
}

// Schema describes the data source.
func (d *Quotas) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The limits of the project, and what of them is used.",
		Attributes: map[string]schema.Attribute{"quotas": schema.MapNestedAttribute{
			Computed: true,
			MarkdownDescription: "The limits, by the service's word for what they limit: `fgs_func_num` (functions), " +
				"`fgs_func_code_size` (all code together), `fgs_func_occurs` (reserved instances) and " +
				"`fgs_on_demand_instance_limit` (instances at the same time) and others. Which there are differs by region.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"quota": number("How much there may be; null where the service does not say so."),
				"used": number("How much there is. Null where the service does not say so; some regions say 0 of what they " +
					"do not count."),
				"unit": schema.StringAttribute{
					Computed: true, MarkdownDescription: "What is counted, as `MB`; null for a number of things.",
				},
			}},
		}},
	}
}

// Read lists the quotas.
func (d *Quotas) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	read(ctx, &d.DataSource, resp, "quotas", (*functiongraph.Client).Quotas,
		func(rows []functiongraph.Quota, op *base.Operation) quotasModel {
			out, odd := map[string]quotaModel{}, 0
			for _, row := range rows {
				if row.Type == "" {
					odd++
					continue
				}
				out[row.Type] = quotaModel{types.Int64PointerValue(row.Limit), types.Int64PointerValue(row.Used), orNull(row.Unit)}
			}
			diagnose.OddRows(op.Diags, "quotas", odd)
			return quotasModel{out}
		})
}
