// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	publicParent    = "edbd67fa-f107-40b3-af75-a85f0577ad61" // of emulator.PublicDependency
	address         = "fgs_dependency_version.libs"
	functionAddress = "fgs_function.orders"
)

// layerTest is a dependency and a function that uses it.
type layerTest struct {
	*testing.T
	env *acctest.Env
	dir acctest.Dir
}

func newLayerTest(t *testing.T) layerTest {
	t.Parallel()
	// Logs that a service turns on by itself cost the function a call with each change, and are not this test's business.
	quiet := acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false })
	return layerTest{t, acctest.New(t, quiet), acctest.NewDir(t)}
}

func (l layerTest) run(steps ...resource.TestStep) {
	l.Helper()
	resource.Test(l.T, resource.TestCase{
		ProtoV6ProviderFactories: l.env.Factories, CheckDestroy: l.env.CheckDestroy, Steps: steps,
	})
}

func layer(path, attributes string) string {
	return fmt.Sprintf(`
resource "fgs_dependency_version" "libs" {
  name    = "orders-libs"
  runtime = "Python3.9"
  code    = { zip_file = %q }
  %s
}
`, path, attributes)
}

func user(path string) string {
	return fmt.Sprintf(`
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = %q }

  dependency_version_ids = [fgs_dependency_version.libs.id]
}
`, path)
}

// has demands the versions that the service holds, as "number:description".
func (l layerTest) has(want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := strings.Join(held(l.env), " "); got != strings.Join(want, " ") {
			return fmt.Errorf("the service has the versions %q, want %q", got, want)
		}
		return nil
	}
}

func held(e *acctest.Env) []string {
	out := []string{}
	for _, d := range e.Emulator.Dependencies() {
		out = append(out, fmt.Sprint(d.Version, ":", d.Description))
	}
	return out
}

// uses demands that the function uses the version of that number, and nothing else.
func (l layerTest) uses(version int64) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f, _ := l.env.Emulator.Function("default", "orders")
		for _, d := range l.env.Emulator.Dependencies() {
			if d.Version == version && len(f.DependVersionList) == 1 && f.DependVersionList[0] == d.ID {
				return nil
			}
		}
		return fmt.Errorf("the function uses %v, not version %d", f.DependVersionList, version)
	}
}

