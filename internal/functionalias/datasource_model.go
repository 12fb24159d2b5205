// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// listedAlias is one alias in the list.
type listedAlias struct {
	URN               types.String    `tfsdk:"urn"`
	Name              types.String    `tfsdk:"name"`
	Version           types.String    `tfsdk:"version"`
	Description       types.String    `tfsdk:"description"`
	AdditionalVersion *listedShare    `tfsdk:"additional_version"`
	Strategy          *listedStrategy `tfsdk:"strategy"`
	LastModified      types.String    `tfsdk:"last_modified"`
}

// listedShare is the additional version of an alias with its share of the calls.
type listedShare struct {
	Version types.String `tfsdk:"version"`
	Weight  types.Int64  `tfsdk:"weight"`
}

// listedStrategy is the additional version of an alias with the rules by which calls go to it.
type listedStrategy struct {
	Version     types.String `tfsdk:"version"`
	CombineType types.String `tfsdk:"combine_type"`
	Rules       []listedRule `tfsdk:"rules"`
}

type listedRule struct {
	RuleType types.String `tfsdk:"rule_type"`
	Param    types.String `tfsdk:"param"`
	Op       types.String `tfsdk:"op"`
	Value    types.String `tfsdk:"value"`
}

// fromAPI takes over the aliases, by name.
func (m *listModel) fromAPI(aliases []functiongraph.Alias, function functiongraph.URN, diags *diag.Diagnostics) {
	m.Set(function)
	m.Aliases = make([]listedAlias, len(aliases))
	for i, alias := range aliases {
		m.Aliases[i].fromAPI(alias, function, diags)
	}
	slices.SortFunc(m.Aliases, func(a, b listedAlias) int { return cmp.Compare(a.Name.ValueString(), b.Name.ValueString()) })
}

func (m *listedAlias) fromAPI(in functiongraph.Alias, function functiongraph.URN, diags *diag.Diagnostics) {
	m.URN = types.StringValue(function.WithQualifier("!" + in.Name).String())
	m.Name = types.StringValue(in.Name)
	m.Version = types.StringValue(in.Version)
	m.Description = tfconv.Text(&in.Description, types.StringNull())
	m.LastModified = types.StringValue(in.LastModified)
	for _, version := range slices.Sorted(maps.Keys(in.AdditionalVersionWeights)) { // at most one (contract A7)
		m.AdditionalVersion = &listedShare{types.StringValue(version), types.Int64Value(in.AdditionalVersionWeights[version])}
	}
	for _, version := range slices.Sorted(maps.Keys(in.AdditionalVersionStrategy)) { // at most one
		strategy, err := readStrategy(version, in.AdditionalVersionStrategy[version])
		if err != nil { // no reason to hide the other aliases
			diags.AddAttributeWarning(path.Root("aliases"), "Unreadable Strategy of an Alias",
				fmt.Sprintf("The rules of the alias %q have a form that this provider does not know: %s.", in.Name, err))
			continue
		}
		m.Strategy = strategy
	}
}

// readStrategy reads rules as they are on the wire (contract 3.11, VersionStrategy).
func readStrategy(version string, text json.RawMessage) (*listedStrategy, error) {
	var wire struct {
		CombineType string `json:"combine_type"`
		Rules       []struct {
			RuleType string `json:"rule_type"`
			Param    string `json:"param"`
			Op       string `json:"op"`
			Value    string `json:"value"`
		} `json:"rules"`
	}
	if err := json.Unmarshal(text, &wire); err != nil {
		return nil, err
	}
	out := &listedStrategy{
		Version: types.StringValue(version), CombineType: types.StringValue(wire.CombineType), Rules: []listedRule{},
	}
	for _, rule := range wire.Rules {
		out.Rules = append(out.Rules, listedRule{
			types.StringValue(rule.RuleType), types.StringValue(rule.Param), types.StringValue(rule.Op), types.StringValue(rule.Value),
		})
	}
	return out, nil
}
