// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

var _ datasource.DataSourceWithConfigValidators = (*DataSource)(nil)

// DataSource is fgs_function as a data source: a function that something else manages.
type DataSource struct{ base.DataSource }

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{base.DataSource{Noun: base.Noun{Type: "function", Title: "Function"}}}
}

// ConfigValidators asks for one way of naming the function.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{functionref.OneName{URN: "urn"}}
}

// Read makes one request, and one more where tags are asked for. A function that is not there is an error: there is
// nothing that could be planned for it.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data lookupModel
	op.Add(req.Config.Get(ctx, &data))
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	wanted := data
	if err := data.read(ctx, op.Client); err != nil {
		wanted.fail(err, op.Diags)
		return
	}
	op.Add(resp.State.Set(ctx, &data))
}

// read fills the model from the service.
func (m *lookupModel) read(ctx context.Context, client *functiongraph.Client) error {
	urn, err := m.function(ctx, client)
	if err != nil {
		return err
	}
	got, err := client.Function(ctx, urn.WithQualifier(m.Qualifier.ValueString()))
	if err != nil {
		return err
	}
	var tags map[string]string
	if m.IncludeTags.ValueBool() {
		if tags, err = readTags(ctx, client, urn); err != nil {
			return err
		}
	}
	m.fromAPI(got, tags, urn)
	return nil
}

// readTags reads the tags of one function. A region may lack the call for that (contract O29): then the list of all
// functions with their tags is read. A function that is not in it may have tags all the same.
func readTags(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) (map[string]string, error) {
	tags, err := client.Tags(ctx, urn)
	switch {
	case functiongraph.IsNotFound(err): // it was there a moment ago: the message must not deny that
		return nil, fmt.Errorf("the function was read, but its tags were not found: %s", err) //nolint:errorlint // see above
	case !functiongraph.HasCode(err, functiongraph.CodeUnknownPath):
		return tags, err
	}
	all, unlisted := client.TaggedFunctions(ctx)
	tags, listed := all[urn.Function()]
	if unlisted != nil || !listed {
		return nil, fmt.Errorf("%w (nor is the function in a list of all functions with their tags: leave include_tags out)",
			err)
	}
	return tags, nil
}

// function is the URN of the function itself.
func (m *lookupModel) function(ctx context.Context, client *functiongraph.Client) (functiongraph.URN, error) {
	if !tfconv.Blank(m.URN) {
		return functiongraph.ParseURN(m.URN.ValueString())
	}
	return client.FunctionURN(ctx, m.packageName(), m.Name.ValueString())
}

func (m *lookupModel) packageName() string {
	return cmp.Or(m.Package.ValueString(), defaultPackage)
}

// fail says what was looked for, at the attribute that names what is missing.
func (m *lookupModel) fail(err error, diags *diag.Diagnostics) {
	at, wanted := path.Root("name"), fmt.Sprintf("function %q in package %q", m.Name.ValueString(), m.packageName())
	if !tfconv.Blank(m.URN) {
		at, wanted = path.Root("urn"), "function "+m.URN.ValueString()
	}
	switch qualifier := m.Qualifier.ValueString(); {
	case qualifier == "":
	case strings.HasPrefix(qualifier, "!"):
		wanted = fmt.Sprintf("alias %q of the %s", qualifier[1:], wanted)
	default:
		wanted = fmt.Sprintf("version %q of the %s", qualifier, wanted)
	}
	if functiongraph.HasCode(err, functiongraph.CodeVersionNotFound, functiongraph.CodeAliasNotFound) {
		at = path.Root("qualifier")
	}
	summary, sentence := "Unable to Read Function", "Reading the "+wanted+" failed."
	if functiongraph.IsNotFound(err) {
		summary, sentence = "Function Not Found", "There is no "+wanted+"."
	}
	diags.AddAttributeError(at, summary, diagnose.Detail(sentence, err))
}
