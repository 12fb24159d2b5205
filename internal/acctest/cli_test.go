// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// requiredProviders names the provider by its full address: its short form means another registry to each CLI.
const requiredProviders = `terraform {
  required_providers {
    fgs = {
      source = "registry.terraform.io/functiongraph/fgs"
    }
  }
}
`

// buildProvider is the folder with the provider's binary.
func buildProvider(t *testing.T) (folder string) {
	t.Helper()
	folder, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// hurried are what a CLI is told that tests start hundreds of times. Both sides of the socket between it and a provider
// make a certificate at each start, a command starts the provider several times, and that takes more than half of what
// a plan of one function costs. The demo and the benchmark run as users do, with certificates.
var hurried = []string{"TF_DISABLE_PLUGIN_TLS=1", "GOGC=400"}

// exampleCLI is the real CLI in a folder of its own, with the built provider and nothing of the user's configuration.
type exampleCLI struct {
	t    *testing.T
	path string
	dir  string
	env  []string
}

func newExampleCLI(t *testing.T, provider string, environment map[string]string) *exampleCLI {
	t.Helper()
	c := &exampleCLI{t: t, path: findCLI(t), dir: t.TempDir()}
	config := filepath.Join(t.TempDir(), "cli.tfrc")
	var overrides string
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		overrides += fmt.Sprintf("    %q = %q\n", registry+"/functiongraph/fgs", filepath.ToSlash(provider))
	}
	c.check(os.WriteFile(config, []byte("provider_installation {\n  dev_overrides {\n"+overrides+"  }\n}\n"), 0o600))
	c.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "TMPDIR=" + os.TempDir(),
		"TF_CLI_CONFIG_FILE=" + config, "CHECKPOINT_DISABLE=1", "TF_CLI_ARGS=-no-color", "TF_INPUT=0",
	}
	c.env = append(c.env, hurried...)
	for name, value := range environment {
		c.env = append(c.env, name+"="+value)
	}
	return c
}

// findCLI takes the CLI that the acceptance tests use, or else the one on PATH. Without one the test is skipped, as the
// acceptance tests are: a plain `go test ./...` passes on a fresh clone. make, which sets TF_ACC, and CI demand one.
func findCLI(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const none = "there is no terraform or tofu; `make test` finds one, or builds OpenTofu"
	if os.Getenv("TF_ACC") != "" || os.Getenv("CI") != "" {
		t.Fatal(none)
	}
	t.Skip(none) //nolint:forbidigo // waits for a CLI; under make and CI it is an error, above
	return ""
}

// knowsIdentities says whether the CLI that the tests use is of a version that knows resource identities: Terraform and
// OpenTofu do from 1.12 on.
func knowsIdentities(t *testing.T) bool {
	t.Helper()
	major, minor := cliVersion(t)
	return major > 1 || minor >= 12
}

// knowsActions says the same of actions, which Terraform knows from 1.14 on and OpenTofu does not.
func knowsActions(t *testing.T) bool {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), findCLI(t), "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	major, minor := cliVersion(t)
	return !strings.Contains(string(out), "OpenTofu") && (major > 1 || minor >= 14)
}

func cliVersion(t *testing.T) (major, minor int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), findCLI(t), "version", "-json")
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	out, err := cmd.Output()
	var version struct {
		Number string `json:"terraform_version"` // OpenTofu calls it so, too
	}
	if err == nil {
		err = json.Unmarshal(out, &version)
	}
	if err == nil {
		_, err = fmt.Sscanf(version.Number, "%d.%d", &major, &minor)
	}
	if err != nil {
		t.Fatalf("the version of the CLI: %v\n%s", err, out)
	}
	return major, minor
}

// run runs a command, which has to end with the code, and returns what it says.
func (c *exampleCLI) run(code int, args ...string) string {
	c.t.Helper()
	cmd := exec.CommandContext(c.t.Context(), c.path, args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		c.t.Fatalf("%v: exit code %d, want %d\n%s", args, got, code, out)
	}
	return string(out)
}

// write puts a file into the folder.
func (c *exampleCLI) write(name string, content []byte) {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	c.check(os.MkdirAll(filepath.Dir(path), 0o755))
	c.check(os.WriteFile(path, content, 0o600))
}

func (c *exampleCLI) check(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}
