// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is fgs_dependency_version in a list block: the versions of the account's own dependencies.
type ListResource struct{ base.ListResource }

// NewListResource returns the list; it works after Configure.
func NewListResource() list.ListResource {
	return &ListResource{base.ListResource{Noun: noun, Many: "Dependency Versions"}}
}

// listConfig is the list block as Terraform knows it.
type listConfig struct {
	NamePrefix types.String `tfsdk:"name_prefix"`
	Runtime    types.String `tfsdk:"runtime"`
	NewestOnly types.Bool   `tfsdk:"newest_only"`
}

// ListResourceConfigSchema describes the list block.
func (*ListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The versions of your own dependencies, for `terraform query`; public ones are nobody's to " +
			"manage.",
		Attributes: map[string]schema.Attribute{
			"name_prefix": filter("Only dependencies whose names begin like this. Default: all."),
			"runtime":     filter("Only those for this runtime. One that the service does not know is an error. Default: all."),
			"newest_only": schema.BoolAttribute{
				Optional: true, MarkdownDescription: "Only the newest version of each dependency. Default: `false`.",
			},
		},
	}
}

// List gives the versions: of one dependency after the other, which are read page by page.
func (l *ListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(push func(list.ListResult) bool) {
		op := l.Begin(req, push)
		defer op.End(ctx)
		var config listConfig
		op.Add(req.Config.Get(ctx, &config))
		ctx, done, ok := op.Within(ctx, nil)
		if !ok {
			return
		}
		defer done()
		odd := 0
		own := functiongraph.DependencyFilter{Runtime: config.Runtime.ValueString(), Kind: "private"}
		for dependency, err := range op.Client.EachDependency(ctx, own) {
			switch {
			case err != nil:
				op.FailWith("Listing the dependencies failed.", err)
				return
			case dependency.ID == "":
				odd++
			case !strings.HasPrefix(dependency.Name, config.NamePrefix.ValueString()):
			case !l.versions(ctx, op, dependency, config):
				return
			}
		}
		diagnose.OddRows(op.Diags, "dependencies", odd)
	}
}

// versions gives those of a dependency, the newest first. What cannot be read is no reason to withhold the others.
func (l *ListResource) versions(
	ctx context.Context, op *base.Listing, of functiongraph.Dependency, config listConfig,
) (more bool) {
	l.Connection.NoteDependency(of.ID)
	rows, err := op.Client.DependencyVersions(ctx, of.ID)
	switch {
	case functiongraph.IsNotFound(err): // it may go between the lists
		return true
	case err != nil:
		op.Diags.AddWarning("Left Out of the List", diagnose.Detail("The versions of "+of.Name+" could not be listed. The "+
			"others are.", err))
		return ctx.Err() == nil
	}
	newestFirst(rows)
	for _, row := range rows {
		if row.Version < 1 {
			diagnose.OddRows(op.Diags, "versions of "+of.Name, 1)
			continue
		}
		at := importID{of.ID, row.Version}
		if !op.Found(at.String(), importID{of.Name, row.Version}.String()) {
			return false
		}
		if config.NewestOnly.ValueBool() {
			break
		}
	}
	return true
}
