// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functionref is how a data source about a part of functions names the function: by its URN, or by name and
// package. A data source embeds DataSource, and its model Model, and has the attributes and rules that belong to it. A
// resource that is bound to a function, or to a version or alias of it, by its function_urn reads that here (bound.go,
// qualified.go, urn.go), and what becomes of it when that changes (binding.go).
package functionref

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// defaultPackage is where a function is whose package is not named.
const defaultPackage = "default"

// DataSource is embedded by each data source about a part of a function.
type DataSource struct{ base.DataSource }

// About is the DataSource of a noun.
func About(noun base.Noun) DataSource { return DataSource{base.DataSource{Noun: noun}} }

// ConfigValidators asks for one way of naming the function.
func (*DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{OneName{URN: "function_urn"}}
}

// Model names a function.
type Model struct {
	FunctionURN types.String `tfsdk:"function_urn"`
	Name        types.String `tfsdk:"name"`
	Package     types.String `tfsdk:"package"`
}

// Attributes are those of Model.
func Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "URN of the function. Either this or `name`.",
			Validators:          base.UnlessBlank(URN{}),
		},
		"name": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Name of the function. Either this or `function_urn`.",
			Validators:          []validator.String{stringvalidator.LengthAtMost(60)},
		},
		"package": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Package of the function that `name` names. Default: `default`.",
			Validators:          []validator.String{stringvalidator.LengthAtMost(60)},
		},
	}
}

// URN is that of the function. It makes a request only where the provider has no region.
func (m Model) URN(ctx context.Context, client *functiongraph.Client) (functiongraph.URN, error) {
	if !tfconv.Blank(m.FunctionURN) {
		return functiongraph.ParseURN(m.FunctionURN.ValueString())
	}
	return client.FunctionURN(ctx, m.packageName(), m.Name.ValueString())
}

func (m Model) packageName() string {
	return cmp.Or(m.Package.ValueString(), defaultPackage)
}

// Moved ends an apply that learns of another function of an alias, a version or the like: what was planned in place
// cannot become a replacement. part is what it is called: "Alias".
func Moved(part string, planned, prior types.String) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("function_urn"), part+" Belongs to Another Function", fmt.Sprintf(
		"It became known only now that function_urn is %s and not %s any more. The %s was not touched; the next plan shows "+
			"that it is replaced. (A plan with -refresh=false cannot tell this from an apply: leave that out.)",
		planned.ValueString(), prior.ValueString(), strings.ToLower(part)))
}

// Listed reads a list about the function that m names; false, with an error, where it cannot. doing is what is said of
// it then: "Listing the aliases".
func Listed[T any](ctx context.Context, op *base.Operation, m Model, doing string,
	list func(*functiongraph.Client, context.Context, functiongraph.URN) ([]T, error),
) (rows []T, function functiongraph.URN, ok bool) {
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return nil, function, false
	}
	defer done()
	function, err := m.URN(ctx, op.Client)
	if err == nil {
		rows, err = list(op.Client, ctx, function)
	}
	if err != nil {
		m.fail(op, doing, err)
	}
	return rows, function, err == nil
}

// Set fills all attributes.
func (m *Model) Set(function functiongraph.URN) {
	m.FunctionURN = types.StringValue(function.String())
	m.Name, m.Package = types.StringValue(function.Name), types.StringValue(function.Package)
}

// fail appends an error at the attribute that names the function, and says which one was looked for. doing is what was
// tried of the function: "Listing the aliases".
func (m Model) fail(op *base.Operation, doing string, err error) {
	at, wanted := path.Root("name"), fmt.Sprintf("function %q in package %q", m.Name.ValueString(), m.packageName())
	if !tfconv.Blank(m.FunctionURN) {
		at, wanted = path.Root("function_urn"), "function "+m.FunctionURN.ValueString()
	}
	summary, sentence := op.Summary(), doing+" of the "+wanted+" failed."
	if functiongraph.IsNotFound(err) {
		summary, sentence = "Function Not Found", "There is no "+wanted+"."
	}
	op.Diags.AddAttributeError(at, summary, diagnose.Detail(sentence, err))
}
