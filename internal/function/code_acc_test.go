// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"regexp"
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

// codeTest is a test of what a plan does about code: the table in internal/architecture.md, a row at a time.
type codeTest struct {
	*testing.T
	env *acctest.Env
	dir acctest.Dir
}

func newCodeTest(t *testing.T, options ...acctest.Option) codeTest {
	t.Parallel()
	return codeTest{t, acctest.New(t, append([]acctest.Option{withoutOwnLogs}, options...)...), acctest.NewDir(t)}
}

// withoutOwnLogs leaves the logs to the configuration: those that a service turns on by itself cost a call with each
// change, and show in an import. They have tests of their own, over the protocol.
var withoutOwnLogs = acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false })

func (c codeTest) run(steps ...resource.TestStep) {
	c.Helper()
	resource.Test(c.T, resource.TestCase{
		ProtoV6ProviderFactories: c.env.Factories, CheckDestroy: c.env.CheckDestroy, Steps: steps,
	})
}

// foreign deploys other code behind Terraform's back.
func (c codeTest) foreign() {
	c.Helper()
	code := acctest.Zip(c.T, fixed, acctest.File{Name: "index.py", Content: "somebody else's"})
	if err := c.env.Emulator.SetCode("default", "orders", "zip", "foreign.zip", code); err != nil {
		c.Fatal(err)
	}
}

// forgetRequests starts a new count.
func (c codeTest) forgetRequests() { c.env.Emulator.ResetRequests() }

// runs demands that the service runs the code of the file.
func (c codeTest) runs(path string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got, want := deployed(c.T, c.env).Digest, digestOf(c.T, path); got != want {
			return fmt.Errorf("the emulator runs %.8s…, want %.8s…", got, want)
		}
		return nil
	}
}

func (c codeTest) all(checks ...resource.TestCheckFunc) resource.TestCheckFunc {
	return resource.ComposeAggregateTestCheckFunc(checks...)
}

func updates(names ...string) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), changesOnly{address, names},
	}}
}

func nothing() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

func known(attribute string, check knownvalue.Check) []statecheck.StateCheck {
	return []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), check)}
}

// TestAccFunctionCode_repair: code changed outside is seen and repaired, and the plan promises the digest.
func TestAccFunctionCode_repair(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	repair := updates("source_hash", "digest", "code_size", "code_filename", "last_modified")
	repair.PreApply = append(repair.PreApply, plancheck.ExpectKnownValue(address, tfjsonpath.New("digest"),
		knownvalue.StringExact(digestOf(t, path))))
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig:        func() { c.foreign(); c.forgetRequests() },
			Config:           zipped(path, ""),
			ConfigPlanChecks: repair,
			Check:            c.all(c.runs(path), c.env.ExpectWrites("UpdateCode")),
		},
	)
}

// TestAccFunctionCode_repairWithoutFile: the drift is seen though the file is gone, and the apply says what it needs.
func TestAccFunctionCode_repairWithoutFile(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig:   func() { c.foreign(); c.dir.Remove("code.zip") },
			Config:      zipped(path, ""),
			ExpectError: regexp.MustCompile(`Code\s+File\s+Not\s+Found`),
		},
		resource.TestStep{
			PreConfig: func() { c.dir.Code("code.zip", "ours") },
			Config:    zipped(path, ""), Check: c.runs(path),
		},
	)
}

// TestAccFunctionCode_pathOnly: an absolute path of another machine is no change, and the state keeps the old one.
func TestAccFunctionCode_pathOnly(t *testing.T) {
	c := newCodeTest(t)
	first, second := c.dir.Code("a.zip", "same"), c.dir.Code("b.zip", "same")
	c.run(
		resource.TestStep{Config: zipped(first, "")},
		resource.TestStep{Config: zipped(second, ""), ConfigPlanChecks: nothing()},
		resource.TestStep{
			Config:           zipped(second, `description = "new"`),
			ConfigPlanChecks: updates("description", "last_modified"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address,
				tfjsonpath.New("code").AtMapKey("zip_file"), knownvalue.StringExact(first))},
		},
	)
}

// imported starts with a function that somebody else made with the code of the file.
func (c codeTest) imported(path, attributes string, check resource.TestStep) {
	c.Helper()
	c.env.Emulator.Put(emulator.Function{
		Name: "orders", Package: "default",
		Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
	})
	c.foreign()
	check.Config = zipped(path, attributes) + `
import {
  to = fgs_function.test
  id = "orders"
}`
	c.run(check, resource.TestStep{Config: zipped(path, attributes), ConfigPlanChecks: nothing()})
}

