// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// gate is a release whose alias depends on a call of the version.
func gate(code string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "shop"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = %q }
}
resource "fgs_function_version" "test" {
  function_urn      = fgs_function.test.urn
  source_hash       = fgs_function.test.source_hash
  digest            = fgs_function.test.digest
  retain_on_destroy = true
}
resource "fgs_invocation" "test" {
  function_urn = fgs_function_version.test.urn
  input        = jsonencode({ check = true })
}
resource "fgs_function_alias" "test" {
  function_urn = fgs_function.test.urn
  name         = "live"
  version      = fgs_function_version.test.version
  depends_on   = [fgs_invocation.test]
}
`, code)
}

// TestAccGate: the version is called between its publication and the move of the alias, once, and never by a plan; an
// alias moves only to what answered.
func TestAccGate(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
	reply := func(r emulator.Reply) func() {
		return func() {
			e.Emulator.ResetRequests()
			e.Emulator.PutReply("default", "shop", "", r)
		}
	}
	first := ""
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
		Steps: []resource.TestStep{
			{
				Config: gate("1"),
				Check: resource.ComposeTestCheckFunc(
					e.ExpectWrites("CreateFunction", "PublishVersion", calls, "CreateAlias"),
					resource.TestCheckResourceAttr("fgs_invocation.test", "status", "200"),
					resource.TestCheckNoResourceAttr("fgs_invocation.test", "result"),
					func(*terraform.State) error {
						f, _ := e.Emulator.Function("default", "shop")
						first = f.Aliases[0].Version
						return nil
					}),
			},
			{
				PreConfig: reply(emulator.Reply{Status: 500, Result: "no table"}), Config: gate("2"),
				ExpectError: regexp.MustCompile(`(?s)Function Failed.*no table`),
			},
			{ // the version is there, and what failed is done again, without a word about the rest
				PreConfig: func() {
					f, _ := e.Emulator.Function("default", "shop")
					if len(f.Versions) != 2 || f.Aliases[0].Version != first || e.Emulator.Count("UpdateAlias") > 0 {
						t.Errorf("after a call that failed: %d versions, %+v", len(f.Versions), f.Aliases)
					}
					reply(emulator.Reply{})()
				},
				Config: gate("2"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction("fgs_invocation.test", plancheck.ResourceActionDestroyBeforeCreate),
				}},
				Check: e.ExpectWrites(calls, "UpdateAlias"),
			},
		}})
}
