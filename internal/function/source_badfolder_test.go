// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestPlan_badFolder: what is wrong with a folder is found by the plan, with the path as written and the absolute one.
func TestPlan_badFolder(t *testing.T) {
	t.Parallel()
	write := func(name, content string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600) }
	}
	for name, test := range map[string]struct {
		make    func(dir string) error
		path    string
		exclude []any
		summary string
		says    []string
	}{
		"missing":       {nil, "none", nil, "Code File Not Found", []string{"there is no folder", "/none"}},
		"a file":        {write("index.py", "x"), "index.py", nil, "Invalid Code File", []string{"source_dir"}},
		"empty":         {nil, "", nil, "Invalid Code File", []string{"no files"}},
		"all left out":  {write("index.py", "x"), "", []any{"*.py"}, "Invalid Code File", []string{"no files"}},
		"link to none":  {func(dir string) error { return os.Symlink("gone", filepath.Join(dir, "link")) }, "", nil, "Invalid Code File", []string{`"link"`}},
		"cycle":         {func(dir string) error { return os.Symlink(".", filepath.Join(dir, "link")) }, "", nil, "Invalid Code File", []string{`"link"`}},
		"bad ignore":    {write(".fgsignore", "[a"), "", nil, "Invalid Code File", []string{".fgsignore"}},
		"not for a zip": {write("a\\b", "x"), "", nil, "Invalid Code File", []string{`a\\b`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			dir := t.TempDir()
			if test.make != nil {
				if err := test.make(dir); err != nil {
					t.Fatal(err)
				}
			}
			code := attributes{"source_dir": filepath.Join(dir, test.path)}
			if test.exclude != nil {
				code["exclude"] = test.exclude
			}
			expectOne(t, p.PlanCreate("fgs_function", with(attributes{"code": code})), "ERROR", "code.source_dir", test.summary,
				append(test.says, dir)...)
			expectSilence(t, e)
		})
	}
}

// TestPlan_packageTooLarge: the import call takes more code than a change does, which the plan of a change says. It
// does not end it: a destroy begins with such a plan.
func TestPlan_packageTooLarge(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	large := string(zipOfSize(t, maxArchive+1))
	path := dir.Package("large.zip", map[string]string{"CodeType": "zip", "CodeFileName": "index.zip"},
		acctest.File{Name: "index.zip", Content: large})
	e := acctest.New(t, append(withToken(), acctest.WithVariable("HW_AUTH_TOKEN", emulator.DefaultToken))...)
	e.Emulator.Put(emulator.Function{Name: "orders"})
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	config := with(attributes{"code": attributes{"package_file": path}})
	expectNone(t, p.PlanCreate("fgs_function", config))
	state, diags := p.Import("fgs_function", "orders")
	expectNone(t, diags)
	planned := p.PlanUpdate("fgs_function", state, config)
	expectOne(t, planned, "WARNING", "code.package_file", "Code Too Large for an Update", "50 MB", "obs_url")
}
