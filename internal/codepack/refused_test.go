// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

// directoryOf builds a central directory of n records and an end record that states its number as far as 16 bits go.
func directoryOf(n int, name, extra string) []byte {
	record := make([]byte, 46, 46+len(name)+len(extra))
	copy(record, recordSignature)
	binary.LittleEndian.PutUint16(record[28:], uint16(len(name)))
	binary.LittleEndian.PutUint16(record[30:], uint16(len(extra)))
	record = append(append(record, name...), extra...)
	archive := bytes.Repeat(record, n)
	size := len(archive)
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], uint16(n))
	binary.LittleEndian.PutUint16(end[10:], uint16(n))
	binary.LittleEndian.PutUint32(end[12:], uint32(size))
	return append(archive, end...)
}

func header(name string, packed, unpacked uint64, method uint16) zip.FileHeader {
	return zip.FileHeader{Name: name, Method: method, CompressedSize64: packed, UncompressedSize64: unpacked}
}

func flipped(content []byte, find string) []byte {
	content = bytes.Clone(content)
	content[bytes.Index(content, []byte(find))] ^= 0x20
	return content
}

// cutRecord states one record of which there is only the start.
func cutRecord() []byte {
	archive := directoryOf(1, "a", "")
	binary.LittleEndian.PutUint16(archive[28:], 1000) // the name's length
	return append([]byte("PK"), archive...)
}

// zip64End states where the 64-bit end record is; there is none.
func zip64End(offset uint64) []byte {
	locator := make([]byte, 20)
	copy(locator, "PK\x06\x07")
	binary.LittleEndian.PutUint64(locator[8:], offset)
	binary.LittleEndian.PutUint32(locator[16:], 1)
	end := make([]byte, 22)
	copy(end, "PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff")
	return append(append([]byte("PK\x03\x04"), locator...), end...)
}

// negativeEntry has an entry whose 64-bit position is before the file's start.
func negativeEntry() []byte {
	extra := binary.LittleEndian.AppendUint64([]byte("\x01\x00\x08\x00"), math.MaxUint64-9)
	archive := directoryOf(1, "a", string(extra))
	binary.LittleEndian.PutUint32(archive[42:], math.MaxUint32) // the position is in the extra field
	return archive
}

func encrypted(t testing.TB) []byte {
	h := header("secret.py", 4, 4, zip.Store)
	h.Flags = flagEncrypted
	return rawZip(t, "abcd", h)
}

