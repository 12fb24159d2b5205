// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// directoryTimes repeats the records of an archive's directory, so that n times as many entries share the same bytes.
func directoryTimes(content []byte, n int) []byte {
	size, end := int(directorySize(content)), bytes.Clone(content[endOfDirectory(content):])
	start := endOfDirectory(content) - size
	count := n * int(binary.LittleEndian.Uint16(end[10:]))
	binary.LittleEndian.PutUint16(end[8:], uint16(count))
	binary.LittleEndian.PutUint16(end[10:], uint16(count))
	binary.LittleEndian.PutUint32(end[12:], uint32(n*size))
	return slices.Concat(content[:start], bytes.Repeat(content[start:start+size], n), end)
}

// inDirectory changes a field of the directory's first record, where it counts, and not in the entry's own header.
func inDirectory(content []byte, offset int, value uint32) []byte {
	content = bytes.Clone(content)
	start := endOfDirectory(content) - int(directorySize(content))
	binary.LittleEndian.PutUint32(content[start+offset:], value)
	return content
}

// deflatedZeros packs much into little.
func deflatedZeros(t testing.TB, size int) string {
	t.Helper()
	var packed bytes.Buffer
	writer, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write(make([]byte, size)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

type hostile struct {
	content []byte
	want    error
	text    string
}

// hostileArchives cost far more than their length if they are believed.
func hostileArchives(t testing.TB) map[string]hostile {
	t.Helper()
	const packedField, recordsField = 20, 10 // in a record and in the end record
	zeros := deflatedZeros(t, 64<<20)
	packed := uint64(len(zeros))
	bomb := rawZip(t, zeros, header("a", packed, 64<<20, zip.Deflate))
	endless := strings.Repeat("\x00\x00\x00\xff\xff", 200_000) // a megabyte of blocks without content
	nothing := rawZip(t, endless, header("a", uint64(len(endless)), 0, zip.Deflate))
	two := zipOf(t, member{name: "a", content: "1"}, member{name: "b", content: strings.Repeat("2", 500)})
	lying := zipOf(t, original()...)
	binary.LittleEndian.PutUint16(lying[endOfDirectory(lying)+recordsField:], math.MaxUint16)
	up := strings.Repeat("../", 10_000)
	return map[string]hostile{
		"bomb that says so":       {directoryTimes(bomb, 25), ErrTooBig, "1536 MiB"},
		"bomb that does not":      {inDirectory(bomb, 24, 10), ErrDamaged, `"a"`},
		"overlap of bombs":        {directoryTimes(bomb, 24), ErrDamaged, `"a" and "a" overlap`},
		"overlap of 25000 bombs":  {directoryTimes(bomb, 25_000), ErrTooBig, ""},
		"overlap without content": {directoryTimes(nothing, 60_000), ErrDamaged, "overlap"},
		"overlap in part":         {inDirectory(two, packedField, 60), ErrDamaged, `"a" and "b" overlap`},
		"no end of the data":      {inDirectory(nothing, packedField, math.MaxUint32-1), ErrDamaged, `"a"`},
		"too many records":        {directoryTimes(two, MaxEntries/2+1), ErrTooManyEntries, "100000"},
		"records that are not":    {lying, ErrDamaged, "list of its entries"},
		"many records that are not": {
			directory64(t, 1<<60), ErrDamaged, "list of its entries"},
		"deep escape":       {zipOf(t, member{name: up + "etc/passwd"}), ErrUnsafeName, "leads out"},
		"deep escape below": {zipOf(t, member{name: strings.Repeat("a/", 9_999) + up}), ErrUnsafeName, "leads out"},
		"encrypted":         {encrypted(t), ErrEncrypted, `"secret.py"`},
		"wrong checksum":    {flipped(zipOf(t, original()...), "handler"), ErrDamaged, "checksum"},
		"cut off":           {two[:len(two)-30], ErrDamaged, "incomplete"},
	}
}

// directory64 states a number of records that needs 64 bits.
func directory64(t testing.TB, records uint64) []byte {
	t.Helper()
	content := zipOf(t, original()...)
	size, at := directorySize(content), endOfDirectory(content)
	end := make([]byte, 56)
	copy(end, "PK\x06\x06")
	end[4] = 44 // the length of what follows
	binary.LittleEndian.PutUint64(end[24:], records)
	binary.LittleEndian.PutUint64(end[32:], records)
	binary.LittleEndian.PutUint64(end[40:], uint64(size))
	binary.LittleEndian.PutUint64(end[48:], uint64(at)-uint64(size))
	locator := make([]byte, 20)
	copy(locator, "PK\x06\x07")
	binary.LittleEndian.PutUint64(locator[8:], uint64(at))
	locator[16] = 1 // disk
	old := bytes.Clone(content[at:])
	binary.LittleEndian.PutUint16(old[10:], math.MaxUint16)
	return slices.Concat(content[:at], end, locator, old)
}

// Hostile archives are refused as a zip file, as the code of a package, and as the package. What is allocated for one
// is little besides its directory, and what is read is little more than the archive itself.
//
// Not in parallel: it measures the whole process.
func TestScan_hostile(t *testing.T) {
	settings := member{name: "f.yaml", content: exportYAML(map[string]string{"CodeType": "zip"})}
	for name, test := range hostileArchives(t) {
		inside := zipOf(t, settings, member{name: "index.zip", content: string(test.content), method: zip.Deflate})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)

		file := &countingFile{ReaderAt: bytes.NewReader(test.content)}
		_, err := scanArchive(newForwardFile(file, int64(len(test.content)), MaxArchiveSize))
		checkError(t, err, test.want, test.text)
		_, err = ScanPackage(writeFile(t, inside))
		checkError(t, err, test.want, test.text)
		checkError(t, err, test.want, `code file "index.zip": `)
		_, err = ScanPackage(writeFile(t, test.content))
		if err == nil {
			t.Errorf("%s: taken as a package", name)
		}

		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 128<<20 {
			t.Errorf("%s: %d MiB allocated for %d bytes", name, used>>20, len(test.content))
		}
		if most := 2*int64(len(test.content)) + 4<<10; file.read > most {
			t.Errorf("%s: %d bytes read of %d", name, file.read, len(test.content))
		}
	}
}

// The code of a package can be the bomb itself.
func TestScanPackageBomb_large(t *testing.T) {
	t.Parallel()
	zeros := deflatedZeros(t, 64<<20)
	packed := uint64(len(zeros))
	for _, codeType := range []string{TypeInline, TypeZip} {
		settings := member{name: "f.yaml", content: exportYAML(map[string]string{"CodeType": codeType})}
		for said, want := range map[uint64]error{10: ErrDamaged, 64 << 20: nil, MaxPackageSize + 1: ErrTooLarge} {
			content := packageOf(t, settings.content, zeros, header("index.zip", packed, said, zip.Deflate))
			_, err := ScanPackage(writeFile(t, content))
			switch {
			case want == nil && codeType == TypeZip:
				checkError(t, err, ErrNotZip, `"index.zip"`)
			case want == nil && err != nil:
				t.Error(err)
			case want != nil:
				checkError(t, err, want, `"index.zip"`)
			}
		}
	}
}

// Headers that the directory does not know are no entries: they are passed over, however many there are, as bytes
// before the archive. The directory's number may be one of 64 bits.
func TestScanArchive_headersOutsideTheDirectory(t *testing.T) {
	t.Parallel()
	plain := zipOf(t, original()...)
	want := scanZip(t, original()...).Hash
	start := endOfDirectory(plain) - int(directorySize(plain))
	many := append(bytes.Repeat(plain[:start], 5000), plain...)
	for i, content := range [][]byte{many, directory64(t, uint64(len(original())))} {
		scan, err := ScanArchive(writeFile(t, content), TypeZip)
		if err != nil {
			t.Fatal(err)
		}
		if before := i == 0; scan.Hash == want == before {
			t.Errorf("Hash %s of the archive with headers before it: %v", scan.Hash, before)
		}
	}
}
