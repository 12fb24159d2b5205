// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"fmt"
	"regexp"
	"slices"
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
	address     = "fgs_function_alias.test"
	functionURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
)

// aliasTest is a function with the versions v1, v2 and v3, which somebody else made.
type aliasTest struct {
	*testing.T
	env *acctest.Env
}

func newAliasTest(t *testing.T, options ...acctest.Option) aliasTest {
	t.Parallel()
	a := aliasTest{t, acctest.New(t, options...)}
	a.env.Emulator.Put(emulator.Function{Name: "orders"})
	for _, version := range []string{"v1", "v2", "v3"} {
		if err := a.env.Emulator.Publish("default", "orders", version, ""); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func (a aliasTest) run(steps ...resource.TestStep) {
	a.Helper()
	resource.Test(a.T, resource.TestCase{ProtoV6ProviderFactories: a.env.Factories, Steps: steps})
}

// alias is a configuration with attributes.
func alias(attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function_alias" "test" {
  function_urn = %q
  name         = "prod"
  %s
}
`, functionURN, attributes)
}

// holds demands what the service has.
func (a aliasTest) holds(want string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f, _ := a.env.Emulator.Function("default", "orders")
		if len(f.Aliases) != 1 {
			return fmt.Errorf("the service has %d aliases", len(f.Aliases))
		}
		got := f.Aliases[0]
		text := fmt.Sprint(got.Name, " ", got.Version, " ", got.Description, " ", got.Weights, " ", got.Strategy)
		if text != want {
			return fmt.Errorf("the service has %q, want %q", text, want)
		}
		return nil
	}
}

func in(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

const (
	weighted = `additional_version = { version = "v2", weight = 10 }`
	ruled    = `strategy = { version = "v2", combine_type = "or", rules = [{ rule_type = "header", param = "x-canary",` +
		` op = "in", value = "a,b" }] }`
	rules = "map[v2:{[{header x-canary in a,b}] or}]"
)

// TestAccAlias: everything about an alias changes by one call, is seen when somebody changes it, and comes with an
// import.
func TestAccAlias(t *testing.T) {
	a := newAliasTest(t)
	one := a.env.ExpectWrites("UpdateAlias")
	both := func(checks ...resource.TestCheckFunc) resource.TestCheckFunc {
		return resource.ComposeAggregateTestCheckFunc(checks...)
	}
	imported := resource.TestStep{
		ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts"},
	}
	bySlash := imported
	bySlash.ImportStateId = functionURN + "/prod"
	a.run(
		resource.TestStep{
			Config: alias(`version = "v1"`), Check: both(a.holds("prod v1  map[] map[]"), a.env.ExpectWrites("CreateAlias")),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("urn"), knownvalue.StringExact(functionURN+":!prod")),
			},
		},
		imported, bySlash,
		resource.TestStep{
			Config: alias(`version = "v3"`), ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check: both(a.holds("prod v3  map[] map[]"), one),
		},
		resource.TestStep{Config: alias(`version = "v1"` + "\n description = \"new\""),
			Check: both(a.holds("prod v1 new map[] map[]"), one)},
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + weighted),
			Check: both(a.holds("prod v1  map[v2:10] map[]"), one)},
		imported,
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + ruled), Check: both(a.holds("prod v1  map[] "+rules), one)},
		imported,
		resource.TestStep{ // somebody moves it
			PreConfig: func() {
				if err := a.env.Emulator.PutAlias("default", "orders", "prod", "v3", map[string]int{"v1": 50}); err != nil {
					t.Error(err)
				}
			},
			Config: alias(`version = "v1"` + "\n" + ruled), ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check: both(a.holds("prod v1  map[] "+rules), one),
		},
		resource.TestStep{Config: alias(`version = "latest"`), Check: both(a.holds("prod latest  map[] map[]"), one)},
		resource.TestStep{
			Config: alias(`version = "latest"` + "\n description = \"\""), ConfigPlanChecks: in(plancheck.ResourceActionUpdate),
			Check: a.env.ExpectWrites(),
		},
		resource.TestStep{Config: alias(`version = "v2"`), Destroy: true},
	)
	if f, _ := a.env.Emulator.Function("default", "orders"); len(f.Aliases) != 0 || len(f.Versions) != 3 {
		t.Errorf("%d aliases, %d versions are left", len(f.Aliases), len(f.Versions))
	}
}

// TestAccAlias_refused: what the service refuses is explained.
func TestAccAlias_refused(t *testing.T) {
	put := func(a aliasTest, name, version string) {
		if err := a.env.Emulator.PutAlias("default", "orders", name, version, nil); err != nil {
			a.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		before func(a aliasTest)
		config string
		says   string
	}{
		"taken name":       {func(a aliasTest) { put(a, "prod", "v1") }, `version = "v2"`, `(?s)Function Alias Already Exists.*import \{`},
		"taken version":    {func(a aliasTest) { put(a, "other", "v1") }, `version = "v1"`, `has\s+the\s+alias\s+"other"\s+already`},
		"unknown version":  {func(aliasTest) {}, `version = "v9"`, `does\s+not\s+exist:\s+v9`},
		"unknown function": {func(a aliasTest) { _ = a.env.Emulator.Delete("default", "orders") }, `version = "v1"`, `FSS\.1051`},
		"quota": {func(a aliasTest) {
			for i := range 10 {
				version := fmt.Sprint("w", i)
				if err := a.env.Emulator.Publish("default", "orders", version, ""); err != nil {
					a.Fatal(err)
				}
				put(a, fmt.Sprint("a", i), version)
			}
		}, `version = "v1"`, `(?s)has\s+10\s+aliases.*a0,\s+a1`},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAliasTest(t)
			test.before(a)
			a.run(resource.TestStep{Config: alias(test.config), ExpectError: regexp.MustCompile(test.says)})
		})
	}
}

// TestAccAlias_triggers: an alias that triggers are bound to is not deleted, and the error says why.
func TestAccAlias_triggers(t *testing.T) {
	a := newAliasTest(t)
	bind := func(id string) {
		trigger := emulator.Trigger{ID: id, Type: "TIMER", Qualifier: "!prod"}
		if err := a.env.Emulator.PutTrigger("default", "orders", trigger); err != nil {
			t.Fatal(err)
		}
	}
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`)},
		resource.TestStep{
			PreConfig: func() { bind("t1") }, Config: alias(`version = "v1"`), Destroy: true,
			ExpectError: regexp.MustCompile(`Triggers\s+are\s+bound`),
		},
		resource.TestStep{
			PreConfig: func() {
				err := a.env.Emulator.Edit("default", "orders", func(f *emulator.Function) { f.Triggers = nil })
				if err != nil {
					t.Fatal(err)
				}
			},
			Config: alias(`version = "v1"`), Destroy: true,
		},
	)
}

