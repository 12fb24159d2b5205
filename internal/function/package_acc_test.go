// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// packaged is a function from an export package, which brings what is not among the attributes.
func packaged(path, attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name = "orders"
  code = { package_file = %q }
  %s
}`, path, attributes)
}

// packageOf puts a package with an archive as its code into the folder: always the same path.
func (c codeTest) packageOf(codePath string, change map[string]string) string {
	c.Helper()
	code, err := os.ReadFile(codePath)
	if err != nil {
		c.Fatal(err)
	}
	settings := map[string]string{"CodeType": "zip", "CodeFileName": "index.zip"}
	for key, value := range change {
		settings[key] = value
	}
	return c.dir.Package("orders.zip", settings, acctest.File{Name: "index.zip", Content: string(code)})
}

// hasText demands this inline code at the service.
func (c codeTest) hasText(code string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if f := deployed(c.T, c.env); f.CodeType != "inline" || string(f.Code) != code {
			return fmt.Errorf("the service has %s code %q", f.CodeType, f.Code)
		}
		return nil
	}
}

// cleared demands that nothing is left of what a package sets beyond runtime, handler, timeout and memory.
func (c codeTest) cleared(*terraform.State) error {
	if f := deployed(c.T, c.env); f.Description != "" || f.UserData != "" {
		return fmt.Errorf("the service still has %q and %q", f.Description, f.UserData)
	}
	return nil
}

// TestAccFunctionPackage: created by the import call; settings come from the package unless they are configured; a
// changed package is applied in place.
func TestAccFunctionPackage(t *testing.T) {
	c := newCodeTest(t)
	first, second := c.dir.Code("first.zip", "first"), c.dir.Code("second.zip", "second")
	path := c.packageOf(first, map[string]string{
		"Handler": "main.run", "Runtime": "Node.js18.15", "Timeout": "33", "MemorySize": "256",
		"Description": "from the package", "Environment": "{Variables: {LEVEL: debug}}",
	})
	c.run(
		resource.TestStep{
			Config: packaged(path, ""),
			Check: c.all(c.runs(first), c.runsAs("main.run", 33, 256), c.cleared,
				c.env.ExpectWrites("ImportFunction", "UpdateConfig")),
			ConfigStateChecks: append(known("runtime", knownvalue.StringExact("Node.js18.15")),
				known("code_type", knownvalue.StringExact("zip"))...),
		},
		resource.TestStep{ // configured values win, in place
			PreConfig:        c.forgetRequests,
			Config:           packaged(path, "timeout = 44\n memory_size = 512\n description = \"mine\""),
			ConfigPlanChecks: updates("timeout", "memory_size", "cpu", "description", "last_modified"),
			Check:            c.all(c.runsAs("main.run", 44, 512), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{ // without them the package's come back
			Config:           packaged(path, ""),
			ConfigPlanChecks: updates("timeout", "memory_size", "cpu", "description", "last_modified"),
			Check:            c.all(c.runsAs("main.run", 33, 256), c.cleared, c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{ // the code is drift-checked as any other
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: packaged(path, ""),
			ConfigPlanChecks: updates("source_hash", "digest", "code_size", "code_filename", "last_modified"),
			Check:            c.all(c.runs(first), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{ // another package under the same path
			PreConfig: func() {
				c.packageOf(second, map[string]string{
					"Handler": "main.run", "Runtime": "Node.js18.15", "Timeout": "55", "MemorySize": "256",
				})
			},
			Config:           packaged(path, ""),
			ConfigPlanChecks: updates("source_hash", "digest", "code_size", "timeout", "last_modified"),
			Check: c.all(c.runs(second), c.runsAs("main.run", 55, 256),
				c.env.ExpectWrites("UpdateCode", "UpdateConfig")),
		},
		resource.TestStep{ // a package for another runtime makes another function
			PreConfig: func() { c.packageOf(second, nil) },
			Config:    packaged(path, ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
			}},
			Check: c.all(c.runs(second), c.env.ExpectWrites(importWrites()...)),
		},
	)
}

// importWrites are the calls that replace a function by an import: where deleting takes a while, it is repeated.
func importWrites() []string {
	return []string{"DeleteFunction", "ImportFunction"}
}

// TestAccFunctionPackage_inline: a package may hold plain text; settings of one's own are sent after the import.
func TestAccFunctionPackage_inline(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Package("orders.zip", nil, acctest.File{Name: "index.py", Content: "print('ü')\r\n"})
	const more = "agency = \"a\"\n max_instance_num = 0\n tags = { team = \"a\" }"
	c.run(
		resource.TestStep{
			Config: packaged(path, "timeout = 10\n"+more),
			Check: c.all(c.hasText("print('ü')\r\n"), c.runsAs("index.handler", 10, 128),
				c.holds(held{Agency: "a", Tags: map[string]string{"team": "a"}}),
				c.env.ExpectWrites("ImportFunction", "UpdateConfig", "SetMaxInstances", "CreateTags")),
			ConfigStateChecks: append(known("enabled", knownvalue.Bool(false)),
				known("code_filename", knownvalue.StringExact("index.py"))...),
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"}, // see TestAccFunction_zip
		},
		resource.TestStep{ // the same text written into the configuration
			PreConfig:        c.forgetRequests,
			Config:           function("code = { inline = \"print('ü')\\r\\n\" }\n" + more),
			ConfigPlanChecks: updates("code", "timeout", "last_modified"), Check: c.env.ExpectWrites("UpdateConfig"),
		},
	)
}

// TestAccFunctionPackage_moved: moving between an archive and a package with the same code uploads nothing, in both
// directions, and not on top of other changes either.
func TestAccFunctionPackage_moved(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	pkg := c.packageOf(path, nil)
	from := func(attributes string) string {
		return function(fmt.Sprintf("code = { package_file = %q }\n %s", pkg, attributes))
	}
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: from(""), ConfigPlanChecks: updates("code"),
			Check: c.env.ExpectWrites(),
		},
		resource.TestStep{ // type cannot be chosen for an import, but this is none
			Config:           from("type = \"v2\"\n description = \"new\""),
			ConfigPlanChecks: updates("description", "last_modified"),
			Check:            c.env.ExpectWrites("UpdateConfig"),
		},
		resource.TestStep{
			Config: zipped(path, `description = "new"`), ConfigPlanChecks: updates("code"),
			Check: c.all(c.runs(path), c.env.ExpectWrites()),
		},
	)
}

// TestPlan_packageBeyond: what a package sets and nobody takes is cleared, and the plan names it so that it can be
// written down.
func TestPlan_packageBeyond(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	code := acctest.File{Name: "index.py", Content: "print()"}
	more := dir.Package("more.zip", map[string]string{
		"Description": "text", "Environment": "{Variables: {LEVEL: debug, STAGE: dev}}", "FuncVpc": "{VpcId: v}",
	}, code)
	plain := dir.Package("plain.zip", nil, code)
	p := acctest.New(t).Protocol(t)
	expectNone(t, p.Configure(nil))
	expectOne(t, p.PlanCreate("fgs_function", with(source("package_file", more))), "WARNING", "code.package_file",
		"Package Sets More Than the Configuration",
		"Description, Environment.Variables.LEVEL, Environment.Variables.STAGE, FuncVpc")
	known := source("package_file", more) // what is configured is not named
	known["description"], known["user_data"] = "text", attributes{"LEVEL": "info"}
	known["encrypted_user_data"] = attributes{"STAGE": "x"}
	expectOne(t, p.PlanCreate("fgs_function", with(known)), "WARNING", "code.package_file",
		"Package Sets More Than the Configuration", "The package also sets FuncVpc. Only")
	expectNone(t, p.PlanCreate("fgs_function", with(source("package_file", plain))))
}
