// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	listSource = "fgs_function_aliases"
	listedURN  = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
)

type listConfig = map[string]any

// listEnv is an emulator with a function that has aliases of each kind.
func listEnv(t *testing.T) *acctest.Env {
	t.Helper()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{
		Name: "orders", Versions: []emulator.Version{{Name: "v1"}, {Name: "v2"}, {Name: "v3"}},
		Aliases: []emulator.Alias{ // not in order
			{Name: "stable", Version: "v1", Description: "for everybody"},
			{Name: "canary", Version: "v2", Weights: map[string]int{"v3": 10}},
			{Name: "beta", Version: "v3", Strategy: map[string]emulator.Strategy{"v1": {
				CombineType: "or", Rules: []emulator.StrategyRule{{RuleType: "Header", Param: "x-user", Op: "in", Value: "a,b"}},
			}}},
		},
	})
	e.Emulator.Put(emulator.Function{Name: "bare", Package: "shop"})
	return e
}

// expectListed demands nothing, or one error at the path with the summary and the words.
func expectListed(t *testing.T, got acctest.Diagnostics, path, summary, says string) {
	t.Helper()
	if summary == "" {
		if len(got) > 0 {
			t.Errorf("want no diagnostics, got %s", got)
		}
		return
	}
	if len(got) != 1 || got[0].Severity != "ERROR" || got[0].Path != path || got[0].Summary != summary ||
		!strings.Contains(got[0].Detail, says) {
		t.Errorf("want %s at %q with %q, got %s", summary, path, says, got)
	}
}

// TestAliases_validate: each rule refuses a value at its attribute and accepts its nearest neighbour.
func TestAliases_validate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, summary, says string
		bad, good           listConfig
	}{
		"nothing": {"", "Missing Function", "function_urn", listConfig{}, listConfig{"name": acctest.Unknown}},
		"both": {
			"name", "Invalid Attribute Combination", "function_urn",
			listConfig{"function_urn": listedURN, "name": "orders"}, listConfig{"function_urn": listedURN},
		},
		"package of a URN": {
			"package", "Invalid Attribute Combination", "function_urn has the package in it",
			listConfig{"function_urn": listedURN, "package": "default"}, listConfig{"name": "orders", "package": "default"},
		},
		"URN of an alias": {
			"function_urn", "Invalid Function URN", "parse_urn(…).function_urn",
			listConfig{"function_urn": listedURN + ":!prod"}, listConfig{"function_urn": listedURN},
		},
		"no URN":  {"function_urn", "Invalid Function URN", "7 or 8", listConfig{"function_urn": "orders"}, listConfig{"name": "orders"}},
		"no name": {"", "Missing Function", "name", listConfig{"name": ""}, listConfig{"name": "o"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectListed(t, p.ValidateData(listSource, test.bad), test.path, test.summary, test.says)
			expectListed(t, p.ValidateData(listSource, test.good), "", "", "")
			if n := len(e.Emulator.Requests()); n != 0 {
				t.Errorf("%d requests were made", n)
			}
		})
	}
}

// TestAliases_requests: a list is one request, whatever comes of it.
func TestAliases_requests(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config              listConfig
		path, summary, says string
	}{
		"by name":    {config: listConfig{"name": "orders"}},
		"by URN":     {config: listConfig{"function_urn": listedURN}},
		"no aliases": {config: listConfig{"name": "bare", "package": "shop"}},
		"no function": {
			listConfig{"name": "bare"}, "name", "Function Not Found", `There is no function "bare" in package "default".`,
		},
		"no function of the URN": {
			listConfig{"function_urn": listedURN + "2"}, "function_urn", "Function Not Found",
			"There is no function " + listedURN + "2.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := listEnv(t)
			p := e.Protocol(t)
			expectListed(t, p.Configure(nil), "", "", "")
			expectListed(t, p.ReadData(listSource, test.config), test.path, test.summary, test.says)
			if all, lists := len(e.Emulator.Requests()), e.Emulator.Count("ListAliases"); all != 1 || lists != 1 {
				t.Errorf("%d requests, %d of them lists; want one", all, lists)
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		e := listEnv(t)
		e.Emulator.Inject(emulator.Fault{Op: "ListAliases", Status: 403, Code: "FSS.0403"})
		p := e.Protocol(t)
		expectListed(t, p.Configure(nil), "", "", "")
		expectListed(t, p.ReadData(listSource, listConfig{"name": "orders"}), "name", "Unable to Read Function Aliases",
			"permissions of the provider's user")
	})
	t.Run("strategy of another form", func(t *testing.T) {
		t.Parallel()
		e := listEnv(t)
		e.Emulator.Inject(emulator.Fault{Op: "ListAliases", Status: 200, RawBody: []byte(
			`[{"name":"prod","version":"v1","additional_version_strategy":{"v2":{"rules":"all"}}}]`)})
		p := e.Protocol(t)
		expectListed(t, p.Configure(nil), "", "", "")
		got := p.ReadData(listSource, listConfig{"name": "orders"})
		if len(got) != 1 || got[0].Severity != "WARNING" || !strings.Contains(got[0].Detail, `alias "prod"`) {
			t.Errorf("want one warning, got %s", got)
		}
	})
}

// TestAccAliases lists aliases of each kind.
func TestAccAliases(t *testing.T) {
	t.Parallel()
	e := listEnv(t)
	exact, null := knownvalue.StringExact, knownvalue.Null()
	type object = map[string]knownvalue.Check
	alias := func(name, version string, more object) knownvalue.Check {
		all := object{
			"name": exact(name), "version": exact(version), "urn": exact(listedURN + ":!" + name),
			"last_modified": knownvalue.NotNull(),
			"description":   null, "additional_version": null, "strategy": null,
		}
		for attribute, check := range more {
			all[attribute] = check
		}
		return knownvalue.ObjectExact(all)
	}
	at := func(label, attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.fgs_function_aliases."+label, tfjsonpath.New(attribute), check)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories,
		Steps: []resource.TestStep{{
			Config: `
data "fgs_function_aliases" "test" { name = "orders" }
data "fgs_function_aliases" "same" { function_urn = data.fgs_function_aliases.test.function_urn }
data "fgs_function_aliases" "none" {
  name    = "bare"
  package = "shop"
}
output "same" { value = data.fgs_function_aliases.test.aliases == data.fgs_function_aliases.same.aliases }
`,
			ConfigStateChecks: []statecheck.StateCheck{
				at("test", "function_urn", exact(listedURN)), at("test", "package", exact("default")),
				at("same", "name", exact("orders")), at("none", "aliases", knownvalue.ListExact(nil)),
				statecheck.ExpectKnownOutputValue("same", knownvalue.Bool(true)),
				at("test", "aliases", knownvalue.ListExact([]knownvalue.Check{
					alias("beta", "v3", object{"strategy": knownvalue.ObjectExact(object{
						"version": exact("v1"), "combine_type": exact("or"),
						"rules": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(object{
							"rule_type": exact("Header"), "param": exact("x-user"), "op": exact("in"), "value": exact("a,b"),
						})}),
					})}),
					alias("canary", "v2", object{"additional_version": knownvalue.ObjectExact(object{
						"version": exact("v3"), "weight": knownvalue.Int64Exact(10),
					})}),
					alias("stable", "v1", object{"description": exact("for everybody")}),
				})),
			},
		}},
	})
}
