// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// DataSource is fgs_dependency_version.
type DataSource struct{ base.DataSource }

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{base.DataSource{Noun: base.Noun{Type: "dependency_version", Title: "Dependency Version"}}}
}

// versionModel is the data source as Terraform knows it.
type versionModel struct {
	Name         types.String `tfsdk:"name"`
	Public       types.Bool   `tfsdk:"public"`
	Runtime      types.String `tfsdk:"runtime"`
	Version      types.Int64  `tfsdk:"version"`
	ID           types.String `tfsdk:"id"`
	DependencyID types.String `tfsdk:"dependency_id"`
	Description  types.String `tfsdk:"description"`
	ETag         types.String `tfsdk:"etag"`
	Size         types.Int64  `tfsdk:"size"`
	Owner        types.String `tfsdk:"owner"`
	LastModified types.String `tfsdk:"last_modified"`
}

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A version of a dependency, by its name: how to find the id that `dependency_version_ids` of " +
			"a function takes. Of the public ones, and of your own.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Required: true, MarkdownDescription: "Name of the dependency, exactly.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"public": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Whether it is one of the public dependencies, or one of your own. Default: whichever there " +
					"is; where there are both, that is an error.",
			},
			"runtime": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Runtime that it is made for. Default: whichever there is; where there are several, that is " +
					"an error.",
			},
			"version": schema.Int64Attribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Number of the version. Default: the newest, which may be another one in the next plan, and " +
					"then changes the functions that name it: write a number where that must not be.",
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"id":            text("Id of the version: what `dependency_version_ids` of a function takes."),
			"dependency_id": text("Id of the dependency. Functions do not take it."),
			"description":   text("Description of the version; null if there is none."),
			"etag":          text("What the service says of the bytes: their MD5, or a mark of its own."),
			"size":          schema.Int64Attribute{Computed: true, MarkdownDescription: "Size of the archive in bytes."},
			"owner":         text("`public`, or the account that it belongs to."),
			"last_modified": text("When it was made, as the service writes it."),
		},
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

// Read finds the version with two lists. That there is none is an error, and so is more than one dependency.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data versionModel
	op.Add(req.Config.Get(ctx, &data))
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	dependencies, err := op.Client.Dependencies(ctx, filterOf(data.Name, data.Runtime, data.Public))
	if err != nil {
		op.Fail(data.Name.ValueString(), err)
		return
	}
	if len(dependencies) != 1 {
		op.Diags.AddAttributeError(path.Root("name"), op.Summary(), data.ambiguous(dependencies))
		return
	}
	rows, err := op.Client.DependencyVersions(ctx, dependencies[0].ID)
	var found *functiongraph.DependencyVersion
	if err == nil {
		found, err = pick(rows, data.Version.ValueInt64())
	}
	if err != nil {
		op.Fail(data.Name.ValueString(), err)
		return
	}
	d.Connection.NoteDependency(found.DependencyID)
	data.fromAPI(found, dependencies[0])
	op.Add(resp.State.Set(ctx, &data))
}

// filterOf is the filter of the list of dependencies. What is null does not filter.
func filterOf(name, runtime types.String, public types.Bool) functiongraph.DependencyFilter {
	filter := functiongraph.DependencyFilter{Name: name.ValueString(), Runtime: runtime.ValueString()}
	if !public.IsNull() {
		filter.Kind = map[bool]string{true: "public", false: "private"}[public.ValueBool()]
	}
	return filter
}

// ambiguous says why not one dependency was found.
func (m versionModel) ambiguous(found []functiongraph.Dependency) string {
	if len(found) == 0 {
		return fmt.Sprintf("There is no dependency of the name %q that fits. The name is compared exactly, and so are "+
			"public and runtime; the data source fgs_dependencies lists what there is.", m.Name.ValueString())
	}
	var lines []string
	for _, d := range found {
		lines = append(lines, fmt.Sprintf("- runtime %s, public = %t", d.Runtime, d.Owner == functiongraph.PublicOwner))
	}
	return fmt.Sprintf("There are %d dependencies of the name %q:\n\n%s\n\nSay which one by public and runtime.",
		len(found), m.Name.ValueString(), strings.Join(lines, "\n"))
}

// fromAPI takes over the version; what its row lacks comes from that of the dependency.
func (m *versionModel) fromAPI(in *functiongraph.DependencyVersion, of functiongraph.Dependency) {
	m.Public = types.BoolValue(of.Owner == functiongraph.PublicOwner)
	m.Runtime = types.StringValue(in.Runtime)
	if in.Runtime == "" {
		m.Runtime = types.StringValue(of.Runtime)
	}
	m.Version = types.Int64Value(in.Version)
	m.ID = types.StringValue(in.ID)
	m.DependencyID = types.StringValue(in.DependencyID)
	m.Description = tfconv.Text(&in.Description, types.StringNull())
	m.ETag = types.StringValue(in.ETag)
	m.Size = types.Int64Value(in.Size)
	m.Owner = types.StringValue(in.Owner)
	m.LastModified = types.StringValue(in.LastModified)
}
