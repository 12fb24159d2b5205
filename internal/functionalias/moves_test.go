// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// named is an alias of a name.
func named(name, attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function_alias" %[2]q {
  function_urn = %[1]q
  name         = %[2]q
  %[3]s
}
`, functionURN, name, attributes)
}

// points demands where the aliases point, by name, with the share of a second version.
func (a aliasTest) points(want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f, _ := a.env.Emulator.Function("default", "orders")
		var got []string
		for _, alias := range f.Aliases {
			text := alias.Name + " " + alias.Version
			for version, weight := range alias.Weights {
				text += fmt.Sprint(" ", version, ":", weight)
			}
			got = append(got, text)
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("the aliases are %v, want %v", got, want)
		}
		return nil
	}
}

// underBothCodes runs a test under both codes by which the service may refuse a version that has an alias.
func underBothCodes(t *testing.T, test func(a aliasTest)) {
	for code, bad := range map[string]bool{"FSS.1066": false, "FSS.1014": true} {
		t.Run(code, func(t *testing.T) {
			test(newAliasTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.BadAliasedVersion = bad })))
		})
	}
}

// TestAccAlias_along: two aliases move along, and back, in one apply each, by one call that succeeds for each: of two
// that are in the way of one another, one waits. A third is deleted, and a fourth made in its place.
func TestAccAlias_along(t *testing.T) {
	underBothCodes(t, func(a aliasTest) {
		both := func(stable, canary string) string {
			return named("stable", fmt.Sprintf("version = %q", stable)) + named("canary", fmt.Sprintf("version = %q", canary))
		}
		moved := func(want ...string) resource.TestStep {
			return resource.TestStep{
				PreConfig: a.env.Emulator.ResetRequests,
				Check: resource.ComposeAggregateTestCheckFunc(a.points(want...), func(*terraform.State) error {
					for _, r := range a.env.Emulator.Requests() {
						if r.Op == "CreateAlias" || r.Op == "DeleteAlias" {
							return fmt.Errorf("%s was sent", r.Op)
						}
					}
					return nil
				}),
			}
		}
		forward, back := moved("canary v3", "stable v2"), moved("canary v2", "stable v1")
		forward.Config, back.Config = both("v2", "v3"), both("v1", "v2")
		a.run(
			resource.TestStep{Config: both("v1", "v2")}, forward, back, forward,
			resource.TestStep{
				Config: both("v2", "v1") + named("next", `version = "v3"`), Check: a.points("canary v1", "next v3", "stable v2"),
			},
			resource.TestStep{
				Config: named("canary", `version = "v2"`) + named("next", `version = "v3"`) + named("last", `version = "v1"`),
				Check:  a.points("canary v2", "last v1", "next v3"),
			},
		)
	})
}

// TestAccAlias_exchange: two aliases that exchange their versions are refused by the plan, before anything is changed.
// What the error advises works, and from the first of its two applies on, the calls go where they should.
func TestAccAlias_exchange(t *testing.T) {
	underBothCodes(t, func(a aliasTest) {
		exchanged := named("blue", `version = "v2"`) + named("green", `version = "v1"`)
		a.run(
			resource.TestStep{Config: named("blue", `version = "v1"`) + named("green", `version = "v2"`)},
			resource.TestStep{
				Config: exchanged, PlanOnly: true, PreConfig: a.env.Emulator.ResetRequests,
				ExpectError: regexp.MustCompile(`(?s)Exchange.*let\s+"blue"\s+point.*` +
					`additional_version\s+=\s+\{\s+version\s+=\s+"v2",\s+weight\s+=\s+100`),
			},
			resource.TestStep{
				Config: named("blue", "version = \"latest\"\n additional_version = { version = \"v2\", weight = 100 }") +
					named("green", `version = "v1"`),
				Check: a.points("blue latest v2:100", "green v1"),
			},
			resource.TestStep{Config: exchanged, Check: a.points("blue v2", "green v1")},
		)
	})
}

// TestAccAlias_heldByOther: an alias that Terraform does not manage has the version. The error names it, and with this
// alias elsewhere, or that one, the next apply is well.
func TestAccAlias_heldByOther(t *testing.T) {
	underBothCodes(t, func(a aliasTest) {
		put := func(version string) {
			if err := a.env.Emulator.PutAlias("default", "orders", "theirs", version, nil); err != nil {
				a.Fatal(err)
			}
		}
		put("v3")
		held := regexp.MustCompile(`"theirs"\s+already`)
		a.run(
			resource.TestStep{Config: named("ours", `version = "v3"`), ExpectError: held},
			resource.TestStep{Config: named("ours", `version = "v1"`), Check: a.points("ours v1", "theirs v3")},
			resource.TestStep{Config: named("ours", `version = "v3"`), ExpectError: held},
			resource.TestStep{
				PreConfig: func() { put("v2") }, Config: named("ours", `version = "v3"`), Check: a.points("ours v3", "theirs v2"),
			},
		)
	})
}

// TestAccAlias_noMove: where the region has no call that changes an alias, that is said, and nothing is deleted.
func TestAccAlias_noMove(t *testing.T) {
	a := newAliasTest(t)
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`)},
		resource.TestStep{
			PreConfig: func() {
				a.env.Emulator.ResetRequests()
				a.env.Emulator.Inject(emulator.Fault{Op: "UpdateAlias", Status: 404, Code: "APIGW.0101", Message: "no such API"})
			},
			Config:      alias(`version = "v2"`),
			ExpectError: regexp.MustCompile(`(?s)no\s+call\s+that\s+changes\s+an\s+alias.*-replace.*APIGW\.0101`),
		},
		resource.TestStep{
			Config: alias(`version = "v1"`), Check: resource.ComposeAggregateTestCheckFunc(
				a.holds("prod v1  map[] map[]"), a.env.ExpectWrites("UpdateAlias")),
		},
	)
}
