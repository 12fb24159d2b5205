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

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// DataSource is fgs_function_versions.
type DataSource struct{ functionref.DataSource }

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{functionref.About(base.Noun{Type: "function_versions", Title: "Function Versions"})}
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

// Read lists the versions. A function that is not there is an error: there is nothing that could be planned for it.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data listModel
	op.Add(req.Config.Get(ctx, &data))
	rows, function, ok := functionref.Listed(ctx, op, data.Model, "Listing the versions", (*functiongraph.Client).Versions)
	if !ok {
		return
	}
	data.fromAPI(rows, function, op.Diags)
	if !op.Failed() {
		op.Add(resp.State.Set(ctx, &data))
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
			!tfconv.Blank(m.Digest) && m.Digest.ValueString() != row.Digest {
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
