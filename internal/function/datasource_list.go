// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var (
	_ datasource.DataSource              = (*ListDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*ListDataSource)(nil)
)

// ListDataSource is fgs_functions: the functions of the project.
type ListDataSource struct {
	connection *connection.Connection
}

// NewListDataSource returns the data source; it works after Configure.
func NewListDataSource() datasource.DataSource {
	return &ListDataSource{}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	Package      types.String `tfsdk:"package"`
	NameContains types.String `tfsdk:"name_contains"`
	Runtime      types.String `tfsdk:"runtime"`
	Functions    []rowModel   `tfsdk:"functions"`
}

// Metadata names the data source.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_functions"
}

// Configure takes the connection.
func (d *ListDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Read lists the functions, with all pages. That there are none is no error.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer diagnose.Recover(ctx, "reading functions", &resp.Diagnostics)
	client := d.connection.Ready()
	if client == nil {
		d.connection.FailUnknown(&resp.Diagnostics, "Reading the data source fgs_functions")
		return
	}
	var data listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout) // throttled calls are repeated until then
	defer cancel()
	rows, err := client.Functions(ctx, functiongraph.FunctionFilter{
		Package: data.Package.ValueString(), Name: data.NameContains.ValueString(),
	})
	if err != nil {
		diagnose.Failure(&resp.Diagnostics, "Unable to Read Functions", "Listing the functions failed.", err)
		return
	}
	diagnose.OddRows(&resp.Diagnostics, "functions", data.fromAPI(rows))
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}

// fromAPI keeps the rows that the filters ask for, by package and name. The service has filtered already, but how exactly
// it compares names is not documented (contract 3.2: fuzzy). It returns how many rows do not say what they are about.
func (m *listModel) fromAPI(rows []functiongraph.Function) (odd int) {
	m.Functions = []rowModel{}
	for _, row := range rows {
		urn, err := functiongraph.ParseURN(row.URN)
		if err != nil {
			odd++
			continue
		}
		if !m.wants(row, urn) {
			continue
		}
		var r rowModel
		r.fromAPI(row, urn.Function())
		m.Functions = append(m.Functions, r)
	}
	inOrder(m.Functions)
	return odd
}

func (m *listModel) wants(row functiongraph.Function, urn functiongraph.URN) bool {
	return (m.Package.IsNull() || m.Package.ValueString() == urn.Package) &&
		strings.Contains(urn.Name, m.NameContains.ValueString()) &&
		(m.Runtime.IsNull() || m.Runtime.ValueString() == row.Runtime)
}
