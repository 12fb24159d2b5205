// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

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

// DataSource is fgs_function_versions.
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
	IncludeLatest   types.Bool   `tfsdk:"include_latest"`
	NameRegex       types.String `tfsdk:"name_regex"`
	Digest          types.String `tfsdk:"digest"`
	Versions        []rowModel   `tfsdk:"versions"`
	LatestPublished types.String `tfsdk:"latest_published"`
	Total           types.Int64  `tfsdk:"total"`
}

// rowModel is one version.
type rowModel struct {
	URN          types.String `tfsdk:"urn"`
	Version      types.String `tfsdk:"version"`
	Description  types.String `tfsdk:"description"`
	Digest       types.String `tfsdk:"digest"`
	CodeSize     types.Int64  `tfsdk:"code_size"`
	Runtime      types.String `tfsdk:"runtime"`
	Handler      types.String `tfsdk:"handler"`
	Timeout      types.Int64  `tfsdk:"timeout"`
	MemorySize   types.Int64  `tfsdk:"memory_size"`
	LastModified types.String `tfsdk:"last_modified"`
}

func (m *rowModel) fromAPI(in functiongraph.Function, function functiongraph.URN) {
	m.URN = types.StringValue(function.WithQualifier(in.Version).String())
	m.Version = types.StringValue(in.Version)
	m.Description = types.StringValue(in.VersionDescription)
	m.Digest = types.StringValue(in.Digest)
	m.CodeSize = types.Int64Value(in.CodeSize)
	m.Runtime = types.StringValue(in.Runtime)
	m.Handler = types.StringValue(in.Handler)
	m.Timeout = types.Int64Value(in.Timeout)
	m.MemorySize = types.Int64Value(in.MemorySize)
	m.LastModified = types.StringValue(in.LastModified)
}

// Metadata names the data source.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_function_versions"
}

// Configure takes the connection.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// ConfigValidators asks for one way of naming the function.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return functionref.Validators()
}

// Read lists the versions. A function that is not there is an error: there is nothing that could be planned for it.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer diagnose.Recover(ctx, "reading function versions", &resp.Diagnostics)
	client := d.connection.Ready()
	if client == nil {
		d.connection.FailUnknown(&resp.Diagnostics, "Reading the data source fgs_function_versions")
		return
	}
	var data listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout) // throttled calls are repeated until then
	defer cancel()
	function, err := data.URN(ctx, client)
	var rows []functiongraph.Function
	if err == nil {
		rows, err = client.Versions(ctx, function)
	}
	if err != nil {
		data.Fail(&resp.Diagnostics, "Unable to Read Function Versions", "Listing the versions", err)
		return
	}
	data.fromAPI(rows, function, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
	}
}

// fromAPI keeps the rows that the filters ask for, newest first.
func (m *listModel) fromAPI(rows []functiongraph.Function, function functiongraph.URN, diags *diag.Diagnostics) {
	pattern, err := regexp.Compile(m.NameRegex.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("name_regex"), "Invalid Regular Expression", err.Error())
		return
	}
	m.Versions = []rowModel{}
	m.LatestPublished = types.StringNull()
	m.Total = types.Int64Value(int64(len(rows)))
	m.Set(function)
	odd := 0
	for _, row := range newestFirst(rows) {
		if row.Version == "" {
			odd++
			continue
		}
		if row.Version == latest && !m.IncludeLatest.ValueBool() || !pattern.MatchString(row.Version) ||
			!m.Digest.IsNull() && m.Digest.ValueString() != row.Digest {
			continue
		}
		if m.LatestPublished.IsNull() && row.Version != latest {
			m.LatestPublished = types.StringValue(row.Version)
		}
		var r rowModel
		r.fromAPI(row, function)
		m.Versions = append(m.Versions, r)
	}
	diagnose.OddRows(diags, "versions", odd)
}
