// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package providerfunction_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// deployed is a function with the code.
func deployed(code string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  runtime     = "Java11"
  handler     = "shop.Orders.handle"
  timeout     = 3
  memory_size = 128
  code        = { %s }
}
`, code)
}

// TestAccFunctions: the functions give for each kind of source what the resource and the service say of it.
func TestAccFunctions(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	archive, text, src := dir.Code("a.zip", "print()"), dir.Write("index.py", []byte("print()\n")), folder(t, dir)
	for name, test := range map[string]struct{ code, arguments string }{
		"zip":                 {fmt.Sprintf("zip_file = %q", archive), fmt.Sprintf("%q", archive)},
		"jar":                 {fmt.Sprintf("jar_file = %q", archive), fmt.Sprintf("%q", archive)},
		"folder":              {fmt.Sprintf("source_dir = %q", src), fmt.Sprintf("%q", src)},
		"folder without some": {fmt.Sprintf("source_dir = %q\n exclude = [\"tests\"]", src), fmt.Sprintf("%q, [\"tests\"]...", src)},
		"inline":              {fmt.Sprintf("inline = file(%q)", text), fmt.Sprintf("%q", text)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.InlineDigestOverZip = false }))
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
				Steps: []resource.TestStep{{
					Config: deployed(test.code) + fmt.Sprintf(`
output "hash" { value = provider::fgs::source_hash(%[1]s) == fgs_function.test.source_hash }
output "digest" { value = provider::fgs::code_digest(%[1]s) == fgs_function.test.digest }
output "parts" { value = provider::fgs::parse_urn(fgs_function.test.urn).name }
output "alias" { value = provider::fgs::parse_urn("${fgs_function.test.urn}:!prod").alias }
`, test.arguments),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownOutputValue("hash", knownvalue.Bool(true)),
						statecheck.ExpectKnownOutputValue("digest", knownvalue.Bool(true)),
						statecheck.ExpectKnownOutputValue("parts", knownvalue.StringExact("orders")),
						statecheck.ExpectKnownOutputValue("alias", knownvalue.StringExact("prod")),
					},
				}},
			})
		})
	}
}

// TestAccFunctions_wrong: the CLI shows what is wrong, at the argument.
func TestAccFunctions_wrong(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	for expression, says := range map[string]string{
		`provider::fgs::parse_urn("orders")`:        `it\s+has\s+1\s+field`,
		`provider::fgs::code_digest("no/such.zip")`: `there\s+is\s+no\s+file\s+or\s+folder\s+/`,
		`provider::fgs::source_hash("no/such.zip")`: `there\s+is\s+no\s+file\s+or\s+folder\s+/`,
	} {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: e.Factories,
			Steps: []resource.TestStep{{
				Config: "output \"test\" { value = " + expression + " }", ExpectError: regexp.MustCompile(says),
			}},
		})
	}
}
