// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestListing: an archive and a folder of the same files have the same names, without directories and what is excluded.
func TestListing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"lib/a.py", "lib/notes.md", "b.py~"} {
		file := filepath.Join(dir, "layer", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"b.py~", "lib/a.py"}
	got, err := FolderNames(filepath.Join(dir, "layer"), []string{"**/*.md"})
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("folder: %q, %v", got, err)
	}
	path := filepath.Join(dir, "layer.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	for _, name := range []string{"b.py~", "lib/", `./lib\a.py`} {
		if _, err := archive.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := ArchiveNames(path); err != nil || !slices.Equal(got, want) {
		t.Errorf("archive: %q, %v", got, err)
	}
	if _, err := ArchiveNames(filepath.Join(dir, "none.zip")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no archive: %v", err)
	}
	if _, err := FolderNames(path, nil); !errors.Is(err, ErrNotFolder) {
		t.Errorf("no folder: %v", err)
	}
}
