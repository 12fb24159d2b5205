// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID                types.String   `tfsdk:"id"`
	URN               types.String   `tfsdk:"urn"`
	FunctionURN       types.String   `tfsdk:"function_urn"`
	Name              types.String   `tfsdk:"name"`
	Version           types.String   `tfsdk:"version"`
	Description       types.String   `tfsdk:"description"`
	AdditionalVersion types.Object   `tfsdk:"additional_version"` // shareModel
	Strategy          types.Object   `tfsdk:"strategy"`           // strategyModel
	LastModified      types.String   `tfsdk:"last_modified"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

type shareModel struct {
	Version types.String `tfsdk:"version"`
	Weight  types.Int64  `tfsdk:"weight"`
}

type strategyModel struct {
	Version     types.String `tfsdk:"version"`
	CombineType types.String `tfsdk:"combine_type"`
	Rules       types.List   `tfsdk:"rules"` // ruleModel
}

type ruleModel struct {
	RuleType types.String `tfsdk:"rule_type"`
	Param    types.String `tfsdk:"param"`
	Op       types.String `tfsdk:"op"`
	Value    types.String `tfsdk:"value"`
}

var (
	shareType    = shareAttribute().GetType()
	strategyType = strategyAttribute().GetType()
	rulesType    = strategyAttribute().Attributes["rules"].GetType()
)

// toAPI is the whole alias: a write replaces what there was (contract A11).
//
// Only for A11 (put-alias): what was there and is not wanted any more is sent as empty, so that a service which keeps
// what is left out clears it, too.
func (m model) toAPI(prior model) functiongraph.AliasRequest {
	out := functiongraph.AliasRequest{Version: m.Version.ValueString(), Description: m.Description.ValueString()}
	if share, ok := m.share(); ok {
		out.AdditionalVersionWeights = map[string]int64{share.Version.ValueString(): share.Weight.ValueInt64()}
	} else if _, had := prior.share(); had {
		out.AdditionalVersionWeights = map[string]int64{}
	}
	out.AdditionalVersionStrategy = m.strategy()
	if out.AdditionalVersionStrategy == nil && !prior.Strategy.IsNull() {
		out.AdditionalVersionStrategy = map[string]functiongraph.VersionStrategy{}
	}
	return out
}

// clears says that a second version goes.
//
// Only for A11 (put-alias): see move.
func (m model) clears(prior model) bool {
	_, has := m.share()
	_, had := prior.share()
	return had && !has ||
		m.Strategy.IsNull() && !prior.Strategy.IsNull()
}

// strategy is the strategy on the wire; nil for none.
func (m model) strategy() map[string]functiongraph.VersionStrategy {
	strategy, ok := tfconv.Object[strategyModel](m.Strategy)
	if !ok {
		return nil
	}
	wire := functiongraph.VersionStrategy{CombineType: strategy.CombineType.ValueString(),
		Rules: []functiongraph.VersionRule{}}
	for _, element := range strategy.Rules.Elements() {
		object, _ := element.(types.Object)
		if rule, ok := tfconv.Object[ruleModel](object); ok {
			wire.Rules = append(wire.Rules, functiongraph.VersionRule{
				RuleType: rule.RuleType.ValueString(), Param: rule.Param.ValueString(), Op: rule.Op.ValueString(),
				Value: rule.Value.ValueString(),
			})
		}
	}
	return map[string]functiongraph.VersionStrategy{strategy.Version.ValueString(): wire}
}

// strategyText is the strategy in the form of an answer.
func (m model) strategyText() map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for version, strategy := range m.strategy() {
		out[version], _ = json.Marshal(strategy) // texts always have a JSON form
	}
	return out
}

// sends says that a write is needed to get from prior to m.
func (m model) sends(prior model) bool {
	return !reflect.DeepEqual(m.toAPI(model{}), prior.toAPI(model{}))
}

// targets are the versions that the alias names.
func (m model) targets() []string {
	names := []string{m.Version.ValueString()}
	if share, ok := m.share(); ok {
		names = append(names, share.Version.ValueString())
	}
	return append(names, slices.Collect(maps.Keys(m.strategy()))...)
}

// fromAPI takes over what a read reports.
func (m *model) fromAPI(in *functiongraph.Alias, urn functiongraph.URN) (diags diag.Diagnostics) {
	m.ID = types.StringValue(urn.String())
	m.URN = m.ID
	m.FunctionURN = types.StringValue(urn.Function().String())
	m.Name = types.StringValue(urn.Alias())
	m.Version = types.StringValue(in.Version)
	m.Description = tfconv.Text(&in.Description, m.Description)
	m.LastModified = types.StringValue(in.LastModified)
	m.takeShare(in.AdditionalVersionWeights)
	m.takeStrategy(in.AdditionalVersionStrategy, &diags)
	return diags
}

// share is the second version that gets a share of the calls; false for none. Modules write one without a name for
// none.
func (m model) share() (shareModel, bool) {
	share, ok := tfconv.Object[shareModel](m.AdditionalVersion)
	return share, ok && (!tfconv.Blank(share.Version) || share.Weight.ValueInt64() != 0)
}

// takeShare takes over the second version, and keeps the form of none.
func (m *model) takeShare(weights map[string]int64) {
	if _, has := m.share(); len(weights) > 0 || has {
		m.AdditionalVersion = tfconv.NullObject(shareType)
	}
	for version, weight := range weights { // at most one (contract A7)
		m.AdditionalVersion = tfconv.ObjectOf(shareType, shareModel{types.StringValue(version), types.Int64Value(weight)})
	}
}

// takeStrategy keeps the present value as long as the service says the same: it may spell the type of a rule in another
// way (contract X18).
func (m *model) takeStrategy(in map[string]json.RawMessage, diags *diag.Diagnostics) {
	reported := tfconv.NullObject(strategyType)
	for version, text := range in { // at most one
		strategy, err := readStrategy(version, text)
		if err != nil {
			warnUnreadable(path.Root("strategy"), m.Name.ValueString(), err, diags)
			continue
		}
		reported = tfconv.ObjectOf(strategyType, strategy)
	}
	next := model{Strategy: reported}
	if tfconv.FullyKnown(m.Strategy) && sameStrategy(m.strategy(), next.strategy()) {
		return
	}
	m.Strategy = reported
}

// readStrategy reads rules as they are on the wire (contract 3.11, VersionStrategy).
func readStrategy(version string, text json.RawMessage) (strategyModel, error) {
	var wire functiongraph.VersionStrategy
	if err := json.Unmarshal(text, &wire); err != nil {
		return strategyModel{}, err
	}
	rules := make([]ruleModel, 0, len(wire.Rules))
	for _, rule := range wire.Rules {
		rules = append(rules, ruleModel{
			types.StringValue(rule.RuleType), types.StringValue(rule.Param), types.StringValue(rule.Op),
			types.StringValue(rule.Value),
		})
	}
	return strategyModel{
		types.StringValue(version), types.StringValue(wire.CombineType), tfconv.ListOf(rulesType, rules),
	}, nil
}

func warnUnreadable(at path.Path, alias string, err error, diags *diag.Diagnostics) {
	diags.AddAttributeWarning(at, "Unreadable Strategy of an Alias",
		fmt.Sprintf("The rules of the alias %q have a form that this provider does not know: %s.", alias, err))
}

// sameStrategy compares without the case of the types of rules.
func sameStrategy(a, b map[string]functiongraph.VersionStrategy) bool {
	return reflect.DeepEqual(lowerTypes(a), lowerTypes(b))
}

func lowerTypes(in map[string]functiongraph.VersionStrategy) map[string]functiongraph.VersionStrategy {
	out := maps.Clone(in)
	for version, strategy := range out {
		strategy.Rules = slices.Clone(strategy.Rules)
		for i := range strategy.Rules {
			strategy.Rules[i].RuleType = strings.ToLower(strategy.Rules[i].RuleType)
		}
		out[version] = strategy
	}
	return out
}

// fill completes a plan: what it knew stays, what it left open comes from the read.
func (m *model) fill(read model) {
	m.ID = tfconv.Filled(m.ID, read.ID)
	m.URN = tfconv.Filled(m.URN, read.URN)
	m.LastModified = tfconv.Filled(m.LastModified, read.LastModified)
}
