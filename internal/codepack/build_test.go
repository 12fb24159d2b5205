// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// member is one entry of an archive that a test builds. The zero mode is a regular file's 0644.
type member struct {
	name     string
	content  string
	mode     fs.FileMode
	method   uint16
	modified time.Time
	comment  string
}

func zipOf(t testing.TB, members ...member) []byte {
	t.Helper()
	var buffer bytes.Buffer
	writeMembers(t, zip.NewWriter(&buffer), members...)
	return buffer.Bytes()
}

// writeMembers writes and ends an archive.
func writeMembers(t testing.TB, writer *zip.Writer, members ...member) {
	t.Helper()
	for _, m := range members {
		header := &zip.FileHeader{Name: m.name, Method: m.method, Modified: m.modified, Comment: m.comment}
		if m.mode == 0 {
			m.mode = 0o644
		}
		header.SetMode(m.mode)
		w, err := writer.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if m.content == "" {
			continue // also a directory, which takes no Write
		}
		if _, err := io.WriteString(w, m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
}

// rawZip writes headers as they are, with the same bytes behind each: the way to build lies.
func rawZip(t testing.TB, content string, headers ...zip.FileHeader) []byte {
	t.Helper()
	var buffer bytes.Buffer
	writer := zip.NewWriter(&buffer)
	for _, header := range headers {
		w, err := writer.CreateRaw(&header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// packageOf is a package with a code file that is written as it is.
func packageOf(t testing.TB, settings, packed string, code zip.FileHeader) []byte {
	t.Helper()
	var buffer bytes.Buffer
	writer := zip.NewWriter(&buffer)
	yamlFile, err := writer.Create("f.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := yamlFile.Write([]byte(settings)); err != nil {
		t.Fatal(err)
	}
	file, err := writer.CreateRaw(&code)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(packed)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func writeFile(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "given")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func scanZip(t testing.TB, members ...member) *Scan {
	t.Helper()
	scan, err := ScanArchive(writeFile(t, zipOf(t, members...)), TypeZip)
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

func readAll(t testing.TB, scan Scan) []byte {
	t.Helper()
	reader, err := scan.Open()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	return content
}

// checkBytes asserts what the scan says of the bytes to upload, and that each Open starts anew.
func checkBytes(t testing.TB, scan Scan, want []byte) {
	t.Helper()
	for range 2 {
		if got := readAll(t, scan); !bytes.Equal(got, want) {
			t.Fatalf("Open gives %d bytes, other than the %d wanted", len(got), len(want))
		}
	}
	sum := sha512.Sum512(want)
	if digest := hex.EncodeToString(sum[:]); scan.Digest != digest {
		t.Errorf("Digest %s, want %s", scan.Digest, digest)
	}
	if scan.Size != int64(len(want)) {
		t.Errorf("Size %d, want %d", scan.Size, len(want))
	}
}
