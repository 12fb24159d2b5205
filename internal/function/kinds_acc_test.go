// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
)

// TestAccFunctionCode_inline: text goes up byte for byte, is repaired, imported and replaced by an archive.
func TestAccFunctionCode_inline(t *testing.T) {
	c := newCodeTest(t)
	inline := func(text string) string {
		return function(fmt.Sprintf("code = { inline = %s }", text))
	}
	const first, second = `"def handler(e, c):\r\n\treturn 'ü $$ \u0000'\n"`, `"# second"`
	path := c.dir.Code("code.zip", "code")
	c.run(
		resource.TestStep{
			Config:            inline(second),
			Check:             c.all(c.hasText("# second"), c.env.ExpectWrites("CreateFunction")),
			ConfigStateChecks: known("code_type", knownvalue.StringExact("inline")),
		},
		resource.TestStep{
			Config:           inline(first),
			ConfigPlanChecks: updates("code", "source_hash", "digest", "code_size", "last_modified"),
			Check: c.all(c.hasText("def handler(e, c):\r\n\treturn 'ü $$ \x00'\n"),
				c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{ // somebody deploys an archive instead
			PreConfig: c.foreign, Config: inline(first),
			ConfigPlanChecks: updates("source_hash", "digest", "code_size", "code_filename", "code_type", "last_modified"),
			Check: c.all(c.hasText("def handler(e, c):\r\n\treturn 'ü $$ \x00'\n"),
				c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"}, // see TestAccFunction_zip
		},
		resource.TestStep{
			Config: zipped(path, ""),
			ConfigPlanChecks: updates("code", "source_hash", "digest", "code_size", "code_filename", "code_type",
				"last_modified"),
			Check: c.all(c.runs(path), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{Config: inline(second), Check: c.hasText("# second")},
	)
}

// TestAccFunctionCode_jar: a jar is told from a zip by its attribute; the same file under the other one goes up again.
func TestAccFunctionCode_jar(t *testing.T) {
	c := newCodeTest(t)
	first, second := c.dir.Code("first.jar", "first"), c.dir.Code("second.jar", "second")
	jar := func(path string) string {
		return function(fmt.Sprintf("code = { jar_file = %q }", path))
	}
	c.run(
		resource.TestStep{
			Config: jar(first), Check: c.all(c.runs(first), c.env.ExpectWrites("CreateFunction")),
			ConfigStateChecks: known("code_type", knownvalue.StringExact("jar")),
		},
		resource.TestStep{
			Config:           jar(second),
			ConfigPlanChecks: updates("code", "source_hash", "digest", "code_size", "last_modified"),
			Check:            c.all(c.runs(second), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: jar(second),
			Check: c.all(c.runs(second), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"}, // see TestAccFunction_zip
		},
		resource.TestStep{
			Config: zipped(second, ""), Check: c.all(c.runs(second), c.env.ExpectWrites("UpdateCode")),
			ConfigStateChecks: known("code_type", knownvalue.StringExact("zip")),
		},
	)
}
