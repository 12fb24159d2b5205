// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// around says where an archive lies in its file. A script before it makes it a program; bytes behind it, or positions
// that do not count what is before, are what some unpackers stumble over. So they count for the content hash.
type around struct {
	start int64 // of the first entry's header
	skew  int64 // what the archive's own positions leave out, of what is before it
	end   int64 // behind its comment
	size  int64 // of the file
}

const (
	endSize      = 22        // of the record at an archive's end, without the comment
	endSearched  = 65 << 10  // as far back as archive/zip looks for that record
	endUnlimited = 1<<32 - 1 // in the record: the number is elsewhere
)

var endSignature = []byte("PK\x05\x06")

// aroundArchive looks at the record at the end of an archive that could be opened.
func aroundArchive(file io.ReaderAt, size int64, positions []int64) (around, error) {
	a := around{end: size, size: size}
	record, at, err := endRecord(file, size)
	if err != nil {
		return around{}, err
	}
	if record != nil {
		a.end = min(size, at+endSize+int64(binary.LittleEndian.Uint16(record[20:])))
		length, offset := binary.LittleEndian.Uint32(record[12:]), binary.LittleEndian.Uint32(record[16:])
		if length != endUnlimited && offset != endUnlimited {
			a.skew = at - int64(length) - int64(offset)
		}
	}
	for i, position := range positions {
		if i == 0 || position < a.start {
			a.start = max(0, position)
		}
	}
	return a, nil
}

// endRecord is the record and where it is; nil for none. It is looked for as archive/zip does: in a few bytes first.
func endRecord(file io.ReaderAt, size int64) (record []byte, at int64, err error) {
	for _, length := range []int64{1 << 10, endSearched} {
		tail := make([]byte, min(size, length))
		if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, withoutPath(err)
		}
		for i := len(tail) - endSize; i >= 0; i-- {
			if bytes.HasPrefix(tail[i:], endSignature) {
				return tail[i : i+endSize], size - int64(len(tail)-i), nil
			}
		}
	}
	return nil, 0, nil
}

// before is the manifest's line for what is before the archive; "" for nothing.
func (a around) before(file io.ReaderAt) (string, error) {
	if a.start == 0 {
		return "", nil
	}
	sum, err := sumOf(file, 0, a.start)
	return fmt.Sprintf("before %d %d %x\n", a.start, a.skew, sum), err
}

// behind is the same for what is behind it.
func (a around) behind(file io.ReaderAt) (string, error) {
	if a.end == a.size {
		return "", nil
	}
	sum, err := sumOf(file, a.end, a.size-a.end)
	return fmt.Sprintf("behind %d %x\n", a.size-a.end, sum), err
}

func sumOf(file io.ReaderAt, from, size int64) (sum [sha256.Size]byte, err error) {
	hash := sha256.New()
	if _, err := io.CopyBuffer(hash, io.NewSectionReader(file, from, size), make([]byte, copyBufferSize)); err != nil {
		return sum, withoutPath(err)
	}
	hash.Sum(sum[:0])
	return sum, nil
}
