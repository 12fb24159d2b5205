// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// zipArchive is an archive of which the central directory was read.
type zipArchive struct {
	*zip.Reader
	positions []int64 // where the header of each File starts, -1 for a position before the archive's start
}

// openZip reads an archive's central directory within the bounds of its work.
func openZip(file io.ReaderAt, size int64) (*zipArchive, error) {
	guard := &directoryGuard{file: file}
	reads := &zipReads{from: guard}
	archive, err := zip.NewReader(reads, size)
	switch {
	case guard.err != nil:
		return nil, guard.err
	case errors.Is(err, zip.ErrInsecurePath):
		// Only with GODEBUG=zipinsecurepath=0; names are checked by entryName.
	case err != nil:
		return nil, notZip(file, err)
	}
	if len(archive.File) > MaxEntries {
		return nil, tooManyEntries()
	}
	positions := positionsOf(archive, reads)
	reads.from = file
	return &zipArchive{Reader: archive, positions: positions}, nil
}

func tooManyEntries() error {
	return fmt.Errorf("%w: at most %d are allowed", ErrTooManyEntries, MaxEntries)
}

var recordSignature = []byte("PK\x01\x02") // starts each record of a central directory

// zipReads is what an archive is read from: the guarded file as long as the directory is read, then the file.
type zipReads struct {
	from io.ReaderAt
}

// ReadAt fails at a stated position before the start, which is damage; package os would report it as a file that cannot
// be read.
func (r *zipReads) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, zip.ErrFormat
	}
	return r.from.ReadAt(p, off)
}

// positionsOf asks for the positions of all headers and reads nothing. archive/zip does not tell them, but it reads an
// entry's header when it is asked for the entry's data: where it wants to read is the position.
func positionsOf(archive *zip.Reader, reads *zipReads) []int64 {
	positions := make([]int64, len(archive.File))
	var asked askedPosition
	reads.from = &asked
	for i, file := range archive.File {
		asked = -1
		_, _ = file.DataOffset() // fails, since there is nothing to read
		positions[i] = int64(asked)
	}
	return positions
}

// askedPosition remembers where it was to be read, and gives nothing.
type askedPosition int64

func (a *askedPosition) ReadAt(_ []byte, off int64) (int, error) {
	*a = askedPosition(off)
	return 0, io.EOF
}

// directoryGuard stands under a zip reader while it reads the central directory, which it does before anything can be
// asked about it, and holds all of it in memory. An archive can hold a million records and state another number.
type directoryGuard struct {
	file    io.ReaderAt
	read    int64
	records int
	window  []byte // of the last read: its end, in case a signature lies across two reads
	next    int64
	err     error
}

// ReadAt reads the file and fails when the directory turns out to be too long.
func (g *directoryGuard) ReadAt(p []byte, off int64) (int, error) {
	n, err := g.file.ReadAt(p, off)
	if g.count(p[:n], off); g.err != nil {
		return 0, g.err
	}
	return n, err
}

// count allows twice the records: the search for the directory's end reads some of them too. openZip has the exact
// number in the end; this bounds the memory until then.
func (g *directoryGuard) count(p []byte, off int64) {
	if off != g.next {
		g.window = g.window[:0]
	}
	g.next = off + int64(len(p))
	g.window = append(g.window, p...)
	g.records += bytes.Count(g.window, recordSignature)
	rest := max(0, len(g.window)-len(recordSignature)+1)
	g.window = append(g.window[:0], g.window[rest:]...)
	g.read += int64(len(p))
	switch {
	case g.records > 2*MaxEntries:
		g.err = tooManyEntries()
	case g.read > maxDirectorySize:
		g.err = fmt.Errorf("%w: its directory is longer than %d MiB", ErrTooManyEntries, maxDirectorySize>>20)
	}
}
