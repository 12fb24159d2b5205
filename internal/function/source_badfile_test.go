// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

const maxArchive = 50 << 20 // contract 2.6

// zipOfSize is a valid archive with exactly so many bytes.
func zipOfSize(t *testing.T, size int) []byte {
	t.Helper()
	build := func(content int) []byte {
		var buffer bytes.Buffer
		w := zip.NewWriter(&buffer)
		entry, err := w.CreateHeader(&zip.FileHeader{Name: "index.py", Method: zip.Store})
		if err == nil {
			_, err = io.CopyN(entry, zeros{}, int64(content))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return buffer.Bytes()
	}
	return build(size - len(build(0)))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// withToken configures the provider with a token: then no request is signed, and code may have 50 MB.
func withToken() []acctest.Option {
	return []acctest.Option{
		acctest.WithVariable("HW_ACCESS_KEY", ""), acctest.WithVariable("HW_SECRET_KEY", ""),
		acctest.WithVariable("HW_AUTH_TOKEN", "token"),
	}
}

// source is the code attribute with one source.
func source(kind, path string) attributes {
	return attributes{"code": attributes{kind: path}}
}

// TestPlan_badFile: what is wrong with the code's file is found by the plan of a creation, with the path as it was
// written and the absolute path, and without a request. Each has a neighbour that is fine.
func TestPlan_badFile(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	code := acctest.File{Name: "index.py", Content: "print()"}
	yaml := acctest.ExportYAML(nil)
	for name, test := range map[string]struct {
		kind      string
		bad, good []byte // nil: no file
		summary   string
		says      []string
	}{
		"missing zip": {
			"zip_file", nil, acctest.Zip(t, fixed, code), "Code File Not Found", []string{"there is no file"},
		},
		"missing jar": {
			"jar_file", nil, acctest.Zip(t, fixed, code), "Code File Not Found", []string{"there is no file"},
		},
		"missing package": {
			"package_file", nil, acctest.Zip(t, fixed, yaml, code), "Code File Not Found", []string{"there is no file"},
		},
		"empty file": {"zip_file", []byte{}, acctest.Zip(t, fixed, code), "Invalid Code File", []string{"0 bytes"}},
		"text": {
			"zip_file", []byte("print()"), acctest.Zip(t, fixed, code), "Invalid Code File", []string{"plain text"},
		},
		"text as jar": {
			"jar_file", []byte("print()"), acctest.Zip(t, fixed, code), "Invalid Code File", []string{"plain text"},
		},
		"empty archive": {
			"zip_file", acctest.Zip(t, fixed), acctest.Zip(t, fixed, code), "Invalid Code File",
			[]string{"at least one"},
		},
		"over 50 MB": {
			"zip_file", make([]byte, maxArchive+1), zipOfSize(t, maxArchive), "Invalid Code File",
			[]string{"52428801", "50 MiB"},
		},
		"package that is no archive": {
			"package_file", []byte("print()"), acctest.Zip(t, fixed, yaml, code), "Invalid Code File",
			[]string{"plain text"},
		},
		"package without YAML": {
			"package_file", acctest.Zip(t, fixed, code), acctest.Zip(t, fixed, yaml, code),
			"Invalid Code File", []string{"one .yaml file", `"index.py"`},
		},
		"package with two YAML files": {
			"package_file",
			acctest.Zip(t, fixed, yaml, code, acctest.File{Name: "more/other.yml", Content: yaml.Content}),
			acctest.Zip(t, fixed, yaml, code), "Invalid Code File",
			[]string{"2 YAML files", `"demo.yaml", "more/other.yml"`},
		},
		"package without code": {
			"package_file", acctest.Zip(t, fixed, yaml), acctest.Zip(t, fixed, yaml, code),
			"Invalid Code File", []string{"nothing but", `"demo.yaml"`},
		},
		"package whose YAML is none": {
			"package_file", acctest.Zip(t, fixed, acctest.File{Name: "demo.yaml", Content: "{"}, code),
			acctest.Zip(t, fixed, yaml, code), "Invalid Code File", []string{"YAML", `"demo.yaml"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, withToken()...)
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			bad, good := dir.Path(name+".bad"), dir.Write(name+".good", test.good)
			if test.bad != nil {
				dir.Write(name+".bad", test.bad)
			}
			expectOne(t, p.PlanCreate("fgs_function", with(source(test.kind, bad))), "ERROR", "code."+test.kind, test.summary,
				append(test.says, test.kind+" = ", bad)...)
			expectNone(t, p.PlanCreate("fgs_function", with(source(test.kind, good))))
			expectSilence(t, e)
		})
	}
}

// TestPlan_relativePath: the error names the folder that the path was looked for in, and what to do about "~".
func TestPlan_relativePath(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	expectNone(t, p.Configure(nil))
	absolute, err := filepath.Abs("build/none.zip")
	if err != nil {
		t.Fatal(err)
	}
	expectOne(t, p.PlanCreate("fgs_function", with(source("zip_file", "build/none.zip"))), "ERROR", "code.zip_file",
		"Code File Not Found", `zip_file = "build/none.zip"`, absolute)
	expectOne(t, p.PlanCreate("fgs_function", with(source("zip_file", "~/none.zip"))), "ERROR", "code.zip_file",
		"Code File Not Found", "pathexpand()")
}

// TestPlan_create: what only the plan of a creation can refuse.
func TestPlan_create(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	pkg := dir.Package("p.zip", nil, acctest.File{Name: "index.py", Content: "print()"})
	fromPackage := attributes{
		"runtime": nil, "handler": nil, "timeout": nil, "memory_size": nil, "code": attributes{"package_file": pkg},
	}
	for name, test := range map[string]struct {
		path, summary, says string
		bad, good           attributes
	}{
		"no code": {"code", "Missing Code", "cannot be created without code", attributes{"code": nil}, nil},
		"no code of one that is gone": {
			"code", "Missing Code", "it is gone: somebody deleted it outside Terraform", attributes{"code": nil}, nil,
		},
		"type of a package": {
			"type", "Conflicting Attributes", "import call",
			attributes{"type": "v2", "code": attributes{"package_file": pkg}}, attributes{"type": "v2"},
		},
		"handler for the package's runtime": {
			"handler", "Invalid Handler", "Python3.9",
			attributes{"runtime": nil, "handler": "index", "code": attributes{"package_file": pkg}}, fromPackage,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			expectNone(t, p.Validate("fgs_function", with(test.bad)))
			expectOne(t, p.PlanCreate("fgs_function", with(test.bad)), "ERROR", test.path, test.summary, test.says)
			expectNone(t, p.PlanCreate("fgs_function", with(test.good)))
			expectSilence(t, e)
		})
	}
}

// TestPlan_signedSize: the gateway takes 12 MB of a signed request, and Base64 makes 12 MB of 9. A plan warns, since
// only the service knows its bounds; with a token there is nothing to warn about.
func TestPlan_signedSize(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	const most = 12 << 20 / 4 * 3
	large, fits := dir.Write("large.zip", zipOfSize(t, most+1)), dir.Write("fits.zip", zipOfSize(t, most))
	signing, token := acctest.New(t).Protocol(t), acctest.New(t, withToken()...).Protocol(t)
	expectNone(t, signing.Configure(nil))
	expectNone(t, token.Configure(nil))
	expectOne(t, signing.PlanCreate("fgs_function", with(source("zip_file", large))), "WARNING", "code.zip_file",
		"Code Too Large for a Signed Request", large, "12 MB", "HW_AUTH_TOKEN")
	expectNone(t, signing.PlanCreate("fgs_function", with(source("zip_file", fits))))
	expectNone(t, token.PlanCreate("fgs_function", with(source("zip_file", large))))
}