// created demands the calls that make both. Not each region takes dependencies with the call that creates (contract
// Q10).
func (l layerTest) created() resource.TestCheckFunc {
	calls := []string{"CreateDependencyVersion", "CreateFunction"}
	if acctest.SecondWorld() {
		calls = append(calls, "UpdateCode")
	}
	return l.env.ExpectWrites(calls...)
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

const (
	noop     = plancheck.ResourceActionNoop
	update   = plancheck.ResourceActionUpdate
	replaces = plancheck.ResourceActionDestroyBeforeCreate
)

// TestAccDependencyVersion_release is the life of a shared layer: other content makes the next version and moves the
// function by one call, in one apply in which nothing is ever broken; old versions go when nothing uses them; what is
// no change of the content makes no request.
func TestAccDependencyVersion_release(t *testing.T) {
	l := newLayerTest(t)
	code := user(l.dir.Code("code.zip", "code"))
	first, second, third := l.dir.Code("1.zip", "one"), l.dir.Code("2.zip", "two"), l.dir.Code("3.zip", "three")
	again := l.dir.Code("again.zip", "two")
	const kept = "retain_on_destroy = true\nprune = { keep = 2 }"
	moves := plans(action(address, replaces), action(functionAddress, update))
	l.run(
		resource.TestStep{
			Config: layer(first, "retain_on_destroy = true") + code,
			Check:  all(l.has("1:"), l.uses(1), l.created()),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.Int64Exact(1)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("owner"), knownvalue.StringExact(emulator.DefaultDomainID)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("source_hash"),
					knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{64}$`))),
			},
		},
		resource.TestStep{
			Config: layer(second, "retain_on_destroy = true") + code, ConfigPlanChecks: moves,
			Check: all(l.has("1:", "2:"), l.uses(2), l.env.ExpectWrites("CreateDependencyVersion", "UpdateCode")),
		},
		resource.TestStep{ // the same content in another archive
			Config: layer(again, "retain_on_destroy = true") + code, ConfigPlanChecks: plans(action(address, noop)),
			Check: l.env.ExpectWrites(),
		},
		resource.TestStep{
			Config: layer(second, kept) + code, ConfigPlanChecks: plans(action(address, update), action(functionAddress, noop)),
			Check: l.env.ExpectWrites(),
		},
		resource.TestStep{ // version 2 is used until the function moves, and is one of the two newest
			Config: layer(third, kept) + code, ConfigPlanChecks: moves,
			Check: all(l.has("2:", "3:"), l.uses(3),
				l.env.ExpectWrites("CreateDependencyVersion", "DeleteDependencyVersion", "UpdateCode")),
		},
		resource.TestStep{ // what is used stays, silently
			Config: layer(first, "retain_on_destroy = true\nprune = { keep = 1 }") + code, ConfigPlanChecks: moves,
			Check: all(l.has("3:", "4:"), l.uses(4),
				l.env.ExpectWrites("CreateDependencyVersion", "DeleteDependencyVersion", "DeleteDependencyVersion", "UpdateCode")),
		},
		resource.TestStep{
			Config: layer(first, "") + code, ConfigPlanChecks: plans(action(address, update)), Check: l.env.ExpectWrites(),
		},
	)
	if got := strings.Join(held(l.env), " "); got != "3:" {
		t.Errorf("left: %s", got)
	}
}

// TestAccDependencyVersion_inUse: without retention the service refuses to let the old version go. The error names who
// uses it and both ways out, each of which works.
func TestAccDependencyVersion_inUse(t *testing.T) {
	l := newLayerTest(t)
	code := user(l.dir.Code("code.zip", "code"))
	first, second, third := l.dir.Code("1.zip", "one"), l.dir.Code("2.zip", "two"), l.dir.Code("3.zip", "three")
	const created = "lifecycle { create_before_destroy = true }"
	l.run(
		resource.TestStep{Config: layer(first, "") + code, Check: l.created()},
		resource.TestStep{
			Config: layer(second, "") + code,
			ExpectError: regexp.MustCompile(
				`(?s)used\s+by\s+(at\s+least\s+)?urn:fss:\S+:orders.*retain_on_destroy\s+=\s+true.*create_before_destroy`),
		},
		resource.TestStep{
			PreConfig: l.env.Emulator.ResetRequests,
			Config:    layer(second, created) + code,
			Check: all(l.has("2:"), l.uses(2),
				l.env.ExpectWrites("CreateDependencyVersion", "UpdateCode", "DeleteDependencyVersion")),
		},
		resource.TestStep{Config: layer(second, "retain_on_destroy = true") + code, Check: l.env.ExpectWrites()},
		resource.TestStep{
			// The function's code changes with it: one call brings both.
			Config: layer(third, "retain_on_destroy = true") + user(l.dir.Code("other.zip", "other")),
			Check:  all(l.has("2:", "3:"), l.uses(3), l.env.ExpectWrites("CreateDependencyVersion", "UpdateCode")),
		},
	)
}

// TestAccDependencyVersion_attributes takes each attribute through a change: which of them make a new version, what is
// there when they are removed, and that each plan after an apply is empty, which the test framework demands.
func TestAccDependencyVersion_attributes(t *testing.T) {
	l := newLayerTest(t)
	first := l.dir.Code("1.zip", "one")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "lib.py"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	config := func(name, runtime, code, more string) string {
		return fmt.Sprintf("resource \"fgs_dependency_version\" \"libs\" {\n name = %q\n runtime = %q\n code = { %s "+
			"}\n%s\n}\n", name, runtime, code, more)
	}
	zip := fmt.Sprintf("zip_file = %q", first)
	obs := func(marker string) string {
		return `obs_url = "https://b.obs.` + emulator.DefaultRegion + `.myhuaweicloud.com/lib.zip"` + marker
	}
	// One more where there is a new version: the old one goes first.
	anew := func(has string) resource.TestCheckFunc {
		return all(l.has(has), l.env.ExpectWrites("DeleteDependencyVersion", "CreateDependencyVersion"))
	}
	step := func(config string, a plancheck.ResourceActionType, check resource.TestCheckFunc) resource.TestStep {
		return resource.TestStep{Config: config, ConfigPlanChecks: plans(action(address, a)), Check: check}
	}
	nothing := l.env.ExpectWrites()
	l.run(
		resource.TestStep{Config: config("libs", "Python3.9", zip, ""), Check: l.env.ExpectWrites("CreateDependencyVersion")},
		step(config("libs", "Python3.9", zip, `description = ""`), update, nothing),
		step(config("libs", "Python3.9", zip, `description = "d"`), replaces, anew("1:d")),
		step(config("libs", "Python3.9", zip, ""), replaces, anew("1:")), // null clears
		step(config("more-libs", "Python3.9", zip, ""), replaces, anew("1:")),
		step(config("more-libs", "Java11", zip, ""), replaces, anew("1:")),
		step(config("more-libs", "Java11", fmt.Sprintf("source_dir = %q", folder), ""), replaces, anew("1:")),
		step(config("more-libs", "Java11", fmt.Sprintf("source_dir = %q\nexclude = [\"*.md\"]", folder), ""), noop, nothing),
		step(config("more-libs", "Java11", obs(""), ""), replaces, anew("1:")),
		step(config("more-libs", "Java11", obs("\nsource_hash = \"one\""), ""), replaces, anew("1:")),
		step(config("more-libs", "Java11", obs("\nsource_hash = \"two\""), ""), replaces, anew("1:")),
		step(config("more-libs", "Java11", obs("\nsource_hash = \"two\""), "retain_on_destroy = true"), update, nothing),
		step(config("more-libs", "Java11", obs("\nsource_hash = \"two\""), "prune = { keep = 1 }"), update, nothing),
		step(config("more-libs", "Java11", obs("\nsource_hash = \"two\""), "timeouts { delete = \"1m\" }"), update, nothing),
		resource.TestStep{ // somebody deletes it
			PreConfig:        func() { l.env.Emulator.DeleteDependency(l.env.Emulator.Dependencies()[0].ID) },
			Config:           config("more-libs", "Java11", obs("\nsource_hash = \"two\""), ""),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionCreate)),
			Check:            all(l.has("1:"), l.env.ExpectWrites("CreateDependencyVersion")),
		},
	)
	if got := held(l.env); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

// addTo is somebody else's next version.
func addTo(api *emulator.Server, name, runtime, description string, content []byte) emulator.Dependency {
	return api.AddDependency(emulator.Dependency{Name: name, Runtime: runtime, Description: description, Content: content})
}
