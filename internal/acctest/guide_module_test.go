// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// moduleFolder is the module of the examples; what is below it is no configuration of its own.
const moduleFolder = "modules/function/"

// moduleTests runs the module's own tests, as its README says.
func moduleTests(t *testing.T, provider string) {
	t.Helper()
	env, c := exampleWorld(t, provider)
	c.check(os.CopyFS(c.dir, os.DirFS(filepath.Join(examplesRoot, moduleFolder))))
	tests := exampleFile(t, moduleFolder+"tests/function.tftest.hcl")
	c.write("tests/function.tftest.hcl", bytes.ReplaceAll(tests, []byte("http://127.0.0.1:8787"), []byte(env.URL)))
	if out := c.run(0, "test"); !strings.Contains(out, "8 passed, 0 failed") {
		t.Errorf("terraform test said:\n%s", out)
	}
	c.check(env.CheckDestroy(nil))
}

// moduleUser has three functions by one module: what changes in one of them releases that one, and touches no trigger.
func moduleUser(t *testing.T, provider string) {
	t.Helper()
	s := newGuideStage(t, provider, nil)
	s.place(s.env, releaseFolder+"module.tf")
	user := exampleFile(t, releaseFolder+"module.tf")
	s.write("module.tf", bytes.Replace(user, []byte("../../modules/"), []byte("./modules/"), 1))
	s.check(os.CopyFS(filepath.Join(s.dir, moduleFolder), os.DirFS(filepath.Join(examplesRoot, moduleFolder))))
	s.run(0, "get")
	s.apply(map[string]int{"CreateFunction": 3, "PublishVersion": 3, "CreateAlias": 3, "CreateTrigger": 1})
	before, _ := s.api.Function("default", "stock")

	s.write("functions/stock/index.py", []byte("def handler(event, context):\n    return {\"statusCode\": 201}\n"))
	s.apply(map[string]int{"UpdateCode": 1, "PublishVersion": 1, "UpdateAlias": 1, "UpdateConfig": 0,
		"UpdateTrigger": 0, "DeleteTrigger": 0})
	s.variables("serve = { stock = %q }\n", before.Versions[0].Name)
	s.apply(map[string]int{"UpdateCode": 0, "PublishVersion": 0, "UpdateAlias": 1, "UpdateTrigger": 0})

	// A release that fails its check is published, and the alias stays where it was; the next one moves it.
	checked := strings.Replace(string(user), "  triggers =", "  check = jsonencode({ dry_run = true })\n  triggers =", 1)
	s.write("module.tf", []byte(strings.Replace(checked, "../../modules/", "./modules/", 1)))
	s.variables("serve = {}\n")
	s.write("functions/stock/index.py", []byte("def handler(event, context):\n    raise ValueError\n"))
	s.api.PutReply("default", "stock", "", emulator.Reply{Status: 500, Result: `{"error":"no stock"}`})
	s.run(1, "apply", "-auto-approve")
	failed, _ := s.api.Function("default", "stock")
	if len(failed.Versions) != 3 || failed.Aliases[0].Version != before.Versions[0].Name {
		t.Errorf("%d versions, and the alias serves %s", len(failed.Versions), failed.Aliases[0].Version)
	}
	s.api.PutReply("default", "stock", "", emulator.Reply{})
	s.apply(map[string]int{"UpdateCode": 0, "PublishVersion": 0, "InvokeFunction": 1, "UpdateAlias": 1})
	s.destroy(s.env)
}
