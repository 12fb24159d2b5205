// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// update rewrites what is generated from test runs and is committed: archives and plans under examples/.
var update = flag.Bool("update", false, "rewrite archives and plans under examples/")

const examplesRoot = "../../examples"

// variablesFile is the file of variables that the guides tell to commit.
const variablesFile = "release.auto.tfvars"

const asyncExamples = "resources/fgs_async_invoke_configuration/"

// pipelinesFolder is a whole repository: its pipelines apply it.
const pipelinesFolder = "pipelines/"

// neighbours are examples that another one needs beside it to be a whole configuration.
var neighbours = map[string]string{
	"provider/provider.tf":                                       "resources/fgs_function/resource-inline.tf",
	"provider/provider-emulator.tf":                              "resources/fgs_function/resource-inline.tf",
	"provider/provider-tags.tf":                                  "resources/fgs_function/resource-inline.tf",
	"resources/fgs_function/import-by-string-id.tf":              "resources/fgs_function/resource.tf",
	"resources/fgs_function/import-by-identity.tf":               "resources/fgs_function/resource.tf",
	"resources/fgs_function_version/import-by-string-id.tf":      "resources/fgs_function_version/resource.tf",
	"resources/fgs_function_version/import-by-identity.tf":       "resources/fgs_function_version/resource.tf",
	"data-sources/fgs_function_versions/data-source.tf":          "resources/fgs_function_version/resource.tf",
	"data-sources/fgs_function_versions/data-source-filtered.tf": "resources/fgs_function_version/resource.tf",
	"data-sources/fgs_function_versions/data-source-quota.tf":    "resources/fgs_function_version/resource.tf",
	"guides/what-the-plan-tells-you/version.tf":                  "guides/what-the-plan-tells-you/function.tf",
	"resources/fgs_function_alias/import-by-string-id.tf":        "resources/fgs_function_alias/resource.tf",
	"resources/fgs_function_alias/import-by-identity.tf":         "resources/fgs_function_alias/resource.tf",
	"resources/fgs_dependency_version/import-by-string-id.tf":    "resources/fgs_dependency_version/resource.tf",
	"resources/fgs_function_trigger/import-by-string-id.tf":      "resources/fgs_function_trigger/resource.tf",
	"resources/fgs_reserved_instances/import-by-string-id.tf":    "resources/fgs_reserved_instances/resource.tf",
	"resources/fgs_reserved_instances/import-by-identity.tf":     "resources/fgs_reserved_instances/resource.tf",
	asyncExamples + "import-by-string-id.tf":                     asyncExamples + "resource.tf",
	asyncExamples + "import-by-identity.tf":                      asyncExamples + "resource.tf",
	"resources/fgs_function_event/import-by-string-id.tf":        "resources/fgs_function_event/resource.tf",
	"resources/fgs_function_event/import-by-identity.tf":         "resources/fgs_function_event/resource.tf",
	"resources/fgs_dependency_version/import-by-identity.tf":     "resources/fgs_dependency_version/resource.tf",
	"resources/fgs_function_trigger/import-by-identity.tf":       "resources/fgs_function_trigger/resource.tf",
	"guides/releasing/blue-green.tf":                             "guides/releasing/function.tf",
}

// elsewhere are examples that look up what another configuration manages: it is there before they are applied.
var elsewhere = []string{
	"data-sources/fgs_function/data-source.tf",
	"data-sources/fgs_function/data-source-qualifier.tf",
	"data-sources/fgs_function_aliases/data-source.tf",
	"data-sources/fgs_dependency_version/data-source.tf",
	"data-sources/fgs_function_triggers/data-source.tf",
	"data-sources/fgs_reserved_instances/data-source.tf",
	"data-sources/fgs_functions/data-source.tf",
	"data-sources/fgs_functions/data-source-named.tf",
	"functions/code_digest/function.tf",
	"guides/code-sources/make-package.tf",
}

// programs are what examples call on the machine where the CLI runs. Without one of them they are only planned.
var programs = map[string][]string{
	"guides/code-sources/make-package.tf":                         {"curl", "zip", "unzip"},
	"ephemeral-resources/fgs_function_code/ephemeral-resource.tf": {"curl"},
}

