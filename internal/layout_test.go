// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package internal_test holds what is true of the repository as a whole: who may import whom, and where its pages lead.
package internal_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/functiongraph/terraform-provider-fgs"

// allowed lists, for each package, what it may import of this module. The emulator may import nothing: types shared
// with the client would make a wrong JSON name wrong on both sides, and every test green.
var allowed = map[string][]string{
	"provider":                  {"asyncconfig", "catalogue", "connection", "credentials", "dependencyversion", "function", "functionalias", "functioncode", "functionevent", "functiongraph", "functiontrigger", "functionversion", "invocation", "lifetime", "printable", "providerfunction", "reservedinstances", "tfconv"},
	"base":                      {"connection", "diagnose", "functiongraph"},
	"catalogue":                 {"base", "diagnose", "functiongraph"},
	"connection":                {"functiongraph"},
	"contract":                  {},
	"credentials":               {"functiongraph"},
	"function":                  {"base", "codepack", "connection", "diagnose", "functiongraph", "functionref", "tfconv"},
	"functionalias":             {"base", "connection", "diagnose", "functiongraph", "functionref", "tfconv"},
	"dependencyversion":         {"base", "diagnose", "function", "functiongraph", "tfconv"},
	"functiontrigger":           {"base", "connection", "diagnose", "functiongraph", "functionref", "schedule", "tfconv"},
	"functioncode":              {"base", "diagnose", "functiongraph", "functionref"},
	"invocation":                {"base", "diagnose", "functiongraph", "functionref", "tfconv"},
	"functionversion":           {"base", "diagnose", "functiongraph", "functionref", "tfconv"},
	"functionref":               {"base", "connection", "diagnose", "functiongraph", "tfconv"},
	"asyncconfig":               {"base", "diagnose", "functiongraph", "functionref", "tfconv"},
	"functionevent":             {"base", "diagnose", "functiongraph", "functionref", "tfconv"},
	"reservedinstances":         {"base", "connection", "diagnose", "functiongraph", "functionref", "schedule", "tfconv"},
	"schedule":                  {"diagnose", "tfconv"},
	"providerfunction":          {"codepack", "functiongraph"},
	"diagnose":                  {"functiongraph"},
	"lifetime":                  {},
	"tfconv":                    {},
	"codepack":                  {},
	"functiongraph":             {"printable"},
	"printable":                 {},
	"emulator":                  {},
	"emulator/cmd/fgs-emulator": {"emulator"},
	"acctest":                   {"emulator", "functiongraph", "provider"},
	"demo":                      {},
	"docschema":                 {"provider"},
	"bench":                     {"codepack", "emulator"},
}

func TestImportDirections(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, module+"/internal/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		pkg, imports, _ := strings.Cut(strings.TrimSpace(line), ":")
		name := strings.TrimPrefix(pkg, module+"/internal/")
		if name == module+"/internal" {
			continue
		}
		may, known := allowed[name]
		if !known {
			t.Errorf("%s is not in the table: say what it may import", name)
		}
		seen++
		for _, imp := range strings.Fields(imports) {
			if of, ours := strings.CutPrefix(imp, module+"/internal/"); ours && !slices.Contains(may, of) {
				t.Errorf("%s must not import %s", name, of)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d packages were looked at", seen)
	}
}
