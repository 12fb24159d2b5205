// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestScaleReport_encode(t *testing.T) {
	t.Parallel()
	want := measured()
	text, err := want.encode()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), scaleFile)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readScaleReport(path); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

func TestWithTable(t *testing.T) {
	t.Parallel()
	got, err := withTable("before\n"+tableBegin+"old\n"+tableEnd+"after\n", "new\n")
	if want := "before\n" + tableBegin + "new\n" + tableEnd + "after\n"; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	for _, text := range []string{"", tableBegin, tableEnd, tableEnd + tableBegin} {
		if _, err := withTable(text, "new\n"); err == nil {
			t.Errorf("a text without marks, %q, is no error", text)
		}
	}
}

// The README's table is that of the numbers that are checked in, and each chart that it links to is there.
func TestReadme(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	report, err := readScaleReport(filepath.Join(root, scaleFolder, scaleFile))
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := withTable(string(readme), report.table())
	if err != nil {
		t.Fatal(err)
	}
	if string(readme) != want {
		t.Error("the README's table is not that of docs/benchmarks/scale.json")
	}
	links := strings.Split(report.table(), "](")[1:]
	if len(links) < 6 {
		t.Errorf("%d links to charts", len(links))
	}
	for _, link := range links {
		path, _, _ := strings.Cut(link, ")")
		if _, err := os.Stat(filepath.Join(root, path)); err != nil {
			t.Error(err)
		}
	}
}

func TestScaleReport_update(t *testing.T) {
	t.Parallel()
	drawer, err := filepath.Abs("chart")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	readme := filepath.Join(root, "README.md")
	if err := os.MkdirAll(filepath.Join(root, "internal", "bench"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(drawer, filepath.Join(root, "internal", "bench", "chart")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(readme, []byte("# Name\n"+tableBegin+tableEnd), 0o600); err != nil {
		t.Fatal(err)
	}
	report := measured()
	if err := report.update(root); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(readme)
	if err != nil || string(got) != "# Name\n"+tableBegin+report.table()+tableEnd {
		t.Errorf("%v, %s", err, got)
	}
	for _, name := range []string{"apply-0ms.svg", "plan-0ms.svg", "destroy-0ms.svg"} {
		if _, err := os.Stat(filepath.Join(root, scaleFolder, name)); err != nil {
			t.Error(err)
		}
	}
}
