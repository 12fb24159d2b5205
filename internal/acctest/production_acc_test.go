// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// production is a function with a release behind an alias, and all that a function in production has beside its code.
func production(runtime, code, reserved, async, event string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "shop"
  runtime     = %q
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
resource "fgs_function_alias" "test" {
  function_urn = fgs_function.test.urn
  name         = "live"
  version      = fgs_function_version.test.version
}
resource "fgs_reserved_instances" "test" {
  function_urn = fgs_function_alias.test.urn
  %s
}
resource "fgs_async_invoke_configuration" "test" {
  function_urn = fgs_function_alias.test.urn
  %s
}
resource "fgs_function_event" "test" {
  function_urn = fgs_function.test.urn
  %s
}
data "fgs_reserved_instances" "test" {
  function_urn = fgs_function.test.urn
  depends_on   = [fgs_reserved_instances.test]
}
`, runtime, code, reserved, async, event)
}

// TestAccProduction: what is bound to an alias follows each release without a call. A change of all of it is one call
// each, with values of its own for what a configuration leaves out. When the function is replaced, also under another
// name, they are made anew at it in the same apply.
func TestAccProduction(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
	const (
		office = `schedules = { office = { cron = "0 0 6 * * MON-FRI", count = 5, start_time = "2099-01-01T00:00:00Z", ` +
			`end_time = "2099-02-01T00:00:00Z" } }`
		async = `max_retry_attempts = 0
  on_failure         = { smn = { topic_urn = "urn:smn:a:b:c" } }`
		event = `name    = "smoke"
  content = jsonencode({ n = 1 })`
	)
	does := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
		var checks resource.ConfigPlanChecks
		for _, kind := range []string{reservedType, asyncType, eventType} {
			checks.PreApply = append(checks.PreApply, plancheck.ExpectResourceAction(kind+".test", action))
		}
		return checks
	}
	row := func(count int64) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.fgs_reserved_instances.test", tfjsonpath.New("reserved_instances"),
			knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"qualifier_type": knownvalue.StringExact("alias"), "qualifier_name": knownvalue.StringExact("live"),
				"min_count": knownvalue.Int64Exact(count),
			})}))
	}
	last := production("Python3.6", "2", "min_count = 3", async, event)
	remade := func(name string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			f, _ := e.Emulator.Function("default", name)
			if f.Runtime != "Python3.6" || len(f.Reservations) != 1 || f.Reservations[0].Qualifier != "!live" ||
				len(f.Async) != 1 || f.Async[0].OnFailure == nil || len(f.Events) != 1 || len(e.Emulator.Functions()) != 1 {
				return fmt.Errorf("the service has %+v", f)
			}
			return nil
		}
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
		Steps: []resource.TestStep{
			{
				Config:            production("Python3.9", "1", "min_count = 2\n  "+office, async, event),
				ConfigStateChecks: []statecheck.StateCheck{row(2)},
			},
			{
				PreConfig: e.Emulator.ResetRequests,
				Config:    production("Python3.9", "2", "min_count = 2\n  "+office, async, event),
				// Each of them stays as it is.
				ConfigPlanChecks: does(plancheck.ResourceActionNoop),
				Check:            e.ExpectWrites("UpdateCode", "PublishVersion", "UpdateAlias"),
			},
			{
				Config:           production("Python3.9", "2", "min_count = 3", "", "name    = \"smoke\"\n  content = \"[]\""),
				ConfigPlanChecks: does(plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					writes := map[string]int{}
					for _, op := range []string{"SetReservedInstances", "SetAsyncSettings", "UpdateEvent"} {
						writes[op] = e.Emulator.Count(op)
					}
					f, _ := e.Emulator.Function("default", "shop")
					if fmt.Sprint(writes) != "map[SetAsyncSettings:1 SetReservedInstances:1 UpdateEvent:1]" {
						return fmt.Errorf("calls: %v", writes)
					}
					if r := f.Reservations[0]; r.MinCount != 3 || len(r.Cron) > 0 {
						return fmt.Errorf("reserved: %+v", r)
					}
					if a := f.Async[0]; a.Retries != 1 || a.OnFailure != nil {
						return fmt.Errorf("asynchronous: %+v", a)
					}
					return nil
				},
				ConfigStateChecks: []statecheck.StateCheck{row(3)},
			},
			{
				Config:           last,
				ConfigPlanChecks: does(plancheck.ResourceActionUpdate), Check: remade("shop"),
			},
			{
				Config:           strings.Replace(last, `"shop"`, `"store"`, 1),
				ConfigPlanChecks: does(plancheck.ResourceActionUpdate), Check: remade("store"),
			},
		}})
}