// lived are examples that the plans of a guide apply: alone they need what another one did before them, or another
// provider, or would only cost time.
var lived = []string{
	"guides/releasing/canary.tf", "guides/releasing/module.tf",
	"guides/events/timer.tf", "guides/events/http.tf", "guides/events/bucket.tf", "guides/events/kafka.tf",
	"guides/events/many.tf",
	"guides/packages/layer.tf", "guides/packages/bundled.tf", "guides/packages/public.tf",
	comingFolder + "before.tf", comingFolder + "moved.tf", comingFolder + "providers.tf", comingFolder + "trigger.tf",
	comingFolder + "releases.tf", comingFolder + "removed.tf", comingFolder + "back.tf",
	adoptingFolder + "bulk.tf", adoptingFolder + "release.tf", operatingFolder + "async.tf",
}

// archives are committed beside the sources that they are built from: nobody who tries an example needs a zip program.
var archives = map[string][]string{ // archive → its files
	"resources/fgs_function/build/orders.zip": {"resources/fgs_function/src/index.py"},
	"resources/fgs_function/build/echo.zip":   {"resources/fgs_function/src/bootstrap"},
	"resources/fgs_function/export/orders.zip": {
		"resources/fgs_function/export/orders.yaml", "resources/fgs_function/src/index.py",
	},
	"resources/fgs_function_version/build/orders.zip":   {"resources/fgs_function_version/src/index.py"},
	"guides/what-the-plan-tells-you/build/orders.zip":   {"resources/fgs_function/src/index.py"},
	"functions/code_digest/build/orders.zip":            {"resources/fgs_function/src/index.py"},
	"guides/code-sources/build/orders.zip":              {"guides/code-sources/src/index.py"},
	"resources/fgs_function_alias/build/orders.zip":     {"resources/fgs_function/src/index.py"},
	"resources/fgs_function_trigger/build/orders.zip":   {"resources/fgs_function/src/index.py"},
	"guides/releasing/build/orders.zip":                 {"resources/fgs_function/src/index.py"},
	comingFolder + "build/orders.zip":                   {"resources/fgs_function/src/index.py"},
	"resources/fgs_dependency_version/build/orders.zip": {"resources/fgs_function/src/index.py"},
	"resources/fgs_invocation/build/orders.zip":         {"resources/fgs_function/src/index.py"},
	"guides/checked-release/build/orders.zip":           {"resources/fgs_function/src/index.py"},
	adoptingFolder + "build/orders.zip":                 {"resources/fgs_function/src/index.py"},
	"guides/code-sources/export/orders.zip": {
		"guides/code-sources/export/orders.yaml", "guides/code-sources/src/index.py",
	},
}

// TestExampleArchives: the archives hold the sources beside them.
func TestExampleArchives(t *testing.T) {
	t.Parallel()
	for name, files := range archives {
		var entries []acctest.File
		for _, file := range files {
			entries = append(entries, acctest.File{Name: filepath.Base(file), Content: string(exampleFile(t, file))})
		}
		golden(t, name, stored(t, entries...))
	}
}

