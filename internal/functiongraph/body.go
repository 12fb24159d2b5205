// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync/atomic"
)

// body is a request body that can be read any number of times: JSON, or JSON around a blob in Base64.
type body struct {
	prefix []byte
	blob   *Blob // may be nil
	suffix []byte
}

// jsonBody returns a body without a blob.
func jsonBody(v any) (*body, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // six bytes for one, and nobody here reads HTML
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("cannot write the request: %w", err)
	}
	return &body{prefix: bytes.TrimSuffix(text.Bytes(), []byte("\n"))}, nil
}

// blobBody returns the JSON object of v with one more member at its end, of which opening and closing are the text
// before and after the Base64 form of the blob.
func blobBody(v any, opening string, blob *Blob, closing string) (*body, error) {
	b, err := jsonBody(v)
	if err != nil {
		return nil, err
	}
	if blob == nil || blob.Open == nil || blob.Size < 0 || len(blob.SHA512) != 2*sha512.Size {
		return nil, errors.New("cannot send content without its reader, size and SHA-512")
	}
	b.prefix = append(b.prefix[:len(b.prefix)-1], ","+opening...)
	b.blob, b.suffix = blob, []byte(closing)
	return b, nil
}

// length returns the number of bytes of the body.
func (b *body) length() int64 {
	n := int64(len(b.prefix) + len(b.suffix))
	if b.blob != nil {
		n += (b.blob.Size + 2) / 3 * 4
	}
	return n
}

// hash returns the hex SHA-256 of the body, for the signature. It reads the blob once.
func (b *body) hash() (string, error) {
	h := sha256.New()
	r := b.reader()
	defer func() { _ = r.Close() }() // only read
	if err := r.open(); err != nil {
		return "", err
	}
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (b *body) reader() *bodyReader {
	return &bodyReader{body: b, pending: b.prefix, remaining: b.length()}
}

// blockSize is how much of a blob is read at once; a multiple of 3, so that only the last block is padded.
const blockSize = 24 << 10

// bodyReader reads a body once. It holds the last block of the blob back until size and SHA-512 agree, so that content
// that changed after it was announced never arrives whole, and a truncated request is never processed.
type bodyReader struct {
	body *body
	// lastByte is called before the last byte is handed out; its error stops that. May be nil.
	lastByte func() error
	// failed is told each error that Read returns, apart from io.EOF. May be nil.
	failed func(error)

	source    io.ReadCloser
	closed    atomic.Bool
	err       error
	pending   []byte // to be handed out next
	remaining int64  // bytes to hand out, pending included
	raw       []byte
	encoded   []byte
	read      int64 // bytes of the blob
	sum       hash.Hash
}

// Len returns the length of the whole body; retryablehttp takes the Content-Length from here, and so need not buffer.
func (r *bodyReader) Len() int {
	return int(r.body.length())
}

// open opens the blob, if there is one, in the caller's goroutine.
func (r *bodyReader) open() error {
	if r.body.blob == nil {
		return nil
	}
	source, err := r.body.blob.Open()
	if err != nil {
		return fmt.Errorf("cannot open the content to send: %w", err)
	}
	r.source, r.sum = source, sha512.New()
	r.raw, r.encoded = make([]byte, blockSize), make([]byte, base64.StdEncoding.EncodedLen(blockSize))
	return nil
}

// Close closes the blob. The transport calls it while another goroutine may be reading, to end that.
func (r *bodyReader) Close() error {
	if r.closed.Swap(true) || r.source == nil {
		return nil
	}
	return r.source.Close()
}

// Read implements io.Reader.
func (r *bodyReader) Read(p []byte) (int, error) {
	if r.err != nil || len(p) == 0 {
		return 0, r.err
	}
	n, err := r.next(p)
	if err != nil {
		r.err = err
		if !errors.Is(err, io.EOF) && r.failed != nil {
			r.failed(err)
		}
		return 0, err
	}
	return n, nil
}

func (r *bodyReader) next(p []byte) (int, error) {
	if r.remaining == 0 {
		return 0, io.EOF
	}
	if len(r.pending) == 0 {
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := min(len(p), len(r.pending))
	if int64(n) == r.remaining && r.lastByte != nil {
		if err := r.lastByte(); err != nil {
			return 0, err
		}
	}
	copy(p, r.pending[:n])
	r.pending, r.remaining = r.pending[n:], r.remaining-int64(n)
	return n, nil
}

// fill encodes the next block of the blob, or takes the suffix after the last one.
func (r *bodyReader) fill() error {
	if r.closed.Load() || r.source == nil {
		return errors.New("the request body is closed")
	}
	blob := r.body.blob
	want := min(blob.Size-r.read, blockSize)
	n, err := io.ReadFull(r.source, r.raw[:want])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("cannot read the content to send: %w", err)
	}
	r.read += int64(n)
	r.sum.Write(r.raw[:n])
	if int64(n) < want {
		return blob.changed(fmt.Sprintf("it has %d bytes instead of %d", r.read, blob.Size))
	}
	r.pending = r.encoded[:base64.StdEncoding.EncodedLen(n)]
	base64.StdEncoding.Encode(r.pending, r.raw[:n])
	if r.read < blob.Size {
		return nil
	}
	if err := r.verify(); err != nil {
		return err
	}
	r.pending = append(r.pending[:len(r.pending):len(r.pending)], r.body.suffix...)
	return nil
}

// verify compares what was read with what was announced, and makes sure that nothing follows.
func (r *bodyReader) verify() error {
	blob := r.body.blob
	if n, err := io.ReadFull(r.source, make([]byte, 1)); n > 0 {
		return blob.changed(fmt.Sprintf("it has more than %d bytes", blob.Size))
	} else if !errors.Is(err, io.EOF) {
		return fmt.Errorf("cannot read the content to send: %w", err)
	}
	if sum := hex.EncodeToString(r.sum.Sum(nil)); !strings.EqualFold(sum, blob.SHA512) {
		return blob.changed("its SHA-512 is another one")
	}
	return nil
}

func (b *Blob) changed(how string) error {
	if b.Name == "" {
		return fmt.Errorf("%w: %s", ErrSourceChanged, how)
	}
	return fmt.Errorf("%s: %w: %s", b.Name, ErrSourceChanged, how)
}
