// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	functionAddress = "fgs_function.test"
	address         = "fgs_function_version.test"
	listAddress     = "data.fgs_function_versions.test"
)

// releaseTest is a function with a version tied to it by the idiom of the documentation.
type releaseTest struct {
	*testing.T
	env *acctest.Env
	dir acctest.Dir
}

func newReleaseTest(t *testing.T, options ...acctest.Option) releaseTest {
	t.Parallel()
	// Logs that a service turns on by itself cost the function a call with each change, and are not this test's business.
	quiet := acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false })
	return releaseTest{t, acctest.New(t, append([]acctest.Option{quiet}, options...)...), acctest.NewDir(t)}
}

func (r releaseTest) run(steps ...resource.TestStep) {
	r.Helper()
	resource.Test(r.T, resource.TestCase{
		ProtoV6ProviderFactories: r.env.Factories, CheckDestroy: r.env.CheckDestroy, Steps: steps,
	})
}

// code makes an archive and returns its path.
func (r releaseTest) code(name string) string { return r.dir.Code(name+".zip", name) }

// function is the function alone.
func function(path, attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = %q }
  %s
}
`, path, attributes)
}

// tied is a version by the idiom, with more attributes.
func tied(attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function_version" "test" {
  function_urn = fgs_function.test.urn
  source_hash  = fgs_function.test.source_hash
  digest       = fgs_function.test.digest
  %s
}
`, attributes)
}

const retained = "retain_on_destroy = true"

// foreign deploys other code behind Terraform's back.
func (r releaseTest) foreign() {
	r.Helper()
	code := acctest.Zip(r.T, time.Unix(1767225600, 0), acctest.File{Name: "index.py", Content: "somebody else's"})
	if err := r.env.Emulator.SetCode("default", "orders", "zip", "foreign.zip", code); err != nil {
		r.Fatal(err)
	}
}

// published is how many versions the emulator holds, without latest.
func (r releaseTest) published(want int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f, _ := r.env.Emulator.Function("default", "orders")
		if len(f.Versions) != want {
			return fmt.Errorf("the emulator has %d versions, want %d", len(f.Versions), want)
		}
		return nil
	}
}

func all(checks ...resource.TestCheckFunc) resource.TestCheckFunc {
	return resource.ComposeAggregateTestCheckFunc(checks...)
}

func plans(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: checks}
}

func action(address string, a plancheck.ResourceActionType) plancheck.PlanCheck {
	return plancheck.ExpectResourceAction(address, a)
}