// TestExamples applies and destroys every example with the real CLI; whatever it did, the next plan is empty.
func TestExamples(t *testing.T) {
	t.Parallel()
	provider := buildProvider(t)
	for _, name := range exampleFiles(t, ".tf") {
		if slices.Contains(lived, name) || strings.HasPrefix(name, moduleFolder) ||
			strings.HasPrefix(name, credentialsFolder) || strings.HasPrefix(name, pipelinesFolder) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, c := exampleWorld(t, provider)
			files := []string{name}
			if other, ok := neighbours[name]; ok {
				files = append(files, other)
			}
			if strings.Contains(name, "/import-") {
				c.place(env, neighbours[name])
				c.prepareImport(env, importAddress(t, name))
			}
			if slices.Contains(elsewhere, name) {
				c.check(deployElsewhere(env))
			}
			c.place(env, files...)
			if strings.HasSuffix(name, "-by-identity.tf") && !knowsIdentities(t) {
				if out := c.run(1, "plan"); !strings.Contains(out, `An argument named "identity" is not expected here`) {
					t.Errorf("an older CLI says of an identity:\n%s", out)
				}
				return
			}
			if strings.HasPrefix(name, "actions/") && !knowsActions(t) {
				if out := c.run(1, "plan"); !strings.Contains(out, `Blocks of type "action" are not expected here`) {
					t.Errorf("an older CLI says of an action:\n%s", out)
				}
				return
			}
			for _, program := range programs[name] {
				if _, err := exec.LookPath(program); err != nil {
					c.run(2, "plan", "-detailed-exitcode")
					return
				}
			}
			c.run(0, "apply", "-auto-approve")
			c.run(0, "plan", "-detailed-exitcode")
			if len(programs[name]) > 0 { // the link to the code is in no state
				state, err := os.ReadFile(filepath.Join(c.dir, "terraform.tfstate"))
				if err != nil || bytes.Contains(state, []byte("/functionstorage/")) || env.Emulator.Count("DownloadCode") != 1 {
					t.Errorf("%v, %d downloads, the state:\n%s", err, env.Emulator.Count("DownloadCode"), state)
				}
			}
			if name == "guides/code-sources/make-package.tf" {
				c.createFromPackage(env)
			}
			if slices.Contains(elsewhere, name) {
				c.run(0, "destroy", "-auto-approve")
				c.check(env.Emulator.Delete("default", "orders"))
			}
			c.destroy(env)
		})
	}
	for _, name := range exampleFiles(t, "import.sh") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, c := exampleWorld(t, provider)
			c.place(env, strings.Replace(name, "import.sh", "resource.tf", 1))
			uploads := func() int { return env.Emulator.Count("CreateFunction", "UpdateCode", "CreateDependencyVersion") }
			made := 0 // before the imports
			for _, arguments := range importCommands(t, name) {
				c.prepareImport(env, arguments[1])
				if made == 0 {
					made = uploads()
				}
				c.run(0, arguments...)
				c.run(0, "apply", "-auto-approve")
				c.run(0, "plan", "-detailed-exitcode")
			}
			if n := uploads(); n != made {
				t.Errorf("%d calls created or uploaded code, want the %d before the imports", n, made)
			}
			c.destroy(env)
		})
	}
	t.Run("guide of the emulator", func(t *testing.T) {
		t.Parallel()
		emulatorGuide(t, provider)
	})
	t.Run("terraform test with mocks", func(t *testing.T) {
		t.Parallel()
		env, c := exampleWorld(t, provider)
		c.place(env, "guides/mocks/main.tf")
		unit := exampleFile(t, "guides/mocks/tests/unit.tftest.hcl")
		mocks := exampleFile(t, "guides/mocks/tests/mocks/fgs.tfmock.hcl")
		if strings.Contains(c.run(0, "version"), "OpenTofu") { // see the guide
			unit = bytes.Replace(unit, []byte(`source = "./tests/mocks"`), mocks, 1)
		}
		c.write("tests/unit.tftest.hcl", unit)
		c.write("tests/mocks/fgs.tfmock.hcl", mocks)
		if out := c.run(0, "test"); !strings.Contains(out, "1 passed, 0 failed") {
			t.Errorf("terraform test said:\n%s", out)
		}
		if n := len(env.Emulator.Requests()); n != 0 {
			t.Errorf("%d requests with a mocked provider", n)
		}
	})
	t.Run("terraform test", func(t *testing.T) {
		t.Parallel()
		env, c := exampleWorld(t, provider)
		c.place(env, "guides/emulator/main.tf", "guides/emulator/tests/orders.tftest.hcl")
		if out := c.run(0, "test"); !strings.Contains(out, "2 passed, 0 failed") {
			t.Errorf("terraform test said:\n%s", out)
		}
	})
	t.Run("plans of the guide", func(t *testing.T) {
		t.Parallel()
		planGuide(t, provider)
	})
	t.Run("plans for each source of code", func(t *testing.T) {
		t.Parallel()
		codeGuide(t, provider)
	})
	t.Run("plans of releases", func(t *testing.T) {
		t.Parallel()
		releaseGuide(t, provider)
	})
	t.Run("ways to credentials", func(t *testing.T) {
		t.Parallel()
		credentialsGuide(t, provider)
	})
	t.Run("a release that checks itself", func(t *testing.T) {
		t.Parallel()
		checkedReleaseGuide(t, provider)
	})
	t.Run("operating", func(t *testing.T) {
		t.Parallel()
		operatingGuide(t, provider)
	})
	t.Run("plans of adoption", func(t *testing.T) {
		t.Parallel()
		adoptGuide(t, provider)
	})
	t.Run("plans with secrets", func(t *testing.T) {
		t.Parallel()
		secretsGuide(t, provider)
	})
	t.Run("the module's own tests", func(t *testing.T) {
		t.Parallel()
		moduleTests(t, provider)
	})
	t.Run("many functions by a module", func(t *testing.T) {
		t.Parallel()
		moduleUser(t, provider)
	})
	t.Run("plans of triggers", func(t *testing.T) {
		t.Parallel()
		eventsGuide(t, provider)
	})
	t.Run("plans of dependencies", func(t *testing.T) {
		t.Parallel()
		packagesGuide(t, provider)
	})
	t.Run("coming from the huaweicloud provider", func(t *testing.T) {
		t.Parallel()
		comingGuide(t, provider)
	})
}

