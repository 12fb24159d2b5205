// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
)

// largeString is the length from which code is taken out of the body and decoded on the way in, so that 50 MB are
// held once and not four times.
const largeString = 64 << 10

// readSize is the size of the read buffers.
const readSize = 64 << 10

// maxText bounds what is left of a body when large code is taken out: no call has settings of that length.
const maxText = 16 << 20

// body is a request body that was read to its end.
type body struct {
	text   []byte          // the JSON text, with a note in the place of each large string
	blobs  map[string]blob // by note
	size   int64           // bytes on the wire
	sha256 string          // lower-case hex, over the exact bytes
	longer bool            // than what was kept: then text and blobs are empty
}

var (
	errBodyTooLong = errors.New("the body is longer than any that the service takes")
	errTextTooLong = errors.New("the text of the body is too long")
)

// blob is a large string, decoded from Base64.
type blob struct {
	bytes []byte
	err   error // not Base64
}

// readBody reads the whole body, and keeps it if it has no more than the given number of bytes. An error means that the
// client did not send all of it, or errBodyTooLong that it sends more than most.
func readBody(r *http.Request, keep, most int64) (body, error) {
	hash := sha256.New()
	counted := &countingReader{r: io.TeeReader(io.LimitReader(r.Body, most+1), hash)}
	b := body{blobs: map[string]blob{}}
	err := b.split(bufio.NewReaderSize(io.LimitReader(counted, keep), readSize), min(r.ContentLength, keep))
	if errors.Is(err, io.EOF) || errors.Is(err, errTextTooLong) {
		var rest int64
		rest, err = io.Copy(io.Discard, counted)
		b.longer = rest > 0 || len(b.text) > maxText
	}
	if b.longer {
		b.text, b.blobs = nil, nil
	}
	b.size = counted.n
	b.sha256 = hex.EncodeToString(hash.Sum(nil))
	if err != nil {
		return b, fmt.Errorf("read request body: %w", err)
	}
	if b.size > most {
		return b, errBodyTooLong
	}
	return b, nil
}

// split copies the text and replaces large code; it ends with io.EOF when the body is complete, or with errTextTooLong.
// It follows quotes and escapes only: whether the rest is JSON is for the decoder to say.
func (b *body) split(in *bufio.Reader, sizeHint int64) error {
	start, escaped := -1, false // start of the present string in b.text
	for {
		char, err := in.ReadByte()
		if err != nil {
			return err
		}
		if b.text = append(b.text, char); len(b.text) > maxText {
			return errTextTooLong
		}
		switch {
		case escaped:
			escaped = false
		case start >= 0 && char == '\\':
			escaped = true
		case char == '"' && start >= 0:
			start = -1
		case char == '"':
			start = len(b.text)
		}
		if start >= 0 && len(b.text)-start == largeString && isCodeMember(b.text[:start-1]) {
			if in, err = b.takeOut(in, start, sizeHint); err != nil {
				return err
			}
			start, escaped = -1, false
		}
	}
}

// isCodeMember says whether the text before a string makes it the value of one of the members that hold code.
func isCodeMember(before []byte) bool {
	key, isValue := bytes.CutSuffix(bytes.TrimRight(before, " \t\r\n"), []byte(":"))
	key = bytes.TrimRight(key, " \t\r\n")
	return isValue && slices.ContainsFunc([]string{`"file"`, `"file_code"`, `"depend_file"`}, func(name string) bool {
		return bytes.HasSuffix(key, []byte(name))
	})
}

// takeOut reads the string that begins at start to its end, and leaves a note with its closing quote. What follows the
// string is read from the reader that it returns.
func (b *body) takeOut(in *bufio.Reader, start int, sizeHint int64) (*bufio.Reader, error) {
	before := bytes.NewReader(bytes.Clone(b.text[start:]))
	in = bufio.NewReaderSize(io.MultiReader(before, in), readSize)
	content := &stringReader{in: in}
	var decoded bytes.Buffer
	if sizeHint > 0 && len(b.blobs) == 0 { // a body has one, as a rule; the hint must not count for each of many
		decoded.Grow(base64.StdEncoding.DecodedLen(int(sizeHint)) + bytes.MinRead)
	}
	_, badBase64 := decoded.ReadFrom(base64.NewDecoder(base64.StdEncoding, content))
	if _, err := io.Copy(io.Discard, content); err != nil {
		return in, err
	}
	if !content.done {
		return in, io.EOF // the body ends within the string: not JSON, but complete
	}
	note := fmt.Sprintf("<large string %d: %d bytes decoded>", len(b.blobs)+1, decoded.Len())
	b.blobs[note] = blob{decoded.Bytes(), badBase64}
	b.text = append(b.text[:start], note+`"`...)
	return in, nil
}

// decode returns the bytes of a Base64 string member, large or not.
func (b *body) decode(text string) ([]byte, error) {
	if large, ok := b.blobs[text]; ok {
		return large.bytes, large.err
	}
	return base64.StdEncoding.DecodeString(text)
}

// logged is what the request log keeps: no passwords.
func (b *body) logged(op string) []byte {
	if op == "CreateToken" {
		return nil
	}
	return b.text
}

// stringReader gives the characters of a JSON string up to its closing quote. Of the escapes only those are undone
// that can occur in Base64, `\/` and `\u00XX`.
type stringReader struct {
	in   *bufio.Reader
	done bool
}

func (s *stringReader) Read(p []byte) (int, error) {
	if s.done || len(p) == 0 {
		return 0, io.EOF
	}
	if _, err := s.in.Peek(1); err != nil {
		return 0, err
	}
	plain, err := s.in.Peek(min(len(p), s.in.Buffered()))
	if err != nil {
		return 0, err
	}
	for _, special := range []byte{'"', '\\'} {
		if i := bytes.IndexByte(plain, special); i >= 0 {
			plain = plain[:i]
		}
	}
	if len(plain) == 0 {
		return s.special(p)
	}
	return s.in.Read(p[:len(plain)])
}

// special reads a quote or an escape.
func (s *stringReader) special(p []byte) (int, error) {
	char, err := s.in.ReadByte()
	if err != nil {
		return 0, err
	}
	if char == '"' {
		s.done = true
		return 0, io.EOF
	}
	if char, err = s.in.ReadByte(); err != nil {
		return 0, err
	}
	if char == 'u' {
		if char, err = s.hexadecimal(); err != nil {
			return 0, err
		}
	}
	p[0] = char
	return 1, nil
}

func (s *stringReader) hexadecimal() (byte, error) {
	digits := make([]byte, 4)
	if _, err := io.ReadFull(s.in, digits); err != nil {
		return 0, err
	}
	value, err := strconv.ParseUint(string(digits), 16, 8)
	if err != nil {
		return '?', nil //nolint:nilerr // no Base64 character: the decoder refuses it
	}
	return byte(value), nil
}

// countingReader counts what was read and repeats its first error: net/http says io.EOF when a body that ended early
// is read once more.
type countingReader struct {
	r   io.Reader
	n   int64
	err error
}

func (c *countingReader) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.err = err
	return n, err
}
