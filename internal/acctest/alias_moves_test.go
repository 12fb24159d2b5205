// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// aliasMoves is a function whose alias moves with its versions.
type aliasMoves struct {
	*testing.T
	env *acctest.Env
	dir acctest.Dir
}

func newAliasMoves(t *testing.T) aliasMoves {
	t.Parallel()
	quiet := acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false })
	return aliasMoves{t, acctest.New(t, quiet), acctest.NewDir(t)}
}

func (m aliasMoves) run(steps ...resource.TestStep) {
	m.Helper()
	resource.Test(m.T, resource.TestCase{
		ProtoV6ProviderFactories: m.env.Factories, CheckDestroy: m.env.CheckDestroy, Steps: steps,
	})
}

// version is a version resource tied to the function.
func version(label, name, more string) string {
	return fmt.Sprintf(`
resource "fgs_function_version" %q {
  function_urn = fgs_function.orders.urn
  version      = %q
  source_hash  = fgs_function.orders.source_hash
  digest       = fgs_function.orders.digest
  %s
}
`, label, name, more)
}

// pointer is the alias.
func pointer(version, more string) string {
	return fmt.Sprintf(`
resource "fgs_function_alias" "prod" {
  function_urn = fgs_function.orders.urn
  name         = "prod"
  version      = %s
  %s
}
`, version, more)
}

// moved demands the calls about versions and aliases, in order, and where the alias points then.
func (m aliasMoves) moved(to string, want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		var ops []string
		for _, r := range m.env.Emulator.Requests() {
			if r.Op == "PublishVersion" || r.Op == "DeleteVersion" || strings.HasSuffix(r.Op, "Alias") && r.Op != "GetAlias" {
				ops = append(ops, r.Op)
			}
		}
		m.env.Emulator.ResetRequests()
		f, _ := m.env.Emulator.Function("default", "orders")
		if !slices.Equal(ops, want) || len(f.Aliases) != 1 || f.Aliases[0].Version != to {
			return fmt.Errorf("the calls were %v, the aliases are %v; want %v and %s", ops, f.Aliases, want, to)
		}
		return nil
	}
}

// TestAccAliasMoves: one apply publishes v2 and moves the alias from v1. It is never deleted and never without a
// target: it moves after the publication, and v1 stays.
func TestAccAliasMoves(t *testing.T) {
	const follows = "fgs_function_version.current.version"
	for name, more := range map[string]string{
		"retained": "retain_on_destroy = true", "not retained": "",
		"created before destroyed": "lifecycle { create_before_destroy = true }",
	} {
		t.Run(name, func(t *testing.T) {
			m := newAliasMoves(t)
			step := func(n int) string {
				return orders(m.dir.Code(fmt.Sprint("v", n, ".zip"), fmt.Sprint(n)), "") +
					version("current", fmt.Sprint("v", n), more) + pointer(follows, "")
			}
			m.run(
				resource.TestStep{Config: step(1), Check: m.moved("v1", "PublishVersion", "CreateAlias")},
				resource.TestStep{Config: step(2), Check: m.moved("v2", "PublishVersion", "UpdateAlias")},
				resource.TestStep{Config: step(3), Check: m.moved("v3", "PublishVersion", "UpdateAlias")},
			)
		})
	}
}

// TestAccAliasMoves_two: v1 and v2 are resources of their own, of two sources; v1 leaves in the apply that moves the
// alias away from it. Terraform moves first only for what has create_before_destroy.
func TestAccAliasMoves_two(t *testing.T) {
	m := newAliasMoves(t)
	first, second := m.dir.Code("1.zip", "1"), m.dir.Code("2.zip", "2")
	const before = "lifecycle { create_before_destroy = true }"
	// A version of what was applied first, that later applies leave alone.
	stable := `
resource "fgs_function_version" "stable" {
  function_urn = fgs_function.orders.urn
  version      = "v1"
  ` + before + `
}
`
	next := version("next", "v2", before)
	m.run(
		resource.TestStep{
			Config: orders(first, "") + stable + pointer("fgs_function_version.stable.version", ""),
			Check:  m.moved("v1", "PublishVersion", "CreateAlias"),
		},
		resource.TestStep{ // a tenth of the calls to the new one
			Config: orders(second, "") + stable + next + pointer("fgs_function_version.stable.version",
				"additional_version = { version = fgs_function_version.next.version, weight = 10 }"),
			Check: m.moved("v1", "PublishVersion", "UpdateAlias"),
		},
		resource.TestStep{ // all of them, and the old one goes
			Config: orders(second, "") + next + pointer("fgs_function_version.next.version", ""),
			Check:  m.moved("v2", "UpdateAlias", "DeleteVersion"),
		},
		resource.TestStep{ // back to the working copy, and the version goes
			Config: orders(second, "") + pointer(`"latest"`, ""), Check: m.moved("latest", "UpdateAlias", "DeleteVersion"),
		},
	)
}

// TestAccAliasMoves_removed: without create_before_destroy Terraform deletes a version whose block is gone before it
// moves the alias. Then nothing is deleted, the alias stays, and the error names the ways out; the first of them works.
func TestAccAliasMoves_removed(t *testing.T) {
	m := newAliasMoves(t)
	first, second := m.dir.Code("1.zip", "1"), m.dir.Code("2.zip", "2")
	stable := `
resource "fgs_function_version" "stable" {
  function_urn = fgs_function.orders.urn
  version      = "v1"
}
`
	next := version("next", "v2", "retain_on_destroy = true")
	moved := pointer("fgs_function_version.next.version", "")
	m.run(
		resource.TestStep{Config: orders(first, "") + stable + pointer("fgs_function_version.stable.version", "")},
		resource.TestStep{
			Config:      orders(second, "") + next + moved,
			ExpectError: regexp.MustCompile(`(?s)used\s+by\s+alias\s+prod.*with\s+its\s+block\s+still\s+there`),
		},
		resource.TestStep{
			PreConfig: m.env.Emulator.ResetRequests,
			Config:    orders(second, "") + stable + next + moved, Check: m.moved("v2", "PublishVersion", "UpdateAlias"),
		},
		resource.TestStep{Config: orders(second, "") + next + moved, Check: m.moved("v2", "DeleteVersion")},
	)
}
