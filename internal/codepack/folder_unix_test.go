// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package codepack

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func link(t *testing.T, root, target, name string) {
	t.Helper()
	if err := os.Symlink(target, inRoot(root, name)); err != nil {
		t.Fatal(err)
	}
}

// Node's package managers build folders of links.
func TestScanFolder_links(t *testing.T) {
	t.Parallel()
	outside := tree{"d/e": "outside"}.make(t)
	root := tree{"a": "x", "store/p/index.js": "#!", "node_modules/": ""}.make(t)
	link(t, root, "a", "file")
	link(t, root, "../store/p", "node_modules/p")
	link(t, root, "p", "node_modules/q")
	link(t, root, outside, "out")
	scan, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := scanTree(t, tree{
		"a": "x", "file": "x", "store/p/index.js": "#!", "node_modules/p/index.js": "#!", "node_modules/q/index.js": "#!",
		"out/d/e": "outside",
	})
	if scan.Hash != want.Hash || scan.Digest != want.Digest {
		t.Errorf("packed %q, want %q", namesIn(t, *scan), namesIn(t, *want))
	}
	linked := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, linked); err != nil {
		t.Fatal(err)
	}
	if again, err := ScanFolder(linked, nil); err != nil || again.Digest != scan.Digest {
		t.Errorf("through a link: %v", err)
	}
}

// What cannot be packed is named, and is no error when it is excluded.
func TestScanFolder_unpackable(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		make func(t *testing.T, root string)
		name string
		want error
		text string
	}{
		"dead link": {
			func(t *testing.T, root string) { link(t, root, "gone", "b/l") },
			"b/l", ErrDeadLink, `"b/l": link that leads nowhere: `},
		"link to itself": {
			func(t *testing.T, root string) { link(t, root, "l", "b/l") }, "b/l", ErrDeadLink, `"b/l": `},
		"link to the folder it is in": {
			func(t *testing.T, root string) { link(t, root, ".", "b/l") },
			"b/l", ErrLinkCycle, `"b/l": link to a folder that it is in`},
		"link to the root": {
			func(t *testing.T, root string) { link(t, root, "..", "b/l") }, "b/l", ErrLinkCycle, `"b/l": `},
		"link to the root's path": {
			func(t *testing.T, root string) { link(t, root, root, "b/l") }, "b/l", ErrLinkCycle, `"b/l": `},
		"links to each other": {
			func(t *testing.T, root string) {
				link(t, root, "../d", "b/l")
				if err := os.Mkdir(filepath.Join(root, "d"), 0o700); err != nil {
					t.Fatal(err)
				}
				link(t, root, "../b", "d/l")
			}, "**/l", ErrLinkCycle, `"b/l/l": `},
		"named pipe": {
			func(t *testing.T, root string) {
				if err := syscall.Mkfifo(filepath.Join(root, "p"), 0o600); err != nil {
					t.Fatal(err)
				}
			}, "p", ErrNotRegular, `"p": not a regular file: this is a named pipe; leave it out with exclude`},
		"link to a device": {
			func(t *testing.T, root string) { link(t, root, "/dev/null", "b/null") },
			"b/null", ErrNotRegular, `"b/null": not a regular file: this is a device`},
		"socket": {
			func(t *testing.T, root string) {
				listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(root, "s"), Net: "unix"})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = listener.Close() })
			}, "s", ErrNotRegular, `"s": not a regular file: this is a socket`},
		"backslash": {
			func(t *testing.T, root string) { tree{`b/a\b`: ""}.write(t, root, []string{`b/a\b`}) },
			"b/a*", ErrFileName, `"b/a\\b": unusable file name: it has a backslash`},
		"folder with a backslash": {
			func(t *testing.T, root string) { tree{`x\y/z`: ""}.write(t, root, []string{`x\y/z`}) },
			"x*", ErrFileName, `"x\\y/z": `},
		"no UTF-8": {
			func(t *testing.T, root string) { tree{"\xff": ""}.write(t, root, []string{"\xff"}) },
			"[^b]", ErrFileName, `"\xff": unusable file name: it is not valid UTF-8`},
		"drive": {
			func(t *testing.T, root string) { tree{"C:/a": ""}.write(t, root, []string{"C:/a"}) },
			"**/a", ErrFileName, `"C:/a": unusable file name: it is absolute on Windows`},
		"dead ignore file": {
			func(t *testing.T, root string) { link(t, root, "gone", IgnoreFile) }, "", ErrDeadLink, `".fgsignore": `},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree{"b/c": ""}.make(t)
			test.make(t, root)
			_, err := ScanFolder(root, nil)
			checkFolderError(t, root, err, test.want, test.text)
			if test.name == "" {
				return
			}
			// Excluded, also where other files of its folder are packed after all.
			for _, exclude := range [][]string{{test.name}, {"**", "!**/c"}} {
				scan, err := ScanFolder(root, exclude)
				if err != nil {
					t.Fatal(err)
				}
				if got := namesIn(t, *scan); !slices.Contains(got, "b/c") || strings.HasSuffix(got[0], test.name) {
					t.Errorf("%q excluded: packed %q", exclude, got)
				}
			}
		})
	}
}

// On unix the mode tells of programs that say it by nothing else.
func TestScanFolder_modes(t *testing.T) {
	t.Parallel()
	root := tree{"a": "x", "b": "x", "run": "#!x", "empty": ""}.make(t)
	for name, mode := range map[string]fs.FileMode{"a": 0o640, "b": 0o710, "run": 0o600, "empty": 0o701} {
		if err := os.Chmod(filepath.Join(root, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	scan, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkSameAsArchive(t, *scan)
	want := map[string]fs.FileMode{"a": 0o644, "b": 0o755, "run": 0o755, "empty": 0o755}
	for _, file := range archiveOf(t, *scan).File {
		if file.Mode() != want[file.Name] {
			t.Errorf("%s: mode %v, want %v", file.Name, file.Mode(), want[file.Name])
		}
	}
}
