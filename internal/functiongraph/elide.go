// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"io"
)

// maxStringLength is how much of one JSON string is kept.
const maxStringLength = 64 << 10

// elider passes JSON through, but cuts strings after maxStringLength bytes. The answer to an upload echoes the whole
// file (contract 3.6); nobody reads it, and it must not be held.
type elider struct {
	source   io.Reader
	inString bool
	escape   int // bytes of the escape sequence that are still to come
	length   int // of the current string, in bytes as written
}

// Read implements io.Reader. It may return 0 bytes with no error while it drops the rest of a string.
func (e *elider) Read(p []byte) (int, error) {
	n, err := e.source.Read(p)
	kept := 0
	for i := 0; i < n; i++ {
		i += e.skip(p[i:n])
		if i < n && e.keep(p[i]) {
			p[kept] = p[i]
			kept++
		}
	}
	return kept, err
}

// skip returns how many bytes can be dropped without looking at each: most of a file's echo.
func (e *elider) skip(p []byte) int {
	if !e.inString || e.length != dropping || e.escape > 0 {
		return 0
	}
	if quote := bytes.IndexByte(p, '"'); quote >= 0 {
		p = p[:quote]
	}
	if backslash := bytes.IndexByte(p, '\\'); backslash >= 0 {
		p = p[:backslash]
	}
	return len(p)
}

// keep moves on by one byte and says whether it stays. An escape sequence and a UTF-8 character are kept or dropped
// whole: the cut is only made before a byte that starts something.
func (e *elider) keep(b byte) bool {
	if !e.inString {
		e.inString, e.length = b == '"', 0
		return true
	}
	starts := e.escape == 0 && b&0xC0 != 0x80
	if e.escape == 0 && b == '"' {
		e.inString = false
		return true
	}
	if starts && e.length >= maxStringLength {
		e.length = dropping
	}
	e.advance(b)
	if e.length == dropping {
		return false
	}
	e.length++
	return true
}

// dropping is the length of a string of which nothing more is kept.
const dropping = int(^uint(0) >> 1)

// advance counts the bytes of an escape sequence: one after the backslash, and four more after a "u".
func (e *elider) advance(b byte) {
	switch {
	case e.escape == 0 && b == '\\':
		e.escape = 1
	case e.escape == 1 && b == 'u':
		e.escape = 4
	case e.escape > 0:
		e.escape--
	}
}
