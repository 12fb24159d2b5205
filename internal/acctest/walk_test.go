// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// walkWidth is how many resources the CLI works on at a time unless told otherwise.
const walkWidth = 10

// wide is a configuration with as many functions as the CLI takes at a time, each with a version, an alias and a data
// source that reads it back.
func wide(path, description string) string {
	return fmt.Sprintf(`
resource "fgs_function" "each" {
  count       = %d
  name        = "orders${count.index}"
  description = %q
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = %q }
}

resource "fgs_function_version" "each" {
  count        = length(fgs_function.each)
  function_urn = fgs_function.each[count.index].urn
  version      = "v1"
  source_hash  = fgs_function.each[count.index].source_hash
  digest       = fgs_function.each[count.index].digest
}

resource "fgs_function_alias" "each" {
  count        = length(fgs_function.each)
  function_urn = fgs_function.each[count.index].urn
  name         = "prod"
  version      = fgs_function_version.each[count.index].version
}

data "fgs_function" "each" {
  count = length(fgs_function.each)
  name  = fgs_function_alias.each[count.index].id == "" ? "" : fgs_function.each[count.index].name
}
`, walkWidth, description, path)
}

// TestAccWalk: a CLI walks many functions at a time through one provider, and each ends as configured. It is the
// acceptance test that CI runs with the race detector too: the calls arrive side by side over gRPC, as they do for a
// user.
func TestAccWalk(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	path := acctest.NewDir(t).Code("code.zip", "v1")
	complete := func(description string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			functions := e.Emulator.Functions()
			if len(functions) != walkWidth {
				return fmt.Errorf("the service has %d functions, want %d", len(functions), walkWidth)
			}
			for _, f := range functions {
				if f.Description != description || len(f.Aliases) != 1 || f.Aliases[0].Version != "v1" {
					return fmt.Errorf("%s: description %q, aliases %v", f.Name, f.Description, f.Aliases)
				}
			}
			return nil
		}
	}
	last := fmt.Sprintf("data.fgs_function.each.%d", walkWidth-1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
		Steps: []resource.TestStep{
			{Config: wide(path, "first"), Check: resource.ComposeAggregateTestCheckFunc(
				complete("first"), resource.TestCheckResourceAttr(last, "description", "first"))},
			{Config: wide(path, "second"), Check: complete("second")},
		},
	})
}
