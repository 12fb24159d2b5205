// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// File is an entry of an archive.
type File struct{ Name, Content string }

// Zip makes an archive of the files, in the order given and with the time given, so that tests can build the same
// source with other bytes.
func Zip(t testing.TB, modified time.Time, files ...File) []byte {
	t.Helper()
	return zipped(t, zip.FileHeader{Modified: modified}, files)
}

// ZipMode makes an archive of files that have this mode.
func ZipMode(t testing.TB, mode fs.FileMode, files ...File) []byte {
	t.Helper()
	var head zip.FileHeader
	head.SetMode(mode)
	return zipped(t, head, files)
}

func zipped(t testing.TB, head zip.FileHeader, files []File) []byte {
	t.Helper()
	var buffer bytes.Buffer
	w := zip.NewWriter(&buffer)
	for _, f := range files {
		header := head
		header.Name, header.Method = f.Name, zip.Deflate
		entry, err := w.CreateHeader(&header)
		if err == nil {
			_, err = entry.Write([]byte(f.Content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// Dir is a folder for the files of one test, named with slashes so that it can stand in HCL.
type Dir struct {
	t    testing.TB
	path string
}

// NewDir makes the folder; it goes away with the test.
func NewDir(t testing.TB) Dir {
	return Dir{t, t.TempDir()}
}

// Path of a file in the folder.
func (d Dir) Path(name string) string {
	return filepath.ToSlash(filepath.Join(d.path, name))
}

// Write puts a file into the folder and returns its path.
func (d Dir) Write(name string, content []byte) string {
	d.t.Helper()
	if err := os.WriteFile(d.Path(name), content, 0o600); err != nil {
		d.t.Fatal(err)
	}
	return d.Path(name)
}

// Code puts an archive with one index.py into the folder and returns its path.
func (d Dir) Code(name, content string) string {
	d.t.Helper()
	return d.Write(name, Zip(d.t, time.Unix(1767225600, 0), File{"index.py", content}))
}

// Remove deletes a file.
func (d Dir) Remove(name string) {
	d.t.Helper()
	if err := os.Remove(d.Path(name)); err != nil {
		d.t.Fatal(err)
	}
}
