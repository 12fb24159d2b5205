// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// inList is a service that reports rules in the list of aliases only (contract 3.12), and keeps what is not sent (A11).
var inList = acctest.WithSwitches(func(s *emulator.Switches) { s.AliasStrategyInList, s.MergeAlias = true, true })

// TestAccAlias_rulesForShare: somebody puts rules in the place of a share, and only the list shows them. The share
// comes back by one call, which clears the rules.
func TestAccAlias_rulesForShare(t *testing.T) {
	a := newAliasTest(t, inList)
	theirs := func() {
		err := a.env.Emulator.Edit("default", "orders", func(f *emulator.Function) {
			f.Aliases[0].Weights = nil
			f.Aliases[0].Strategy = map[string]emulator.Strategy{"v2": {CombineType: "or", Rules: []emulator.StrategyRule{
				{RuleType: "header", Param: "x-canary", Op: "=", Value: "a"},
			}}}
		})
		if err != nil {
			t.Fatal(err)
		}
		a.env.Emulator.ResetRequests()
	}
	config := alias(`version = "v1"` + "\n" + weighted)
	a.run(
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: theirs, Config: config, ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check: resource.ComposeAggregateTestCheckFunc(a.holds("prod v1  map[v2:10] map[]"),
				a.env.ExpectWrites("UpdateAlias")),
		},
	)
}

// TestAccAlias_noList: a region without the list of aliases does not report the rules, which fails no refresh.
func TestAccAlias_noList(t *testing.T) {
	a := newAliasTest(t, inList)
	a.env.Emulator.Inject(emulator.Fault{Op: "ListAliases", Status: 404, Code: "APIGW.0101", Times: -1})
	a.run(
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + ruled), Check: a.holds("prod v1  map[] " + rules)},
		resource.TestStep{Config: alias(`version = "v3"` + "\n" + ruled), Check: a.holds("prod v3  map[] " + rules)},
		resource.TestStep{Config: alias(`version = "v3"`), Check: a.holds("prod v3  map[] map[]")},
	)
}
