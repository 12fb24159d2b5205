// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// DataSource is fgs_function_aliases.
type DataSource struct{ functionref.DataSource }

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{functionref.About(base.Noun{Type: "function_aliases", Title: "Function Aliases"})}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	functionref.Model
	Aliases []listedAlias `tfsdk:"aliases"`
}

// Read lists the aliases with one request. A function that is not there is an error; one without aliases is not.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data listModel
	op.Add(req.Config.Get(ctx, &data))
	aliases, function, ok := functionref.Listed(ctx, op, data.Model, "Listing the aliases",
		(*functiongraph.Client).Aliases)
	if !ok {
		return
	}
	data.fromAPI(aliases, function, op.Diags)
	op.Add(resp.State.Set(ctx, &data))
}