// TestAccFunctionCode_importSame: the service runs these very bytes, so that nothing is sent.
func TestAccFunctionCode_importSame(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "somebody else's")
	c.imported(path, "", resource.TestStep{
		Check: c.all(c.env.ExpectWrites(), c.runs(path)), ConfigStateChecks: known("source_hash", knownvalue.NotNull()),
	})
}

// TestAccFunctionCode_deployedAlready: somebody deployed the very bytes that are configured now; nothing is sent.
func TestAccFunctionCode_deployedAlready(t *testing.T) {
	c := newCodeTest(t)
	first, second := c.dir.Code("a.zip", "one"), c.dir.Code("b.zip", "somebody else's") // what foreign deploys
	c.run(
		resource.TestStep{Config: zipped(first, "")},
		resource.TestStep{
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: zipped(second, ""),
			ConfigPlanChecks: updates("code", "source_hash"), Check: c.all(c.runs(second), c.env.ExpectWrites()),
		},
	)
}

// TestAccFunctionCode_importOther: the service runs something else, so that the configured code goes up.
func TestAccFunctionCode_importOther(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	c.imported(path, "", resource.TestStep{Check: c.all(c.env.ExpectWrites("UpdateCode"), c.runs(path))})
}

// TestAccFunctionCode_importIgnoringDrift: what is there is accepted.
func TestAccFunctionCode_importIgnoringDrift(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	c.imported(path, "ignore_code_drift = true", resource.TestStep{
		Check: c.env.ExpectWrites(), ConfigStateChecks: known("source_hash", knownvalue.NotNull()),
	})
}

// TestAccFunctionCode_ignoreDrift: drift is recorded but not repaired; the source's change still goes up; turned off
// again, drift is repaired.
func TestAccFunctionCode_ignoreDrift(t *testing.T) {
	c := newCodeTest(t)
	path, next := c.dir.Code("code.zip", "ours"), c.dir.Code("next.zip", "next")
	const ignore = "ignore_code_drift = true"
	c.run(
		resource.TestStep{Config: zipped(path, ignore)},
		resource.TestStep{
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: zipped(path, ignore),
			ConfigPlanChecks: nothing(), Check: c.env.ExpectWrites(),
		},
		resource.TestStep{Config: zipped(next, ignore), Check: c.all(c.runs(next), c.env.ExpectWrites("UpdateCode"))},
		resource.TestStep{
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: zipped(next, ""),
			Check: c.all(c.runs(next), c.env.ExpectWrites("UpdateCode")),
		},
	)
}

// TestAccFunctionCode_ignoreTurnedOn: turned on while drift is there, the drift is accepted.
func TestAccFunctionCode_ignoreTurnedOn(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: zipped(path, "ignore_code_drift = true"),
			Check: c.env.ExpectWrites(),
		},
	)
}

// TestAccFunctionCode_missingAtCreate: the error comes with the plan and names the absolute path.
func TestAccFunctionCode_missingAtCreate(t *testing.T) {
	c := newCodeTest(t)
	c.run(resource.TestStep{
		Config: zipped("build/none.zip", ""), PlanOnly: true,
		ExpectError: regexp.MustCompile(`(?s)Code File Not Found.*/[^ ]*/build/none\.zip`),
	})
	if n := len(c.env.Emulator.Requests()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

// TestAccFunctionCode_missingLater: a file that is not there is not compared, unless something says that the source
// changed.
func TestAccFunctionCode_missingLater(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: func() { c.dir.Remove("code.zip") },
			Config:    zipped(path, ""), ConfigPlanChecks: nothing(),
		},
		resource.TestStep{Config: zipped(path, `description = "new"`),
			ConfigPlanChecks: updates("description", "last_modified")},
		resource.TestStep{
			Config: zipped(c.dir.Path("release-2.zip"), ""), ExpectError: regexp.MustCompile(`Code\s+File\s+Not\s+Found`),
		},
		resource.TestStep{Config: zipped(path, ""), Destroy: true},
	)
}

