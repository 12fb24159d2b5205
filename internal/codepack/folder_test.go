// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// tree is the content of files by their slash path. A path that ends in a slash is an empty folder.
type tree map[string]string

// someTree is the folder that the tests rebuild.
func someTree() tree {
	return tree{
		"index.py": code, "lib/run.sh": "#!/bin/sh\n", "lib/a/deep.py": "x = 1\n", "lib-a.py": "", "ü.txt": "ü", "tmp/": "",
	}
}

func (f tree) with(name, content string) tree {
	f = maps.Clone(f)
	f[name] = content
	return f
}

// write makes the files in the order of names.
func (f tree) write(t testing.TB, root string, names []string) {
	t.Helper()
	for _, name := range names {
		path := inRoot(root, name)
		if strings.HasSuffix(name, "/") {
			path = filepath.Join(path, "x")
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := os.WriteFile(path, []byte(f[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (f tree) make(t testing.TB) string {
	t.Helper()
	root := t.TempDir()
	f.write(t, root, slices.Sorted(maps.Keys(f)))
	return root
}

func scanTree(t testing.TB, f tree, exclude ...string) *Scan {
	t.Helper()
	scan, err := ScanFolder(f.make(t), exclude)
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

// namesIn are the entries of a scan's archive.
func namesIn(t testing.TB, scan Scan) []string {
	t.Helper()
	var names []string
	for _, file := range archiveOf(t, scan).File {
		names = append(names, file.Name)
	}
	return names
}

func archiveOf(t testing.TB, scan Scan) *zip.Reader {
	t.Helper()
	content := readAll(t, scan)
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// checkSameAsArchive holds that moving to or from zip_file with the same bytes is no change.
func checkSameAsArchive(t testing.TB, scan Scan) {
	t.Helper()
	content := readAll(t, scan)
	checkBytes(t, scan, content)
	archive, err := ScanArchive(writeFile(t, content), TypeZip)
	if err != nil {
		t.Fatal(err)
	}
	if scan.Hash != archive.Hash || scan.Digest != archive.Digest || scan.Type != archive.Type {
		t.Errorf("scan of the folder %+v, of its archive %+v", scan, archive)
	}
}

// checkFolderError also holds that the caller, and not the error, names the folder.
func checkFolderError(t *testing.T, root string, err, want error, text string) {
	t.Helper()
	checkError(t, err, want, text)
	if strings.Contains(err.Error(), root) {
		t.Errorf("the error repeats the path: %v", err)
	}
	if !errors.Is(want, fs.ErrNotExist) && errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looks as if the folder were missing: %v", err)
	}
}

func TestScanFolder_archive(t *testing.T) {
	t.Parallel()
	scan := scanTree(t, someTree())
	checkSameAsArchive(t, *scan)
	want := []string{"index.py", "lib-a.py", "lib/a/deep.py", "lib/run.sh", "ü.txt"}
	if got := namesIn(t, *scan); !slices.Equal(got, want) {
		t.Errorf("entries %q, want %q", got, want)
	}
	for _, file := range archiveOf(t, *scan).File {
		mode := fs.FileMode(0o644)
		if file.Name == "lib/run.sh" {
			mode = 0o755
		}
		first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
		if file.Mode() != mode || file.Method != zip.Deflate || !file.Modified.Equal(first) || file.NonUTF8 {
			t.Errorf("%s: mode %v, method %d, time %v", file.Name, file.Mode(), file.Method, file.Modified)
		}
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if content, err := io.ReadAll(reader); err != nil || string(content) != someTree()[file.Name] {
			t.Errorf("%s: %q %v", file.Name, content, err)
		}
	}
}

// TestScanFolder_golden: the hash of a folder must never change within a version of the manifest. The bytes of the
// archive, and so the digest, may change with the compression of another Go.
func TestScanFolder_golden(t *testing.T) {
	t.Parallel()
	const golden = "e11a9f8edb41f936275eb99b9512a97666ae752db9e3d6402d097b0f59920b33"
	if got := scanTree(t, someTree()).Hash; got != golden {
		t.Errorf("Hash %s, want %s", got, golden)
	}
	if got := scanZip(t, member{name: "index.py", content: code},
		member{name: "lib/run.sh", content: "#!/bin/sh\n", mode: 0o755}, member{name: "lib/a/deep.py", content: "x = 1\n"},
		member{name: "lib-a.py"}, member{name: "ü.txt", content: "ü"}).Hash; got != golden {
		t.Errorf("Hash %s of the same files in an archive, want %s", got, golden)
	}
}

// A checkout, a build on another machine, a folder that is named otherwise: the same files are the same source.
func TestScanFolder_sameSource(t *testing.T) {
	t.Parallel()
	want := scanTree(t, someTree())
	names := slices.Clip(slices.Sorted(maps.Keys(someTree()))) // the parallel tests below append to it
	reversed := slices.Clone(names)
	slices.Reverse(reversed)
	tests := map[string]func(t *testing.T, root string){
		"other place": func(t *testing.T, root string) { someTree().write(t, root, names) },
		"other order": func(t *testing.T, root string) { someTree().write(t, root, reversed) },
		"touched": func(t *testing.T, root string) {
			someTree().write(t, root, names)
			for _, name := range names {
				if err := os.Chtimes(inRoot(root, name), morning, morning); err != nil {
					t.Error(err)
				}
			}
		},
		"other permissions": func(t *testing.T, root string) {
			someTree().write(t, root, names)
			if err := os.Chmod(inRoot(root, "index.py"), 0o444); err != nil {
				t.Error(err)
			}
		},
		"excluded file": func(t *testing.T, root string) {
			someTree().with("terraform.tfstate", "{}").write(t, root, append(names, "terraform.tfstate"))
		},
		"empty folders": func(t *testing.T, root string) {
			someTree().write(t, root, append(names, "lib/b/c/"))
		},
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			prepare(t, root)
			got, err := ScanFolder(root+string(filepath.Separator), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got.Hash != want.Hash || got.Digest != want.Digest || got.Size != want.Size {
				t.Errorf("scan %+v, want %+v", got, want)
			}
		})
	}
}

func TestScanFolder_otherSource(t *testing.T) {
	t.Parallel()
	seen := map[string]string{scanTree(t, someTree()).Hash: "original"}
	for name, f := range map[string]tree{
		"content":     someTree().with("index.py", "x"),
		"same length": someTree().with("lib/a/deep.py", "x = 2\n"),
		"one more":    someTree().with("lib/new", ""),
		"script":      someTree().with("ü.txt", "#!/bin/sh\n"),
	} {
		hash := scanTree(t, f).Hash
		if other, found := seen[hash]; found {
			t.Errorf("%s: same hash as %s", name, other)
		}
		seen[hash] = name
	}
}

func TestIsExecutable(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		start string
		mode  fs.FileMode
		want  bool
	}{
		"text":                  {"text", 0o644, false},
		"nothing":               {"", 0o666, false},
		"script":                {"#!/b", 0o644, true},
		"short script":          {"#!", 0o600, true},
		"comment":               {"# !", 0o644, false},
		"ELF":                   {"\x7fELF", 0o444, true},
		"not quite ELF":         {"\x7fEL", 0o644, false},
		"mode of the owner":     {"text", 0o744, true},
		"mode of the group":     {"text", 0o610, true},
		"mode of all others":    {"", 0o601, true},
		"Windows program there": {"MZ", 0o666, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := isExecutable([]byte(test.start), test.mode); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestScanFolder_refused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files   tree
		exclude []string
		want    error
		text    string
	}{
		"nothing":       {nil, nil, ErrNoFiles, "empty"},
		"empty folders": {tree{"a/b/": "", "c/": ""}, nil, ErrNoFiles, ""},
		"all excluded":  {tree{"a/b": "", "c": ""}, []string{"**"}, ErrNoFiles, "excluded"},
		"only built-in": {tree{".git/config": "", IgnoreFile: ""}, nil, ErrNoFiles, ""},
		"pattern":       {tree{"a": ""}, []string{"b", "../a"}, ErrPattern, `"../a" leads out of the folder`},
		"pattern in the file": {
			tree{"a": "", IgnoreFile: "# [\n[\n"}, nil, ErrPattern, `".fgsignore": unusable pattern: "[" has a syntax error`},
		"long ignore file": {
			tree{"a": "", IgnoreFile: strings.Repeat("a\n", maxIgnoreSize/2) + "b"}, nil, ErrTooLarge, `".fgsignore": `},
		"long line in it": {tree{"a": "", IgnoreFile: strings.Repeat("a", maxIgnoreSize)}, nil, nil, `".fgsignore": `},
		"a folder of its name": {
			tree{"a": "", IgnoreFile + "/": ""}, nil, ErrNotRegular, `".fgsignore": not a regular file: this is a directory`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := test.files.make(t)
			_, err := ScanFolder(root, test.exclude)
			if test.want == nil && err != nil {
				test.want = err
			}
			checkFolderError(t, root, err, test.want, test.text)
		})
	}
}

func TestScanFolder_noFolder(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "src")
	_, err := ScanFolder(missing, nil)
	checkFolderError(t, missing, err, fs.ErrNotExist, "")
	file := writeFile(t, []byte("x"))
	_, err = ScanFolder(file, nil)
	checkFolderError(t, file, err, ErrNotFolder, "this is a file")
	_, err = ScanFolder("", nil)
	checkError(t, err, fs.ErrNotExist, "")
}

// Each limit is the last number that is allowed.
func TestScanFolder_limits(t *testing.T) {
	t.Parallel()
	root := tree{"a/b": "12345", "c": "678", ".git/x": "not looked at, only .git is"}.make(t)
	whole, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := folderLimits{entries: 4, content: 8, archive: whole.Size}
	if _, err := (folder{path: root, limits: all}).scan(); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		change func(*folderLimits)
		want   error
		text   string
	}{
		"entries": {
			func(l *folderLimits) { l.entries-- }, ErrTooManyEntries,
			"4 files and folders were found before the end, at most 3 are allowed; leave folders out with exclude"},
		"content": {
			func(l *folderLimits) { l.content-- }, ErrTooBig,
			"8 bytes were found before the end, at most 7 (0 MiB) are allowed; leave files out with exclude"},
		"archive": {
			func(l *folderLimits) { l.archive-- }, ErrTooLarge,
			fmt.Sprintf("has %d bytes and more to come, at most %d", whole.Size, whole.Size-1)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limits := all
			test.change(&limits)
			f := folder{path: root, limits: limits}
			_, err := f.scan()
			checkFolderError(t, root, err, test.want, test.text)
			reader, err := f.open()
			if err != nil {
				t.Fatal(err)
			}
			_, err = io.Copy(io.Discard, reader)
			checkFolderError(t, root, err, test.want, test.text)
			if err := reader.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewFolder_limits(t *testing.T) {
	t.Parallel()
	want := folderLimits{entries: 100_000, content: 1536 << 20, archive: 50 << 20}
	if got := newFolder("", nil).limits; got != want {
		t.Errorf("limits %+v, want %+v", got, want)
	}
}

func TestScanFolder_openReadsAnew(t *testing.T) {
	t.Parallel()
	root := someTree().make(t)
	scan, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	someTree().with("index.py", "changed").write(t, root, []string{"index.py"})
	again, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Digest == scan.Digest {
		t.Fatal("a changed file has the same digest")
	}
	checkBytes(t, Scan{Open: scan.Open, Digest: again.Digest, Size: again.Size}, readAll(t, *again))
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	reader, err := scan.Open()
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(io.Discard, reader)
	checkFolderError(t, root, err, fs.ErrNotExist, "")
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
}

// The list of patterns is the caller's, who may use it again.
func TestScanFolder_keepsItsPatterns(t *testing.T) {
	t.Parallel()
	exclude := []string{"lib"}
	scan, err := ScanFolder(someTree().make(t), exclude)
	if err != nil {
		t.Fatal(err)
	}
	exclude[0] = "index.py"
	checkBytes(t, *scan, readAll(t, *scan))
}

// Whoever sends the archive may stop in the middle, at any time. A goroutine that does not end then fails the test: its
// bubble waits for all of them.
func TestScanFolder_closeEarly(t *testing.T) {
	t.Parallel()
	content := make([]byte, 400_000)
	fillRandom(content)
	scan := scanTree(t, tree{"a": string(content), "b": string(content)})
	for read := range 8 {
		synctest.Test(t, func(t *testing.T) {
			reader, err := scan.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.CopyN(io.Discard, reader, int64(read)*100_000); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := reader.Close(); err != nil {
					t.Error(err)
				}
			}
			if _, err := reader.Read(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("read after Close: %v", err)
			}
		})
	}
}

// The same scan is opened by several requests at once.
func TestScanFolder_openTwice(t *testing.T) {
	t.Parallel()
	scan := scanTree(t, someTree())
	want := readAll(t, *scan)
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			checkBytes(t, *scan, want)
		})
	}
}

// heapWatch is written to, and looks now and then at how much memory is in use.
type heapWatch struct {
	written, seen int
	most          uint64
}

func (h *heapWatch) Write(p []byte) (int, error) {
	if h.written += len(p); h.written-h.seen > 200<<10 {
		h.seen, h.most = h.written, max(h.most, heapInUse())
	}
	return len(p), nil
}

func heapInUse() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// With the number of files grow their list, their lines of the manifest and the archive's directory, and nothing else:
// less than a KiB for each, beside a compressor.
//
// Not in parallel: it measures the whole process.
func TestScanFolder_memoryOfManyFiles(t *testing.T) {
	files := tree{}
	content := make([]byte, 600)
	fillRandom(content)
	for i := range 2000 {
		files[fmt.Sprintf("package-%d/module-%d.py", i%100, i)] = string(content)
	}
	f := newFolder(files.make(t), nil)
	files = nil
	before, watch := heapInUse(), &heapWatch{}
	if _, _, err := f.pack(watch); err != nil {
		t.Fatal(err)
	}
	if watch.most == 0 {
		t.Fatal("never looked")
	}
	if used := int64(watch.most) - int64(before); used > 2000<<10 {
		t.Errorf("%d bytes in use", used)
	}
}

// What goes away or becomes something else while the folder is packed must not look as if the folder were missing.
func TestScanFolder_changedMeanwhile(t *testing.T) {
	t.Parallel()
	root := someTree().make(t)
	p := newPacker(root, MaxUnpackedSize, io.Discard)
	_, err := p.add("lib/gone.py")
	checkFolderError(t, root, err, ErrChanging, `"lib/gone.py": changed while it was read: it is gone`)
	_, err = p.add("lib")
	checkFolderError(t, root, err, ErrNotRegular, `"lib": not a regular file: this is a directory, a file is needed`)
	w := &walk{root: root, most: MaxEntries}
	_, err = w.list("gone")
	checkFolderError(t, root, err, ErrChanging, `"gone": changed while it was read: it is gone`)
	_, err = w.list("index.py")
	checkFolderError(t, root, err, err, `"index.py": `)
	checkFolderError(t, root, w.entry("gone", fs.ModeDir, verdict{}), ErrChanging, `"gone": `)
}
