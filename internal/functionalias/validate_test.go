// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"maps"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

type attributes = map[string]any

// with is a small valid alias with some attributes changed.
func with(change attributes) attributes {
	config := attributes{"function_urn": functionURN, "name": "prod", "version": "v1"}
	maps.Copy(config, change)
	return config
}

func share(version any, weight int) attributes {
	return attributes{"additional_version": attributes{"version": version, "weight": weight}}
}

func strategy(change attributes) attributes {
	rule := attributes{"rule_type": "Header", "param": "x-canary", "op": "=", "value": "1"}
	maps.Copy(rule, change)
	return attributes{"strategy": attributes{"version": "v2", "combine_type": "and", "rules": []any{rule}}}
}

// byRules is strategy, with another version.
func byRules(version string) attributes {
	config := strategy(nil)
	config["strategy"].(attributes)["version"] = version
	return config
}

// TestValidateAlias: what is wrong is said with its path before anything is asked; the nearest value that is fine
// passes.
func TestValidateAlias(t *testing.T) {
	t.Parallel()
	both := share("v2", 10)
	maps.Copy(both, strategy(nil))
	for name, test := range map[string]struct {
		path, summary string
		bad, good     attributes
	}{
		"version's URN":        {"function_urn", "Invalid Function URN", attributes{"function_urn": functionURN + ":v1"}, nil},
		"name with a digit":    {"name", "Invalid Attribute Value Match", attributes{"name": "1a"}, attributes{"name": "a1"}},
		"name of 64":           {"name", "Invalid Attribute Value Length", attributes{"name": name64}, attributes{"name": name64[:63]}},
		"empty version":        {"version", "Invalid Attribute Value Length", attributes{"version": ""}, attributes{"version": "latest"}},
		"version with a blank": {"version", "Invalid Attribute Value Match", attributes{"version": "v1 "}, attributes{"version": "v1"}},
		"URN of a version":     {"version", "Invalid Attribute Value Match", attributes{"version": functionURN + ":v1"}, nil},
		"alias as version":     {"version", "Invalid Attribute Value Match", attributes{"version": "!live"}, attributes{"version": "v.1_a-b"}},
		"URN of the second":    {"additional_version.version", "Invalid Attribute Value Match", share(functionURN+":v2", 10), nil},
		"URN beside rules":     {"strategy.version", "Invalid Attribute Value Match", byRules(functionURN + ":v2"), byRules("v2")},
		"blank beside rules":   {"strategy.version", "Invalid Attribute Value Match", byRules("v2 "), nil},
		"share without a name": {"additional_version.version", "Missing Required Argument", share("", 10), share("", 0)},
		"weight 101":           {"additional_version.weight", "Invalid Attribute Value", share("v2", 101), share("v2", 100)},
		"weight -1":            {"additional_version.weight", "Invalid Attribute Value", share("v2", -1), share("v2", 0)},
		"second is latest":     {"additional_version.version", "Invalid Attribute Value Match", share("latest", 1), share("v2", 1)},
		"second is the first":  {"additional_version.version", "Second Version Is the First", share("v1", 1), share(acctest.Unknown, 1)},
		"share and rules":      {"strategy", "Conflicting Attributes", both, strategy(nil)},
		"other kind of rule":   {"strategy.rules[0].rule_type", "Invalid Attribute Value Match", strategy(attributes{"rule_type": "path"}), strategy(attributes{"rule_type": "COOKIE"})},
		"other operator":       {"strategy.rules[0].op", "Invalid Attribute Value Match", strategy(attributes{"op": "!="}), strategy(attributes{"op": "in"})},
		"parameter with a dot": {"strategy.rules[0].param", "Invalid Attribute Value Match", strategy(attributes{"param": "a.b"}), strategy(attributes{"param": "a-b_1"})},
		"rule without a value": {"strategy.rules[0].value", "Invalid Attribute Value Length", strategy(attributes{"value": ""}), strategy(attributes{"value": "x"})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			got := p.Validate("fgs_function_alias", with(test.bad))
			if len(got) != 1 || got[0].Severity != "ERROR" || got[0].Path != test.path || got[0].Summary != test.summary {
				t.Errorf("want %q at %s, got %s", test.summary, test.path, got)
			}
			if got := p.Validate("fgs_function_alias", with(test.good)); len(got) > 0 {
				t.Errorf("its neighbour: %s", got)
			}
			if n := len(e.Emulator.Requests()); n > 0 {
				t.Errorf("%d requests were made", n)
			}
		})
	}
}

const name64 = "a123456789b123456789c123456789d123456789e123456789f123456789g123"