// TestAccAlias_gone: an alias that somebody deleted, also with its version, is planned anew; what cannot be is
// explained.
func TestAccAlias_gone(t *testing.T) {
	a := newAliasTest(t)
	remove := func(version string) func() {
		return func() {
			err := a.env.Emulator.Edit("default", "orders", func(f *emulator.Function) {
				if f.Aliases = nil; version != "" {
					f.Versions = slices.DeleteFunc(f.Versions, func(v emulator.Version) bool { return v.Name == version })
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`)},
		resource.TestStep{
			PreConfig: remove(""), Config: alias(`version = "v1"`), ConfigPlanChecks: in(plancheck.ResourceActionCreate),
			Check: a.holds("prod v1  map[] map[]"),
		},
		resource.TestStep{PreConfig: remove("v1"), Config: alias(`version = "v1"`),
			ExpectError: regexp.MustCompile(`does\s+not\s+exist:\s+v1`)},
		resource.TestStep{Config: alias(`version = "v2"`), Check: a.holds("prod v2  map[] map[]")},
	)
}

// TestAccAlias_weightedGone: the second version was deleted, and the alias still names it. Terraform's next move of the
// alias says what is wrong, or makes it right.
func TestAccAlias_weightedGone(t *testing.T) {
	a := newAliasTest(t)
	a.run(
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + weighted)},
		resource.TestStep{
			PreConfig: func() {
				err := a.env.Emulator.Edit("default", "orders", func(f *emulator.Function) {
					f.Versions = slices.DeleteFunc(f.Versions, func(v emulator.Version) bool { return v.Name == "v2" })
				})
				if err != nil {
					t.Fatal(err)
				}
			},
			Config:      alias(`version = "v3"` + "\n" + weighted),
			ExpectError: regexp.MustCompile(`does\s+not\s+exist:\s+v3,\s+v2`),
		},
		resource.TestStep{Config: alias(`version = "v3"`), Check: a.holds("prod v3  map[] map[]")},
	)
}

// TestAccAlias_notYet: right after a write, "not found" is "not yet", and a lost answer is looked up: one alias is
// made.
func TestAccAlias_notYet(t *testing.T) {
	for name, fault := range map[string]emulator.Fault{
		"not found after the creation": {Op: "GetAlias", Status: 404, Code: "FSS.1053", Message: "not yet"},
		"under another status":         {Op: "GetAlias", Status: 401, Code: "FSS.1053", Message: "not yet"}, // contract X20
		"lost answer":                  {Op: "CreateAlias", Kind: emulator.DropAfter},
		"lost request":                 {Op: "CreateAlias", Kind: emulator.DropBefore},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAliasTest(t)
			a.env.Emulator.Inject(fault)
			a.run(resource.TestStep{Config: alias(`version = "v1"` + "\n" + ruled), Check: a.holds("prod v1  map[] " + rules)})
			if n := len(a.env.Emulator.PendingFaults()); n > 0 {
				t.Errorf("%d faults never happened", n)
			}
		})
	}
}

// TestAccAlias_refusesEmpty: a service that takes no empty weights, and clears what is left out, gets none.
func TestAccAlias_refusesEmpty(t *testing.T) {
	a := newAliasTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.MergeAlias = false }))
	refuses := func() {
		a.env.Emulator.Inject(emulator.Fault{Op: "UpdateAlias", Status: 400, Code: "FSS.1092", Message: "one entry"})
	}
	a.run(
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + weighted), Check: a.holds("prod v1  map[v2:10] map[]")},
		resource.TestStep{ // nothing is cleared: it is refused for another reason
			PreConfig: refuses, Config: alias(`version = "v3"` + "\n" + weighted), ExpectError: regexp.MustCompile("FSS.1092"),
		},
		resource.TestStep{PreConfig: refuses, Config: alias(`version = "v1"`), Check: a.holds("prod v1  map[] map[]")},
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + ruled), Check: a.holds("prod v1  map[] " + rules)},
		resource.TestStep{PreConfig: refuses, Config: alias(`version = "v1"`), Check: a.holds("prod v1  map[] map[]")},
	)
}

// TestAccAlias_sameAlias: somebody made this very alias, and the service refuses by the version, not by the name. The
// error says that it is there, and its import block, pasted as it is, takes it over.
func TestAccAlias_sameAlias(t *testing.T) {
	a := newAliasTest(t)
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`), Destroy: true},
		resource.TestStep{
			PreConfig: func() {
				if err := a.env.Emulator.PutAlias("default", "orders", "prod", "v1", nil); err != nil {
					t.Fatal(err)
				}
				a.env.Emulator.Inject(emulator.Fault{Op: "CreateAlias", Status: 409, Code: "FSS.1066", Message: "has an alias"})
			},
			Config:      alias(`version = "v1"`),
			ExpectError: regexp.MustCompile(`(?s)Function Alias Already Exists.*import \{.*orders:!prod".*FSS\.1066`),
		},
		resource.TestStep{
			Config: alias(`version = "v1"`) + "\nimport {\n to = " + address + "\n id = \"" + functionURN + ":!prod\"\n}\n",
			Check:  a.holds("prod v1  map[] map[]"),
		},
	)
}

// TestAccAlias_movedAlready: somebody moved this very alias to the planned version, and the service refuses by that.
// The error says so, and the next apply has nothing to do.
func TestAccAlias_movedAlready(t *testing.T) {
	a := newAliasTest(t)
	a.run(
		resource.TestStep{Config: alias(`version = "v1"`)},
		resource.TestStep{
			PreConfig: func() {
				a.env.Emulator.Inject(emulator.Fault{
					Op: "UpdateAlias", Status: 409, Code: "FSS.1066", Message: "has an alias", Before: func() {
						if err := a.env.Emulator.PutAlias("default", "orders", "prod", "v2", nil); err != nil {
							t.Error(err)
						}
					},
				})
			},
			Config: alias(`version = "v2"`), ExpectError: regexp.MustCompile(`points\s+at\s+v2\s+already`),
		},
		resource.TestStep{
			Config: alias(`version = "v2"`), ConfigPlanChecks: in(plancheck.ResourceActionNoop),
			Check: a.holds("prod v2  map[] map[]"),
		},
	)
}
