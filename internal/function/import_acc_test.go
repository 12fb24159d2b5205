// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// wraps matches words in an error that a CLI broke into lines at any space.
func wraps(words ...string) *regexp.Regexp {
	for i, w := range words {
		words[i] = strings.ReplaceAll(regexp.QuoteMeta(w), " ", `\s+(│\s+)?`)
	}
	return regexp.MustCompile(`(?s)` + strings.Join(words, ".*"))
}

// importing is a function with an import block.
func importing(id, attributes string) string {
	return function(attributes) + fmt.Sprintf("\nimport {\n  to = fgs_function.test\n  id = %q\n}\n", id)
}

// TestAccFunction_import: a function that somebody else made is taken over by its name or URN (TestImport has
// all forms), and a configuration that says the same changes nothing.
func TestAccFunction_import(t *testing.T) {
	for name, id := range map[string]string{
		"name": "orders", "URN": place + "default:orders:latest",
	} {
		t.Run(name, func(t *testing.T) {
			c := newCodeTest(t)
			c.env.Emulator.Put(emulator.Function{
				Name: "orders", Settings: emulator.Settings{
					Description: "old", UserData: `{"STAGE":"dev"}`, XRole: "agency", AppXRole: "app-agency",
					Concurrency: 7,
				},
			})
			same := `
  description      = "old"
  user_data        = { STAGE = "dev" }
  agency           = "agency"
  app_agency       = "app-agency"
  max_instance_num = 7`
			c.run(
				resource.TestStep{
					Config: importing(id, same),
					Check: c.all(c.env.ExpectWrites(), c.holds(held{"old", `{"STAGE":"dev"}`, "agency", "app-agency", 7, nil}),
						resource.TestCheckResourceAttr(address, "id", place+"default:orders")),
				},
			)
		})
	}
}

// TestAccFunction_foreignProject: a provider for another project is an error that names both. It must not read as "not
// found", which would empty the state: back in its own project, there is nothing to do.
func TestAccFunction_foreignProject(t *testing.T) {
	const project = "fedcba9876543210fedcba9876543210"
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	elsewhere := "provider \"fgs\" {\n  project_id = \"" + project + "\"\n}\n" + zipped(path, "")
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: elsewhere,
			ExpectError: wraps("Unable to Read Function", emulator.DefaultProjectID, project,
				"Nothing was requested or changed"),
		},
		resource.TestStep{Config: zipped(path, ""), ConfigPlanChecks: nothing()},
	)
}

// TestAccFunction_foreignImport: the same for an import, from another region and another project.
func TestAccFunction_foreignImport(t *testing.T) {
	c := newCodeTest(t)
	c.env.Emulator.Put(emulator.Function{Name: "orders"})
	c.run(
		resource.TestStep{
			Config:      importing(strings.Replace(place, emulator.DefaultRegion, "ap-southeast-1", 1)+"default:orders", ""),
			PlanOnly:    true,
			ExpectError: wraps("Unable to Read Function", `the region "ap-southeast-1"`, `the region "cn-north-4"`),
		},
		resource.TestStep{
			Config: importing("urn:fss:cn-north-4:p1:function:default:orders", ""), PlanOnly: true,
			ExpectError: wraps("Unable to Read Function", `the project "p1"`, emulator.DefaultProjectID),
		},
		resource.TestStep{
			Config: importing("a/b/c", ""), PlanOnly: true,
			ExpectError: wraps("Unable to Import Function", "<package>/<name>"),
		},
	)
	if n := c.env.Emulator.Count(); n > 0 {
		t.Errorf("%d requests were made", n)
	}
	if err := c.env.Emulator.Delete("default", "orders"); err != nil { // it was never Terraform's
		t.Error(err)
	}
}

// TestAccFunction_badInput: how errors look in a CLI, at the attribute and with the words of the protocol's tests.
func TestAccFunction_badInput(t *testing.T) {
	c := newCodeTest(t, acctest.WithVariable("HW_SECRET_KEY", ""))
	text := c.dir.Write("code.txt", []byte("print()"))
	c.run(
		resource.TestStep{
			Config: function(`code = { inline = "x", zip_file = "y" }`), PlanOnly: true,
			ExpectError: wraps("Conflicting Code Sources", "code = {", "inline and zip_file are set together"),
		},
		resource.TestStep{
			Config:      strings.Replace(function(`code = { inline = "x" }`), `"index.handler"`, `"index"`, 1),
			PlanOnly:    true,
			ExpectError: wraps("Invalid Handler", `handler     = "index"`, "for example index.handler"),
		},
		resource.TestStep{
			Config: function(`code = { inline = "x" }`), PlanOnly: true,
			ExpectError: wraps(
				"Incomplete Provider Configuration", "HW_ACCESS_KEY is given without secret_key", "HW_SECRET_KEY",
			),
		},
		resource.TestStep{
			Config: "provider \"fgs\" {\n  secret_key = \"s\"\n}\n" + zipped(text, ""), PlanOnly: true,
			ExpectError: wraps("Invalid Code File", "code.txt", "plain text"),
		},
		resource.TestStep{
			Config: "provider \"fgs\" {\n  endpoint = \"http://192.168.0.1\"\n}\n" + zipped(text, ""), PlanOnly: true,
			ExpectError: wraps("Invalid Endpoint", "endpoint = ", "loopback hosts only"),
		},
	)
	if n := c.env.Emulator.Count(); n > 0 {
		t.Errorf("%d requests were made", n)
	}
}
