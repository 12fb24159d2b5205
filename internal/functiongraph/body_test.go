// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestBody_bytes(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 2, 3, 100, blockSize - 1, blockSize, blockSize + 1, 2 * blockSize, 3*blockSize + 7} {
		content := strings.Repeat("x\x00\xff~", size/4+1)[:size]
		b, err := blobBody(struct {
			Type string `json:"code_type"`
		}{"zip"}, `"func_code":{"file":"`, blobOf(content), `"}}`)
		if err != nil {
			t.Fatal(err)
		}
		want := `{"code_type":"zip","func_code":{"file":"` + base64.StdEncoding.EncodeToString([]byte(content)) + `"}}`
		for how, wrap := range map[string]func(io.Reader) io.Reader{
			"whole":     func(r io.Reader) io.Reader { return r },
			"byte-wise": iotest.OneByteReader,
		} {
			r := b.reader()
			if err := r.open(); err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(wrap(r))
			if err != nil || string(got) != want {
				t.Errorf("%d bytes, %s: got %d bytes, %v; want %d", size, how, len(got), err, len(want))
			}
		}
		if b.length() != int64(len(want)) || b.reader().Len() != len(want) {
			t.Errorf("%d bytes: length %d, want %d", size, b.length(), len(want))
		}
		sum := sha256.Sum256([]byte(want))
		if got, err := b.hash(); err != nil || got != hex.EncodeToString(sum[:]) {
			t.Errorf("%d bytes: hash %s, %v", size, got, err)
		}
	}
}

// The last byte is announced before it is handed out, and not if that is refused.
func TestBodyReader_lastByte(t *testing.T) {
	t.Parallel()
	for name, blob := range map[string]*Blob{"without blob": nil, "with blob": blobOf("code"), "empty blob": blobOf("")} {
		b := &body{prefix: []byte(`{"a":1}`)}
		if blob != nil {
			b.blob, b.suffix = blob, []byte(`"}`)
		}
		r := b.reader()
		if err := r.open(); err != nil {
			t.Fatal(err)
		}
		refused := errors.New("refused")
		var told error
		r.lastByte = func() error { return refused }
		r.failed = func(err error) { told = err }
		got, err := io.ReadAll(iotest.OneByteReader(r))
		if !errors.Is(err, refused) || !errors.Is(told, refused) || int64(len(got)) != b.length()-1 {
			t.Errorf("%s: %d of %d bytes, %v", name, len(got), b.length(), err)
		}
		if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, refused) {
			t.Errorf("%s: read on after the refusal: %d, %v", name, n, err)
		}
	}
}

func TestBodyReader_changedContent(t *testing.T) {
	t.Parallel()
	promised := strings.Repeat("a", 2*blockSize)
	for name, actual := range map[string]string{
		"shorter":       promised[1:],
		"longer":        promised + "a",
		"first byte":    "b" + promised[1:],
		"last byte":     promised[1:] + "b",
		"empty":         "",
		"short by half": promised[:blockSize],
	} {
		blob := blobOf(promised)
		blob.Open = blobOf(actual).Open
		b, err := blobBody(struct{ A int }{1}, `"f":"`, blob, `"}`)
		if err != nil {
			t.Fatal(err)
		}
		r := b.reader()
		if err := r.open(); err != nil {
			t.Fatal(err)
		}
		var told error
		r.failed = func(err error) { told = err }
		got, err := io.ReadAll(r)
		if !errors.Is(err, ErrSourceChanged) || !strings.HasPrefix(err.Error(), "code.zip: ") || told == nil {
			t.Errorf("%s: %v", name, err)
		}
		if int64(len(got)) > b.length()-int64(len(`"}`))-4 || json.Valid(got) {
			t.Errorf("%s: %d of %d bytes were handed out", name, len(got), b.length())
		}
		if _, err := b.hash(); !errors.Is(err, ErrSourceChanged) {
			t.Errorf("%s: hash: %v", name, err)
		}
	}
}

func TestBodyReader_errors(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing.zip")
	blob := blobOf("code")
	blob.Open = func() (io.ReadCloser, error) { return os.Open(missing) }
	b, err := blobBody(struct{ A int }{1}, `"f":"`, blob, `"}`)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.reader().open(); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "missing.zip") {
		t.Errorf("missing file: %v", err)
	}

	broken := errors.New("disk")
	blob.Open = func() (io.ReadCloser, error) { return io.NopCloser(iotest.ErrReader(broken)), nil }
	r := b.reader()
	if err := r.open(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, broken) || errors.Is(err, ErrSourceChanged) {
		t.Errorf("unreadable file: %v", err)
	}

	blob.Open = blobOf("code").Open
	r = b.reader()
	if err := r.open(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := io.Copy(io.Discard, r); err == nil {
		t.Error("read after Close")
	}

	for name, bad := range map[string]*Blob{
		"nil": nil, "no reader": {SHA512: blob.SHA512}, "no digest": {Open: blob.Open},
		"negative size": {Open: blob.Open, SHA512: blob.SHA512, Size: -1},
	} {
		if _, err := blobBody(struct{ A int }{1}, `"f":"`, bad, `"}`); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestJSONBody_unmarshalable(t *testing.T) {
	t.Parallel()
	if _, err := jsonBody(func() {}); err == nil || bytes.Contains([]byte(err.Error()), []byte("0x")) {
		t.Errorf("got %v", err)
	}
}
