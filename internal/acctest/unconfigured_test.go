// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// without unsets variables of the provider's environment.
func without(names ...string) (options []acctest.Option) {
	for _, name := range names {
		options = append(options, acctest.WithVariable(name, ""))
	}
	return options
}

// TestAccProvider_nothingConfigured: a run that requests nothing needs no credentials; one that does says what is
// missing.
func TestAccProvider_nothingConfigured(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, without("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_REGION_NAME", "FGS_ENDPOINT", "HW_PROJECT_ID")...)
	counted := func(n string) string {
		return `
resource "fgs_function" "test" {
  count       = ` + n + `
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = "# code" }
}
resource "fgs_function_version" "test" {
  count        = ` + n + `
  function_urn = one(fgs_function.test).urn
}
output "total" { value = length(fgs_function.test) }
`
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{Config: counted("0")},
		{Config: counted("1"), ExpectError: regexp.MustCompile(`(?s)Missing\s+Provider\s+Configuration.*HW_(ACCESS_KEY|REGION_NAME)`)},
		{Config: `data "fgs_functions" "all" {}`, ExpectError: regexp.MustCompile(`Missing\s+Provider\s+Configuration`)},
	}})
}

// TestProvider_missingLater: what is in the state is not refreshed in silence without credentials.
func TestProvider_missingLater(t *testing.T) {
	t.Parallel()
	p := acctest.New(t, without("HW_ACCESS_KEY", "HW_SECRET_KEY")...).Protocol(t)
	if d := p.Configure(nil); len(d) > 0 {
		t.Fatal(d)
	}
	_, d := p.Import("fgs_function", "orders")
	if len(d) != 1 || d[0].Severity != "ERROR" || !strings.Contains(d[0].Detail, "HW_ACCESS_KEY") {
		t.Errorf("import: %s", d)
	}
}
