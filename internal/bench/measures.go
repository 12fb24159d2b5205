// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strconv"
)

const functions = 20 // that requests are counted over

// block is n functions with inline code.
func block(attributes string, version bool) string {
	configuration := fmt.Sprintf(`
resource "fgs_function" "bench" {
  count       = %d
  name        = "bench-${count.index}"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = "def handler(event, context): return 1" }
  %s
}
`, functions, attributes)
	if version {
		configuration += `
resource "fgs_function_version" "bench" {
  count        = ` + strconv.Itoa(functions) + `
  function_urn = fgs_function.bench[count.index].urn
  source_hash  = fgs_function.bench[count.index].source_hash
  digest       = fgs_function.bench[count.index].digest
}
`
	}
	return configuration
}

// requests counts calls per function.
func requests(cli, binary, dir string) ([]result, error) {
	s, err := newSession(cli, binary, dir)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var results []result
	for _, step := range []struct {
		what, configuration string
		refresh             bool
		bound               float64
	}{
		{"requests to create a function", block("", false), false, 2},
		{"requests to refresh a function", "", true, 1},
		{"requests to change settings (refresh, write, read)", block(`description = "x"`, false), false, 3},
		{"requests to add tags (refresh, write, read)", block("description = \"x\"\ntags = { a = \"b\" }", false), false, 3},
		{"requests to refresh a function with tags", "", true, 1.2},
		{"requests to publish a version (refresh, guard, publish, read)",
			block("description = \"x\"\ntags = { a = \"b\" }", true), false, 5},
		{"requests to refresh a function with tags and its version", "", true, 2.2},
	} {
		var n int
		if step.refresh {
			n, err = s.refresh()
		} else {
			n, err = s.apply(step.configuration)
		}
		if err != nil {
			return nil, err
		}
		results = append(results, result{step.what, float64(n) / functions, step.bound, ""})
	}
	_, err = s.apply("")
	return results, err
}
