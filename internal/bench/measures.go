// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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
		{"requests to refresh a function with tags", "", true, 2},
		{"requests to publish a version (refresh, guard, publish, read)", block("description = \"x\"\ntags = { a = \"b\" }", true), false, 5},
		{"requests to refresh a function with tags and its version", "", true, 3},
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

const megabyte = 1 << 20

// memory uploads a zip of 50 MB and compares the provider's peak with its size while it had nothing to do.
func memory(cli, binary, dir string) ([]result, error) {
	s, err := newSession(cli, binary, dir)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := writeZip(filepath.Join(s.dir, "code.zip"), 49*megabyte); err != nil {
		return nil, err
	}
	// The CLI has asked for the schema and has configured the provider: that is idle.
	if _, err := s.apply(""); err != nil {
		return nil, err
	}
	if err := s.terraform("providers", "schema", "-json"); err != nil {
		return nil, err
	}
	idle, err := s.resident("VmRSS")
	if err != nil {
		return nil, err
	}
	if _, err := s.apply(`
resource "fgs_function" "bench" {
  name        = "bench"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = "code.zip" }
}
`); err != nil {
		return nil, err
	}
	peak, err := s.resident("VmHWM")
	return []result{
		{"provider resident when idle", idle, 0, " MB"},
		{"provider's peak over idle for a zip of 50 MB", peak - idle, 20, " MB"},
	}, err
}

// resident reads a line of the provider's /proc status, in MB.
func (s *session) resident(line string) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.provider.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("memory is measured on Linux only: %w", err)
	}
	for text := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(text, line+":"); ok {
			kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kilobytes / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s", line)
}

// writeZip makes an archive of about the given size, of bytes that do not compress.
func writeZip(path string, size int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // the archive's own Close has told by then
	w := zip.NewWriter(file)
	entry, err := w.Create("index.py")
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(1, 2))
	chunk := make([]byte, 64<<10)
	for written := 0; written < size; written += len(chunk) {
		for i := range chunk {
			chunk[i] = byte(random.Uint32())
		}
		if _, err := entry.Write(chunk); err != nil {
			return err
		}
	}
	return w.Close()
}
