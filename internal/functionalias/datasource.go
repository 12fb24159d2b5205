// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functionalias holds what the provider knows of the aliases of functions. The files datasource*.go are the data
// source fgs_function_aliases.
package functionalias

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ datasource.DataSource                     = (*DataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*DataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*DataSource)(nil)
)

// listTimeout is long because throttled calls are repeated until then.
const listTimeout = 10 * time.Minute

// listPackage is where a function is whose package is not named.
const listPackage = "default"

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
	FunctionURN types.String  `tfsdk:"function_urn"`
	Name        types.String  `tfsdk:"name"`
	Package     types.String  `tfsdk:"package"`
	Aliases     []listedAlias `tfsdk:"aliases"`
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
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("function_urn"), path.MatchRoot("name")),
		datasourcevalidator.Conflicting(path.MatchRoot("function_urn"), path.MatchRoot("package")),
	}
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
	function, err := data.function(ctx, client)
	var aliases []functiongraph.Alias
	if err == nil {
		aliases, err = client.Aliases(ctx, function)
	}
	if err != nil {
		data.fail(err, &resp.Diagnostics)
		return
	}
	data.fromAPI(aliases, function, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}

func (m *listModel) function(ctx context.Context, client *functiongraph.Client) (functiongraph.URN, error) {
	if !m.FunctionURN.IsNull() {
		return functiongraph.ParseURN(m.FunctionURN.ValueString())
	}
	return client.FunctionURN(ctx, m.packageName(), m.Name.ValueString())
}

func (m *listModel) packageName() string {
	if m.Package.IsNull() {
		return listPackage
	}
	return m.Package.ValueString()
}

// fail says which function was looked for, at the attribute that names it.
func (m *listModel) fail(err error, diags *diag.Diagnostics) {
	at, wanted := path.Root("name"), fmt.Sprintf("function %q in package %q", m.Name.ValueString(), m.packageName())
	if !m.FunctionURN.IsNull() {
		at, wanted = path.Root("function_urn"), "function "+m.FunctionURN.ValueString()
	}
	summary, sentence := "Unable to Read Function Aliases", "Listing the aliases of the "+wanted+" failed."
	if functiongraph.IsNotFound(err) {
		summary, sentence = "Function Not Found", "There is no "+wanted+"."
	}
	diags.AddAttributeError(at, summary, diagnose.Detail(sentence, err))
}
