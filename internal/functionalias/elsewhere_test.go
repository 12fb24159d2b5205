// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

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

// ofFunction is a function, and an alias of it that learns its URN late: with another generation, not before the apply.
func ofFunction(name, runtime string, generation int, urn string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = %q
  runtime     = %q
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = "1" }
}
resource "terraform_data" "late" {
  input            = %s
  triggers_replace = %d
}
resource "fgs_function_alias" "test" {
  function_urn = terraform_data.late.output
  name         = "prod"
  version      = "latest"
}
`, name, runtime, urn, generation)
}

// aliasOf demands that a function has the alias.
func aliasOf(e *acctest.Env, function string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if f, _ := e.Emulator.Function("default", function); len(f.Aliases) != 1 {
			return fmt.Errorf("%s has %d aliases", function, len(f.Aliases))
		}
		return nil
	}
}

// TestAccAlias_lateFunction: a function_urn that is not known in the plan deletes no alias. If it is the same, nothing
// happens; if the function is replaced, by one of the same name or another, the alias is made there; if it is another
// one that was there before, the apply ends, and the next plan replaces.
func TestAccAlias_lateFunction(t *testing.T) {
	t.Parallel()
	quiet := acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false })
	e := acctest.New(t, quiet)
	const own = "fgs_function.test.urn"
	other := fmt.Sprintf("%q", "urn:fss:"+emulator.DefaultRegion+":"+emulator.DefaultProjectID+":function:default:other")
	e.Emulator.Put(emulator.Function{Name: "other"})
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{Config: ofFunction("orders", "Python3.9", 1, own)},
		{
			PreConfig: e.Emulator.ResetRequests, Config: ofFunction("orders", "Python3.9", 2, own),
			ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check:            resource.ComposeAggregateTestCheckFunc(e.ExpectWrites(), aliasOf(e, "orders")),
		},
		{
			Config: ofFunction("orders", "Python3.6", 3, own), ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check: resource.ComposeAggregateTestCheckFunc(e.ExpectWrites("DeleteFunction", "CreateFunction", "CreateAlias"),
				aliasOf(e, "orders")),
		},
		{
			Config: ofFunction("renamed", "Python3.6", 4, own), ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check: aliasOf(e, "renamed"),
		},
		{
			PreConfig: e.Emulator.ResetRequests, Config: ofFunction("renamed", "Python3.6", 5, other),
			ExpectError: regexp.MustCompile(`(?s)became\s+known\s+only\s+now.*the\s+next\s+plan\s+shows`),
		},
		{
			Config:           ofFunction("renamed", "Python3.6", 5, other),
			ConfigPlanChecks: in(plancheck.ResourceActionDestroyBeforeCreate),
			Check: resource.ComposeAggregateTestCheckFunc(e.ExpectWrites("DeleteAlias", "CreateAlias"),
				aliasOf(e, "other")),
		},
	}})
}

// TestAccAlias_newFunction: the alias goes to a function that the same apply makes. What it was is deleted, as with a
// replacement.
func TestAccAlias_newFunction(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
	second := `
resource "fgs_function" "second" {
  name        = "second"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = "1" }
}
`
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{Config: ofFunction("orders", "Python3.9", 1, "fgs_function.test.urn"), Check: aliasOf(e, "orders")},
		{
			PreConfig: e.Emulator.ResetRequests,
			Config:    second + ofFunction("orders", "Python3.9", 1, "fgs_function.second.urn"),
			Check: resource.ComposeAggregateTestCheckFunc(
				e.ExpectWrites("CreateFunction", "CreateAlias", "DeleteAlias"), aliasOf(e, "second")),
		},
	}})
}
