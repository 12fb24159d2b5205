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
	"os"
	"runtime"
	"strings"
	"testing"
)

const (
	oneStamp   = "0123456789abcdef0123456789abcdef"
	otherStamp = "fedcba9876543210fedcba9876543210"
)

// commented is an archive with a comment.
func commented(t testing.TB, content []byte, comment string) []byte {
	t.Helper()
	end := endOfDirectory(content)
	record := binary.LittleEndian.AppendUint16(bytes.Clone(content[:end+20]), uint16(len(comment)))
	return append(record, comment...)
}

func scanStamped(t testing.TB, content []byte, stamp string) *Scan {
	t.Helper()
	scan, err := ScanStampedArchive(writeFile(t, content), TypeZip, stamp)
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

// TestScanStampedArchive: what goes up is the archive with the stamp in its comment, and is else what it was: other
// bytes and another digest, the same files and the same content hash.
func TestScanStampedArchive(t *testing.T) {
	t.Parallel()
	plain := zipOf(t, original()...)
	mark := stampName + oneStamp
	long, longest := strings.Repeat("c", maxComment-1-len(mark)), strings.Repeat("c", maxComment)
	for name, test := range map[string]struct {
		content []byte
		comment string // then
		behind  string // bytes that stay at the end
	}{
		"plain":                {plain, mark, ""},
		"comment":              {commented(t, plain, "built by CI"), "built by CI\n" + mark, ""},
		"the same stamp":       {commented(t, plain, mark), mark, ""},
		"another stamp":        {commented(t, plain, stampName+otherStamp), mark, ""},
		"comment and stamp":    {commented(t, plain, "built by CI\n"+stampName+otherStamp), "built by CI\n" + mark, ""},
		"a stamp before more":  {commented(t, plain, mark+" and more"), mark + " and more\n" + mark, ""},
		"room for both":        {commented(t, plain, long), long + "\n" + mark, ""},
		"no room for both":     {commented(t, plain, long+"c"), mark, ""},
		"longest comment":      {commented(t, plain, longest), mark, ""},
		"bytes before":         {append([]byte("#!/usr/bin/java -jar\n"), plain...), mark, ""},
		"bytes behind":         {append(bytes.Clone(plain), "\nappended"...), mark, "\nappended"},
		"many bytes behind":    {append(bytes.Clone(plain), longest[:maxComment-len(mark)]...), mark, longest[:maxComment-len(mark)]},
		"comment, many behind": {append(commented(t, plain, "CI"), longest[:maxComment-len(mark)-2]...), mark, longest[:maxComment-len(mark)-2]},
		"records of 64 bits":   {zipOf64(t), mark, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, err := ScanArchive(writeFile(t, test.content), TypeZip)
			if err != nil {
				t.Fatal(err)
			}
			scan := scanStamped(t, test.content, oneStamp)
			sent := readAll(t, *scan)
			checkBytes(t, *scan, sent)
			if scan.Hash != before.Hash || (scan.Digest == before.Digest) != bytes.Equal(sent, test.content) {
				t.Errorf("hash %s, was %s; digest %.12s, was %.12s", scan.Hash, before.Hash, scan.Digest, before.Digest)
			}
			if again := scanStamped(t, sent, oneStamp); again.Digest != scan.Digest {
				t.Error("stamped again with the same, it is another archive")
			}
			if unstamped, err := ScanArchive(writeFile(t, sent), TypeZip); err != nil || unstamped.Hash != before.Hash {
				t.Errorf("the bytes that go up hold other files: %v", err)
			}
			archive, err := zip.NewReader(bytes.NewReader(sent), int64(len(sent)))
			if err != nil {
				t.Fatal(err)
			}
			if archive.Comment != test.comment || !bytes.HasSuffix(sent, []byte(test.comment+test.behind)) {
				t.Errorf("the comment is %.200q, want %.200q", archive.Comment, test.comment)
			}
			for i, m := range original() {
				if got := contentOf(t, archive.File[i]); got != m.content {
					t.Errorf("%s holds %q", m.name, got)
				}
			}
		})
	}
}

