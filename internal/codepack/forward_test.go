// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// countingFile counts the bytes that are read from it.
type countingFile struct {
	io.ReaderAt
	read int64
}

func (f *countingFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.ReaderAt.ReadAt(p, off)
	f.read += int64(n)
	return n, err
}

// endOfDirectory is where the end record of an archive without a comment starts.
func endOfDirectory(content []byte) int { return len(content) - 22 }

func directorySize(content []byte) int64 {
	return int64(binary.LittleEndian.Uint32(content[endOfDirectory(content)+12:]))
}

// directoryTurned puts an archive's directory into the reverse order. The entries stay where they are.
func directoryTurned(content []byte) []byte {
	start := endOfDirectory(content) - int(directorySize(content))
	var records [][]byte
	for rest := content[start:endOfDirectory(content)]; len(rest) > 0; {
		size := 46
		for _, at := range []int{28, 30, 32} { // name, extra field, comment
			size += int(binary.LittleEndian.Uint16(rest[at:]))
		}
		records, rest = append(records, rest[:size]), rest[size:]
	}
	slices.Reverse(records)
	return slices.Concat(content[:start], bytes.Join(records, nil), content[endOfDirectory(content):])
}

// mixed are files of many lengths around that of a block, some deflated, with a data descriptor each.
func mixed() []member {
	random := rand.New(rand.NewPCG(1, 2))
	var members []member
	for i := range 40 {
		content := make([]byte, random.IntN(3*copyBufferSize))
		for j := range content {
			content[j] = byte(random.IntN(1 << (1 + i%8)))
		}
		method := []uint16{zip.Store, zip.Deflate}[i%2]
		members = append(members, member{name: fmt.Sprint("f", i%30), content: string(content), method: method})
	}
	return members
}

// The directory is read twice and all else once, also where the directory has another order than the entries.
func TestScanArchive_readsOnce(t *testing.T) {
	t.Parallel()
	content := zipOf(t, mixed()...)
	for name, content := range map[string][]byte{
		"in order":      content,
		"turned":        directoryTurned(content),
		"prefix":        append(bytes.Repeat([]byte("x"), 3*copyBufferSize), content...),
		"many small":    zipOf(t, slices.Repeat([]member{{name: "a", content: "b"}}, 5000)...),
		"empty entries": zipOf(t, slices.Repeat([]member{{name: "a"}}, 5000)...),
		"one":           zipOf(t, member{name: "a", content: strings.Repeat("x", 1<<20)}),
	} {
		file := &countingFile{ReaderAt: bytes.NewReader(content)}
		scan, err := scanArchive(newForwardFile(file, int64(len(content)), MaxArchiveSize))
		if err != nil {
			t.Fatal(name, err)
		}
		if sum := sha512.Sum512(content); scan.Digest != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: another SHA-512", name)
		}
		const endSearch = 4 << 10
		if most := int64(len(content)) + directorySize(content) + endSearch; file.read > most {
			t.Errorf("%s: %d bytes read of %d, want at most %d", name, file.read, len(content), most)
		}
	}
}

func TestScanPackage_readsOnce(t *testing.T) {
	t.Parallel()
	inner := string(zipOf(t, mixed()...))
	yamlFile := func(codeType string) member {
		return member{name: "f.yaml", content: exportYAML(map[string]string{"CodeType": codeType})}
	}
	for name, members := range map[string][]member{
		"settings first": {yamlFile("zip"), {name: "index.zip", content: inner}},
		"settings last":  {{name: "index.zip", content: inner, method: zip.Deflate}, yamlFile("zip")},
		"plain code":     {{name: "index.py", content: strings.Repeat(code, 500)}, yamlFile("inline")},
	} {
		content := zipOf(t, members...)
		file := &countingFile{ReaderAt: bytes.NewReader(content)}
		pkg, err := scanPackage("", newForwardFile(file, int64(len(content)), MaxPackageSize))
		if err != nil {
			t.Fatal(name, err)
		}
		if sum := sha512.Sum512(content); pkg.Archive.Digest != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: another SHA-512", name)
		}
		const endSearchAndSettings = 8 << 10
		if most := len(content) + endSearchAndSettings; file.read > int64(most) {
			t.Errorf("%s: %d bytes read of %d", name, file.read, len(content))
		}
	}
}

// The order of reading is that of positions, the order of one name is the directory's.
func TestScanArchive_directoryOrder(t *testing.T) {
	t.Parallel()
	members := append(original(), member{name: "twin", content: "1"}, member{name: "twin", content: "22"})
	turned := slices.Clone(members)
	slices.Reverse(turned)
	got, err := ScanArchive(writeFile(t, directoryTurned(zipOf(t, members...))), TypeZip)
	if err != nil {
		t.Fatal(err)
	}
	if want := scanZip(t, turned...).Hash; got.Hash != want {
		t.Errorf("Hash %s, want %s", got.Hash, want)
	}
	if other := scanZip(t, members...).Hash; got.Hash == other {
		t.Error("the directory's order does not count")
	}
}

// Whatever is read in whatever order: the bytes are the file's, and each goes through the hash once.
func TestForwardFile_anyReads(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	content := make([]byte, 5*copyBufferSize+17)
	for i := range content {
		content[i] = byte(random.Uint32())
	}
	for range 50 {
		file := newForwardFile(bytes.NewReader(content), int64(len(content)), MaxArchiveSize)
		for range 20 {
			if random.IntN(4) == 0 {
				file.start()
			}
			off, p := random.IntN(len(content)+10), make([]byte, random.IntN(2*copyBufferSize))
			n, err := file.ReadAt(p, int64(off))
			want := content[min(off, len(content)):min(off+len(p), len(content))]
			if !bytes.Equal(p[:n], want) || (n < len(p)) != errors.Is(err, io.EOF) {
				t.Fatalf("%d bytes at %d: %d bytes, %v", len(p), off, n, err)
			}
		}
		digest, err := file.finish()
		if sum := sha512.Sum512(content); err != nil || digest != hex.EncodeToString(sum[:]) {
			t.Fatalf("another SHA-512, %v", err)
		}
	}
}

// A file may grow or shrink between the look at its length and the reading.
func TestForwardFile_countsWhatItReads(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		size, limit int64
		want        error
	}{
		"same":    {5, 5, nil},
		"grew":    {4, 5, ErrChanging},
		"shrank":  {6, 6, ErrChanging},
		"too far": {3, 4, ErrTooLarge},
	}
	for name, test := range tests {
		_, err := newForwardFile(strings.NewReader("12345"), test.size, test.limit).finish()
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// A disk that fails, in the directory, in an entry or behind them, must not be called a damaged archive.
func TestScanArchive_readError(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "index.py", content: code}, member{name: "a", content: "b"})
	size := int64(len(content))
	for good := range size { // bytes below good fail
		_, err := scanArchive(newForwardFile(failingFile{content, good + 1}, size, MaxArchiveSize))
		if err == nil || err.Error() != "cannot read the file: input/output error" {
			t.Fatalf("failing until %d: %v", good, err)
		}
	}
}
