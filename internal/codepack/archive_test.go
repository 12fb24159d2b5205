// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const (
	symlink   = fs.ModeSymlink | 0o777
	directory = fs.ModeDir | 0o755
)

var (
	morning = time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)
	code    = strings.Repeat("def handler(event, context):\n    return event\n", 50)
)

// original is the archive that the tests rebuild.
func original() []member {
	return []member{
		{name: "index.py", content: code},
		{name: "lib/run.sh", content: "#!/bin/sh\n", mode: 0o755},
		{name: "lib/link", content: "run.sh", mode: symlink},
		{name: "empty"},
	}
}

func changed(change func([]member)) []member {
	members := original()
	change(members)
	return members
}

func TestScanArchive_sameSource(t *testing.T) {
	t.Parallel()
	want := scanZip(t, original()...).Hash
	tests := map[string][]member{
		"other order": changed(func(m []member) { m[0], m[3] = m[3], m[0] }),
		"other times": changed(func(m []member) { m[0].modified, m[1].modified = morning, morning.AddDate(3, 0, 0) }),
		"compressed": changed(func(m []member) {
			for i := range m {
				m[i].method = zip.Deflate
			}
		}),
		"comment": changed(func(m []member) { m[0].comment = "built by CI" }),
		"directory entries": append(original(),
			member{name: "lib/", mode: directory}, member{name: "./", mode: directory}),
		"others' bits only": changed(func(m []member) { m[0].mode, m[1].mode = 0o424, 0o705 }),
		"symlink's mode":    changed(func(m []member) { m[2].mode = fs.ModeSymlink | 0o600 }),
	}
	for name, members := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := scanZip(t, members...).Hash; got != want {
				t.Errorf("Hash %s, want the original's %s", got, want)
			}
		})
	}
}

