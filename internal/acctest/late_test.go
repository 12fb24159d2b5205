// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"os"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// lateModule releases a function that it looks up: with depends_on on the module, nothing of it is known before the
// apply when anything changes that the module depends on.
const lateModule = `
terraform {
  required_providers {
    fgs = {
      source = "registry.terraform.io/functiongraph/fgs"
    }
  }
}
data "fgs_function" "f" {
  name = "orders"
}
resource "fgs_function_version" "v" {
  function_urn = data.fgs_function.f.urn
  version      = "v1"
  digest       = data.fgs_function.f.digest
}
resource "fgs_function_alias" "prod" {
  function_urn = data.fgs_function.f.urn
  name         = "prod"
  version      = fgs_function_version.v.version
}
resource "fgs_function_trigger" "nightly" {
  function_urn = fgs_function_alias.prod.urn
  timer        = { name = "nightly", rate = "1d" }
}
resource "fgs_function_trigger" "latest" {
  function_urn = data.fgs_function.f.urn
  smn          = { topic_urn = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:alarms" }
}
resource "fgs_invocation" "check" {
  function_urn = fgs_function_version.v.urn
  keep_result  = true
}
resource "fgs_reserved_instances" "prod" {
  function_urn = fgs_function_alias.prod.urn
  min_count    = 1
}
resource "fgs_async_invoke_configuration" "prod" {
  function_urn  = fgs_function_alias.prod.urn
  max_event_age = 60
}
resource "fgs_function_event" "smoke" {
  function_urn = data.fgs_function.f.urn
  name         = "smoke"
  content      = "{}"
}
data "fgs_function_versions" "all" {
  function_urn = fgs_function_alias.prod.function_urn
}
data "fgs_function_aliases" "all" {
  function_urn = fgs_function_alias.prod.function_urn
}
output "names" {
  value = join(" ", [
    join(",", data.fgs_function_versions.all.versions[*].version),
    join(",", data.fgs_function_aliases.all.aliases[*].name),
  ])
}
`

// TestAccLate_module: a change of something that the module merely depends on makes the function's URN unknown in the
// plan. All that hangs on it is planned in place, nothing is deleted, and the apply changes none: no request writes,
// and nothing is called.
func TestAccLate_module(t *testing.T) {
	switches := acctest.Switches()
	switches.NoListVersions = false
	s := newShellOf(t, emulator.Options{Switches: switches})
	path := s.dir.Code("code.zip", "v1")
	if err := os.Mkdir(s.dir.Path("release"), 0o755); err != nil {
		t.Fatal(err)
	}
	s.dir.Write("release/main.tf", []byte(lateModule))
	config := func(unrelated string) {
		s.config(orders(path, ""), `
resource "terraform_data" "unrelated" {
  input = "`+unrelated+`"
}
module "release" {
  source     = "./release"
  depends_on = [fgs_function.orders, terraform_data.unrelated]
}
output "names" {
  value = module.release.names
}
`)
	}
	config("1")
	s.run(0, "get", "-no-color")
	s.apply()
	s.planned()
	config("2")
	out := s.run(2, "plan", "-detailed-exitcode", "-no-color", "-input=false")
	if !words(out, "Plan: 0 to add, 9 to change, 0 to destroy.") {
		t.Errorf("the plan: %s", out)
	}
	s.api.ResetRequests()
	out = s.apply()
	for _, r := range s.api.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s was sent", r.Op)
		}
	}
	if !words(out, "0 added, 1 changed, 0 destroyed.") {
		t.Errorf("the apply: %s", out)
	}
	s.planned()

	// A function that is planned and was never made must not keep the others from being destroyed: Terraform begins with
	// a plan of everything, which its missing file ends, unless it is told not to.
	s.config(orders(path, ""), strings.ReplaceAll(orders("missing.zip", ""), "orders", "planned"))
	if out := s.run(1, "destroy", "-auto-approve", "-no-color"); !words(out, "Code File Not Found") ||
		!words(out, "with -refresh=false it does not") {
		t.Errorf("destroying says: %s", out)
	}
	s.run(0, "destroy", "-auto-approve", "-no-color", "-refresh=false")
	if f := s.api.Functions(); len(f) > 0 {
		t.Errorf("%d functions are left", len(f))
	}
}
