// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"maps"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// tagged is a function with default tags in the provider block and tags of its own.
func tagged(defaults, path, tags string) string {
	return fmt.Sprintf("provider \"fgs\" {\n  %s\n}\n", defaults) + zipped(path, tags)
}

// hasTags demands all tags at the service, foreign ones included.
func (c codeTest) hasTags(want map[string]string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := deployed(c.T, c.env).Tags; !maps.Equal(got, want) {
			return fmt.Errorf("the service has the tags %v, want %v", got, want)
		}
		return nil
	}
}

// setTags changes tags behind Terraform's back.
func (c codeTest) setTags(tags map[string]string) func() {
	return func() {
		c.Helper()
		if err := c.env.Emulator.SetTags("default", "orders", tags); err != nil {
			c.Fatal(err)
		}
		c.forgetRequests()
	}
}

// tagReads demands that tags were read, or not, since the last look at the writes.
func (c codeTest) tagReads(want bool) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if n := c.env.Emulator.Count("GetTags"); (n > 0) != want {
			return fmt.Errorf("tags were read %d times", n)
		}
		return nil
	}
}

func texts(of map[string]string) knownvalue.Check {
	checks := map[string]knownvalue.Check{}
	for key, value := range of {
		checks[key] = knownvalue.StringExact(value)
	}
	return knownvalue.MapExact(checks)
}

type tagMap = map[string]string

// TestAccFunctionTags: the managed keys are default tags and own tags together. Others are never touched or shown, and
// nothing is asked or sent about tags where none are managed.
func TestAccFunctionTags(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	const defaults, own = `default_tags = { team = "a", env = "dev" }`, `tags = { env = "prod", app = "orders" }`
	changed := updates("tags_all", "last_modified")
	c.run(
		resource.TestStep{ // without tags
			Config: tagged("", path, ""), Check: c.all(c.tagReads(false), c.env.ExpectWrites("CreateFunction")),
			ConfigStateChecks: known("tags_all", knownvalue.Null()),
		},
		resource.TestStep{ // default tags come from the provider: the function's own attribute stays as it is
			Config: tagged(defaults, path, ""), ConfigPlanChecks: changed,
			Check: c.all(c.hasTags(tagMap{"team": "a", "env": "dev"}), c.env.ExpectWrites("CreateTags")),
		},
		resource.TestStep{ // own tags win
			Config: tagged(defaults, path, own), ConfigPlanChecks: updates("tags", "tags_all", "last_modified"),
			Check: c.all(c.hasTags(tagMap{"team": "a", "env": "prod", "app": "orders"}),
				c.env.ExpectWrites("CreateTags")),
			ConfigStateChecks: append(known("tags_all", texts(tagMap{"team": "a", "env": "prod", "app": "orders"})),
				known("tags", texts(tagMap{"env": "prod", "app": "orders"}))...),
		},
		resource.TestStep{ // a foreign key is not seen
			PreConfig: c.setTags(tagMap{"team": "a", "env": "prod", "app": "orders", "owner": "x"}),
			Config:    tagged(defaults, path, own), ConfigPlanChecks: nothing(),
			Check: c.all(c.tagReads(true), c.env.ExpectWrites()),
		},
		resource.TestStep{ // drift of managed keys, changed and removed, is repaired beside it
			PreConfig: c.setTags(tagMap{"team": "a", "env": "foreign", "owner": "x"}),
			Config:    tagged(defaults, path, own), ConfigPlanChecks: updates("tags", "tags_all", "last_modified"),
			Check: c.all(c.hasTags(tagMap{"team": "a", "env": "prod", "app": "orders", "owner": "x"}),
				c.env.ExpectWrites("CreateTags")),
		},
		resource.TestStep{ // drift of a default tag shows in tags_all only
			PreConfig: c.setTags(tagMap{"team": "foreign", "env": "prod", "app": "orders", "owner": "x"}),
			Config:    tagged(defaults, path, own), ConfigPlanChecks: changed,
			Check: c.hasTags(tagMap{"team": "a", "env": "prod", "app": "orders", "owner": "x"}),
		},
		resource.TestStep{ // without the own tags the default comes through
			PreConfig: c.forgetRequests, Config: tagged(defaults, path, ""),
			ConfigPlanChecks: updates("tags", "tags_all", "last_modified"),
			Check: c.all(c.hasTags(tagMap{"team": "a", "env": "dev", "owner": "x"}),
				c.env.ExpectWrites("DeleteTags", "CreateTags")),
		},
		resource.TestStep{ // the same tag written twice changes nothing
			Config: tagged(defaults, path, `tags = { env = "dev" }`), ConfigPlanChecks: updates("tags"),
			Check: c.env.ExpectWrites(),
		},
		resource.TestStep{
			Config: tagged("", path, ""), ConfigPlanChecks: updates("tags", "tags_all", "last_modified"),
			Check: c.all(c.hasTags(tagMap{"owner": "x"}), c.env.ExpectWrites("DeleteTags")),
		},
		resource.TestStep{ // none are managed: no call
			Config: tagged("", path, ""), ConfigPlanChecks: nothing(),
			Check: c.all(c.tagReads(false), c.env.ExpectWrites()),
		},
		resource.TestStep{ // a value that is known after apply only
			Config: "resource \"terraform_data\" \"made\" {\n  input = \"later\"\n}\n" +
				tagged("", path, "tags = { made = terraform_data.made.output }"),
			Check: c.hasTags(tagMap{"owner": "x", "made": "later"}),
		},
	)
}

