// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is fgs_function_trigger in a list block.
type ListResource struct{ base.ListResource }

// NewListResource returns the list; it works after Configure.
func NewListResource() list.ListResource {
	return &ListResource{base.ListResource{Noun: noun, Many: "Function Triggers"}}
}

// listConfig is the list block as Terraform knows it.
type listConfig struct {
	FunctionURN types.String `tfsdk:"function_urn"`
	Type        types.String `tfsdk:"type"`
}

// ListResourceConfigSchema describes the list block.
func (*ListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The triggers of a function, a version or an alias, or of the whole project, for `terraform " +
			"query`, in the order in which the service gives them.",
		Attributes: map[string]schema.Attribute{
			"function_urn": schema.StringAttribute{
				Optional: true, Validators: []validator.String{functionref.BoundURN{}},
				MarkdownDescription: "URN of the function, which means its latest code, or of a version or an alias. Default: " +
					"all triggers of the project, of all versions and aliases.",
			},
			"type": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Only triggers of this type, for example `TIMER`. Default: all.",
				Validators: []validator.String{stringvalidator.RegexMatches(typeForm,
					"must consist of capital letters, digits and '_'")},
			},
		},
	}
}

// List gives the triggers; of the project, page by page.
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
		for row, err := range config.each(ctx, op.Client) {
			if err != nil {
				config.fail(op, err)
				return
			}
			shown := listed(row)
			switch {
			case shown.ID.IsNull():
				odd++
			case !config.Type.IsNull() && row.Type != config.Type.ValueString():
			case !op.Found(shown.ID.ValueString(), shown.label()):
				return
			}
		}
		diagnose.OddRows(op.Diags, "triggers", odd)
	}
}

// each are the triggers that are asked for, of all types.
func (c listConfig) each(ctx context.Context, client *functiongraph.Client) iter.Seq2[functiongraph.Trigger, error] {
	if c.FunctionURN.IsNull() {
		return client.EachProjectTrigger(ctx)
	}
	return func(yield func(functiongraph.Trigger, error) bool) {
		rows, err := listModel{FunctionURN: c.FunctionURN}.list(ctx, client)
		if err != nil {
			yield(functiongraph.Trigger{}, err)
		}
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (c listConfig) fail(op *base.Listing, err error) {
	switch {
	case functiongraph.IsNotFound(err):
		op.Diags.AddAttributeError(path.Root("function_urn"), "Function Not Found",
			diagnose.Detail("There is no "+c.FunctionURN.ValueString()+".", err))
	case c.FunctionURN.IsNull() && functiongraph.HasCode(err, functiongraph.CodeUnknownPath):
		op.FailWith("This region lists no triggers of a whole project. Name a function: function_urn.", err)
	default:
		op.FailWith("Listing the triggers failed.", err)
	}
}

// label is what people call a trigger: its type, its name and what it calls.
func (t listedTrigger) label() string {
	name := t.Name.ValueString()
	if name == "" {
		name = t.TriggerID.ValueString()
	}
	_, function, _ := strings.Cut(t.FunctionURN.ValueString(), ":function:")
	return t.Type.ValueString() + " " + name + " of " + function
}
