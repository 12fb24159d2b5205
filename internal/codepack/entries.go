// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// General purpose bits of a zip entry.
const (
	flagEncrypted = 0x1
	flagUTF8      = 0x800 // its name is UTF-8, not of the code page that an unpacker takes it to be
)

// entry is a file of an archive under its canonical name.
type entry struct {
	*zip.File
	name     string
	position int64 // where its header starts; -1 for a position before the archive's start
}

// contents is what an archive holds, before any file is read.
type contents struct {
	files   []entry // in the directory's order
	folders []entry
	around  around
}

// zipContents reads nothing but the directory.
func zipContents(file io.ReaderAt, size int64) (*contents, error) {
	archive, err := openZip(file, size)
	if err != nil {
		return nil, err
	}
	found, err := contentsOf(archive)
	if err != nil {
		return nil, err
	}
	found.around, err = aroundArchive(file, size, archive.positions)
	if err != nil {
		return nil, err
	}
	return found, checkOverlap(found.files)
}

// contentsOf gives what is in an open archive. It refuses names that escape and entries that are encrypted.
func contentsOf(archive *zipArchive) (*contents, error) {
	found := &contents{files: make([]entry, 0, len(archive.File))}
	var declared uint64
	for i, file := range archive.File {
		name, isDir, err := entryName(file.Name)
		if err != nil {
			return nil, err
		}
		if file.Flags&flagEncrypted != 0 {
			return nil, fmt.Errorf("%w: %s; remove the archive's password", ErrEncrypted, quote(file.Name))
		}
		// The first test keeps the sum from running over.
		if file.UncompressedSize64 > MaxUnpackedSize || declared+file.UncompressedSize64 > MaxUnpackedSize {
			return nil, tooBig()
		}
		declared += file.UncompressedSize64
		if isDir {
			if file.UncompressedSize64 != 0 {
				return nil, fmt.Errorf("%w: the directory entry %s has content", ErrDamaged, quote(file.Name))
			}
			found.folders = append(found.folders, entry{File: file, name: name, position: archive.positions[i]})
			continue
		}
		found.files = append(found.files, entry{File: file, name: name, position: archive.positions[i]})
	}
	if len(found.files) == 0 {
		return nil, fmt.Errorf("%w: a zip archive needs at least one", ErrNoFiles)
	}
	return found, nil
}

func tooBig() error {
	return fmt.Errorf("%w: its files are larger than %d MiB in all", ErrTooBig, MaxUnpackedSize>>20)
}

// entryName makes a name canonical: slashes only, no "./". A name that ends in a slash is a directory's. It refuses
// names that are not the same file for everybody who unpacks the archive; a canonical name stays as it is.
func entryName(raw string) (name string, isDir bool, err error) {
	name = strings.ReplaceAll(raw, `\`, "/")
	isDir = strings.HasSuffix(name, "/")
	clean := path.Clean(name)
	if path.IsAbs(name) || hasDrive(name) || hasDrive(clean) {
		return "", false, unsafeName(raw, "is absolute, names are relative to the archive's root")
	}
	if clean == ".." || strings.HasPrefix(clean, "../") {
		return "", false, unsafeName(raw, "leads out of the archive")
	}
	if last := path.Base(name); !isDir && (clean == "." || last == "." || last == "..") {
		return "", false, unsafeName(raw, "names no file")
	}
	if strings.ContainsRune(clean, 0) {
		return "", false, unsafeName(raw, "holds a null byte, where many programs take the name to end")
	}
	if slices.ContainsFunc(strings.Split(clean, "/"), isUpElsewhere) {
		return "", false, unsafeName(raw, "leads to another folder on Windows, which leaves out dots and blanks at the end")
	}
	return clean, isDir, nil
}

func unsafeName(raw, why string) error {
	return fmt.Errorf("%w: %s %s", ErrUnsafeName, quote(raw), why)
}

// hasDrive reports a Windows drive, as in C:/index.py, also without the slash: C:index.py is a place on that drive,
// too.
func hasDrive(name string) bool {
	if len(name) < 2 || name[1] != ':' {
		return false
	}
	letter := name[0] | 0x20 // lower case
	return 'a' <= letter && letter <= 'z'
}

// isUpElsewhere reports an element that is ".." after Windows has taken away what it ignores.
func isUpElsewhere(element string) bool {
	return strings.HasPrefix(element, "..") && strings.Trim(element, ". ") == ""
}

// line reads the entry, at most budget bytes of it: the lengths in the directory may lie.
func (e entry) line(budget int64, buffer []byte) (fileLine, error) {
	hash := sha256.New()
	size, err := e.copyTo(hash, budget, buffer)
	if err != nil {
		return fileLine{}, err
	}
	line := e.head()
	line.size = size
	hash.Sum(line.sum[:0])
	return line, nil
}

// The systems of which an entry's modes are those of Unix (zip's "version made by").
const (
	madeOnUnix  = 3
	madeOnMacOS = 19
)

func hasModes(file *zip.File) bool {
	system := file.CreatorVersion >> 8
	return system == madeOnUnix || system == madeOnMacOS
}

// head is what the directory says of the entry. An archive that was made where files have no modes lets everybody read
// them; a link's own mode means nothing.
func (e entry) head() fileLine {
	mode := e.Mode()
	line := fileLine{
		name: e.File.Name, place: e.name, alias: unicodeName(e.Extra),
		utf8:     e.Flags&flagUTF8 != 0 && !isASCII(e.File.Name),
		symlink:  mode&fs.ModeSymlink != 0,
		readable: true,
		runnable: mode&fs.ModeSymlink == 0 && mode.Perm()&0o111 != 0,
	}
	if !line.symlink && hasModes(e.File) {
		line.readable = mode.Perm()&0o004 != 0
		line.executable = mode.Perm()&0o001 != 0
	}
	return line
}

// copyTo unpacks the entry into w. More than limit bytes are ErrTooBig.
func (e entry) copyTo(w io.Writer, limit int64, buffer []byte) (int64, error) {
	content, err := e.open()
	if err != nil {
		return 0, err
	}
	defer func() { _ = content.Close() }() // only read
	size, err := io.CopyBuffer(w, io.LimitReader(content, limit+1), buffer)
	if err != nil {
		return 0, err
	}
	if size > limit {
		return 0, tooBig()
	}
	return size, nil
}

// open unpacks the entry as it is read. Its errors, also those of the reading, are those of readError.
func (e entry) open() (io.ReadCloser, error) {
	content, err := e.Open()
	if err != nil {
		return nil, e.readError(err)
	}
	return &entryReader{ReadCloser: content, entry: e}, nil
}

// entryReader keeps errors of reading an entry apart from errors of whatever is written with it.
type entryReader struct {
	io.ReadCloser
	entry entry
}

func (r *entryReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // io.EOF is never wrapped: it ends the reading
		err = r.entry.readError(err)
	}
	return n, err
}

// readError tells a damaged entry from a method that is not known here and from a file that cannot be read.
func (e entry) readError(err error) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return fmt.Errorf("%w: entry %s uses method %d, stored (0) and deflated (8) are allowed",
			ErrCompression, quote(e.File.Name), e.Method)
	case errors.As(err, &pathError):
		return withoutPath(err)
	}
	return fmt.Errorf("%w: entry %s: %w", ErrDamaged, quote(e.File.Name), err)
}
