// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
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

// bound is a trigger of each of them.
func bound(trigger string) string {
	return fmt.Sprintf(`
resource "fgs_function_trigger" "bench" {
  count        = %d
  function_urn = fgs_function.bench[count.index].urn
  %s
}
`, functions, trigger)
}

// layer is as many versions of dependencies, from a folder.
func layer() string {
	return fmt.Sprintf(`
resource "fgs_dependency_version" "bench" {
  count   = %d
  name    = "bench-${count.index}"
  runtime = "Python3.9"
  code    = { source_dir = "layer" }
}
`, functions)
}

// step is a configuration that is applied, or a refresh of the one before.
type step struct {
	what, configuration string
	refresh             bool
	bound               float64 // 0 for what is not measured
}

// requestSteps are measured one after the other. A trigger of Kafka is off after its creation, and has to be turned on.
func requestSteps() []step {
	timer := bound(`timer = { name = "nightly", rate = "1d" }`)
	network := `agency = "a"
  vpc = { vpc_id = "v", subnet_id = "s" }`
	kafka := bound(`kafka = { instance_id = "k", topic_ids = ["orders"], batch_size = 100 }`)
	return []step{
		{"requests to create a function", block("", false), false, 2},
		{"requests to refresh a function", "", true, 1},
		{"requests to change settings (refresh, write, read)", block(`description = "x"`, false), false, 3},
		{"requests to add tags (refresh, write, read)", block("description = \"x\"\ntags = { a = \"b\" }", false), false, 3},
		{"requests to refresh a function with tags", "", true, 1.2},
		{"requests to publish a version (refresh, guard, publish, read)",
			block("description = \"x\"\ntags = { a = \"b\" }", true), false, 5},
		{"requests to refresh a function with tags and its version", "", true, 2.2},
		{"", "", false, 0},
		{"", block("", false), false, 0},
		{"requests to add a trigger (refresh, look, create, read)", block("", false) + timer, false, 4},
		{"requests to refresh a function and its trigger", "", true, 1.2},
		{"", "", false, 0},
		{"requests to create a function and a trigger that has to be turned on", block(network, false) + kafka, false, 5},
		{"", "", false, 0},
		{"requests to create a dependency version", layer(), false, 1},
		{"requests to refresh a dependency version", "", true, 1},
	}
}

// requests counts calls per function.
func requests(cli, binary, dir string) ([]result, error) {
	s, err := newSession(cli, binary, dir)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := os.Mkdir(filepath.Join(s.dir, "layer"), 0o700); err != nil {
		return nil, err
	}
	if err := s.write("layer/lib.py", "x = 1\n"); err != nil {
		return nil, err
	}
	var results []result
	for _, step := range requestSteps() {
		var n int
		if step.refresh {
			n, err = s.refresh()
		} else {
			n, err = s.apply(step.configuration)
		}
		if err != nil {
			return nil, err
		}
		if step.bound > 0 {
			results = append(results, result{step.what, float64(n) / functions, step.bound, ""})
		}
	}
	_, err = s.apply("")
	return results, err
}