func contentOf(t testing.TB, file *zip.File) string {
	t.Helper()
	reader, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// zipOf64 is an archive of so many entries that its end record does not count them: one of 64 bits before it does.
func zipOf64(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range 1<<16 + 1 {
		name, content := fmt.Sprint(i), ""
		if i < len(original()) {
			name, content = original()[i].name, original()[i].content
		}
		entry, err := w.CreateHeader(&zip.FileHeader{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(entry, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out.Bytes(), []byte("PK\x06\x06")) {
		t.Fatal("it has no record of 64 bits")
	}
	return out.Bytes()
}

// TestScanStampedArchive_refused: what is no archive without a stamp is none with one, for the same reason.
func TestScanStampedArchive_refused(t *testing.T) {
	t.Parallel()
	plain := zipOf(t, original()...)
	for name, content := range map[string][]byte{
		"text": []byte("def handler(event, context):\n"), "empty": {}, "cut": plain[:len(plain)-1],
		"end record alone":  zipOf(t),
		"comment cut":       commented(t, plain, "comment")[:len(plain)+3],
		"many bytes behind": append(bytes.Clone(plain), make([]byte, 70<<10)...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, content)
			_, want := ScanArchive(path, TypeZip)
			if _, err := ScanStampedArchive(path, TypeZip, oneStamp); want == nil || err == nil || err.Error() != want.Error() {
				t.Errorf("%v, want %v", err, want)
			}
		})
	}
	const behind = maxComment - len(stampName+oneStamp) + 1
	_, err := ScanStampedArchive(writeFile(t, append(bytes.Clone(plain), make([]byte, behind)...)), TypeZip, oneStamp)
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "leave no room for a stamp") {
		t.Errorf("no room: %v", err)
	}
	if _, err := ScanStampedArchive(writeFile(t, plain), TypeInline, oneStamp); !errors.Is(err, ErrCodeType) {
		t.Errorf("inline: %v", err)
	}
}

// TestScanStampedArchive_large: the stamp counts.
func TestScanStampedArchive_large(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "data", content: strings.Repeat("x", MaxArchiveSize-1000)})
	content = commented(t, content, strings.Repeat("c", MaxArchiveSize-len(content)))
	path := writeFile(t, content)
	if _, err := ScanArchive(path, TypeZip); err != nil {
		t.Fatal(err)
	}
	if _, err := ScanStampedArchive(path, TypeZip, oneStamp); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v, want %v", err, ErrTooLarge)
	}
}

// TestScanStampedArchive_changed: a file that is another one when it goes up gives other bytes than were announced, or
// more of them.
func TestScanStampedArchive_changed(t *testing.T) {
	t.Parallel()
	plain := zipOf(t, original()...)
	for name, then := range map[string][]byte{
		"other": zipOf(t, changed(func(m []member) { m[0].content += "#" })...), "shorter": plain[:40],
		"grown": append(bytes.Clone(plain), 'x'), "gone": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, plain)
			scan, err := ScanStampedArchive(path, TypeZip, oneStamp)
			if err != nil {
				t.Fatal(err)
			}
			announced := readAll(t, *scan)
			if then == nil {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
				if _, err := scan.Open(); !errors.Is(err, os.ErrNotExist) {
					t.Error(err)
				}
				return
			}
			if err := os.WriteFile(path, then, 0o600); err != nil {
				t.Fatal(err)
			}
			if bytes.Equal(readAll(t, *scan), announced) {
				t.Error("the same bytes")
			}
		})
	}
}

// TestSplice: in whatever pieces the bytes come, what is read and what is hashed is the same; other bytes than the
// splice was made for are an error.
func TestSplice(t *testing.T) {
	t.Parallel()
	const content = "0123456789"
	for at := range len(content) {
		for end := at + 1; end <= len(content); end++ {
			s := &splice{at: int64(at), was: []byte(content[at:end]), now: []byte("<new>")}
			want := content[:at] + "<new>" + content[end:]
			read, err := io.ReadAll(s.reader(strings.NewReader(content)))
			if string(read) != want || err != nil || s.growth() != int64(len(want)-len(content)) {
				t.Fatalf("%q, %v, want %q", read, err, want)
			}
			for piece := 1; piece <= len(content); piece++ {
				var out bytes.Buffer
				w := s.writer(&out)
				for rest := content; rest != ""; rest = rest[min(piece, len(rest)):] {
					if _, err := io.WriteString(w, rest[:min(piece, len(rest))]); err != nil {
						t.Fatal(err)
					}
				}
				if out.String() != want {
					t.Fatalf("in pieces of %d: %q, want %q", piece, out.String(), want)
				}
			}
			other := strings.Replace(content, content[end-1:end], "x", 1)
			if n, err := io.WriteString(s.writer(io.Discard), other); !errors.Is(err, ErrChanging) || n > at {
				t.Fatalf("other bytes: %d taken, %v", n, err)
			}
		}
	}
	closed, to := io.Pipe()
	_ = closed.CloseWithError(os.ErrClosed) // never fails
	failing := (&splice{at: 3, was: []byte("3"), now: []byte("x")}).writer(to)
	if n, err := io.WriteString(failing, content); !errors.Is(err, os.ErrClosed) || n != 0 {
		t.Errorf("%d bytes taken, %v", n, err)
	}
}

