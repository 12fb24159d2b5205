// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccFunctionStamp: with the stamp, one apply brings another setting to the alias, whatever the service takes for
// unchanged; without it, the alias keeps what it has.
func TestAccFunctionStamp(t *testing.T) {
	for name, needsAll := range map[string]bool{"code alone counts": false, "settings count": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) {
				s.UnchangedNeedsAll, s.DefaultLogging, s.NoListVersions = needsAll, false, false
			}))
			env.Emulator.PutDependency("dep-1", "one")
			path := acctest.NewDir(t).Code("code.zip", "orders")
			config := func(release int, stamp bool, more string) string {
				return strings.Replace(function(fmt.Sprintf("code = {\n zip_file = %q\n stamp_settings = %t\n }\n", path, stamp)+
					more),
					"memory_size = 128", "", 1) + fmt.Sprintf(released, release)
			}
			memory := func(size int) string { return fmt.Sprintf("memory_size = %d\n", size) }
			dependent := memory(256) + "dependency_version_ids = [\"dep-1\"]\n"
			release := []string{"UpdateCode", "UpdateConfig", "PublishVersion", "UpdateAlias"}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: env.Factories, CheckDestroy: env.CheckDestroy, Steps: []resource.TestStep{
					{Config: config(1, true, memory(128)), Check: serves(env, 1, 128, 0)},
					{
						PreConfig: env.Emulator.ResetRequests,
						Config:    config(2, true, memory(256)), Check: all(serves(env, 2, 256, 0), env.ExpectWrites(release...)),
					},
					{
						Config: config(3, true, dependent),
						Check:  all(serves(env, 3, 256, 1), env.ExpectWrites("UpdateCode", "PublishVersion", "UpdateAlias")),
					},
					{ // somebody changes it in the console
						PreConfig: func() {
							check(t, env.Emulator.Edit("default", "orders", func(f *emulator.Function) { f.MemorySize = 1024 }))
						},
						Config: config(3, true, dependent), Check: all(serves(env, 3, 256, 1), env.ExpectWrites("UpdateConfig")),
						ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
							plancheck.ExpectResourceAction("fgs_function_version.test", plancheck.ResourceActionNoop),
							plancheck.ExpectResourceAction("fgs_function_alias.live", plancheck.ResourceActionNoop),
						}},
					},
					{Config: config(4, false, dependent), Check: serves(env, 4, 256, 1)},
					{
						PreConfig: env.Emulator.ResetRequests,
						Config:    config(4, false, memory(512)+"dependency_version_ids = [\"dep-1\"]\n"),
						Check:     all(serves(env, 4, 256, 1), env.ExpectWrites("UpdateConfig")),
					},
					{Config: config(5, true, memory(512)), Check: serves(env, 5, 512, 0)},
				},
			})
		})
	}
}

// released is a version by the idiom of the documentation, and an alias that follows it. It has a name: two that are
// generated within a second take a second call.
const released = `
resource "fgs_function_version" "test" {
  function_urn      = fgs_function.test.urn
  version           = "r%d"
  source_hash       = fgs_function.test.source_hash
  digest            = fgs_function.test.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "live" {
  function_urn = fgs_function.test.urn
  name         = "live"
  version      = fgs_function_version.test.version
}
`

func all(checks ...resource.TestCheckFunc) resource.TestCheckFunc {
	return resource.ComposeAggregateTestCheckFunc(checks...)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// serves says how many versions there are, and what the one has that the alias serves.
func serves(env *acctest.Env, versions, memory, dependencies int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f, _ := env.Emulator.Function("default", "orders")
		if len(f.Versions) != versions || len(f.Aliases) != 1 {
			return fmt.Errorf("there are %d versions and %d aliases, want %d and 1", len(f.Versions), len(f.Aliases), versions)
		}
		for _, v := range f.Versions {
			if v.Name == f.Aliases[0].Version && (v.MemorySize != memory || len(v.DependVersionList) != dependencies) {
				return fmt.Errorf("the alias serves %s with %d MB and %v, want %d MB and %d dependencies",
					v.Name, v.MemorySize, v.DependVersionList, memory, dependencies)
			}
		}
		if newest := f.Versions[len(f.Versions)-1]; newest.Name != f.Aliases[0].Version {
			return fmt.Errorf("the alias serves %s, and %s is the newest", f.Aliases[0].Version, newest.Name)
		}
		return nil
	}
}
