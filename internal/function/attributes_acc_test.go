// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// held is what the service holds of the attributes that can be changed and left out.
type held struct {
	Description, UserData, Agency, AppAgency string
	MaxInstances                             int
	Tags                                     map[string]string
}

// holds demands that the service holds exactly this.
func (c codeTest) holds(want held) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f := deployed(c.T, c.env)
		got := held{f.Description, f.UserData, f.XRole, f.AppXRole, f.Concurrency, f.Tags}
		if len(got.Tags) == 0 {
			got.Tags = nil
		}
		if !reflect.DeepEqual(got, want) {
			return fmt.Errorf("the service holds %+v, want %+v", got, want)
		}
		return nil
	}
}

// edit changes the function behind Terraform's back.
func (c codeTest) edit(change func(*emulator.Function)) {
	c.Helper()
	if err := c.env.Emulator.Edit("default", "orders", change); err != nil {
		c.Fatal(err)
	}
}

// createWrites are the calls of a creation that sets app_agency, which a service may not take at create (contract Q10).
func createWrites(more ...string) []string {
	if acctest.SecondWorld() {
		return append([]string{"CreateFunction", "UpdateConfig"}, more...)
	}
	return append([]string{"CreateFunction"}, more...)
}

// TestAccFunction_optional takes the optional attributes through everything that can happen to them: set at create,
// changed, changed outside and repaired, imported, removed, emptied, and back, from null and from "".
func TestAccFunction_optional(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	const (
		first = `
  description      = "first"
  user_data        = { STAGE = "dev", GONE = "x", QUOTED = "\"<&>\\" }
  agency           = "agency-1"
  app_agency       = "app-agency-1"
  tags             = { team = "a", gone = "x" }
  max_instance_num = 10`
		second = `
  description      = "zweite ü"
  user_data        = { STAGE = "prod", EMPTY = "" }
  agency           = "agency-2"
  app_agency       = "app-agency-2"
  tags             = { team = "b", empty = "" }
  max_instance_num = 20`
		empty = `
  description = ""
  user_data   = {}
  agency      = ""
  app_agency  = ""
  tags        = {}`
	)
	heldFirst := held{
		"first", `{"GONE":"x","QUOTED":"\"<&>\\","STAGE":"dev"}`, "agency-1", "app-agency-1", 10,
		map[string]string{"team": "a", "gone": "x"},
	}
	heldSecond := held{
		"zweite ü", `{"EMPTY":"","STAGE":"prod"}`, "agency-2", "app-agency-2", 20,
		map[string]string{"team": "b", "empty": ""},
	}
	settings := []string{"description", "user_data", "agency", "app_agency", "last_modified"}
	texts := []string{"description", "user_data", "agency", "app_agency"}
	tagged := append([]string{"tags", "tags_all", "max_instance_num"}, settings...)
	untagged := append([]string{"tags", "tags_all"}, settings...)
	owned := map[string]string{"owner": "somebody"} // a foreign tag key stays untouched
	foreignTags := map[string]string{"team": "foreign", "owner": "somebody"}
	foreign := func(f *emulator.Function) {
		f.Description, f.UserData, f.XRole, f.AppXRole = "foreign", `{"FOREIGN":"x"}`, "foreign", "foreign"
		f.Concurrency, f.Tags = 30, maps.Clone(foreignTags)
	}
	heldOwned := heldSecond
	heldOwned.Tags = map[string]string{"team": "b", "empty": "", "owner": "somebody"}
	c.run(
		resource.TestStep{
			Config: zipped(path, first),
			Check:  c.all(c.holds(heldFirst), c.env.ExpectWrites(createWrites("SetMaxInstances", "CreateTags")...)),
		},
		resource.TestStep{
			Config: zipped(path, second), ConfigPlanChecks: updates(tagged...),
			Check: c.all(c.holds(heldSecond),
				c.env.ExpectWrites("UpdateConfig", "SetMaxInstances", "DeleteTags", "CreateTags")),
		},
		resource.TestStep{
			PreConfig: func() { c.edit(foreign) }, Config: zipped(path, second), ConfigPlanChecks: updates(tagged...),
			Check: c.all(c.holds(heldOwned), c.env.ExpectWrites("UpdateConfig", "SetMaxInstances", "CreateTags")),
		},
		resource.TestStep{
			PreConfig:    func() { c.edit(func(f *emulator.Function) { delete(f.Tags, "owner") }) },
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			// The source is not at the service; the first plan after an import records it.
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts", "last_modified"},
		},
		resource.TestStep{ // max_instance_num, which the service fills in, is kept
			Config: zipped(path, ""), ConfigPlanChecks: updates(untagged...),
			Check: c.all(c.holds(held{MaxInstances: 20}), c.env.ExpectWrites("UpdateConfig", "DeleteTags")),
		},
		resource.TestStep{ // null to empty: the state follows, the service has nothing to do
			Config: zipped(path, empty), ConfigPlanChecks: updates(append([]string{"tags"}, texts...)...),
			Check: c.all(c.holds(held{MaxInstances: 20}), c.env.ExpectWrites()),
		},
		resource.TestStep{
			PreConfig: func() { c.edit(foreign) }, Config: zipped(path, empty), ConfigPlanChecks: updates(settings...),
			Check: c.all(c.holds(held{MaxInstances: 30, Tags: foreignTags}),
				c.env.ExpectWrites("UpdateConfig")),
			ConfigStateChecks: known("description", knownvalue.StringExact("")),
		},
		resource.TestStep{ // empty to null
			PreConfig: func() { c.edit(func(f *emulator.Function) { f.Tags = owned }) },
			Config:    zipped(path, ""), ConfigPlanChecks: updates(append([]string{"tags"}, texts...)...),
			Check:             c.all(c.holds(held{MaxInstances: 30, Tags: owned}), c.env.ExpectWrites()),
			ConfigStateChecks: known("description", knownvalue.Null()),
		},
		resource.TestStep{ // changed outside while nothing is configured
			PreConfig: func() { c.edit(foreign); c.edit(func(f *emulator.Function) { f.Tags = owned }) },
			Config:    zipped(path, ""), ConfigPlanChecks: updates(settings...),
			Check: c.all(c.holds(held{MaxInstances: 30, Tags: owned}), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{ // null to values
			PreConfig: func() { c.edit(func(f *emulator.Function) { f.Tags = nil }) },
			Config:    zipped(path, first), ConfigPlanChecks: updates(tagged...), Check: c.holds(heldFirst),
		},
		resource.TestStep{ // values to empty
			Config: zipped(path, empty), ConfigPlanChecks: updates(untagged...), Check: c.holds(held{MaxInstances: 10}),
		},
		resource.TestStep{ // empty to values
			Config: zipped(path, second), ConfigPlanChecks: updates(tagged...), Check: c.holds(heldSecond),
		},
	)
}

// runsAs demands the settings that every function has.
func (c codeTest) runsAs(handler string, timeout, memory int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f := deployed(c.T, c.env)
		if f.Handler != handler || f.Timeout != timeout || f.MemorySize != memory {
			return fmt.Errorf("the service runs %s, %d s, %d MB", f.Handler, f.Timeout, f.MemorySize)
		}
		return nil
	}
}

// TestAccFunction_required: handler, timeout and memory change in place, drift of them is repaired, and cpu follows.
func TestAccFunction_required(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	config := func(handler string, timeout, memory int) string {
		return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = %q
  timeout     = %d
  memory_size = %d
  code        = { zip_file = %q }
}`, handler, timeout, memory, path)
	}
	c.run(
		resource.TestStep{Config: config("index.handler", 3, 128), Check: c.runsAs("index.handler", 3, 128)},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: config("main.run", 900, 256),
			ConfigPlanChecks:  updates("handler", "timeout", "memory_size", "cpu", "last_modified"),
			ConfigStateChecks: known("cpu", knownvalue.Int64Exact(400)),
			Check:             c.all(c.runsAs("main.run", 900, 256), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{ // cpu is planned only with memory
			Config: config("main.run", 901, 256), ConfigPlanChecks: updates("timeout", "last_modified"),
		},
		resource.TestStep{
			PreConfig: func() {
				c.edit(func(f *emulator.Function) { f.Handler, f.Timeout, f.MemorySize = "foreign.run", 5, 1024 })
			},
			Config:           config("main.run", 901, 256),
			ConfigPlanChecks: updates("handler", "timeout", "memory_size", "cpu", "last_modified"),
			Check:            c.runsAs("main.run", 901, 256),
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "default/orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"}, // see TestAccFunction_zip
		},
	)
}

// onlyFunction demands that the service has this one and no other.
func (c codeTest) onlyFunction(pkg, name, functionType, runtime string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		all := c.env.Emulator.Functions()
		if len(all) != 1 {
			return fmt.Errorf("the service has %d functions, want 1", len(all))
		}
		if f := all[0]; f.Package != pkg || f.Name != name || f.Type != functionType || f.Runtime != runtime {
			return fmt.Errorf("the service has %s/%s %s %s", f.Package, f.Name, f.Type, f.Runtime)
		}
		return nil
	}
}

// TestAccFunction_replaced: another name, package, type or runtime makes another function; leaving package or type out
// keeps them.
func TestAccFunction_replaced(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	config := func(name, runtime, more string) string {
		return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = %q
  runtime     = %q
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = %q }
  %s
}`, name, runtime, path, more)
	}
	replaces := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
	}}
	c.run(
		resource.TestStep{
			Config: config("orders", "Python3.9", ""), Check: c.onlyFunction("default", "orders", "v2", "Python3.9"),
		},
		resource.TestStep{ // what the service filled in may be written down
			Config: config("orders", "Python3.9", `package = "default"`), ConfigPlanChecks: nothing(),
		},
		resource.TestStep{
			Config: config("orders2", "Python3.9", `package = "default"`), ConfigPlanChecks: replaces,
			Check: c.onlyFunction("default", "orders2", "v2", "Python3.9"),
		},
		resource.TestStep{
			Config: config("orders2", "Python3.9", `package = "shop"`), ConfigPlanChecks: replaces,
			Check: c.onlyFunction("shop", "orders2", "v2", "Python3.9"),
		},
		resource.TestStep{Config: config("orders2", "Python3.9", ""), ConfigPlanChecks: nothing()},
		resource.TestStep{
			Config: config("orders2", "Python3.9", "package = \"shop\"\n type = \"v1\""), ConfigPlanChecks: replaces,
			Check: c.onlyFunction("shop", "orders2", "v1", "Python3.9"),
		},
		resource.TestStep{Config: config("orders2", "Python3.9", ""), ConfigPlanChecks: nothing()},
		resource.TestStep{ // what is not configured is kept in place only: another function gets the defaults
			Config: config("orders2", "Python3.12", ""), ConfigPlanChecks: replaces,
			Check: c.onlyFunction("default", "orders2", "v2", "Python3.12"),
		},
	)
}

