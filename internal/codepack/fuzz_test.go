// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// sentinels are all errors that a file's content can cause.
var sentinels = []error{
	ErrEmpty, ErrTooLarge, ErrNotZip, ErrDamaged, ErrNoFiles, ErrEncrypted, ErrCompression, ErrUnsafeName,
	ErrTooManyEntries, ErrTooBig, ErrNoYAML, ErrManyYAML, ErrYAML, ErrNoFunction, ErrManyFunctions,
	ErrNoCodeFile, ErrManyCodeFiles, ErrCodeType, ErrPattern, ErrFileName,
}

// checkKnown wants for every content either a result or an error that the provider can tell from others.
func checkKnown(t *testing.T, err error) {
	t.Helper()
	for _, sentinel := range sentinels {
		if errors.Is(err, sentinel) {
			return
		}
	}
	t.Fatalf("error of no known kind: %v", err)
}

func FuzzScanArchive(f *testing.F) {
	f.Add(zipOf(f, original()...))
	f.Add(zipOf(f, member{name: "a", content: code, method: zip.Deflate}, member{name: "../b"}))
	f.Add(zipOf(f))
	f.Add(directoryOf(3, "a", "xx"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("text"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := writeFile(t, content)
		scan, err := ScanArchive(path, TypeZip)
		if err != nil {
			checkKnown(t, err)
			return
		}
		checkBytes(t, *scan, content)
		if hash, err := archiveHash(bytes.NewReader(content), int64(len(content))); err != nil || hash != scan.Hash {
			t.Fatalf("hash of the whole file %s %v, in one pass %s", hash, err, scan.Hash)
		}
		again, err := ScanArchive(path, TypeJar)
		if err != nil || again.Hash != scan.Hash || len(scan.Hash) != 64 {
			t.Fatalf("second scan: %v %v, first %v", again, err, scan)
		}
	})
}

// FuzzScanFolder builds a folder of what the input says: names, lengths, first bytes and modes.
func FuzzScanFolder(f *testing.F) {
	f.Add("a\nb/c\nb-d\nb/d/e", []byte{1, 7, 2, 255}, "")
	f.Add("index.py\n.git/config\nx.tfstate", []byte("#!/bin/sh"), "!.git\n*.py")
	f.Add("ü\nü/a\n a\na b\nC:/x\n..a", []byte("\x7fELF"), "**\n!*/a")
	f.Fuzz(func(t *testing.T, names string, content []byte, ignore string) {
		root := t.TempDir()
		for i, name := range strings.Split(names, "\n") {
			path := filepath.Join(root, filepath.FromSlash(filepath.Clean("/"+name)))
			part := bytes.Repeat(content[min(i, len(content)):], 1+i*i)
			// Not every name can be made: it may be a folder already, or none that a file can have.
			if os.MkdirAll(filepath.Dir(path), 0o700) == nil {
				_ = os.WriteFile(path, part, 0o600|fs.FileMode(i%2*0o100))
			}
		}
		scan, err := ScanFolder(root, strings.Split(ignore, "\n"))
		if err != nil {
			checkKnown(t, err)
			return
		}
		checkSameAsArchive(t, *scan)
	})
}

func FuzzScanPackage(f *testing.F) {
	inner := string(zipOf(f, original()...))
	for _, yaml := range []string{
		exportYAML(nil),
		exportYAML(map[string]string{"CodeType": "zip"}),
		exportYAML(map[string]string{"Environment": "{Variables: {A: 1}}", "MemorySize": `"256"`}),
		"a: &x [*x]\n",
	} {
		for _, content := range []string{code, inner} {
			f.Add(zipOf(f, member{name: "f.yaml", content: yaml}, member{name: "index.py", content: content}))
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		pkg, err := ScanPackage(writeFile(t, content))
		if err != nil {
			checkKnown(t, err)
			return
		}
		checkBytes(t, pkg.Archive, content)
		checkBytes(t, pkg.Code, readAll(t, pkg.Code))
	})
}

// FuzzParseSettings reaches the YAML behind the archive's checksums.
func FuzzParseSettings(f *testing.F) {
	f.Add(exportYAML(nil))
	f.Add(exportYAML(map[string]string{"Environment": "{Variables: {A: 1, B: [2]}}", "Timeout": "'5'"}))
	f.Add("a: &x [*x]\n")
	f.Add("? [a]\n: b\n<<: {c: d}\n")
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := parseSettings([]byte(text))
		if err != nil {
			checkKnown(t, err)
			return
		}
		if parsed.memorySize < 0 || parsed.timeout < 0 || checkCodeType(parsed.codeType) != nil {
			t.Fatalf("out of range: %+v", parsed)
		}
	})
}

// FuzzEntryName: a name that is taken is a path below the root, for a program on Windows as well, and stays as it is.
func FuzzEntryName(f *testing.F) {
	for _, name := range []string{
		"a", "./a", `a\b`, "../a", "/a", "C:/a", "a/../b", "a/", "", "a/./../..//b", "./C:/x", "C:x", "a\x00b", "a/. ./b",
		"a/..",
	} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		name, isDir, err := entryName(raw)
		if err != nil {
			checkKnown(t, err)
			return
		}
		if name == "." && isDir {
			return // the root itself
		}
		again, _, err := entryName(name)
		if err != nil || again != name {
			t.Fatalf("%q becomes %q, which becomes %q: %v", raw, name, again, err)
		}
		if !fs.ValidPath(strings.ToValidUTF8(name, "x")) || strings.ContainsAny(name, "\\\x00") ||
			len(name) > 1 && name[1] == ':' && name[0] < 0x80 && unicode.IsLetter(rune(name[0])) {
			t.Fatalf("%q becomes %q", raw, name)
		}
		for _, element := range strings.Split(name, "/") {
			if end := strings.TrimRight(element, ". "); end == "" && strings.HasPrefix(element, "..") {
				t.Fatalf("%q becomes %q, with an element that leads up", raw, name)
			}
		}
	})
}

// FuzzInline compares with the plain sums: the text reaches the service byte for byte.
func FuzzInline(f *testing.F) {
	f.Add("def handler(event, context):\r\n\treturn '\x00'\n")
	f.Fuzz(func(t *testing.T, text string) {
		sum := sha512.Sum512([]byte(text))
		if scan := Inline(text); scan.Digest != hex.EncodeToString(sum[:]) || string(readAll(t, scan)) != text {
			t.Fatalf("%q: %+v", text, scan)
		}
	})
}
