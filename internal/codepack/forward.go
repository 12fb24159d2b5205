// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"crypto/sha512"
	"errors"
	"fmt"
	"hash"
	"io"
)

// forwardFile stands between archive/zip and a file, so that one pass over the file unpacks its entries and hashes all
// of its bytes: an unchanged source is read once per plan.
//
// Until start, reads go to the file itself: the directory is at the end and comes first. From then on the file is read
// in blocks, strictly forward, and each block goes through SHA-512 once. A read of what lies before the present block
// goes to the file and is not hashed again; there is none when entries are read by their position.
type forwardFile struct {
	under   io.ReaderAt
	size    int64 // the length as it was before the reading
	limit   int64 // the largest length that is allowed
	started bool
	stamp   string    // what the digest counts besides; "" for nothing
	seam    *splice   // where that is
	digest  hash.Hash // of the bytes before next
	hashed  io.Writer // leads there
	buffer  []byte
	block   []byte // the bytes before next that are still in the buffer
	next    int64
}

func newForwardFile(under io.ReaderAt, size, limit int64) *forwardFile {
	digest := sha512.New()
	return &forwardFile{
		under: under, size: size, limit: limit, digest: digest, hashed: digest, buffer: make([]byte, copyBufferSize),
	}
}

// start ends the time in which reads go to the file itself.
func (f *forwardFile) start() { f.started = true }

// stampEnd makes the digest that of the archive with its stamp, if it is to have one.
func (f *forwardFile) stampEnd() (err error) {
	if f.stamp == "" {
		return nil
	}
	if f.seam, err = stampArchive(f.under, f.size, f.stamp); err == nil {
		f.hashed = f.seam.writer(f.digest)
	}
	return err
}

// ReadAt reads on as far as it has to.
func (f *forwardFile) ReadAt(p []byte, off int64) (int, error) {
	if !f.started || off < f.next-int64(len(f.block)) {
		return f.under.ReadAt(p, off)
	}
	n := 0
	for n < len(p) {
		at := off + int64(n)
		if at >= f.next {
			if err := f.advance(); err != nil {
				return n, err
			}
			continue
		}
		n += copy(p[n:], f.block[at-f.next+int64(len(f.block)):])
	}
	return n, nil
}

// advance reads and hashes the next block. It gives io.EOF at the end of the file, and ErrTooLarge behind the limit: a
// file may grow after the look at its length. An error behind some bytes comes with the next call.
func (f *forwardFile) advance() error {
	if f.next > f.limit {
		return tooLarge(f.next, f.limit)
	}
	n, err := f.under.ReadAt(f.buffer, f.next)
	f.block = f.buffer[:n]
	f.next += int64(n)
	if _, err := f.hashed.Write(f.block); err != nil {
		return err
	}
	if n > 0 {
		return nil
	}
	return err
}

// finish reads the rest of the file and gives the lower-case hex SHA-512 of all of it. A file of another length than at
// the start is not the one that was unpacked.
func (f *forwardFile) finish() (digest string, err error) {
	for err == nil {
		err = f.advance()
	}
	if !errors.Is(err, io.EOF) {
		return "", withoutPath(err)
	}
	if f.next != f.size {
		return "", fmt.Errorf("%w: it had %d bytes, then %d", ErrChanging, f.size, f.next)
	}
	return hexSum(f.digest), nil
}
