// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var (
	_ datasource.DataSource                     = (*DataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*DataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*DataSource)(nil)
)

// listTimeout is long because throttled calls are repeated until then.
const listTimeout = 10 * time.Minute

// DataSource is fgs_function_aliases.
type DataSource struct {
	connection *connection.Connection
}

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	functionref.Model
	Aliases []listedAlias `tfsdk:"aliases"`
}

// Metadata names the data source.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_function_aliases"
}

// Configure takes the connection.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// ConfigValidators asks for one way of naming the function.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return functionref.Validators()
}

// Read lists the aliases with one request. A function that is not there is an error; one without aliases is not.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer diagnose.Recover(ctx, "reading function aliases", &resp.Diagnostics)
	client := d.connection.Ready()
	if client == nil {
		d.connection.FailUnknown(&resp.Diagnostics, "Reading the data source fgs_function_aliases")
		return
	}
	var data listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	function, err := data.URN(ctx, client)
	var aliases []functiongraph.Alias
	if err == nil {
		aliases, err = client.Aliases(ctx, function)
	}
	if err != nil {
		data.Fail(&resp.Diagnostics, "Unable to Read Function Aliases", "Listing the aliases", err)
		return
	}
	data.fromAPI(aliases, function, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
