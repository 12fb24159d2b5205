// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

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

// ListDataSource is fgs_dependencies.
type ListDataSource struct{ base.DataSource }

// NewListDataSource returns the data source; it works after Configure.
func NewListDataSource() datasource.DataSource {
	return &ListDataSource{base.DataSource{Noun: base.Noun{Type: "dependencies", Title: "Dependencies"}}}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	Name         types.String       `tfsdk:"name"`
	Runtime      types.String       `tfsdk:"runtime"`
	Public       types.Bool         `tfsdk:"public"`
	Dependencies []listedDependency `tfsdk:"dependencies"`
}

// listedDependency is one dependency in the list.
type listedDependency struct {
	DependencyID types.String `tfsdk:"dependency_id"`
	Name         types.String `tfsdk:"name"`
	Runtime      types.String `tfsdk:"runtime"`
	Public       types.Bool   `tfsdk:"public"`
	Version      types.Int64  `tfsdk:"version"`
}

// Schema describes the data source.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description,
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The dependencies that functions can use, public ones and your own, sorted by name. The id " +
			"that a function takes is that of a version: the data source `fgs_dependency_version` finds it.",
		Attributes: map[string]schema.Attribute{
			"name":    filter("The exact name. Default: all."),
			"runtime": filter("Runtime that they are made for. One that the service does not know is an error. Default: all."),
			"public": schema.BoolAttribute{
				Optional: true, MarkdownDescription: "`true` for the public ones only, `false` for your own only. Default: all.",
			},
			"dependencies": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The dependencies. That there are none is not an error.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"dependency_id": text("Id of the dependency. Functions do not take it."),
					"name":          text("Name."),
					"runtime":       text("Runtime that it is made for."),
					"public":        schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether it is a public one."},
					"version":       schema.Int64Attribute{Computed: true, MarkdownDescription: "Number of the newest version."},
				}},
			},
		},
	}
}

// Read lists the dependencies, with all pages.
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
	rows, err := op.Client.Dependencies(ctx, filterOf(data.Name, data.Runtime, data.Public))
	if err != nil {
		op.FailWith("Listing the dependencies failed.", err)
		return
	}
	for _, row := range rows {
		d.Connection.NoteDependency(row.ID)
	}
	data.fromAPI(rows)
	diagnose.OddRows(op.Diags, "dependencies", len(rows)-len(data.Dependencies))
	op.Add(resp.State.Set(ctx, &data))
}

// fromAPI takes over the rows that say what they are about.
func (m *listModel) fromAPI(rows []functiongraph.Dependency) {
	m.Dependencies = []listedDependency{}
	for _, row := range rows {
		if row.ID == "" || row.Name == "" {
			continue
		}
		m.Dependencies = append(m.Dependencies, listedDependency{
			DependencyID: types.StringValue(row.ID), Name: types.StringValue(row.Name), Runtime: types.StringValue(row.Runtime),
			Public: types.BoolValue(row.Owner == functiongraph.PublicOwner), Version: types.Int64Value(row.Version),
		})
	}
	slices.SortFunc(m.Dependencies, func(a, b listedDependency) int {
		return cmp.Or(
			cmp.Compare(a.Name.ValueString(), b.Name.ValueString()),
			cmp.Compare(a.Runtime.ValueString(), b.Runtime.ValueString()),
			cmp.Compare(a.DependencyID.ValueString(), b.DependencyID.ValueString()),
		)
	})
}
