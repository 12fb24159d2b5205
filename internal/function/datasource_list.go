// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ListDataSource is fgs_functions: the functions of the project.
type ListDataSource struct{ base.DataSource }

// NewListDataSource returns the data source; it works after Configure.
func NewListDataSource() datasource.DataSource {
	return &ListDataSource{base.DataSource{Noun: base.Noun{Type: "functions", Title: "Functions"}}}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	Package      types.String `tfsdk:"package"`
	NameContains types.String `tfsdk:"name_contains"`
	Runtime      types.String `tfsdk:"runtime"`
	Functions    []rowModel   `tfsdk:"functions"`
}

// Read lists the functions, with all pages. That there are none is no error.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data listModel
	op.Add(req.Config.Get(ctx, &data))
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	rows, err := op.Client.Functions(ctx, functiongraph.FunctionFilter{
		Package: data.Package.ValueString(), Name: data.NameContains.ValueString(),
	})
	if err != nil {
		op.FailWith("Listing the functions failed.", err)
		return
	}
	diagnose.OddRows(op.Diags, "functions", data.fromAPI(rows))
	op.Add(resp.State.Set(ctx, &data))
}

// fromAPI keeps the rows that the filters ask for, by package and name. The service has filtered already, but how
// exactly it compares names is not documented (contract 3.2: fuzzy). It returns how many rows do not say what they are
// about.
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
	return (tfconv.Blank(m.Package) || m.Package.ValueString() == urn.Package) &&
		strings.Contains(urn.Name, m.NameContains.ValueString()) &&
		(tfconv.Blank(m.Runtime) || m.Runtime.ValueString() == row.Runtime)
}
