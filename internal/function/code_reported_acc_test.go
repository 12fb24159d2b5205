// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// Ways of making and keeping code that people use, and that providers were seen to stumble over.

// between runs something after the plan and before its apply.
type between func()

func (b between) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	b()
}

func afterPlan(do func()) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{between(do)}}
}

// built is a function whose archive a build step copies into its place in the same apply.
func built(from, to, code string) string {
	return fmt.Sprintf(`
resource "terraform_data" "build" {
  triggers_replace = filesha256(%[1]q)
  provisioner "local-exec" {
    command = "cp '%[1]s' '%[2]s'"
  }
}
`, from, to) + function(code+"\n depends_on = [terraform_data.build]")
}

// TestAccFunctionCode_builtInApply: the archive is made in the apply. The first plan needs a marker; later ones see an
// old archive, of which they promise nothing.
func TestAccFunctionCode_builtInApply(t *testing.T) {
	c := newCodeTest(t)
	src, path := c.dir.Code("src.zip", "one"), c.dir.Path("code.zip")
	known := fmt.Sprintf("code = {\n zip_file = %q\n source_hash = filesha256(%q)\n }", path, src)
	made := fmt.Sprintf("code = {\n zip_file = %q\n source_hash = terraform_data.build.id\n }", path)
	next := func(content string) func() { return func() { c.dir.Code("src.zip", content); c.forgetRequests() } }
	c.run(
		resource.TestStep{
			Config:      built(src, path, fmt.Sprintf("code = { zip_file = %q }", path)),
			ExpectError: regexp.MustCompile(`(?s)Code File Not Found.*let\s+the\s+path\s+refer`),
		},
		resource.TestStep{Config: built(src, path, known), Check: c.runs(src)},
		resource.TestStep{
			PreConfig: next("two"), Config: built(src, path, known), Check: c.all(c.runs(src), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{Config: built(src, path, made), Check: c.env.ExpectWrites()},
		resource.TestStep{
			PreConfig: next("three"), Config: built(src, path, made),
			Check: c.all(c.runs(src), c.env.ExpectWrites("UpdateCode")),
		},
		resource.TestStep{ // another marker for what runs already
			PreConfig: func() { c.dir.Code("other.zip", "three"); c.forgetRequests() },
			Config:    built(src, path, fmt.Sprintf("code = {\n zip_file = %q\n source_hash = \"4\"\n }", path)),
			Check:     c.all(c.runs(src), c.env.ExpectWrites()),
		},
	)
}

// TestAccFunctionCode_createdWithMarker: an archive that is not there yet is no error where the marker says what it is.
func TestAccFunctionCode_createdWithMarker(t *testing.T) {
	c := newCodeTest(t)
	src, path := c.dir.Code("src.zip", "one"), c.dir.Path("code.zip")
	c.run(resource.TestStep{
		Config: built(src, path, fmt.Sprintf("code = {\n zip_file = %q\n source_hash = terraform_data.build.id\n }", path)),
		Check:  c.runs(src),
	})
}

// TestAccFunctionCode_goneSincePlan: a saved plan without an upload is applied where no artefacts are; one with an
// upload is not.
func TestAccFunctionCode_goneSincePlan(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	gone := afterPlan(func() { c.dir.Remove("code.zip") })
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: zipped(path, `description = "new"`), ConfigPlanChecks: gone,
			Check: c.env.ExpectWrites("UpdateConfig"),
		},
		resource.TestStep{
			PreConfig: func() { c.dir.Code("code.zip", "next") },
			Config:    zipped(path, `description = "new"`), ConfigPlanChecks: gone,
			ExpectError: regexp.MustCompile(`inconsistent\s+final\s+plan`),
		},
	)
	if n := c.env.Emulator.Count("UpdateCode"); n != 0 {
		t.Errorf("%d uploads of another file than the plan's", n)
	}
}