// TestAccFunction_own: what only Terraform knows changes the state and nothing else.
func TestAccFunction_own(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	c.run(
		resource.TestStep{Config: zipped(path, "timeouts {\n create = \"5m\"\n }\n ignore_code_drift = true")},
		resource.TestStep{
			PreConfig:        c.forgetRequests,
			Config:           zipped(path, "timeouts {\n update = \"6m\"\n }\n ignore_code_drift = false"),
			ConfigPlanChecks: updates("timeouts", "ignore_code_drift"), Check: c.env.ExpectWrites(),
		},
		resource.TestStep{
			Config: zipped(path, ""), ConfigPlanChecks: updates("timeouts", "ignore_code_drift"),
			Check:             c.env.ExpectWrites(),
			ConfigStateChecks: known("ignore_code_drift", knownvalue.Null()),
		},
	)
}

// TestAccFunction_instances: the number of instances has a call of its own, which leaves requests per instance alone.
// 0 disables, and null keeps.
func TestAccFunction_instances(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	const perInstance = 5
	has := func(want int) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if f := deployed(t, c.env); f.Concurrency != want || f.ConcurrentNum != perInstance {
				return fmt.Errorf("the service has %d instances with %d requests each, want %d with %d",
					f.Concurrency, f.ConcurrentNum, want, perInstance)
			}
			return nil
		}
	}
	set := func(n int) func() {
		return func() {
			c.edit(func(f *emulator.Function) { f.Concurrency, f.ConcurrentNum = n, perInstance })
			c.forgetRequests()
		}
	}
	changed := updates("max_instance_num", "last_modified")
	switched := updates("max_instance_num", "enabled", "last_modified")
	c.run(
		resource.TestStep{
			Config: zipped(path, ""), ConfigStateChecks: known("max_instance_num", knownvalue.Int64Exact(400)),
		},
		resource.TestStep{
			PreConfig: set(400), Config: zipped(path, "max_instance_num = -1"), ConfigPlanChecks: changed,
			Check:             c.all(has(-1), c.env.ExpectWrites("SetMaxInstances")),
			ConfigStateChecks: known("enabled", knownvalue.Bool(true)),
		},
		resource.TestStep{
			Config: zipped(path, "max_instance_num = 0"), ConfigPlanChecks: switched,
			Check: has(0), ConfigStateChecks: known("enabled", knownvalue.Bool(false)),
		},
		resource.TestStep{Config: zipped(path, ""), ConfigPlanChecks: nothing(), Check: has(0)},
		resource.TestStep{ // a change of settings does not enable it
			Config: zipped(path, `description = "new"`), ConfigPlanChecks: updates("description", "last_modified"),
			Check: has(0),
		},
		resource.TestStep{ // a foreign number is taken over while none is configured
			PreConfig: set(7), Config: zipped(path, `description = "new"`), ConfigPlanChecks: nothing(),
			ConfigStateChecks: append(known("enabled", knownvalue.Bool(true)),
				known("max_instance_num", knownvalue.Int64Exact(7))...),
		},
		resource.TestStep{
			Config: zipped(path, "description = \"new\"\n max_instance_num = 10"), ConfigPlanChecks: changed,
			Check: has(10),
		},
		resource.TestStep{
			PreConfig: set(0), Config: zipped(path, "description = \"new\"\n max_instance_num = 10"),
			ConfigPlanChecks: switched,
			Check:            c.all(has(10), c.env.ExpectWrites("SetMaxInstances")),
		},
	)
}
