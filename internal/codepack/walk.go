// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// walk looks for the files of a folder that are to be packed. It opens folders only.
type walk struct {
	root    string
	rules   rules
	most    int           // of entries, packed or not
	entries int           // seen so far
	above   []fs.FileInfo // the folders on the way down
	names   []string      // the files, as slash paths relative to root
}

// filesIn gives the slash paths of all files to be packed, sorted. Links are followed: what they point at is found
// under the link's name, since the service does not say that it unpacks links.
func filesIn(root string, exclude []string, most int) ([]string, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%w: this is %s", ErrNotFolder, kindOf(info.Mode()))
	}
	rules, err := rulesOf(root, exclude)
	if err != nil {
		return nil, err
	}
	w := &walk{root: root, rules: rules, most: most}
	if err := w.folder("", info, verdict{}); err != nil {
		return nil, err
	}
	if len(w.names) == 0 {
		return nil, noFiles()
	}
	slices.Sort(w.names)
	return w.names, nil
}

func noFiles() error {
	return fmt.Errorf("%w: the folder is empty, or all files in it are excluded", ErrNoFiles)
}

// folder goes through the entries by name: of several errors it is always the same one that is given.
func (w *walk) folder(name string, info fs.FileInfo, v verdict) error {
	entries, err := w.list(name)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	w.above = append(w.above, info)
	for _, entry := range entries {
		if err := w.entry(path.Join(name, entry.Name()), entry.Type(), v); err != nil {
			return err
		}
	}
	w.above = w.above[:len(w.above)-1]
	return nil
}

// list reads a folder in parts, so that one that is far too large is not read to its end.
func (w *walk) list(name string) ([]fs.DirEntry, error) {
	folder, err := os.Open(inRoot(w.root, name))
	if err != nil {
		return nil, inFolder(name, err)
	}
	defer func() { _ = folder.Close() }() // only read
	var entries []fs.DirEntry
	for {
		part, err := folder.ReadDir(1000)
		entries = append(entries, part...)
		if w.entries += len(part); w.entries > w.most {
			return nil, fmt.Errorf("%w: %d files and folders were found before the end, at most %d are allowed; "+
				"leave folders out with exclude", ErrTooManyEntries, w.entries, w.most)
		}
		switch {
		case errors.Is(err, io.EOF):
			return entries, nil
		case err != nil:
			return nil, inFolder(name, err)
		}
	}
}

// entry takes a file and goes into a folder. Of what is excluded nothing is an error.
func (w *walk) entry(name string, kind fs.FileMode, folder verdict) error {
	v, err := w.rules.judge(name, folder)
	if err != nil {
		return err
	}
	if v.excluded && (kind.IsRegular() || !w.rules.mayInclude(name, v)) {
		return nil
	}
	mode := kind
	if !kind.IsRegular() {
		info, err := os.Stat(inRoot(w.root, name))
		switch {
		case err == nil && info.IsDir() && !w.isAbove(info):
			return w.folder(name, info, v)
		case v.excluded:
			return nil
		case err != nil && kind&fs.ModeSymlink != 0:
			return fmt.Errorf("%s: %w: %s", quote(name), ErrDeadLink, withoutPath(err).Error())
		case err != nil:
			return inFolder(name, err)
		case info.IsDir():
			return fmt.Errorf("%s: %w", quote(name), ErrLinkCycle)
		}
		mode = info.Mode()
	}
	if !mode.IsRegular() {
		return fmt.Errorf("%s: %w: this is %s; leave it out with exclude", quote(name), ErrNotRegular, kindOf(mode))
	}
	w.names = append(w.names, name)
	return checkFileName(name)
}

// isAbove reports a folder that the walk is in: it would never end.
func (w *walk) isAbove(info fs.FileInfo) bool {
	return slices.ContainsFunc(w.above, func(above fs.FileInfo) bool { return os.SameFile(above, info) })
}

// checkFileName refuses names that are not the same on Windows and Linux, or not the same in an archive.
func checkFileName(name string) error {
	problem := ""
	canonical, _, err := entryName(name)
	switch {
	case !utf8.ValidString(name):
		problem = "it is not valid UTF-8"
	case strings.Contains(name, `\`):
		problem = "it has a backslash, which separates folders on Windows"
	case hasDrive(name):
		problem = "it is absolute on Windows"
	case err != nil || canonical != name:
		problem = "it means another place on Windows"
	default:
		return nil
	}
	return fmt.Errorf("%s: %w: %s", quote(name), ErrFileName, problem)
}

// inRoot is the path of what has the given slash path in a folder.
func inRoot(root, name string) string { return filepath.Join(root, filepath.FromSlash(name)) }

// inFolder names the file, or folder, of an error. That it is missing must not look as if the whole folder were: it was
// there a moment ago.
func inFolder(name string, err error) error {
	switch {
	case name == "":
		return withoutPath(err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w: it is gone", quote(name), ErrChanging)
	}
	return fmt.Errorf("%s: %w", quote(name), withoutPath(err))
}