func TestScanArchive_refused(t *testing.T) {
	t.Parallel()
	plain := zipOf(t, member{name: "index.py", content: code})
	deflated := zipOf(t, member{name: "index.py", content: code, method: zip.Deflate})
	tar := make([]byte, 1024)
	copy(tar, "index.py")
	copy(tar[257:], "ustar\x0000")
	tests := map[string]struct {
		content []byte
		want    error
		text    string
	}{
		"empty file":         {nil, ErrEmpty, "0 bytes"},
		"gzip":               {[]byte("\x1f\x8b\x08\x00rest"), ErrNotZip, "gzip"},
		"7z":                 {[]byte("7z\xbc\xaf\x27\x1c\x00\x04"), ErrNotZip, "7z"},
		"tar":                {tar, ErrNotZip, "tar"},
		"Java class":         {[]byte("\xca\xfe\xba\xbe\x00\x00\x00\x3d"), ErrNotZip, "Java class"},
		"text":               {[]byte("def handler(event, context):\n\treturn 'ü'\n"), ErrNotZip, "plain text"},
		"text cut":           {[]byte(strings.Repeat("a", 511) + "ü"), ErrNotZip, "plain text"},
		"LFS pointer":        {[]byte("version https://git-lfs.github.com/spec/v1\n"), ErrNotZip, "Git LFS"},
		"web page":           {[]byte("<!DOCTYPE html><title>404</title>"), ErrNotZip, "HTML"},
		"binary":             {[]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, ErrNotZip, "00 01 02 03 04 05 06 07"},
		"one byte":           {[]byte{0xff}, ErrNotZip, "ff"},
		"cut off":            {plain[:len(plain)/2], ErrDamaged, "incomplete"},
		"no entries":         {zipOf(t), ErrNoFiles, "at least one"},
		"only folders":       {zipOf(t, member{name: "src/", mode: directory}), ErrNoFiles, "at least one"},
		"encrypted":          {encrypted(t), ErrEncrypted, `"secret.py"`},
		"bad CRC":            {flipped(plain, "handler"), ErrDamaged, `"index.py": zip: checksum error`},
		"bad deflate":        {bytes.Replace(deflated, deflated[38:60], make([]byte, 22), 1), ErrDamaged, `"index.py"`},
		"bad local header":   {bytes.Replace(plain, []byte("PK\x03\x04"), []byte("PK\x03\x00"), 1), ErrDamaged, `"index.py"`},
		"bad directory":      {bytes.Replace(plain, recordSignature, []byte("PK\x01\x00"), 1), ErrDamaged, "entries"},
		"method":             {rawZip(t, "abcd", header("index.py", 4, 4, 14)), ErrCompression, `"index.py" uses method 14`},
		"cut in a record":    {cutRecord(), ErrDamaged, "entries"},
		"long comment":       {append(plain[:len(plain)-2:len(plain)-2], 9, 0), ErrDamaged, "entries"},
		"negative directory": {zip64End(math.MaxUint64 - 9), ErrDamaged, "entries"},
		"negative entry":     {negativeEntry(), ErrDamaged, `"a": zip: not a valid zip file`},

		"parent":                {zipOf(t, member{name: "../index.py"}), ErrUnsafeName, `"../index.py"`},
		"parent in between":     {zipOf(t, member{name: "a/../../index.py"}), ErrUnsafeName, "leads out"},
		"parent, Windows":       {zipOf(t, member{name: `..\index.py`}), ErrUnsafeName, "leads out"},
		"parent alone":          {zipOf(t, member{name: ".."}), ErrUnsafeName, "leads out"},
		"parent directory":      {zipOf(t, member{name: "../"}, member{name: "a"}), ErrUnsafeName, "leads out"},
		"absolute":              {zipOf(t, member{name: "/etc/passwd"}), ErrUnsafeName, "absolute"},
		"absolute, Windows":     {zipOf(t, member{name: `C:\index.py`}), ErrUnsafeName, "absolute"},
		"share":                 {zipOf(t, member{name: `\\host\index.py`}), ErrUnsafeName, "absolute"},
		"no name":               {zipOf(t, member{name: ""}), ErrUnsafeName, "names no file"},
		"dot":                   {zipOf(t, member{name: "."}), ErrUnsafeName, "names no file"},
		"drive behind a dot":    {zipOf(t, member{name: "./C:/index.py"}), ErrUnsafeName, "absolute"},
		"drive behind a folder": {zipOf(t, member{name: `a\..\c:\index.py`}), ErrUnsafeName, "absolute"},
		"drive without a slash": {zipOf(t, member{name: "C:index.py"}), ErrUnsafeName, "absolute"},
		"drive that goes away":  {zipOf(t, member{name: "C:/../index.py"}), ErrUnsafeName, "absolute"},
		"drive folder":          {zipOf(t, member{name: "C:/"}, member{name: "a"}), ErrUnsafeName, "absolute"},
		"dot at the end":        {zipOf(t, member{name: "a/."}), ErrUnsafeName, "names no file"},
		"up at the end":         {zipOf(t, member{name: "a/b/.."}), ErrUnsafeName, "names no file"},
		"null byte":             {zipOf(t, member{name: "index.py\x00.txt"}), ErrUnsafeName, "null byte"},
		"up and a blank":        {zipOf(t, member{name: "a/.. /b"}), ErrUnsafeName, "Windows"},
		"three dots":            {zipOf(t, member{name: ".../b"}), ErrUnsafeName, "Windows"},
		"endless name":          {zipOf(t, member{name: "../" + strings.Repeat("ü", 9000)}), ErrUnsafeName, "…"},

		"more than it says": {rawZip(t, "abcd", header("a", 4, 2, zip.Store)), ErrDamaged, `"a"`},
		"less than it says": {rawZip(t, "abcd", header("a", 4, 9, zip.Store)), ErrDamaged, `"a"`},
		"full directory": {
			bytes.ReplaceAll(zipOf(t, member{name: "a"}, member{name: "bb", content: "x"}), []byte("bb"), []byte("b/")),
			ErrDamaged, `"b/" has content`},
		"says 2 GiB": {rawZip(t, "abcd", header("a", 4, 2<<30, zip.Deflate)), ErrTooBig, "1536 MiB"},
		"says 2 x 1 GiB": {
			rawZip(t, "", header("a", 0, 1<<30, zip.Deflate), header("b", 0, 1<<30, zip.Deflate)), ErrTooBig, "1536 MiB"},
		"sum runs over": {
			rawZip(t, "", header("a", 0, 2, zip.Deflate), header("b", 0, math.MaxUint64, zip.Deflate)), ErrTooBig, ""},
		"entries":                  {directoryOf(MaxEntries+1, "a", ""), ErrTooManyEntries, "at most 100000"},
		"many more than it states": {directoryOf(4*MaxEntries, "a", ""), ErrTooManyEntries, "at most 100000"},
		"long directory":           {directoryOf(600, "a", strings.Repeat("x", 65000)), ErrTooManyEntries, "32 MiB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, test.content)
			_, err := ScanArchive(path, TypeZip)
			checkError(t, err, test.want, test.text)
			if err != nil && strings.Contains(err.Error(), path) {
				t.Errorf("the error repeats the path: %v", err)
			}
		})
	}
}