// TestAccFunctionTags_import: an import takes over all tags but the system's. Those that equal a default tag are not
// the function's own; the first plan names each that the configuration lacks.
func TestAccFunctionTags_import(t *testing.T) {
	c := newCodeTest(t)
	c.env.Emulator.Put(emulator.Function{
		Name: "orders", Tags: tagMap{"team": "a", "env": "foreign", "owner": "x"},
		Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
	})
	config := func(tags string) string {
		return "provider \"fgs\" {\n  default_tags = { team = \"a\", env = \"dev\" }\n}\n" + function(tags)
	}
	const block = "\nimport {\n  to = fgs_function.test\n  id = \"orders\"\n}\n"
	c.run(
		resource.TestStep{
			Config: config(`tags = { env = "foreign", owner = "x" }`) + block, Check: c.env.ExpectWrites(),
			ConfigStateChecks: append(known("tags", texts(tagMap{"env": "foreign", "owner": "x"})),
				known("tags_all", texts(tagMap{"team": "a", "env": "foreign", "owner": "x"}))...),
		},
		resource.TestStep{
			Config: config(""), ConfigPlanChecks: updates("tags", "tags_all", "last_modified"),
			Check: c.hasTags(tagMap{"team": "a", "env": "dev"}),
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"timeouts"},
		},
	)
}

// TestPlan_tooManyTags: tags and default tags together have one bound, which only a plan can check.
func TestPlan_tooManyTags(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	expectNone(t, p.Configure(attributes{"default_tags": attributes{"team": "a", "KEY_0": "default"}}))
	expectNone(t, p.PlanCreate("fgs_function", with(attributes{"tags": variables(19)})))
	expectOne(t, p.PlanCreate("fgs_function", with(attributes{"tags": variables(20)})), "ERROR", "tags", "Too Many Tags",
		"at most 20", "these are 21", "default_tags")
}

// TestAccFunctionTags_refused: a refused tag leaves the rest of the update done, and the next apply does what is left.
func TestAccFunctionTags_refused(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: func() {
				c.env.Emulator.Inject(emulator.Fault{
					Op: "CreateTags", Kind: emulator.Answer, Status: 403, Code: "FSS.0403",
					Message: "tags are not allowed",
				})
			},
			Config:      zipped(path, "description = \"new\"\n tags = { team = \"a\" }"),
			ExpectError: regexp.MustCompile(`tags\s+are\s+not\s+allowed`),
		},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: zipped(path, "description = \"new\"\n tags = { team = \"a\" }"),
			ConfigPlanChecks: updates("tags", "tags_all", "last_modified"),
			Check:            c.all(c.hasTags(tagMap{"team": "a"}), c.env.ExpectWrites("CreateTags")),
		},
	)
}
