// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// openOf counts the process's open descriptors of a path and of what is below it.
func openOf(t *testing.T, path string) int {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(links) == 0 {
		t.Fatalf("no descriptors: %v", err)
	}
	count := 0
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && strings.HasPrefix(target, path) {
			count++
		}
	}
	return count
}

// A provider lives as long as the run: what it opens for each function must be closed, also after an error.
func TestScan_closesFiles(t *testing.T) {
	t.Parallel()
	yamlFile := member{name: "f.yaml", content: exportYAML(nil)}
	good := zipOf(t, yamlFile, member{name: "index.py", content: code})
	for _, content := range [][]byte{good, []byte("text"), nil, zipOf(t), zipOf(t, yamlFile)} {
		path := writeFile(t, content)
		_, _ = ScanArchive(path, TypeZip)
		_, _ = ScanPackage(path)
		if n := openOf(t, path); n != 0 {
			t.Errorf("%d descriptors left open", n)
		}
	}
}

func TestScan_openCloses(t *testing.T) {
	t.Parallel()
	path := writeFile(t, zipOf(t, member{name: "f.yaml", content: exportYAML(nil)},
		member{name: "index.py", content: code}))
	pkg, err := ScanPackage(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, scan := range []Scan{pkg.Archive, pkg.Code} {
		reader, err := scan.Open()
		if err != nil {
			t.Fatal(err)
		}
		if n := openOf(t, path); n != 1 {
			t.Errorf("%d descriptors while open", n)
		}
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
		if n := openOf(t, path); n != 0 {
			t.Errorf("%d descriptors left open", n)
		}
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("x", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := pkg.Code.Open(); err == nil {
		t.Error("no error for a changed file")
	}
	if n := openOf(t, path); n != 0 {
		t.Errorf("%d descriptors left open after an error", n)
	}
}

func TestScanPackage_closesTemporaryFile(t *testing.T) { // not parallel: the environment
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	path := writeFile(t, zipOf(t, member{name: "f.yaml", content: exportYAML(map[string]string{"CodeType": "zip"})},
		member{name: "index.zip", content: string(zipOf(t, original()...))}))
	if _, err := ScanPackage(path); err != nil {
		t.Fatal(err)
	}
	if n := openOf(t, folder); n != 0 {
		t.Errorf("%d descriptors left open", n)
	}
}