// TestExampleReadme: the configuration in the README is the example that is tested.
func TestExampleReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"provider/provider.tf", "resources/fgs_function_version/resource.tf"} {
		if !bytes.Contains(readme, exampleFile(t, name)) {
			t.Errorf("README.md does not hold examples/%s as it is", name)
		}
	}
	text := string(readme)
	first, install := strings.Index(text, "```terraform"), strings.Index(text, "```sh\nmake install")
	if emulator := strings.Index(text, "bin/fgs-emulator"); install < 0 || first < install ||
		emulator < strings.Index(text, "make build") {
		t.Error("README.md shows a configuration, or the emulator, before the command that makes it work")
	}
}

// TestExampleMessages: what the guide explains is what provider and CLI really say.
func TestExampleMessages(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	said.Write(exampleFile(t, guideFolder+"stale.txt")) // the CLI's own
	for _, pattern := range []string{
		"../function/*.go", "../functionversion/*.go", "../functionref/*.go", "../functiontrigger/*.go",
		"../dependencyversion/*.go",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			said.Write(content)
		}
	}
	guide, err := os.ReadFile("../../templates/guides/what-the-plan-tells-you.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	messages := 0
	for line := range strings.Lines(string(guide)) {
		if summary, ok := strings.CutPrefix(strings.TrimSpace(line), "### "); ok {
			messages++
			summary, _, _ = strings.Cut(summary, ":") // what the CLI goes on to say
			_, tail, _ := strings.Cut(summary, " ")   // several resources say some, each with its own first word
			if !strings.Contains(said.String(), summary) && !strings.Contains(said.String(), `+" `+tail+`"`) {
				t.Errorf("the guide explains %q, which nobody says", summary)
			}
		}
	}
	if messages < 10 {
		t.Errorf("only %d messages were looked at", messages)
	}
}

// exampleWorld starts an emulator and a CLI for it. One example lists versions, which not every region can, and one
// imports a dependency, whose content not every region tells.
func exampleWorld(t *testing.T, provider string) (*acctest.Env, *exampleCLI) {
	t.Helper()
	env := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) {
		s.NoListVersions, s.MultipartETag = false,
			false
	}))
	return env, newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": env.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey,
		"TF_VAR_kafka_password": "not-shown",
	})
}

// place makes the folder a project of these examples and of the files that they use; the first may have a file of
// variables. Addresses of an emulator become that of the test's.
func (c *exampleCLI) place(env *acctest.Env, names ...string) {
	c.t.Helper()
	old, err := filepath.Glob(filepath.Join(c.dir, "*.tf"))
	c.check(err)
	for _, file := range append(old, filepath.Join(c.dir, variablesFile)) {
		c.check(os.RemoveAll(file))
	}
	variables := strings.TrimSuffix(names[0], ".tf") + ".auto.tfvars"
	if _, err := os.Stat(filepath.Join(examplesRoot, variables)); err == nil {
		c.write(variablesFile, exampleFile(c.t, variables))
	}
	sourced := false
	for _, name := range names {
		content := bytes.ReplaceAll(exampleFile(c.t, name), []byte("http://127.0.0.1:8787"), []byte(env.URL))
		sourced = sourced || bytes.Contains(content, []byte("required_providers"))
		c.write(filepath.Base(name), content)
		for _, folder := range []string{"src", "build", "export", "functions"} {
			from := filepath.Join(examplesRoot, filepath.Dir(name), folder)
			if _, err := os.Stat(from); err == nil {
				c.check(os.RemoveAll(filepath.Join(c.dir, folder)))
				c.check(os.CopyFS(filepath.Join(c.dir, folder), os.DirFS(from)))
			}
		}
	}
	if !sourced {
		c.write("versions.tf", []byte(requiredProviders))
	}
}

// deployElsewhere makes the function orders with a version, an alias and newer code, and a dependency.
func deployElsewhere(env *acctest.Env) error {
	env.Emulator.AddDependency(emulator.Dependency{Name: "orders-libs", Runtime: "Python3.9"})
	env.Emulator.Put(emulator.Function{
		Name: "orders",
		Settings: emulator.Settings{
			Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128, UserData: `{"STAGE":"production"}`,
		},
		CodeState: emulator.CodeState{CodeType: "inline", CodeFilename: "index.py", Code: []byte("print(1)")},
	})
	return errors.Join(
		env.Emulator.Publish("default", "orders", "v1", "the first"),
		env.Emulator.PutAlias("default", "orders", "prod", "v1", nil),
		env.Emulator.SetCode("default", "orders", "inline", "index.py", []byte("print()")),
	)
}

