// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccAlias_handOver: a version has one alias. When one alias takes over the version of another, that one has to move
// first, which depends_on says; without it the error does.
func TestAccAlias_handOver(t *testing.T) {
	a := newAliasTest(t)
	staging := func(version string) string {
		return fmt.Sprintf(`
resource "fgs_function_alias" "staging" {
  function_urn = %q
  name         = "staging"
  version      = %q
}
`, functionURN, version)
	}
	const after = "\ndepends_on = [fgs_function_alias.staging]"
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`+after) + staging("v2")},
		resource.TestStep{
			PreConfig: a.env.Emulator.ResetRequests, Config: alias(`version = "v2"`+after) + staging("v3"),
			Check: a.env.ExpectWrites("UpdateAlias", "UpdateAlias"),
		},
		resource.TestStep{
			Config: alias(`version = "v3"`) + staging("v3"), ExpectError: regexp.MustCompile(`(?s)"staging"\s+already.*depends_on`),
		},
		resource.TestStep{Config: alias(`version = "v2"`) + staging("v3")},
	)
}

// TestAccAlias_noMove: where the region has no call that changes an alias, that is said, and nothing is deleted.
func TestAccAlias_noMove(t *testing.T) {
	a := newAliasTest(t)
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`)},
		resource.TestStep{
			PreConfig: func() {
				a.env.Emulator.ResetRequests()
				a.env.Emulator.Inject(emulator.Fault{Op: "UpdateAlias", Status: 404, Code: "APIGW.0101", Message: "no such API"})
			},
			Config:      alias(`version = "v2"`),
			ExpectError: regexp.MustCompile(`(?s)no\s+call\s+that\s+changes\s+an\s+alias.*-replace.*APIGW\.0101`),
		},
		resource.TestStep{
			Config: alias(`version = "v1"`), Check: resource.ComposeAggregateTestCheckFunc(
				a.holds("prod v1  map[] map[]"), a.env.ExpectWrites("UpdateAlias")),
		},
	)
}
