// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	if out := c.run(0, "test"); !strings.Contains(out, "6 passed, 0 failed") {
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
	s.destroy(s.env)
}
