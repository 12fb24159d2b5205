// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functioncode holds the ephemeral resource fgs_function_code: where the code of a version can be downloaded.
package functioncode

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*Resource)(nil)

// Resource is fgs_function_code.
type Resource struct{ base.Ephemeral }

// NewResource returns the ephemeral resource; it works after Configure.
func NewResource() ephemeral.EphemeralResource {
	return &Resource{base.Ephemeral{Noun: base.Noun{Type: "function_code", Title: "Function Code",
		Text: "the code of a function"}}}
}

// model is the ephemeral resource as Terraform knows it.
type model struct {
	FunctionURN types.String `tfsdk:"function_urn"`
	Link        types.String `tfsdk:"link"`
	Type        types.String `tfsdk:"type"`
	Filename    types.String `tfsdk:"filename"`
	Digest      types.String `tfsdk:"digest"`
	Size        types.Int64  `tfsdk:"size"`
}

// Schema describes the ephemeral resource.
func (r *Resource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Where the code of a function, or of one of its versions, can be downloaded. Whoever has the " +
			"link has the code, for a while; so it is in no state and no plan. Needs a CLI that knows ephemeral resources " +
			"(Terraform 1.10, OpenTofu 1.11).",
		Attributes: map[string]schema.Attribute{
			"function_urn": schema.StringAttribute{
				Required: true, Validators: []validator.String{functionref.BoundURN{}},
				MarkdownDescription: "URN of a version, of an alias, which means its main version, or of the function, which " +
					"means its latest code.",
			},
			"link": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "The address. It needs no credentials, and is not valid for ever. An image has none, which " +
					"is an error.",
			},
			"type": text("What lies there: `zip`, `jar`, `inline` (a source file, or an archive of one) or `obs` (the object " +
				"that the code was taken from); null where the service does not say so."),
			"filename": text("Name of the code file; null where the service does not say so."),
			"digest": text("SHA-512 of the code, in hexadecimal digits, as `digest` of the function; null where the service " +
				"does not say so."),
			"size": schema.Int64Attribute{Computed: true, MarkdownDescription: "Bytes; null where the service does not say so."},
		},
	}
}

// Open asks for the link.
func (r *Resource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	op := r.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data model
	op.Add(req.Config.Get(ctx, &data))
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	urn, err := functionref.ParseBound(data.FunctionURN.ValueString())
	if err != nil {
		op.Fail(data.FunctionURN.ValueString(), err)
		return
	}
	got, err := op.Client.StoredCode(ctx, urn)
	switch {
	case functiongraph.IsNotFound(err):
		op.Diags.AddAttributeError(path.Root("function_urn"), "Function Not Found",
			diagnose.Detail("There is no "+urn.String()+".", err))
		return
	case err != nil:
		op.FailWith("Asking for the code of "+urn.String()+" failed.", err)
		return
	}
	data.fromAPI(got)
	op.Add(resp.Result.Set(ctx, &data))
}

func (m *model) fromAPI(in *functiongraph.StoredCode) {
	m.Link = types.StringValue(in.Link)
	m.Type, m.Filename, m.Digest = orNull(in.Type), orNull(in.Filename), orNull(in.Digest)
	if in.Size > 0 {
		m.Size = types.Int64Value(in.Size)
	}
}

func orNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