// checkError also holds the form: one short line.
func checkError(t *testing.T, err, want error, text string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
	if !strings.Contains(err.Error(), text) {
		t.Errorf("error %q does not say %q", err, text)
	}
	if len(err.Error()) > 400 || strings.ContainsAny(err.Error(), "\n\x00") {
		t.Errorf("error is no short line: %q", err)
	}
}

func TestScanArchive_noFile(t *testing.T) {
	t.Parallel()
	_, err := ScanArchive(filepath.Join(t.TempDir(), "orders.zip"), TypeZip)
	checkError(t, err, fs.ErrNotExist, "cannot read the file: ")
	if strings.Contains(err.Error(), "orders.zip") {
		t.Errorf("the error repeats the path: %v", err)
	}
	_, err = ScanArchive(t.TempDir(), TypeZip)
	checkError(t, err, ErrNotRegular, "a directory")
}

func TestScanArchive_type(t *testing.T) {
	t.Parallel()
	_, err := ScanArchive(writeFile(t, zipOf(t, original()...)), TypeInline)
	checkError(t, err, ErrCodeType, `"inline"`)
}

func TestScanArchiveSize_large(t *testing.T) {
	t.Parallel()
	overhead := len(zipOf(t, member{name: "data", content: "x"})) - 1
	for _, test := range []struct {
		size int
		want error
	}{{MaxArchiveSize, nil}, {MaxArchiveSize + 1, ErrTooLarge}} {
		content := zipOf(t, member{name: "data", content: strings.Repeat("x", test.size-overhead)})
		if len(content) != test.size {
			t.Fatalf("built %d bytes, not %d", len(content), test.size)
		}
		_, err := ScanArchive(writeFile(t, content), TypeZip)
		if !errors.Is(err, test.want) {
			t.Errorf("%d bytes: %v, want %v", test.size, err, test.want)
		}
		if err != nil {
			checkError(t, err, ErrTooLarge, "52428801 bytes, at most 52428800 (50 MiB)")
		}
	}
}

func TestOpenZip_entryLimit(t *testing.T) {
	t.Parallel()
	content := directoryOf(MaxEntries, "a", "")
	archive, err := openZip(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.File) != MaxEntries {
		t.Errorf("%d entries", len(archive.File))
	}
}

func TestContentsOf_unpackedLimit(t *testing.T) {
	t.Parallel()
	for second, want := range map[uint64]error{MaxUnpackedSize - 1: nil, MaxUnpackedSize: ErrTooBig} {
		a, b := header("a", 0, 1, zip.Deflate), header("b", 0, second, zip.Deflate)
		archive := &zip.Reader{File: []*zip.File{{FileHeader: a}, {FileHeader: b}}}
		_, err := contentsOf(&zipArchive{Reader: archive, positions: make([]int64, 2)})
		if !errors.Is(err, want) {
			t.Errorf("1 + %d bytes: %v, want %v", second, err, want)
		}
	}
}