// createFromPackage makes a function of the package that an example has written, and compares it with the version that
// the package was made of.
func (c *exampleCLI) createFromPackage(env *acctest.Env) {
	c.t.Helper()
	c.write("copy.tf", []byte(`resource "fgs_function" "copy" {
  name      = "copy"
  user_data = data.fgs_function.orders.user_data
  code      = { package_file = "orders.zip" }
}
`))
	c.run(0, "apply", "-auto-approve")
	c.run(0, "plan", "-detailed-exitcode")
	orders, _ := env.Emulator.Function("default", "orders")
	is, _ := env.Emulator.Function("default", "copy")
	if was := orders.Versions[0]; is.Digest != was.Digest || is.Digest == orders.Digest || is.Runtime != was.Runtime ||
		!bytes.Equal(is.Code, was.Code) ||
		is.Handler != was.Handler || is.Timeout != was.Timeout || is.MemorySize != was.MemorySize ||
		is.CodeFilename != was.CodeFilename || is.UserData != was.UserData {
		c.t.Errorf("the function from the package is %+v, the version %+v", is, was)
	}
}

// prepareImport creates what is to be imported, and makes the state forget it.
func (c *exampleCLI) prepareImport(env *acctest.Env, address string) {
	c.t.Helper()
	c.run(0, "apply", "-auto-approve")
	c.run(0, "state", "rm", address)
	if strings.HasPrefix(address, dependencyType+".") {
		libs := env.Emulator.Dependencies()[0]
		env.Emulator.DeleteDependency(libs.ID)
		libs.DependencyID = "6a1b2c3d-0000-4000-8000-000000000002" // the one that examples name
		env.Emulator.AddDependency(libs)
	}
	f, ok := env.Emulator.Function("default", "orders")
	if ok && strings.HasPrefix(address, versionType+".") {
		c.check(env.Emulator.Publish("default", "orders", "v20260102-030405", "")) // so do these
	}
	if ok && strings.HasPrefix(address, triggerType+".") {
		c.check(env.Emulator.DeleteTrigger("default", "orders", f.Triggers[0].ID))
		f.Triggers[0].ID = "f0b1c2d3-0000-4000-8000-000000000001" // so do these
		c.check(env.Emulator.PutTrigger("default", "orders", f.Triggers[0]))
	}
}

// destroy destroys, and looks at the service for what is left.
func (c *exampleCLI) destroy(env *acctest.Env) {
	c.t.Helper()
	c.run(0, "destroy", "-auto-approve")
	c.check(env.CheckDestroy(nil))
}

// importAddress is the `to` of an import block.
func importAddress(t *testing.T, name string) string {
	t.Helper()
	for line := range strings.Lines(string(exampleFile(t, name))) {
		if key, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(key) == "to" {
			return strings.TrimSpace(value)
		}
	}
	t.Fatalf("%s has no import block", name)
	return ""
}

// importCommands are the arguments of each `terraform import` in a script.
func importCommands(t *testing.T, name string) (commands [][]string) {
	t.Helper()
	for line := range strings.Lines(string(exampleFile(t, name))) {
		if arguments, ok := strings.CutPrefix(strings.TrimSpace(line), "terraform "); ok {
			commands = append(commands, strings.Fields(arguments))
		}
	}
	if len(commands) == 0 {
		t.Fatalf("%s has no commands", name)
	}
	return commands
}

// exampleFiles lists the examples whose names end so, relative to examples/.
func exampleFiles(t *testing.T, suffix string) (names []string) {
	t.Helper()
	root := os.DirFS(examplesRoot)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(name, suffix) {
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatalf("examples ending in %s: %v, %v", suffix, names, err)
	}
	return names
}

func exampleFile(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(examplesRoot, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// golden compares with a committed file, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		path := filepath.Join(examplesRoot, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := exampleFile(t, name); !bytes.Equal(got, want) {
		t.Errorf("examples/%s is not what this run gives. To write it anew:\n\n"+
			"  sh internal/tools/with-cli.sh go test ./internal/acctest -run TestExample -update && make generate\n\n"+
			"got:\n%s\nwant:\n%s", name, got, want)
	}
}

// stored makes an archive without compression: its bytes do not depend on Go's compressor.
func stored(t *testing.T, files ...acctest.File) []byte {
	t.Helper()
	var buffer bytes.Buffer
	w := zip.NewWriter(&buffer)
	for _, f := range files {
		header := &zip.FileHeader{Name: f.Name, Method: zip.Store}
		if strings.HasPrefix(f.Content, "#!") {
			header.SetMode(0o755)
		}
		entry, err := w.CreateHeader(header)
		if err == nil {
			_, err = entry.Write([]byte(f.Content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}
