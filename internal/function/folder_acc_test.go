// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// folderTest is a codeTest with a folder of source files.
type folderTest struct {
	codeTest
	root string
}

func newFolderTest(t *testing.T) folderTest {
	c := newCodeTest(t)
	f := folderTest{c, filepath.Join(t.TempDir(), "src")}
	f.write("index.py", "def handler(e, c): pass\n")
	f.write("lib/util.py", "x = 1\n")
	return f
}

func (f folderTest) write(name, content string) {
	f.Helper()
	path := filepath.Join(f.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		f.Fatal(err)
	}
}

func (f folderTest) do(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f folderTest) config(more string) string {
	return function(fmt.Sprintf("code = {\n source_dir = %q\n %s\n }", f.root, more))
}

// TestAccFunctionFolder: what is in the folder decides, and nothing else about it.
func TestAccFunctionFolder(t *testing.T) {
	f := newFolderTest(t)
	uploads := f.env.ExpectWrites("UpdateCode")
	changed := updates("source_hash", "digest", "code_size", "last_modified")
	same := func(change func()) resource.TestStep {
		return resource.TestStep{PreConfig: change, Config: f.config(""), ConfigPlanChecks: nothing()}
	}
	f.run(
		resource.TestStep{Config: f.config(""), Check: f.env.ExpectWrites("CreateFunction")},
		same(func() { // touched
			later := time.Now().Add(time.Hour)
			f.do(os.Chtimes(filepath.Join(f.root, "index.py"), later, later))
		}),
		same(func() { f.do(os.Mkdir(filepath.Join(f.root, "empty"), 0o755)) }),
		same(func() { f.write("__pycache__/index.pyc", "compiled") }),
		same(func() { f.do(os.Chmod(filepath.Join(f.root, "index.py"), 0o644)) }),
		resource.TestStep{
			PreConfig: func() { f.write("lib/util.py", "x = 2\n") }, Config: f.config(""), ConfigPlanChecks: changed,
			Check: uploads,
		},
		resource.TestStep{
			PreConfig: func() { f.do(os.Chmod(filepath.Join(f.root, "index.py"), 0o755)) },
			Config:    f.config(""), ConfigPlanChecks: updates("source_hash", "digest", "code_size", "last_modified"),
			Check: uploads,
		},
		resource.TestStep{ // what is left out is no change, and neither is saying so
			PreConfig: func() { f.write("README.md", "read me"); f.write("tests/test.py", "test") },
			Config:    f.config(`exclude = ["**/*.md", "tests"]`), ConfigPlanChecks: nothing(),
		},
		resource.TestStep{
			PreConfig: func() { f.write(".fgsignore", "tests\n*.md\n!README.md\n") }, Config: f.config(""), Check: uploads,
		},
		resource.TestStep{ // somebody else deploys
			PreConfig: func() { f.foreign(); f.forgetRequests() }, Config: f.config(""), Check: uploads,
		},
		same(func() { f.do(os.RemoveAll(f.root)) }), // not compared
		resource.TestStep{
			PreConfig: func() { f.write("index.py", "def handler(e, c): pass\n"); f.forgetRequests() },
			Config:    f.config(""), Check: uploads,
		},
	)
}
