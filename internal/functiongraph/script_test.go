// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	testRegion  = "cn-north-4"
	testProject = "0123456789abcdef0123456789abcdef"
	notFoundDoc = `{"error_code":"FSS.1051","error_msg":"Not found the function"}`
	throttleDoc = `{"error_code":"FSS.0429","error_msg":"Too many requests."}`
	functionDoc = `{"func_urn":"urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:demo:latest",` +
		`"func_name":"demo","package":"default","version":"latest","digest":"abc","runtime":"Python3.9",` +
		`"handler":"index.handler","timeout":3,"memory_size":128}`
)

var testURN = URN{Region: testRegion, ProjectID: testProject, Package: "default", Name: "demo"}

// seen is one request as it arrived.
type seen struct {
	method, path, rawPath, query string
	header                       http.Header
	body                         string
	length                       int64
	at                           time.Time
}

// step is what a script does with one request.
type step struct {
	status int
	header map[string]string
	body   string
	err    error         // instead of an answer
	delay  time.Duration // before the answer, or until the request's context ends
	skip   bool          // do not read the body
}

// script is a transport that plays its steps, the last one again and again. It works under testing/synctest.
type script struct {
	mu    sync.Mutex
	steps []step
	seen  []seen
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	st := s.steps[min(len(s.seen), len(s.steps)-1)]
	i := len(s.seen)
	s.seen = append(s.seen, seen{
		method: r.Method, path: r.URL.Path, rawPath: r.URL.EscapedPath(), query: r.URL.RawQuery,
		header: r.Header.Clone(), length: r.ContentLength, at: time.Now(),
	})
	s.mu.Unlock()
	if r.Body != nil {
		defer r.Body.Close()
		if !st.skip {
			data, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, fmt.Errorf("transport: %w", err)
			}
			s.mu.Lock()
			s.seen[i].body = string(data)
			s.mu.Unlock()
		}
	}
	if st.delay > 0 {
		select {
		case <-time.After(st.delay):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	if st.err != nil {
		return nil, st.err
	}
	resp := &http.Response{
		StatusCode: st.status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(st.body)),
	}
	for name, value := range st.header {
		resp.Header.Set(name, value)
	}
	return resp, nil
}

func (s *script) requests() []seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func testConfig(transport http.RoundTripper) Config {
	return Config{
		Region: testRegion, ProjectID: testProject,
		Credentials: Credentials{AccessKey: "AccessKey", SecretKey: "SecretKey"},
		MaxRetries:  3, UserAgent: "test/1", Transport: transport, RetryWait: time.Millisecond,
	}
}

func scripted(t *testing.T, steps ...step) (*Client, *script) {
	t.Helper()
	s := &script{steps: steps}
	return newClient(t, testConfig(s)), s
}

func newClient(t *testing.T, cfg Config) *Client {
	t.Helper()
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// served returns a client of a real server on a socket.
func served(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	cfg := testConfig(nil)
	cfg.Endpoint = server.URL
	return newClient(t, cfg)
}

func blobOf(content string) *Blob {
	sum := sha512.Sum512([]byte(content))
	return &Blob{
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil },
		Size:   int64(len(content)),
		SHA512: hex.EncodeToString(sum[:]),
		Name:   "code.zip",
	}
}

func ptr[T any](v T) *T { return &v }

// answer writes a good answer.
func answer(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	write(w, body)
}

// write, drain, cut and hijack are a server's side; what fails there shows at the client.
func write(w io.Writer, text string) {
	_, _ = io.WriteString(w, text)
}

func drain(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
}

// cut closes the connection without an answer.
func cut(w http.ResponseWriter) {
	hijack(w, "")
}

// hijack writes raw text and closes the connection.
func hijack(w http.ResponseWriter, text string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		write(conn, text)
		_ = conn.Close()
	}
}

var errReset = errors.New("connection reset by peer")

// repeated is a reader that repeats a piece of text until left bytes are read, without allocating.
type repeated struct {
	piece string
	left  int64
}

var manyAs = strings.Repeat("A", 32<<10)

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(int64(len(p)), r.left)], r.piece)
	r.left -= int64(n)
	return n, nil
}
