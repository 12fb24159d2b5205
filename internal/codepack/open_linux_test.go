// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"errors"
	"fmt"
	"io"
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

func TestScanFolder_closesFiles(t *testing.T) {
	t.Parallel()
	for _, files := range []tree{someTree(), {}, {"a": "x", `b\c`: ""}, {"a": "", IgnoreFile: "[\n"}} {
		root := files.make(t)
		scan, err := ScanFolder(root, nil)
		if n := openOf(t, root); n != 0 {
			t.Errorf("%d descriptors left open after %v", n, err)
		}
		if err != nil {
			continue
		}
		readAll(t, *scan)
		if n := openOf(t, root); n != 0 {
			t.Errorf("%d descriptors left open after reading", n)
		}
	}
}

func TestScanFolder_closeEarlyClosesFiles(t *testing.T) {
	t.Parallel()
	content := make([]byte, 1<<20)
	fillRandom(content)
	root := tree{"a": string(content)}.make(t)
	scan, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := scan.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if n := openOf(t, root); n != 1 {
		t.Errorf("%d descriptors while open", n)
	}
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
	if n := openOf(t, root); n != 0 {
		t.Errorf("%d descriptors left open", n)
	}
}

// bytesRead counts what the process has read so far, from anything.
func bytesRead(t *testing.T) (count int64) {
	t.Helper()
	stat, err := os.ReadFile("/proc/self/io")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(string(stat), "rchar: %d", &count); err != nil {
		t.Fatal(err)
	}
	return count
}

// A scan reads each byte of a source once, and so does each upload.
//
// Not in parallel: it measures the whole process.
func TestScan_readsOnce(t *testing.T) {
	files := tree{}
	size := int64(0)
	for i := range 100 {
		content := make([]byte, 1000*i)
		fillRandom(content)
		files[fmt.Sprintf("%d/%d", i%3, i)] = string(content)
		size += int64(len(content))
	}
	root := files.make(t)
	var scan *Scan
	count := func(what string, most int64, read func() error) {
		before := bytesRead(t)
		if err := read(); err != nil {
			t.Fatal(err)
		}
		if got := bytesRead(t) - before; got > most+16<<10 {
			t.Errorf("%s: %d bytes read of %d", what, got, most)
		}
	}
	count("folder", size, func() (err error) { scan, err = ScanFolder(root, nil); return err })
	content := readAll(t, *scan)
	archive := writeFile(t, content)
	withDirectory := scan.Size + directorySize(content)
	count("archive", withDirectory, func() error { _, err := ScanArchive(archive, TypeZip); return err })
	count("upload", size, func() error {
		reader, err := scan.Open()
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, reader)
		return errors.Join(err, reader.Close())
	})
}

// This file of the system looks like any other and cannot be read at its start.
func TestScanFolder_readError(t *testing.T) {
	t.Parallel()
	root := tree{"a": ""}.make(t)
	if err := os.Symlink("/proc/self/mem", filepath.Join(root, "b")); err != nil {
		t.Fatal(err)
	}
	_, err := ScanFolder(root, nil)
	if err == nil || err.Error() != `"b": cannot read the file: input/output error` {
		t.Errorf("error %v", err)
	}
}

// This one says that it is empty, like a file that grows while it is packed.
func TestScanFolder_growingFile(t *testing.T) {
	t.Parallel()
	root := tree{"a": "1"}.make(t)
	if err := os.Symlink("/proc/self/status", filepath.Join(root, "b")); err != nil {
		t.Fatal(err)
	}
	f := newFolder(root, nil)
	f.limits.content = 5
	_, err := f.scan()
	checkFolderError(t, root, err, ErrTooBig, "6 bytes were found before the end, at most 5")
}