// TestAccFunctionCode_ownMarker: with source_hash the file is needed only for an upload, and decides nothing.
func TestAccFunctionCode_ownMarker(t *testing.T) {
	c := newCodeTest(t)
	marked := func(path, marker string) string {
		return function(fmt.Sprintf("code = {\n zip_file = %q\n source_hash = %q\n }", path, marker))
	}
	path := c.dir.Code("code.zip", "one")
	c.run(
		resource.TestStep{Config: marked(path, "1"), ConfigStateChecks: known("source_hash", knownvalue.StringExact("1"))},
		resource.TestStep{
			PreConfig: func() { c.dir.Code("code.zip", "two") }, Config: marked(path, "1"), ConfigPlanChecks: nothing(),
		},
		resource.TestStep{
			PreConfig: func() { c.dir.Remove("code.zip") }, Config: marked(path, "1"), ConfigPlanChecks: nothing(),
		},
		resource.TestStep{Config: marked(path, "2"), ExpectError: regexp.MustCompile(`Code\s+File\s+Not\s+Found`)},
		resource.TestStep{
			PreConfig: func() { c.dir.Code("code.zip", "two"); c.forgetRequests() },
			Config:    marked(path, "2"), Check: c.all(c.runs(path), c.env.ExpectWrites("UpdateCode")),
		},
	)
}

// TestAccFunctionCode_unknownPath: a path that another resource makes is no error, at creation and later.
func TestAccFunctionCode_unknownPath(t *testing.T) {
	c := newCodeTest(t)
	first, second := c.dir.Code("a.zip", "one"), c.dir.Code("b.zip", "two")
	made := func(path string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"build\" {\n  input = %q\n}\n", path) +
			function("code = { zip_file = terraform_data.build.output }")
	}
	c.run(
		resource.TestStep{Config: made(first), Check: c.runs(first)},
		resource.TestStep{Config: made(second), Check: c.runs(second)},
	)
}

// TestAccFunctionCode_unknownMarker: with a known source_hash an unknown path is no change; an unknown source_hash is
// no error, and what it turns out to be decides.
func TestAccFunctionCode_unknownMarker(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	made := func(input, code string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"build\" {\n  input = %q\n}\n", input) +
			function("code = { "+code+" }")
	}
	const pathMade = `zip_file = terraform_data.build.output
    source_hash = "1"`
	markerMade := fmt.Sprintf("zip_file = %q\n source_hash = terraform_data.build.output", path)
	c.run(
		resource.TestStep{Config: made(path, pathMade)},
		resource.TestStep{
			PreConfig: func() { c.dir.Code("other.zip", "other"); c.forgetRequests() },
			Config:    made(c.dir.Path("other.zip"), pathMade),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionNoop),
			}},
			Check: c.env.ExpectWrites(),
		},
		resource.TestStep{Config: made("1", markerMade), Check: c.env.ExpectWrites()},
		resource.TestStep{
			PreConfig: func() { c.dir.Code("code.zip", "new") },
			Config:    made("2", markerMade), Check: c.all(c.runs(path), c.env.ExpectWrites("UpdateCode")),
		},
	)
}

// TestAccFunctionCode_removed: code that leaves the configuration is no longer managed; back again, the same bytes are
// recognised.
func TestAccFunctionCode_removed(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: function(""), ConfigPlanChecks: updates("code", "source_hash"),
			Check: c.env.ExpectWrites(), ConfigStateChecks: known("source_hash", knownvalue.Null()),
		},
		resource.TestStep{Config: zipped(path, ""), ConfigPlanChecks: updates("code", "source_hash"),
			Check: c.env.ExpectWrites()},
		resource.TestStep{Config: function("")},
		resource.TestStep{PreConfig: c.foreign, Config: function(""), ConfigPlanChecks: nothing()},
	)
}

// TestAccFunctionCode_failedUpload: the state keeps the old code, and the next plan tries again.
func TestAccFunctionCode_failedUpload(t *testing.T) {
	c := newCodeTest(t)
	first, second := c.dir.Code("a.zip", "one"), c.dir.Code("b.zip", "two")
	c.run(
		resource.TestStep{Config: zipped(first, "")},
		resource.TestStep{
			PreConfig: func() {
				c.env.Emulator.Inject(emulator.Fault{
					Op: "UpdateCode", Kind: emulator.Answer, Status: 400, Code: "FSS.1011", Message: "bad code",
				})
			},
			Config: zipped(second, ""), ExpectError: regexp.MustCompile(`FSS\.1011`),
		},
		resource.TestStep{Config: zipped(second, ""), Check: c.runs(second)},
	)
}

