// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// listedAlias is one alias in the list.
type listedAlias struct {
	URN               types.String   `tfsdk:"urn"`
	Name              types.String   `tfsdk:"name"`
	Version           types.String   `tfsdk:"version"`
	Description       types.String   `tfsdk:"description"`
	AdditionalVersion *shareModel    `tfsdk:"additional_version"`
	Strategy          *strategyModel `tfsdk:"strategy"`
	LastModified      types.String   `tfsdk:"last_modified"`
}

// fromAPI takes over the aliases, by name.
func (m *listModel) fromAPI(aliases []functiongraph.Alias, function functiongraph.URN, diags *diag.Diagnostics) {
	m.Set(function)
	m.Aliases = []listedAlias{}
	for _, alias := range aliases {
		if alias.Name == "" {
			continue
		}
		var row listedAlias
		row.fromAPI(alias, function, diags)
		m.Aliases = append(m.Aliases, row)
	}
	diagnose.OddRows(diags, "aliases", len(aliases)-len(m.Aliases))
	slices.SortFunc(m.Aliases, func(a,
		b listedAlias) int {
		return cmp.Compare(a.Name.ValueString(), b.Name.ValueString())
	})
}

func (m *listedAlias) fromAPI(in functiongraph.Alias, function functiongraph.URN, diags *diag.Diagnostics) {
	m.URN = types.StringValue(function.WithQualifier("!" + in.Name).String())
	m.Name = types.StringValue(in.Name)
	m.Version = types.StringValue(in.Version)
	m.Description = tfconv.Text(&in.Description, types.StringNull())
	m.LastModified = types.StringValue(in.LastModified)
	for _, version := range slices.Sorted(maps.Keys(in.AdditionalVersionWeights)) { // at most one (contract A7)
		m.AdditionalVersion = &shareModel{types.StringValue(version), types.Int64Value(in.AdditionalVersionWeights[version])}
	}
	for _, version := range slices.Sorted(maps.Keys(in.AdditionalVersionStrategy)) { // at most one
		strategy, err := readStrategy(version, in.AdditionalVersionStrategy[version])
		if err != nil { // no reason to hide the other aliases
			warnUnreadable(path.Root("aliases"), in.Name, err, diags)
			continue
		}
		m.Strategy = &strategy
	}
}
