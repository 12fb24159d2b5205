// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// withVersions is default/demo with the versions v1, v2 and v3, and an alias `taken` on v3.
func withVersions(t *testing.T) *bench {
	t.Helper()
	b := withDemo(t)
	for _, name := range []string{"v1", "v2", "v3"} {
		b.deploy(name)
		b.publish(name)
	}
	b.want(200, "", "POST", demo+"/aliases", object{"name": "taken", "version": "v3"})
	return b
}

func rules(combine, op string) object {
	return object{"combine_type": combine,
		"rules": []object{{"rule_type": "Header", "param": "version", "op": op, "value": "v2"}}}
}

func TestAliasRules(t *testing.T) {
	t.Parallel()
	weights := func(w object) object {
		return object{"name": "a", "version": "v1", "additional_version_weights": w}
	}
	strategy := func(s object) object {
		return object{"name": "a", "version": "v1", "additional_version_strategy": s}
	}
	for _, rule := range []rulePair{
		{"A1_name_first", 400, "FSS.1014", object{"name": "1a", "version": "v1"}, object{"name": "a1", "version": "v1"}},
		{"A1_name_length", 400, "FSS.1014", object{"name": strings.Repeat("a", 65), "version": "v1"},
			object{"name": strings.Repeat("a", 64), "version": "v1"}},
		{"A2_name_exists", 409, "FSS.1063", object{"name": "taken", "version": "v1"},
			object{"name": "free", "version": "v1"}},
		{"A3_version_has_alias", 409, "FSS.1066", object{"name": "a", "version": "v3"}, object{"name": "a", "version": "v1"}},
		{"A5_version", 404, "FSS.1052", object{"name": "a", "version": "v9"}, object{"name": "a", "version": "v2"}},
		{"A6_additional_missing", 400, "FSS.1091", weights(object{"v9": 1}), weights(object{"v2": 1})},
		{"A6_additional_is_main", 400, "FSS.1093", weights(object{"v1": 1}), weights(object{"v3": 1})},
		{"A6_additional_latest", 400, "FSS.1091", weights(object{"latest": 1}), weights(object{"v2": 1})},
		{"A7_weight_high", 400, "FSS.1092", weights(object{"v2": 101}), weights(object{"v2": 100})},
		{"A7_weight_low", 400, "FSS.1092", weights(object{"v2": -1}), weights(object{"v2": 0})},
		{"A7_two_entries", 400, "FSS.1092", weights(object{"v2": 1, "v3": 1}), weights(object{"v2": 1})},
		{"A8_both", 400, "FSS.0400", object{"name": "a", "version": "v1", "additional_version_weights": object{"v2": 1},
			"additional_version_strategy": object{"v2": rules("and", "=")}}, strategy(object{"v2": rules("and", "=")})},
		{"combine_type", 400, "FSS.0400", strategy(object{"v2": rules("xor", "=")}),
			strategy(object{"v2": rules("or", "in")})},
		{"op", 400, "FSS.0400", strategy(object{"v2": rules("and", "<")}), strategy(object{"v2": rules("and", "in")})},
		{"A12_latest", 404, "FSS.1052", object{"name": "a", "version": "newest"}, object{"name": "a", "version": "latest"}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withVersions(t)
			b.want(rule.status, rule.code, "POST", demo+"/aliases", rule.rejected)
			if got := len(b.function().Aliases); got != 1 {
				t.Fatalf("%d aliases after a refused create", got)
			}
			got := b.want(200, "", "POST", demo+"/aliases", rule.accepted)
			if want := demoURN + ":!" + got.text("name"); got.text("alias_urn") != want {
				t.Fatalf("alias_urn %q, want %q", got.text("alias_urn"), want)
			}
		})
	}
}

func TestAliasA4Quota(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for i := range 11 {
		b.deploy(fmt.Sprint("code", i))
		b.publish(fmt.Sprint("v", i))
	}
	for i := range 10 {
		b.want(200, "", "POST", demo+"/aliases", object{"name": fmt.Sprint("a", i), "version": fmt.Sprint("v", i)})
	}
	b.want(403, "FSS.1043", "POST", demo+"/aliases", object{"name": "a10", "version": "v10"})
	b.want(204, "", "DELETE", demo+"/aliases/a0", nil)
	b.want(200, "", "POST", demo+"/aliases", object{"name": "a10", "version": "v10"})
}

func TestAliasReadAndDelete(t *testing.T) {
	t.Parallel()
	b := withVersions(t)
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1", "description": "d",
		"additional_version_weights": object{"v2": 10}})
	got := b.want(200, "", "GET", demo+"/aliases/prod", nil)
	if got.text("version") != "v1" || got.text("description") != "d" ||
		fmt.Sprint(got.body["additional_version_weights"]) != "map[v2:10]" {
		t.Fatalf("alias = %v", got.body)
	}
	list := b.want(200, "", "GET", demo+"/aliases", nil)
	if text := string(list.raw); !strings.HasPrefix(text, "[") || strings.Count(text, "alias_urn") != 2 {
		t.Fatalf("list = %s", text)
	}
	b.want(404, "FSS.1053", "GET", demo+"/aliases/nobody", nil)
	b.want(404, "FSS.1051", "GET", functions+"/"+urnPrefix+"default:x/aliases", nil)
	b.want(204, "", "DELETE", demo+"/aliases/prod", nil)
	b.want(404, "FSS.1053", "DELETE", demo+"/aliases/prod", nil)
	if got := len(b.function().Versions); got != 3 {
		t.Fatalf("deleting an alias left %d versions, want 3", got)
	}
}

func TestAliasA11UpdateReplaces(t *testing.T) {
	t.Parallel()
	b := withVersions(t)
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1", "description": "d",
		"additional_version_strategy": object{"v2": rules("and", "in")}})
	got := b.want(200, "", "PUT", demo+"/aliases/prod",
		object{"version": "v1", "additional_version_strategy": object{"v2": rules("or", "in")}})
	if _, ok := got.body["additional_version_strategy"]; ok {
		t.Error("contract 3.13: the answer of PUT has no strategy")
	}
	b.want(200, "", "PUT", demo+"/aliases/prod", object{"version": "v2"})
	alias, _ := b.aliasOf("prod")
	if alias.Version != "v2" || alias.Description != "" || len(alias.Strategy) != 0 {
		t.Fatalf("alias = %+v", alias)
	}
	b.want(409, "FSS.1066", "PUT", demo+"/aliases/prod", object{"version": "v3"})
	b.want(404, "FSS.1052", "PUT", demo+"/aliases/prod", object{"version": "v9"})
	b.want(404, "FSS.1053", "PUT", demo+"/aliases/nobody", object{"version": "v1"})
	b.want(400, "FSS.1015", "PUT", demo+"/aliases/prod", object{"description": "x"})
	if alias, _ := b.aliasOf("prod"); alias.Version != "v2" {
		t.Fatalf("a refused update moved the alias to %s", alias.Version)
	}
}

func (b *bench) aliasOf(name string) (emulator.Alias, bool) {
	f := b.function()
	return f.Alias(name)
}