// TestScanStampedFolder: the archive of a folder with a stamp, which each opening gives anew.
func TestScanStampedFolder(t *testing.T) {
	t.Parallel()
	root := someTree().make(t)
	plain, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	scan, err := ScanStampedFolder(root, nil, oneStamp)
	if err != nil {
		t.Fatal(err)
	}
	checkBytes(t, *scan, commented(t, readAll(t, *plain), stampName+oneStamp))
	if scan.Hash != plain.Hash || scan.Digest == plain.Digest {
		t.Errorf("hash %s, want %s; digest %s", scan.Hash, plain.Hash, scan.Digest)
	}
	if archive := archiveOf(t, *scan); archive.Comment != stampName+oneStamp {
		t.Errorf("the comment is %q", archive.Comment)
	}
}

// TestStamp_memory: neither the scan nor the upload of a stamped archive takes memory that grows with it.
//
// Not in parallel: it measures the whole process.
func TestStamp_memory(t *testing.T) {
	allocated := func(what func()) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		what()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	used := func(size int) (scanning, sending uint64) {
		content := make([]byte, size)
		fillRandom(content)
		path := writeFile(t, zipOf(t, member{name: "data", content: string(content)}))
		var scan *Scan
		var err error
		scanning = allocated(func() { scan, err = ScanStampedArchive(path, TypeZip, oneStamp) })
		if err != nil {
			t.Fatal(err)
		}
		sending = allocated(func() {
			reader, err := scan.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer reader.Close()
			if n, err := io.Copy(io.Discard, reader); n != scan.Size || err != nil {
				t.Errorf("%d bytes of %d, %v", n, scan.Size, err)
			}
		})
		return scanning, sending
	}
	scanSmall, sendSmall := used(1 << 20)
	scanLarge, sendLarge := used(32 << 20)
	const slack = 64 << 10
	if scanLarge > scanSmall+slack || sendLarge > sendSmall+slack || sendLarge > 256<<10 {
		t.Errorf("scanning takes %d bytes for 1 MB and %d for 32, sending %d and %d", scanSmall, scanLarge, sendSmall,
			sendLarge)
	}
}

// FuzzStamp: whatever is an archive is the same one with a stamp: the same files, and a comment that says so.
func FuzzStamp(f *testing.F) {
	plain := zipOf(f, original()...)
	f.Add(plain)
	f.Add(commented(f, plain, "built by CI"))
	f.Add(commented(f, plain, "CI\n"+stampName+otherStamp))
	f.Add(append(append([]byte("before"), plain...), "behind"...))
	f.Add(directory64(f, 3))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := writeFile(t, content)
		plain, err := ScanArchive(path, TypeZip)
		if err != nil {
			return
		}
		scan, err := ScanStampedArchive(path, TypeZip, oneStamp)
		if err != nil {
			checkKnown(t, err)
			return
		}
		sent := readAll(t, *scan)
		checkBytes(t, *scan, sent)
		again, err := ScanStampedArchive(writeFile(t, sent), TypeZip, oneStamp)
		if err != nil || scan.Hash != plain.Hash || again.Hash != plain.Hash || again.Digest != scan.Digest {
			t.Fatalf("%v: plain %v, stamped %v, again %v", err, plain, scan, again)
		}
		archive, err := zip.NewReader(bytes.NewReader(sent), int64(len(sent)))
		if err != nil || !strings.HasSuffix(archive.Comment, stampName+oneStamp) {
			t.Fatalf("%v, the comment is %q", err, archive.Comment)
		}
	})
}