// TestAccFunctionCode_badFile: whatever became of the file, settings can be planned, and the function destroyed.
func TestAccFunctionCode_badFile(t *testing.T) {
	for name, content := range map[string]string{
		"LFS pointer": "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n",
		"empty":       "", "cut": "PK\x03\x04", "text": "not there", "folder": "/",
		"too large": string(make([]byte, 50<<20+1)),
	} {
		t.Run(name, func(t *testing.T) {
			c := newCodeTest(t)
			path := c.dir.Code("code.zip", "ours")
			spoil := func() {
				if content != "/" {
					c.dir.Write("code.zip", []byte(content))
					return
				}
				c.dir.Remove("code.zip")
				if err := os.Mkdir(path, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			c.run(
				resource.TestStep{Config: zipped(path, "")},
				resource.TestStep{PreConfig: spoil, Config: zipped(path, ""), PlanOnly: true, ExpectNonEmptyPlan: true},
				resource.TestStep{Config: zipped(path, ""), Destroy: true},
			)
		})
	}
}

// TestAccFunctionCode_moduleFolder: the folder of the configuration itself, in which the CLI saves its plan.
func TestAccFunctionCode_moduleFolder(t *testing.T) {
	c := newCodeTest(t)
	c.run(
		resource.TestStep{Config: function("code = { source_dir = path.module }"),
			Check: c.env.ExpectWrites("CreateFunction")},
		resource.TestStep{Config: function("code = { source_dir = path.module }"), ConfigPlanChecks: nothing()},
	)
}

// TestAccFunctionCode_filenameMade: a name that another resource makes is not known before it is made, and neither is
// what follows from it.
func TestAccFunctionCode_filenameMade(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	for attribute, follows := range map[string]string{"filename": "code_filename", "kms_key_id": "digest"} {
		made := func(value string) string {
			return fmt.Sprintf("resource \"terraform_data\" \"made\" {\n  input = %q\n}\n", value) +
				function(fmt.Sprintf("code = {\n zip_file = %q\n %s = terraform_data.made.output\n }", path, attribute))
		}
		c.run(
			resource.TestStep{Config: made("a.zip"), Check: c.env.ExpectWrites("CreateFunction")},
			resource.TestStep{
				Config: made("b.zip"), Check: c.env.ExpectWrites("UpdateCode"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue(address, tfjsonpath.New(follows)),
				}},
			},
		)
		c.forgetRequests()
	}
}

// TestAccFunctionCode_markerOverIgnoredDrift: what a pipeline has deployed is not overwritten because a marker is
// written down for the same source, or taken away again.
func TestAccFunctionCode_markerOverIgnoredDrift(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	marked := function(fmt.Sprintf("code = {\n zip_file = %q\n source_hash = \"placeholder\"\n }\n ignore_code_drift = "+
		"true", path))
	recorded := known("source_hash", knownvalue.StringExact("placeholder"))
	c.run(
		resource.TestStep{Config: zipped(path, "ignore_code_drift = true")},
		resource.TestStep{
			PreConfig: func() { c.foreign(); c.forgetRequests() }, Config: marked,
			ConfigPlanChecks: updates("code", "source_hash"), Check: c.env.ExpectWrites(), ConfigStateChecks: recorded,
		},
		resource.TestStep{
			Config: zipped(path, "ignore_code_drift = true"), ConfigPlanChecks: updates("code", "source_hash"),
			Check: c.env.ExpectWrites(),
		},
		resource.TestStep{ // not even the file is needed
			PreConfig: func() { c.dir.Remove("code.zip") }, Config: marked, Check: c.env.ExpectWrites(),
			ConfigStateChecks: recorded,
		},
	)
}

// TestAccFunctionCode_modes: code that its owner alone could read is broken, and mending it is a change.
func TestAccFunctionCode_modes(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Write("code.zip", acctest.ZipMode(t, 0o600, acctest.File{Name: "index.py", Content: "x"}))
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: func() {
				c.dir.Write("code.zip", acctest.ZipMode(t, 0o644, acctest.File{Name: "index.py", Content: "x"}))
				c.forgetRequests()
			},
			Config: zipped(path, ""), Check: c.env.ExpectWrites("UpdateCode"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New("digest"),
				knownvalue.NotNull())},
		},
	)
}

// TestAccFunctionCode_pipelineDeploys is the recipe of the guide "Where code comes from": Terraform makes the function,
// a pipeline deploys it, and neither the archive nor a change of settings gets in its way.
func TestAccFunctionCode_pipelineDeploys(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "first")
	recipe := func(more string) string {
		return function(fmt.Sprintf("code = {\n zip_file = %q\n source_hash = \"placeholder\"\n }\n ignore_code_drift = "+
			"true\n%s", path, more))
	}
	theirs := func() string { return deployed(t, c.env).Digest }
	var digest string
	stays := func(*terraform.State) error {
		if got := theirs(); got != digest {
			return fmt.Errorf("the pipeline's code is gone: %.8s…, want %.8s…", got, digest)
		}
		return nil
	}
	c.run(
		resource.TestStep{Config: recipe(""), Check: c.runs(path)},
		resource.TestStep{
			PreConfig: func() { c.foreign(); digest = theirs(); c.forgetRequests() },
			Config:    recipe(""), ConfigPlanChecks: nothing(), Check: stays,
		},
		resource.TestStep{PreConfig: func() { c.dir.Code("code.zip", "second") }, Config: recipe(""),
			ConfigPlanChecks: nothing(), Check: stays},
		resource.TestStep{PreConfig: func() { c.dir.Remove("code.zip") }, Config: recipe(""), ConfigPlanChecks: nothing(),
			Check: stays},
		resource.TestStep{
			Config: recipe("description = \"new\"\n lifecycle { ignore_changes = all }"), ConfigPlanChecks: nothing(),
			Check: stays,
		},
		resource.TestStep{
			Config: recipe(`description = "new"`), ConfigPlanChecks: updates("description", "last_modified"),
			Check: c.all(stays, c.env.ExpectWrites("UpdateConfig")),
		},
	)
}
