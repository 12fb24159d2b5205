// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccVersion_release is the idiom's life: published once, moved by new code only, never by settings, drift, repair
// or ignored drift; the old version stays.
func TestAccVersion_release(t *testing.T) {
	r := newReleaseTest(t)
	first, second := r.code("one"), r.code("two")
	same := statecheck.CompareValue(compare.ValuesSame())
	sameVersion := func() statecheck.StateCheck { return same.AddStateValue(address, tfjsonpath.New("urn")) }
	keepsVersion := action(address, plancheck.ResourceActionNoop)
	r.run(
		resource.TestStep{
			Config: function(first, "") + tied(`version = "v1"`+"\n"+retained),
			Check:  all(r.published(1), r.env.ExpectWrites("CreateFunction", "PublishVersion")),
			ConfigStateChecks: []statecheck.StateCheck{
				sameVersion(),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.StringExact("v1")),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("runtime"), knownvalue.StringExact("Python3.9")),
			},
		},
		resource.TestStep{
			Config:            function(first, `description = "settings"`) + tied(`version = "v1"`+"\n"+retained),
			ConfigPlanChecks:  plans(action(functionAddress, plancheck.ResourceActionUpdate), keepsVersion),
			Check:             r.env.ExpectWrites("UpdateConfig"),
			ConfigStateChecks: []statecheck.StateCheck{sameVersion()},
		},
		resource.TestStep{
			PreConfig:         r.foreign,
			Config:            function(first, `description = "settings"`) + tied(`version = "v1"`+"\n"+retained),
			ConfigPlanChecks:  plans(action(functionAddress, plancheck.ResourceActionUpdate), keepsVersion),
			Check:             r.env.ExpectWrites("UpdateCode"),
			ConfigStateChecks: []statecheck.StateCheck{sameVersion()},
		},
		resource.TestStep{
			PreConfig: r.foreign,
			Config: function(first, "description = \"settings\"\nignore_code_drift = true") +
				tied(`version = "v1"`+"\n"+retained),
			ConfigPlanChecks:  plans(keepsVersion),
			Check:             r.env.ExpectWrites(),
			ConfigStateChecks: []statecheck.StateCheck{sameVersion()},
		},
		resource.TestStep{
			Config: function(second, "") + tied(`version = "v2"`+"\n"+retained),
			ConfigPlanChecks: plans(action(functionAddress, plancheck.ResourceActionUpdate),
				action(address, plancheck.ResourceActionUpdate)),
			Check: all(r.published(2), r.env.ExpectWrites("UpdateCode", "UpdateConfig", "PublishVersion")),
		},
	)
}

