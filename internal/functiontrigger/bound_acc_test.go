// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"fmt"
	"regexp"
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

// release is a function with a runtime and code, a version, an alias and a timer of the alias.
func release(runtime, code string) string {
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
resource "fgs_function_trigger" "test" {
  function_urn = fgs_function_alias.test.urn
  timer        = { name = "nightly", rate = "1d" }
}
`, runtime, code)
}

// TestAccAliasMoves: a trigger of an alias is not touched when the alias moves in the same apply; when the function is
// replaced, the trigger is made anew in the same apply.
func TestAccAliasMoves(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
		Steps: []resource.TestStep{
			{Config: release("Python3.9", "1")},
			{
				PreConfig: e.Emulator.ResetRequests, Config: release("Python3.9", "2"),
				ConfigPlanChecks: does(plancheck.ResourceActionNoop),
				Check:            e.ExpectWrites("UpdateCode", "PublishVersion", "UpdateAlias"),
			},
			{
				Config: release("Python3.6", "2"), ConfigPlanChecks: does(plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					f, _ := e.Emulator.Function("default", "shop")
					if len(f.Triggers) != 1 || f.Triggers[0].Qualifier != "!live" || f.Runtime != "Python3.6" {
						return fmt.Errorf("the service has %s with %v", f.Runtime, f.Triggers)
					}
					return nil
				},
			},
		}})
}

// TestAccLatest: a URN with :latest and one without a version are the same; a version is another.
func TestAccLatest(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	const timer = `timer = { name = "nightly", rate = "1d" }`
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{Config: trigger(functionURN+":latest", timer), Check: e.ExpectWrites("CreateTrigger")},
		{Config: trigger(functionURN, timer), ConfigPlanChecks: does(plancheck.ResourceActionNoop)},
		{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts", "function_urn"}},
		{
			Config: trigger(functionURN+":v1", timer), ConfigPlanChecks: does(plancheck.ResourceActionDestroyBeforeCreate),
			Check: e.ExpectWrites("DeleteTrigger", "CreateTrigger"),
		},
	}})
}

// TestAccDrift: what somebody changes behind Terraform's back is seen, what the service adds is not.
func TestAccDrift(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	config := trigger(aliasURN, `timer = { name = "nightly", rate = "1d", user_event = "x" }`)
	edit := func(change func(*emulator.Trigger)) func() {
		return func() {
			e.Emulator.ResetRequests()
			if err := e.Emulator.Edit("default", "orders", func(f *emulator.Function) { change(&f.Triggers[0]) }); err != nil {
				t.Error(err)
			}
		}
	}
	drift := func(change func(*emulator.Trigger), action plancheck.ResourceActionType,
		writes ...string) resource.TestStep {
		return resource.TestStep{PreConfig: edit(change), Config: config, ConfigPlanChecks: does(action),
			Check: e.ExpectWrites(writes...)}
	}
	const replaced = plancheck.ResourceActionDestroyBeforeCreate
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{Config: config},
		drift(func(x *emulator.Trigger) { x.Status = "DISABLED" }, plancheck.ResourceActionUpdate, "UpdateTrigger"),
		drift(func(x *emulator.Trigger) { x.EventData["tomorrow"] = 1.0 }, plancheck.ResourceActionNoop),
		drift(func(x *emulator.Trigger) { x.EventData["schedule"] = "2d" }, replaced, "DeleteTrigger", "CreateTrigger"),
		drift(func(x *emulator.Trigger) { delete(x.EventData, "user_event") }, replaced, "DeleteTrigger", "CreateTrigger"),
		{
			PreConfig: func() {
				f, _ := e.Emulator.Function("default", "orders")
				if err := e.Emulator.DeleteTrigger("default", "orders", f.Triggers[0].ID); err != nil {
					t.Error(err)
				}
			},
			Config: config, ConfigPlanChecks: does(plancheck.ResourceActionCreate),
		},
	}})
}

// TestAccTriggers: the data source has every row of a function or of the project, whatever it lacks, and no secret.
func TestAccTriggers(t *testing.T) {
	t.Parallel()
	e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) { s.TriggerPasswords = emulator.PasswordsPlain }))
	for _, x := range []emulator.Trigger{
		*stored("TIMER", "t-1", attributes{"name": "nightly", "schedule_type": "Rate", "schedule": "3m"}),
		{ID: "t-2", Type: "SMN", EventData: attributes{"topic_urn": "urn:smn:a:b:c"}},
		{ID: "t-3", Type: "KAFKA", Qualifier: "v1", Status: "DISABLED", EventData: attributes{"instance_id": "k", "kafka_password": "canary"}},
	} {
		put(t, e, x)
	}
	config := fmt.Sprintf(`
data "fgs_function_triggers" "all" {}
data "fgs_function_triggers" "alias" { function_urn = %q }
data "fgs_function_triggers" "latest" { function_urn = "%s:latest" }
data "fgs_function_triggers" "kafka" { type = "KAFKA" }
data "fgs_function_triggers" "none" {
  function_urn = %q
  type         = "SMN"
}
`, aliasURN, functionURN, functionURN+":v1")
	ids := func(source string, want ...knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.fgs_function_triggers."+source, tfjsonpath.New("triggers"),
			knownvalue.ListExact(want))
	}
	row := func(id string, enabled bool, data string, more map[string]knownvalue.Check) knownvalue.Check {
		attributes := map[string]knownvalue.Check{
			"id": knownvalue.StringExact(id), "enabled": knownvalue.Bool(enabled),
			"data": knownvalue.StringRegexp(regexp.MustCompile(data)),
		}
		for name, check := range more {
			attributes[name] = check
		}
		return knownvalue.ObjectPartial(attributes)
	}
	timer := row(aliasURN+"/TIMER/t-1", true, `"schedule":"3m"`,
		map[string]knownvalue.Check{"name": knownvalue.StringExact("nightly")})
	topic := row(functionURN+"/SMN/t-2", true, `"topic_urn"`, map[string]knownvalue.Check{
		"created_time": knownvalue.Null(), "name": knownvalue.Null(), "function_urn": knownvalue.StringExact(functionURN),
	})
	kafka := row(functionURN+":v1/KAFKA/t-3", false, `^\{"instance_id":"k"\}$`, nil)
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				ids("all", topic, timer, kafka), ids("alias", timer), ids("latest", topic), ids("kafka", kafka), ids("none"),
			},
		},
		{
			Config:      fmt.Sprintf("data \"fgs_function_triggers\" \"gone\" { function_urn = %q }", functionURN+"x"),
			ExpectError: regexp.MustCompile("Function Not Found"),
		},
	}})
}