func TestScanArchive_otherSource(t *testing.T) {
	t.Parallel()
	tests := map[string][]member{
		"content":        changed(func(m []member) { m[0].content += "\n" }),
		"same length":    changed(func(m []member) { m[1].content = "#!/bin/zh\n" }),
		"renamed":        changed(func(m []member) { m[0].name = "main.py" }),
		"case of a name": changed(func(m []member) { m[0].name = "Index.py" }),
		"moved":          changed(func(m []member) { m[0].name = "lib/index.py" }),
		"names swapped":  changed(func(m []member) { m[0].name, m[1].name = m[1].name, m[0].name }),
		"executable":     changed(func(m []member) { m[0].mode = 0o755 }),
		"not executable": changed(func(m []member) { m[1].mode = 0o754 }), // for others
		"link to a file": changed(func(m []member) { m[2].mode = 0o644 }),
		"link's target":  changed(func(m []member) { m[2].content = "run.py" }),
		"one more":       append(original(), member{name: "extra"}),
		"one less":       original()[:3],
		// Whoever runs the function is not the owner of its files.
		"readable for the owner only": changed(func(m []member) { m[0].mode = 0o600 }),
		"readable for the group only": changed(func(m []member) { m[3].mode = 0o640 }),
		// Some read an archive in its place, by exactly the name.
		"leading ./":           changed(func(m []member) { m[0].name = "./index.py" }),
		"double slash":         changed(func(m []member) { m[1].name = "lib//run.sh" }),
		"back-slash":           changed(func(m []member) { m[1].name = `lib\run.sh` }),
		"back-slash in front":  changed(func(m []member) { m[2].name = `.\lib\link` }),
		"back-slash directory": append(original(), member{name: `lib\`}),
		"empty directory":      append(original(), member{name: "tmp/", mode: directory}),
		"closed directory":     append(original(), member{name: "lib/", mode: fs.ModeDir | 0o700}),
		"unreadable directory": append(original(), member{name: "lib/", mode: fs.ModeDir | 0o711}),
		"name like a line":     changed(func(m []member) { m[3].name = "empty 0\nfile - - 1:a" }),
	}
	seen := map[string]string{scanZip(t, original()...).Hash: "original"}
	for name, members := range tests {
		hash := scanZip(t, members...).Hash
		if other, found := seen[hash]; found {
			t.Errorf("%s: same hash as %s", name, other)
		}
		seen[hash] = name
	}
}

// TestScanArchive_nameFlag: the same bytes are another name where nothing says that they are UTF-8.
func TestScanArchive_nameFlag(t *testing.T) {
	t.Parallel()
	hash := func(header zip.FileHeader) string {
		header.CRC32, header.CompressedSize64, header.UncompressedSize64 = 0x8cdc1683, 1, 1
		scan, err := ScanArchive(writeFile(t, rawZip(t, "x", header)), TypeZip)
		if err != nil {
			t.Fatal(err)
		}
		return scan.Hash
	}
	named := append([]byte{0x75, 0x70, 8, 0, 1, 0, 0, 0, 0}, "b\xc3\xbc"...)
	hashes := []string{
		hash(zip.FileHeader{Name: "b\xc3\xbc", Flags: flagUTF8}),
		hash(zip.FileHeader{Name: "b\xc3\xbc", NonUTF8: true}),
		hash(zip.FileHeader{Name: "b\xc3\xbc", NonUTF8: true, Extra: named}),
		hash(zip.FileHeader{Name: "b\xc3\xbc", NonUTF8: true,
			Extra: append([]byte{0x75, 0x70, 9, 0, 1, 0, 0, 0, 0}, "other"...)[:13]}),
	}
	slices.Sort(hashes)
	if len(slices.Compact(hashes)) != 4 {
		t.Errorf("same hash for different names: %v", hashes)
	}
	if hash(zip.FileHeader{Name: "b", Flags: flagUTF8}) != hash(zip.FileHeader{Name: "b", NonUTF8: true}) {
		t.Error("the flag counts for a name of ASCII characters")
	}
}

// TestScanArchive_doubts: what works on the machine that made the archive may not work where the function runs.
func TestScanArchive_doubts(t *testing.T) {
	t.Parallel()
	scan := scanZip(t, member{name: "index.py", mode: 0o600}, member{name: `lib\a.py`}, member{name: "ok.py"},
		member{name: "closed/", mode: fs.ModeDir | 0o700},
		member{name: "link", content: "ok.py", mode: fs.ModeSymlink | 0o700})
	want := Doubts{Backslashes: []string{`lib\a.py`}, Unreadable: []string{"index.py", "closed/"}}
	if diff := cmp.Diff(want, scan.Doubts, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Error(diff)
	}
	if got := scanZip(t, original()...).Doubts; !reflect.DeepEqual(got, Doubts{}) {
		t.Errorf("doubts without a reason: %v", got)
	}
}

// With a name that is twice in the archive it is the order that decides what runs.
func TestScanArchive_sameNameTwice(t *testing.T) {
	t.Parallel()
	first, second, other := member{name: "a", content: "1"}, member{name: "a", content: "2"}, member{name: "b"}
	want := scanZip(t, first, second, other).Hash
	if got := scanZip(t, other, first, second).Hash; got != want {
		t.Error("the order of other names counts")
	}
	if got := scanZip(t, second, first, other).Hash; got == want {
		t.Error("the order of the same name does not count")
	}
}

// Many entries: few are sorted by a way that keeps their order by chance.
func TestScanArchive_sameNameOften(t *testing.T) {
	t.Parallel()
	var mixed, same, other []member
	for i := range 60 {
		twin := member{name: "m", content: fmt.Sprint(i)}
		single := member{name: fmt.Sprintf("%c%d", "az"[i%2], i)}
		mixed, same, other = append(mixed, twin, single), append(same, twin), append(other, single)
	}
	if scanZip(t, mixed...).Hash != scanZip(t, append(other, same...)...).Hash {
		t.Error("sorting changes the order of entries of one name")
	}
}

func TestScanArchive_bytes(t *testing.T) {
	t.Parallel()
	content := zipOf(t, original()...)
	for _, codeType := range []string{TypeZip, TypeJar} {
		scan, err := ScanArchive(writeFile(t, content), codeType)
		if err != nil {
			t.Fatal(err)
		}
		checkBytes(t, *scan, content)
		if scan.Type != codeType {
			t.Errorf("Type %q, want %q", scan.Type, codeType)
		}
	}
}

// A Spring Boot jar that can be executed starts with a shell script. What is around an archive decides who can open it.
func TestScanArchive_around(t *testing.T) {
	t.Parallel()
	archive := string(zipOf(t, original()...))
	seen := map[string]string{}
	for name, content := range map[string]string{
		"alone":          archive,
		"script":         "#!/bin/sh\nexec java -jar $0\n" + archive,
		"another script": "#!/bin/zh\nexec java -jar $0\n" + archive,
		"behind":         archive + "more",
		"other behind":   archive + "less",
	} {
		scan, err := ScanArchive(writeFile(t, []byte(content)), TypeJar)
		if err != nil {
			t.Fatal(name, err)
		}
		if other, found := seen[scan.Hash]; found {
			t.Errorf("%s: same hash as %s", name, other)
		}
		seen[scan.Hash] = name
		checkBytes(t, *scan, []byte(content))
	}
}

// TestScanArchive_repaired: the same script, before an archive whose positions count it.
func TestScanArchive_repaired(t *testing.T) {
	t.Parallel()
	const script = "#!/bin/sh\n"
	raw := append([]byte(script), zipOf(t, original()...)...)
	var repaired bytes.Buffer
	repaired.WriteString(script)
	writer := zip.NewWriter(&repaired)
	writer.SetOffset(int64(len(script)))
	writeMembers(t, writer, original()...)
	var hashes [2]string
	for i, content := range [][]byte{raw, repaired.Bytes()} {
		scan, err := ScanArchive(writeFile(t, content), TypeZip)
		if err != nil {
			t.Fatal(err)
		}
		hashes[i] = scan.Hash
	}
	if hashes[0] == hashes[1] {
		t.Error("a repaired archive has the hash of the broken one")
	}
}

func TestScanArchive_pathNeverCounts(t *testing.T) {
	t.Parallel()
	if a, b := scanZip(t, original()...), scanZip(t, original()...); a.Hash != b.Hash || a.Digest != b.Digest {
		t.Error("two folders, two hashes")
	}
}

func TestScanArchive_openReadsAnew(t *testing.T) {
	t.Parallel()
	path := writeFile(t, zipOf(t, original()...))
	scan, err := ScanArchive(path, TypeZip)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, *scan); string(got) != "other" {
		t.Errorf("Open gives %q", got)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := scan.Open(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of a removed file: %v", err)
	}
}

// TestScanArchive_insecurePath: the check of archive/zip that a user can turn on must not look like damage.
func TestScanArchive_insecurePath(t *testing.T) { // not parallel: the environment
	t.Setenv("GODEBUG", "zipinsecurepath=0")
	scanZip(t, changed(func(m []member) { m[1].name = `lib\run.sh` })...)
}

// TestScanMemory_large holds the promise that memory does not grow with the file.
//
// Not in parallel: it measures the whole process.
func TestScanMemory_large(t *testing.T) {
	content := strings.Repeat("0123456789abcdef", 16<<16)
	archive := zipOf(t, member{name: "data", content: content})
	text := exportYAML(map[string]string{"CodeType": "zip", "CodeFileName": "index.zip"})
	paths := map[string]string{
		"archive": writeFile(t, archive),
		"package": writeFile(t, zipOf(t, member{name: "f.yaml", content: text},
			member{name: "index.zip", content: string(archive), method: zip.Deflate})),
		"folder": tree{"data": content}.make(t),
	}
	scans := map[string]func(string) error{
		"archive": func(path string) error { _, err := ScanArchive(path, TypeZip); return err },
		"package": func(path string) error { _, err := ScanPackage(path); return err },
		"folder":  func(path string) error { _, err := ScanFolder(path, nil); return err },
	}
	for name, scan := range scans {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := scan(paths[name]); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 2<<20 {
			t.Errorf("%s: %d bytes allocated for %d", name, used, len(archive))
		}
	}
}

func TestScanPackage_leavesNoTemporaryFile(t *testing.T) { // not parallel: the environment
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	members := []member{
		{name: "f.yaml", content: exportYAML(map[string]string{"CodeType": "zip"})},
		{name: "index.zip", content: string(zipOf(t, original()...))},
	}
	good, bad := zipOf(t, members...), zipOf(t, members[0], member{name: "index.zip", content: "no zip"})
	scanned := filepath.Join(folder, "given")
	for _, content := range [][]byte{good, bad} {
		if err := os.WriteFile(scanned, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _ = ScanPackage(scanned)
		left, err := filepath.Glob(filepath.Join(folder, "fgs-code-*"))
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}
