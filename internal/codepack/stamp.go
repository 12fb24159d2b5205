// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
)

// A stamp makes an archive another one without a change of its files: a word in the archive's comment, which stands at
// its very end and which nobody sees who unpacks it. It is put in while the archive streams by: nothing before the end
// record moves, and nothing is held.

// stampName stands before the stamp, so that a stamp is known for one when a stamped archive is stamped again.
const stampName = "terraform-provider-fgs "

// oldStamp is a stamp at the end of a comment.
var oldStamp = regexp.MustCompile(`\n?` + stampName + `[0-9a-f]+$`)

// maxComment is the length of a comment, which ends the file but for what is behind the archive.
const maxComment = 1<<16 - 1

// stampedComment is the comment of an archive with a stamp (lower-case hex) behind what was there before; an earlier
// stamp goes. most is how long it may be: the comment that was there is given up for that.
func stampedComment(comment []byte, stamp string, most int) []byte {
	mark := []byte(stampName + stamp)
	kept := oldStamp.ReplaceAll(comment, nil)
	if len(kept) == 0 || len(kept)+1+len(mark) > most {
		return mark
	}
	return append(append(bytes.Clone(kept), '\n'), mark...)
}

// splice is a part of a file that other bytes take the place of.
type splice struct {
	at       int64 // where it begins
	was, now []byte
}

// end is where the file goes on as it is.
func (s *splice) end() int64 { return s.at + int64(len(s.was)) }

// growth is how many bytes longer the result is.
func (s *splice) growth() int64 { return int64(len(s.now) - len(s.was)) }

// stampArchive finds the end record of a readable archive, and says what stands in its place with a stamp. Bytes before
// the archive and behind it stay; where so many are behind it that nobody would find a longer record, it is an error.
func stampArchive(file io.ReaderAt, size int64, stamp string) (*splice, error) {
	record, at, err := endRecord(file, size)
	switch {
	case err != nil:
		return nil, err
	case record == nil:
		return nil, fmt.Errorf("%w: it has no end record", ErrNotZip)
	}
	rest := make([]byte, size-at)
	if _, err := file.ReadAt(rest, at); err != nil && err != io.EOF {
		return nil, withoutPath(err)
	}
	length := endSize + int(binary.LittleEndian.Uint16(record[endSize-2:]))
	if length > len(rest) {
		return nil, fmt.Errorf("%w: its comment is cut", ErrNotZip)
	}
	record, behind := rest[:length], len(rest)-length
	comment := stampedComment(record[endSize:], stamp, maxComment-behind)
	if len(comment)+behind > maxComment {
		return nil, fmt.Errorf("%w: there are %d bytes behind its end, which leave no room for a stamp; build it again",
			ErrDamaged, behind)
	}
	now := binary.LittleEndian.AppendUint16(bytes.Clone(record[:endSize-2]), uint16(len(comment)))
	return &splice{at: at, was: record, now: append(now, comment...)}, nil
}

// writer passes on what is written to it, spliced. What is replaced must be what it was when the splice was made.
func (s *splice) writer(to io.Writer) io.Writer { return &splicer{splice: *s, to: to} }

type splicer struct {
	splice
	to  io.Writer
	pos int64 // of what was written to it
}

func (w *splicer) Write(p []byte) (int, error) {
	rest := p
	for len(rest) > 0 {
		part, out := rest, rest
		switch {
		case w.pos < w.at:
			part = rest[:min(int64(len(rest)), w.at-w.pos)]
			out = part
		case w.pos < w.end():
			from := w.pos - w.at
			part, out = rest[:min(int64(len(rest)), w.end()-w.pos)], nil
			if !bytes.Equal(part, w.was[from:from+int64(len(part))]) {
				return len(p) - len(rest), fmt.Errorf("%w: its end is another one now", ErrChanging)
			}
			if from == 0 {
				out = w.now
			}
		}
		if _, err := w.to.Write(out); err != nil {
			return len(p) - len(rest), err
		}
		w.pos += int64(len(part))
		rest = rest[len(part):]
	}
	return len(p), nil
}

// reader gives the bytes of a file, spliced. A file that was changed meanwhile gives other bytes, which whoever sends
// them finds out.
func (s *splice) reader(file io.ReaderAt) io.Reader {
	const toItsEnd = 1<<63 - 1
	return io.MultiReader(
		io.NewSectionReader(file, 0, s.at), bytes.NewReader(s.now), io.NewSectionReader(file, s.end(), toItsEnd-s.end()))
}

// reopenSpliced is reopen for an archive that is stamped.
func reopenSpliced(path string, s *splice) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		file, err := openRegular(path, "a zip archive")
		if err != nil {
			return nil, err
		}
		return splicedFile{s.reader(file), file}, nil
	}
}

type splicedFile struct {
	io.Reader
	io.Closer
}