// TestAccVersion_image: a container image has no digest, perhaps. Another image publishes, a setting does not.
func TestAccVersion_image(t *testing.T) {
	r := newReleaseTest(t)
	image := func(tag, attributes string) string {
		return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  timeout     = 3
  memory_size = 128
  code        = { image = "swr.example/shop/orders:%s" }
  %s
}
`, tag, attributes)
	}
	r.run(
		resource.TestStep{
			Config: image("1", "") + tied(`version = "v1"`+"\n"+retained),
			Check:  all(r.published(1), r.env.ExpectWrites("CreateFunction", "PublishVersion")),
		},
		resource.TestStep{
			Config:           image("1", `description = "settings"`) + tied(`version = "v1"`+"\n"+retained),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionNoop)), Check: r.env.ExpectWrites("UpdateConfig"),
		},
		resource.TestStep{
			Config:           image("2", `description = "settings"`) + tied(`version = "v2"`+"\n"+retained),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionUpdate)),
			Check:            all(r.published(2), r.env.ExpectWrites("UpdateConfig", "PublishVersion")),
		},
	)
}

// TestAccVersion_generatedName: without a name the provider sends one made of the time, so that a lost answer can be
// looked up; it stays while the code stays.
func TestAccVersion_generatedName(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	r.run(
		resource.TestStep{
			Config: function(path, "") + tied(retained),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New("version"),
				knownvalue.StringRegexp(regexp.MustCompile(`^v\d{8}-\d{6}$`)))},
		},
		resource.TestStep{Config: function(path, `description = "x"`) + tied(retained), Check: r.published(1)},
	)
}

// TestAccVersion_deleted: without retain_on_destroy the version goes with the resource. Those before it stay.
func TestAccVersion_deleted(t *testing.T) {
	r := newReleaseTest(t)
	first, second := r.code("one"), r.code("two")
	r.run(
		resource.TestStep{Config: function(first, "") + tied(`version = "v1"`),
			Check: r.env.ExpectWrites("CreateFunction", "PublishVersion")},
		resource.TestStep{
			Config: function(second, "") + tied(`version = "v2"`),
			Check:  all(r.published(2), r.env.ExpectWrites("UpdateCode", "PublishVersion")),
		},
		resource.TestStep{Config: function(second, ""), Check: all(r.published(1), r.env.ExpectWrites("DeleteVersion"))},
	)
}

// TestAccVersion_sameName: other code under the name of the version that is there is an error of the plan, before the
// code goes up; another name publishes.
func TestAccVersion_sameName(t *testing.T) {
	r := newReleaseTest(t)
	first, second := r.code("one"), r.code("two")
	r.run(
		resource.TestStep{Config: function(first, "") + tied(`version = "v1"`),
			Check: r.env.ExpectWrites("CreateFunction", "PublishVersion")},
		resource.TestStep{
			Config: function(second, "") + tied(`version = "v1"`), ExpectError: regexp.MustCompile(`with\s+other\s+code`),
		},
		resource.TestStep{
			Config: function(second, "") + tied(`version = "v2"`),
			Check:  all(r.published(2), r.env.ExpectWrites("UpdateCode", "PublishVersion")),
		},
	)
}

// TestAccVersion_createBeforeDestroy changes nothing of a release. A replacement that somebody asks for takes over the
// version that is there, and lets go the object that it was until then; one that would delete it is refused.
func TestAccVersion_createBeforeDestroy(t *testing.T) {
	const before = "\nlifecycle { create_before_destroy = true }"
	for name, test := range map[string]struct {
		more   string
		refuse *regexp.Regexp
	}{
		"retained": {retained, nil}, "not retained": {"", regexp.MustCompile(`takes\s+a\s+version\s+over\s+if\s+it\s+has\s+retain_on_destroy`)},
	} {
		t.Run(name, func(t *testing.T) {
			r := newReleaseTest(t)
			first, second := r.code("one"), r.code("two")
			v2 := function(second, "") + tied("version = \"v2\"\n"+test.more+before)
			r.run(
				resource.TestStep{Config: function(first, "") + tied("version = \"v1\"\n"+test.more+before)},
				resource.TestStep{
					PreConfig: r.env.Emulator.ResetRequests, Config: v2,
					ConfigPlanChecks: plans(action(address, plancheck.ResourceActionUpdate)),
					Check:            all(r.published(2), r.env.ExpectWrites("UpdateCode", "PublishVersion")),
				},
				resource.TestStep{
					Taint: []string{address}, Config: v2, ExpectError: test.refuse,
					Check: all(r.published(2), r.env.ExpectWrites("PublishVersion")),
				},
				resource.TestStep{PreConfig: func() {
					if n := r.env.Emulator.Count("DeleteVersion"); n > 0 {
						t.Errorf("%d deletions", n)
					}
				}, Config: function(second, "")},
			)
		})
	}
}

// TestAccVersion_createBeforeDestroy_twin: what is replaced would delete the very version that the new object has taken
// over: in its state it is not to be retained. It is left alone.
func TestAccVersion_createBeforeDestroy_twin(t *testing.T) {
	r := newReleaseTest(t)
	const before = "version = \"v1\"\nlifecycle { create_before_destroy = true }\n"
	path := r.code("one")
	r.run(
		resource.TestStep{Config: function(path, "") + tied(before)},
		resource.TestStep{
			PreConfig: r.env.Emulator.ResetRequests, Taint: []string{address},
			Config: function(path, "") + tied(before+retained),
			Check:  all(r.published(1), r.env.ExpectWrites("PublishVersion")),
		},
	)
}

// TestAccVersion_functionReplaced: versions go with a function that is replaced; one of the new function is published
// in the same apply, under a name that may be the same, also when the function's own name is another one.
func TestAccVersion_functionReplaced(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	configured := function(path, "") + tied(`version = "v1"`)
	replaced := plans(action(functionAddress, plancheck.ResourceActionDestroyBeforeCreate),
		action(address, plancheck.ResourceActionUpdate))
	renamed := strings.Replace(configured, `"orders"`, `"renamed"`, 1)
	r.run(
		resource.TestStep{Config: configured},
		resource.TestStep{
			Config: strings.Replace(configured, "Python3.9", "Python3.6", 1), ConfigPlanChecks: replaced, Check: r.published(1),
		},
		resource.TestStep{
			Config: renamed, ConfigPlanChecks: replaced,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("urn"),
					knownvalue.StringRegexp(regexp.MustCompile(`:renamed:v1$`))),
			},
		},
	)
}

// TestAccVersion_otherFunction: another function that is known replaces the version.
func TestAccVersion_otherFunction(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	other := strings.NewReplacer(`"test"`, `"other"`, `"orders"`, `"other"`).Replace(function(path, ""))
	both := function(path, "") + other
	r.run(
		resource.TestStep{Config: both + tied(`version = "v1"`)},
		resource.TestStep{
			Config:           both + strings.ReplaceAll(tied(`version = "v1"`), "fgs_function.test.", "fgs_function.other."),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionDestroyBeforeCreate)), Check: r.published(0),
		},
	)
}

// TestAccVersion_newFunction: the version goes to a function that the same apply makes. What it was goes as with a
// replacement, unless it is to be retained.
func TestAccVersion_newFunction(t *testing.T) {
	for name, test := range map[string]struct {
		more string
		left int
	}{"not retained": {"", 0}, "retained": {retained, 1}} {
		t.Run(name, func(t *testing.T) {
			r := newReleaseTest(t)
			path := r.code("one")
			other := strings.NewReplacer(`"test"`, `"other"`, `"orders"`, `"other"`).Replace(function(path, ""))
			version := tied("version = \"v1\"\n" + test.more)
			r.run(
				resource.TestStep{Config: function(path, "") + version},
				resource.TestStep{
					Config: function(path, "") + other + strings.ReplaceAll(version, "fgs_function.test.", "fgs_function.other."),
					Check:  r.published(test.left),
				},
			)
		})
	}
}

// late is a function's URN that is not known in a plan, though it may turn out to be what it was.
func late(urn string, generation int) string {
	return fmt.Sprintf("resource \"terraform_data\" \"late\" {\n input = %s\n triggers_replace = %d\n}\n", urn, generation)
}

// TestAccVersion_lateFunction: a function_urn that is not known in the plan deletes nothing. If it is the same, nothing
// happens; if it is another function's, the apply ends, and the next plan replaces.
func TestAccVersion_lateFunction(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	other := strings.NewReplacer(`"test"`, `"other"`, `"orders"`, `"other"`).Replace(function(path, ""))
	functions := function(path, "") + other
	version := strings.Replace(tied(`version = "v1"`), "fgs_function.test.urn", "terraform_data.late.output", 1)
	inPlace := plans(action(address, plancheck.ResourceActionUpdate))
	r.run(
		resource.TestStep{Config: functions + late("fgs_function.test.urn", 1) + version},
		resource.TestStep{
			PreConfig: r.env.Emulator.ResetRequests, Config: functions + late("fgs_function.test.urn", 2) + version,
			ConfigPlanChecks: inPlace,
			Check:            all(r.published(1), r.env.ExpectWrites()),
		},
		resource.TestStep{
			Config:      functions + late("fgs_function.other.urn", 3) + version,
			ExpectError: regexp.MustCompile(`(?s)became\s+known\s+only\s+now.*the\s+next\s+plan\s+shows`),
		},
		resource.TestStep{
			Config:           functions + late("fgs_function.other.urn", 3) + version,
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionDestroyBeforeCreate)), Check: r.published(0),
		},
	)
}

// TestAccVersion_digestAlone: without source_hash another digest, or one that is not known, publishes anew.
func TestAccVersion_digestAlone(t *testing.T) {
	r := newReleaseTest(t)
	first, second := r.code("one"), r.code("two")
	alone := func(name string) string {
		return fmt.Sprintf(`
resource "fgs_function_version" "test" {
  function_urn = fgs_function.test.urn
  digest       = fgs_function.test.digest
  version      = %q
}`, name)
	}
	r.run(
		resource.TestStep{Config: function(first, "") + alone("v1")},
		resource.TestStep{
			Config:           function(first, `description = "x"`) + alone("v1"),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionNoop)),
		},
		resource.TestStep{
			Config:           function(second, "") + alone("v2"),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionUpdate)),
		},
	)
}

// TestAccVersion_untied: with neither, a version is published once and stays.
func TestAccVersion_untied(t *testing.T) {
	r := newReleaseTest(t)
	first, second := r.code("one"), r.code("two")
	const untied = "\nresource \"fgs_function_version\" \"test\" {\n function_urn = fgs_function.test.urn\n}\n"
	r.run(
		resource.TestStep{Config: function(first, "") + untied},
		resource.TestStep{
			Config:           function(second, "") + untied,
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionNoop)), Check: r.published(1),
		},
	)
}

// TestAccVersion_inPlace: what changes without a request, and what a change of it shows.
func TestAccVersion_inPlace(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	const v1 = `version = "v1"` + "\n"
	r.run(
		resource.TestStep{Config: function(path, "") + tied(v1+`timeouts { create = "5m" }`)},
		resource.TestStep{
			PreConfig: r.env.Emulator.ResetRequests, Config: function(path, "") + tied(v1+retained),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionUpdate)), Check: r.env.ExpectWrites(),
		},
		resource.TestStep{
			Config:           function(path, "") + tied(v1+"description = \"\"\n"+retained), // the same as none
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionUpdate)), Check: r.env.ExpectWrites(),
		},
		resource.TestStep{Config: function(path, "") + tied(v1), Check: r.env.ExpectWrites()},
	)
}

// TestAccVersion_renamed: another name or description of the same code is an error of the plan: the service does not
// publish it again.
func TestAccVersion_renamed(t *testing.T) {
	r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	path := r.code("one")
	refused := regexp.MustCompile(`v1\s+holds\s+exactly\s+this\s+code`)
	r.run(
		resource.TestStep{Config: function(path, "") + tied(`version = "v1"`)},
		resource.TestStep{Config: function(path, "") + tied(`version = "v2"`), ExpectError: refused},
		resource.TestStep{Config: function(path, "") + tied("version = \"v1\"\ndescription = \"x\""), ExpectError: refused},
		resource.TestStep{ // with other code it is a release
			Config: function(r.code("two"), "") + tied("version = \"v2\"\ndescription = \"second\""),
			Check: func(*terraform.State) error {
				f, _ := r.env.Emulator.Function("default", "orders")
				if len(f.Versions) != 2 || f.Versions[1].VersionDescription != "second" {
					return fmt.Errorf("versions are %+v", f.Versions)
				}
				return nil
			},
		},
	)
}

// TestAccVersion_gone: a version that somebody deleted is published again.
func TestAccVersion_gone(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	r.run(
		resource.TestStep{Config: function(path, "") + tied(`version = "v1"`)},
		resource.TestStep{
			PreConfig: func() {
				if err := r.env.Emulator.DeleteVersion("default", "orders", "v1"); err != nil {
					t.Fatal(err)
				}
			},
			Config:           function(path, "") + tied(`version = "v1"`),
			ConfigPlanChecks: plans(action(address, plancheck.ResourceActionCreate)), Check: r.published(1),
		},
	)
}

// TestAccVersion_replacedOutside: somebody deleted the version and published other code under its name. It is not
// touched; the code is published anew, under another name.
func TestAccVersion_replacedOutside(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	r.run(
		resource.TestStep{Config: function(path, "") + tied(`version = "v1"`)},
		resource.TestStep{
			PreConfig: func() {
				if err := r.env.Emulator.DeleteVersion("default", "orders", "v1"); err != nil {
					t.Fatal(err)
				}
				r.foreign()
				if err := r.env.Emulator.Publish("default", "orders", "v1", ""); err != nil {
					t.Fatal(err)
				}
			},
			Config: function(path, "") + tied(`version = "v1"`), ExpectError: regexp.MustCompile(`with\s+other\s+code`),
		},
		resource.TestStep{
			Config: function(path, "") + tied(`version = "v2"`),
			ConfigPlanChecks: plans(action(functionAddress, plancheck.ResourceActionUpdate),
				action(address, plancheck.ResourceActionUpdate)),
			Check: r.published(2),
		},
	)
}

// TestAccVersion_import: by URN, with the description from the list; the source is then recorded in place.
func TestAccVersion_import(t *testing.T) {
	r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	path := r.code("one")
	configuration := function(path, "") + tied("version = \"v1\"\ndescription = \"first\"\n"+retained)
	r.run(
		resource.TestStep{Config: configuration},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateVerify: true,
			// Not at the service: the source's hash, and what Terraform does with the version.
			ImportStateVerifyIgnore: []string{"source_hash", "retain_on_destroy"},
		},
		resource.TestStep{
			ResourceName: address, ImportState: true,
			ImportStateIdFunc: func(s *terraform.State) (string, error) {
				return s.RootModule().Resources[functionAddress].Primary.ID, nil
			},
			ExpectError: regexp.MustCompile(`not\s+the\s+URN\s+of\s+a\s+published\s+version`),
		},
		resource.TestStep{
			Config: configuration + "\nremoved {\n from = fgs_function_version.gone\n lifecycle { destroy = false }\n}\n",
		},
	)
}

// TestAccVersion_importThenPlan: after an import the configured source is recorded without a request.
func TestAccVersion_importThenPlan(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	urn := "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders:v1"
	r.run(
		resource.TestStep{Config: function(path, "")},
		resource.TestStep{
			PreConfig: func() {
				if err := r.env.Emulator.Publish("default", "orders", "v1", ""); err != nil {
					t.Fatal(err)
				}
				r.env.Emulator.ResetRequests()
			},
			Config: function(path, "") + tied(retained) + fmt.Sprintf("import {\n to = %s\n id = %q\n}\n", address, urn),
			Check:  all(r.published(1), r.env.ExpectWrites()),
		},
	)
}

// TestAccVersion_importWithoutList: where the region has no list of versions the description cannot be looked up; the
// configured one is taken for it.
func TestAccVersion_importWithoutList(t *testing.T) {
	r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = true }))
	path := r.code("one")
	urn := "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders:v1"
	imported := fmt.Sprintf("import {\n to = %s\n id = %q\n}\n", address, urn)
	r.run(
		resource.TestStep{Config: function(path, "")},
		resource.TestStep{
			PreConfig: func() {
				if err := r.env.Emulator.Publish("default", "orders", "v1", "first"); err != nil {
					t.Fatal(err)
				}
				r.env.Emulator.ResetRequests()
			},
			Config: function(path, "") + tied("description = \"first\"\n"+retained) + imported,
			Check:  all(r.published(1), r.env.ExpectWrites()),
		},
		resource.TestStep{ // from now on it is known
			Config:   function(path, "") + tied("description = \"second\"\n"+retained),
			PlanOnly: true, ExpectNonEmptyPlan: true,
		},
		resource.TestStep{Config: function(path, "") + tied("description = \"first\"\n"+retained)},
	)
}

// TestAccVersion_unchangedCode (FSS.1016): taken over only where nothing that destroys can come of it.
func TestAccVersion_unchangedCode(t *testing.T) {
	present := acctest.WithSwitches(func(s *emulator.Switches) {
		s.NoListVersions, s.UnchangedNeedsAll = false, false
	})
	somebodyPublished := func(r releaseTest) func() {
		return func() {
			if err := r.env.Emulator.Publish("default", "orders", "theirs", ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Run("retained", func(t *testing.T) {
		r := newReleaseTest(t, present)
		path := r.code("one")
		r.run(
			resource.TestStep{Config: function(path, "")},
			resource.TestStep{
				PreConfig: somebodyPublished(r), Config: function(path, "") + tied(retained), Check: r.published(1),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.StringExact("theirs")),
				},
			},
		)
	})
	for name, test := range map[string]struct{ attributes, says string }{
		"not retained": {"", `orders:theirs.*import \{.*FSS\.1016`},
		"other name":   {"version = \"ours\"\n" + retained, `set\s+version\s+=\s+"theirs".*FSS\.1016`},
	} {
		t.Run(name, func(t *testing.T) {
			r := newReleaseTest(t, present)
			path := r.code("one")
			r.run(
				resource.TestStep{Config: function(path, "")},
				resource.TestStep{
					PreConfig: somebodyPublished(r), Config: function(path, "") + tied(test.attributes),
					ExpectError: regexp.MustCompile(`(?s)` + test.says),
				},
				resource.TestStep{Config: function(path, ""), Check: r.published(1)},
			)
		})
	}
}

// TestAccVersion_aliased: a version that an alias points to is not deleted.
func TestAccVersion_aliased(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	alias := func(version string) func() {
		return func() {
			if err := r.env.Emulator.PutAlias("default", "orders", "prod", version, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	r.run(
		resource.TestStep{Config: function(path, "") + tied(`version = "v1"`)},
		resource.TestStep{PreConfig: alias("v1"), Config: function(path, ""),
			ExpectError: regexp.MustCompile(`alias\s+"prod"`)},
		resource.TestStep{PreConfig: alias("latest"), Config: function(path, ""), Check: r.published(0)},
	)
}