func TestContents_scan_budget(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "a", content: "123"}, member{name: "b", content: "456", method: zip.Deflate})
	archive, err := openZip(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	found, err := contentsOf(archive)
	if err != nil {
		t.Fatal(err)
	}
	for budget, want := range map[int64]error{6: nil, 5: ErrTooBig} {
		if _, err := found.scan(bytes.NewReader(content), budget); !errors.Is(err, want) {
			t.Errorf("budget %d: %v, want %v", budget, err, want)
		}
	}
}

func TestEntry_copyTo_limit(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "a", content: "12345", method: zip.Deflate})
	archive, err := openZip(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	file := entry{File: archive.File[0], name: "a"}
	for limit, want := range map[int64]error{5: nil, 4: ErrTooBig, 0: ErrTooBig} {
		var out bytes.Buffer
		size, err := file.copyTo(&out, limit, make([]byte, 3))
		if !errors.Is(err, want) {
			t.Errorf("limit %d: %v, want %v", limit, err, want)
		}
		if want == nil && (size != 5 || out.String() != "12345") {
			t.Errorf("limit %d: %d bytes %q", limit, size, out.String())
		}
		if out.Len() > int(limit)+1 {
			t.Errorf("limit %d: %d bytes unpacked", limit, out.Len())
		}
	}
}

// A signature that lies across two reads counts once; one read twice counts twice, which the guard's slack allows for.
func TestDirectoryGuard_window(t *testing.T) {
	t.Parallel()
	content := directoryOf(3, "ab", "")
	for step := 1; step <= len(content); step++ {
		guard := &directoryGuard{file: bytes.NewReader(content)}
		for off := 0; off < len(content); off += step {
			_, _ = guard.ReadAt(make([]byte, min(step, len(content)-off)), int64(off))
		}
		if guard.records != 3 {
			t.Errorf("reads of %d bytes: %d records, want 3", step, guard.records)
		}
	}
}

// The guard is there for what zip.NewReader holds in memory before it returns.
func TestDirectoryGuard_stopsTheReading(t *testing.T) {
	t.Parallel()
	content := directoryOf(4*MaxEntries, "a", "")
	guard := &directoryGuard{file: bytes.NewReader(content)}
	if _, err := zip.NewReader(guard, int64(len(content))); !errors.Is(err, ErrTooManyEntries) {
		t.Errorf("error %v", err)
	}
	if most := 2*MaxEntries + 200; guard.records > most { // the last read may hold some more
		t.Errorf("%d records read, want at most %d", guard.records, most)
	}
}

// failingFile is a disk that fails after some bytes.
type failingFile struct {
	content []byte
	good    int64
}

func (f failingFile) ReadAt(p []byte, off int64) (int, error) {
	if off < f.good {
		return 0, &fs.PathError{Op: "read", Path: "/secret/place", Err: errors.New("input/output error")}
	}
	return bytes.NewReader(f.content).ReadAt(p, off)
}

// A full disk, where the temporary file is, must not be called a damaged archive either.
func TestEntry_copyTo_writeError(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "a", content: "12345", method: zip.Deflate})
	archive, err := openZip(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	reader, writer := io.Pipe()
	full := errors.New("no space left on device")
	_ = reader.CloseWithError(full)
	_, err = entry{File: archive.File[0], name: "a"}.copyTo(writer, 10, make([]byte, 10))
	if !errors.Is(err, full) || errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

// A disk that fails must not be called a damaged archive.
func TestArchiveHash_readError(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "index.py", content: code})
	for _, good := range []int64{40, math.MaxInt64} { // in the entry; in the directory
		_, err := archiveHash(failingFile{content, good}, int64(len(content)))
		if err == nil || fmt.Sprint(err) != "cannot read the file: input/output error" {
			t.Errorf("failing until %d: %v", good, err)
		}
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotZip) {
			t.Errorf("failing until %d: taken for damage: %v", good, err)
		}
	}
}
