// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var oldTypes = base.OldTypes{"opentelekomcloud_fgs_alias_v2"}

// MoveState takes over the state of an alias of another provider: of the one that has a resource for it.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeAlias)
}

func takeAlias(ctx context.Context, op *base.Operation, _ string, old base.OldState, resp *resource.MoveStateResponse) {
	function, name, err := base.OldParts(old, "name")
	var urn functiongraph.URN
	if err == nil {
		urn, err = aliasURN(function.WithQualifier("!" + name).String())
	}
	if err != nil {
		op.FailWith("The state gives no alias.", err)
		return
	}
	var m model
	op.Add(m.fromAPI(oldAlias(old), urn))
	base.Remember(ctx, resp.TargetPrivate, keyMoved, true, op.Diags)
	op.Add(record().Set(&resp.TargetState.Raw, &m))
}

// oldAlias is an old state in the form of an answer.
func oldAlias(old base.OldState) *functiongraph.Alias {
	out := functiongraph.Alias{
		Version: old.Text("version"), Description: old.Text("description"), LastModified: old.Text("last_modified"),
	}
	for version := range old.Map("additional_version_weights") {
		if out.AdditionalVersionWeights == nil {
			out.AdditionalVersionWeights = map[string]int64{}
		}
		out.AdditionalVersionWeights[version] = old.Object("additional_version_weights").Number(version)
	}
	for _, strategy := range old.Objects("additional_version_strategy") {
		rules := []functiongraph.VersionRule{}
		for _, rule := range strategy.Objects("rules") {
			rules = append(rules, functiongraph.VersionRule{
				RuleType: rule.Text("rule_type"), Param: rule.Text("param"), Op: rule.Text("op"), Value: rule.Text("value"),
			})
		}
		text, _ := json.Marshal(functiongraph.VersionStrategy{CombineType: strategy.Text("combine_type"), Rules: rules})
		out.AdditionalVersionStrategy = map[string]json.RawMessage{strategy.Text("version"): text}
	}
	return &out
}