// TestAccFunctionCode_kmsKey: another key sends the code again, and so does its removal; a key that somebody changed is
// seen where the service reports it.
func TestAccFunctionCode_kmsKey(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	keyed := func(key string) string {
		return function(fmt.Sprintf("code = {\n zip_file = %q\n kms_key_id = %q\n }", path, key))
	}
	is := func(key string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := deployed(t, c.env).CodeKMSKeyID; got != key {
				return fmt.Errorf("the emulator has the key %q, want %q", got, key)
			}
			return nil
		}
	}
	foreign := func() {
		c.forgetRequests()
		if err := c.env.Emulator.Edit("default", "orders",
			func(f *emulator.Function) { f.CodeKMSKeyID = "foreign" }); err != nil {
			t.Fatal(err)
		}
	}
	c.run(
		resource.TestStep{Config: keyed("key-1"), Check: c.all(is("key-1"), c.env.ExpectWrites("CreateFunction"))},
		resource.TestStep{
			Config: keyed("key-2"), ConfigPlanChecks: updates("code", "last_modified"),
			Check: c.all(is("key-2"), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{PreConfig: foreign, Config: keyed("key-2")},
		resource.TestStep{Config: zipped(path, ""), Check: is("")},
	)
	if acctest.SecondWorld() { // it does not report keys
		return
	}
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{PreConfig: foreign, Config: zipped(path, ""),
			Check: c.all(is(""), c.env.ExpectWrites("UpdateCode"))},
		resource.TestStep{Config: keyed("key-1")},
		resource.TestStep{PreConfig: foreign, Config: keyed("key-1"),
			Check: c.all(is("key-1"), c.env.ExpectWrites("UpdateCode"))},
		resource.TestStep{ // one that is refused as empty is removed by leaving it out
			PreConfig: func() {
				c.env.Emulator.Inject(emulator.Fault{Op: "UpdateCode", Kind: emulator.Answer, Status: 400, Code: "FSS.0400"})
			},
			Config: function(fmt.Sprintf("code = { zip_file = %q }", path)),
		},
	)
}

// TestAccFunctionCode_filename: the name is sent, another one sends the code again, and so does its removal.
func TestAccFunctionCode_filename(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	named := func(name string) string {
		return function(fmt.Sprintf("code = {\n zip_file = %q\n filename = %q\n }", path, name))
	}
	is := func(name string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := deployed(t, c.env).CodeFilename; got != name {
				return fmt.Errorf("the emulator has the file name %q, want %q", got, name)
			}
			return nil
		}
	}
	c.run(
		resource.TestStep{Config: named("index.zip"), Check: is("index.zip")},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: named("other.zip"),
			ConfigPlanChecks: updates("code", "code_filename", "last_modified"),
			Check:            c.all(is("other.zip"), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{Config: zipped(path, ""), Check: c.env.ExpectWrites("UpdateCode")},
	)
}

// TestAccFunctionCode_foreignDeployDuringApply: somebody deploys while an apply is under way. The apply succeeds with
// what it planned, and the next plan shows the foreign code, for a create, a settings change and a repair.
func TestAccFunctionCode_foreignDeployDuringApply(t *testing.T) {
	for name, test := range map[string]struct {
		op     string // after which the other one deploys
		before string // configuration to start from; "" for a create
		drift  bool
		apply  string
	}{
		"create":   {op: "CreateFunction"},
		"settings": {op: "UpdateConfig", before: `description = "old"`, apply: `description = "new"`},
		"repair":   {op: "UpdateCode", before: `description = "old"`, apply: `description = "old"`, drift: true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCodeTest(t)
			path := c.dir.Code("code.zip", "ours")
			var steps []resource.TestStep
			if test.before != "" {
				steps = append(steps, resource.TestStep{Config: zipped(path, test.before)})
			}
			steps = append(steps,
				resource.TestStep{
					PreConfig: func() {
						if test.drift {
							c.foreign()
						}
						c.env.Emulator.Inject(emulator.Fault{Op: test.op, After: c.foreign})
					},
					Config: zipped(path, test.apply), ExpectNonEmptyPlan: true,
					ConfigStateChecks: known("digest", knownvalue.StringExact(digestOf(t, path))),
				},
				resource.TestStep{Config: zipped(path, test.apply), Check: c.runs(path)},
			)
			c.run(steps...)
		})
	}
}

// TestAccFunctionCode_damaged: a file that is no archive is refused at plan for a new function. For an existing one it
// is a warning until it would go up: a destroy begins with a plan like any other.
func TestAccFunctionCode_damaged(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	text := c.dir.Write("text.zip", []byte("not a zip"))
	c.run(
		resource.TestStep{Config: zipped(text, ""), PlanOnly: true, ExpectError: regexp.MustCompile(`Invalid Code File`)},
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{Config: zipped(text, ""), PlanOnly: true, ExpectNonEmptyPlan: true},
		resource.TestStep{Config: zipped(text, ""), ExpectError: regexp.MustCompile(`Invalid\s+Code\s+File`)},
		resource.TestStep{Config: zipped(text, ""), Destroy: true},
	)
}
