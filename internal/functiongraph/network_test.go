// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
)

// Faults of a real connection, as each call sees them.
func TestNetwork_faults(t *testing.T) {
	t.Parallel()
	unread := map[string]bool{"closed before reading": true, "nonsense": true}
	for name, fault := range map[string]http.HandlerFunc{
		"closed before reading": func(w http.ResponseWriter, _ *http.Request) { cut(w) },
		"closed after reading": func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			cut(w)
		},
		"answer cut": func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			w.Header().Set("Content-Length", "1000")
			write(w, functionDoc[:20])
		},
		"headers cut": func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			hijack(w, "HTTP/1.1 200 O")
		},
		"nonsense": func(w http.ResponseWriter, _ *http.Request) {
			hijack(w, "hello\r\n\r\n")
		},
	} {
		for method, call := range testCalls() {
			t.Run(name+"/"+method, func(t *testing.T) {
				t.Parallel()
				var n atomic.Int32
				c := served(t, func(w http.ResponseWriter, r *http.Request) {
					if n.Add(1) == 1 {
						fault(w, r)
						return
					}
					if good(method).status == http.StatusNoContent {
						w.WriteHeader(http.StatusNoContent)
						return
					}
					answer(w, functionDoc)
				})
				err := call(t.Context(), c)
				var lost *AmbiguousError
				ambiguous := errors.As(err, &lost)
				repeated := err == nil && n.Load() == 2
				switch {
				case ambiguous && isOnce(method) && n.Load() == 1:
				case repeated && !isOnce(method):
				case repeated && unread[name]: // broke before the last byte was handed over, which is no request
				default:
					t.Errorf("%v after %d requests", err, n.Load())
				}
			})
		}
	}
}

// Nothing listens: provably nothing was done, so even a create is tried again, and is not ambiguous in the end.
func TestNetwork_refused(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for method, call := range testCalls() {
		cfg := testConfig(nil)
		cfg.Endpoint = "http://" + listener.Addr().String()
		attempts := 0
		cfg.Log = func(context.Context, string, map[string]any) { attempts++ }
		err := call(t.Context(), newClient(t, cfg))
		var lost *AmbiguousError
		if err == nil || errors.As(err, &lost) || attempts != 4 {
			t.Errorf("%s: %v after %d attempts", method, err, attempts)
		}
	}
}

// A file that changes between the announcement and the sending never arrives whole, and is not tried again.
func TestNetwork_sourceChanges(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"", "token"} { // with a signature the change is seen before anything is sent
		for method, call := range testCalls() {
			var whole, arrived atomic.Int32
			c := served(t, func(w http.ResponseWriter, r *http.Request) {
				arrived.Add(1)
				if _, err := io.Copy(io.Discard, r.Body); err == nil {
					whole.Add(1)
				}
			})
			c.source = Fixed(Credentials{AccessKey: "AccessKey", SecretKey: "SecretKey", Token: token}, "")
			blob := blobOf("announced")
			blob.Open = blobOf("different").Open
			var err error
			switch method {
			case "create":
				_, err = c.CreateFunction(t.Context(), CreateFunctionRequest{Name: "demo", Code: &Code{Type: "zip", Blob: blob}})
			case "code":
				_, err = c.UpdateCode(t.Context(), testURN, Code{Type: "zip", Blob: blob})
			case "import":
				_, err = c.ImportFunction(t.Context(), ImportFunctionRequest{Name: "demo", FileName: "f", File: blob})
			default:
				_ = call
				continue
			}
			var lost *AmbiguousError
			if !errors.Is(err, ErrSourceChanged) || errors.As(err, &lost) || whole.Load() != 0 || arrived.Load() > 1 {
				t.Errorf("%s: %v, %d requests, %d whole", method, err, arrived.Load(), whole.Load())
			}
			if token == "" && arrived.Load() != 0 {
				t.Errorf("%s: %d requests in spite of the hash", method, arrived.Load())
			}
		}
	}
}

func TestNetwork_missingFile(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "gone.zip")
	for _, token := range []string{"", "token"} {
		c, s := scripted(t, step{status: 200, body: functionDoc})
		c.source = Fixed(Credentials{AccessKey: "AccessKey", SecretKey: "SecretKey", Token: token}, "")
		blob := blobOf("x")
		blob.Open = func() (io.ReadCloser, error) { return os.Open(missing) }
		_, err := c.UpdateCode(t.Context(), testURN, Code{Type: "zip", Blob: blob})
		if !errors.Is(err, os.ErrNotExist) || len(s.requests()) != 0 {
			t.Errorf("%v after %d requests", err, len(s.requests()))
		}
	}
}

// A connection that the server closed while it was idle: net/http starts over, with the whole body.
func TestNetwork_idleConnectionClosed(t *testing.T) {
	t.Parallel()
	var bodies []string
	c := served(t, func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(data))
		answer(w, functionDoc)
		if len(bodies)%2 == 1 {
			w.(http.Flusher).Flush()
			cut(w)
		}
	})
	for range 4 {
		if _, err := c.UpdateCode(t.Context(), testURN, Code{Type: "zip", Blob: blobOf("PK")}); err != nil {
			t.Error(err)
		}
	}
	for _, b := range bodies {
		if b != `{"code_type":"zip","func_code":{"file":"UEs="}}` {
			t.Errorf("body %q", b)
		}
	}
}

// brittle is a connection that refuses to write once it was told to.
type brittle struct {
	net.Conn
	broken *atomic.Bool
}

func (c brittle) Write(p []byte) (int, error) {
	if c.broken.Swap(false) {
		return 0, errReset
	}
	return c.Conn.Write(p)
}

// An idle connection turns out to be dead before anything left: net/http starts over with the whole body, which even a
// create may, and the flight knows that nothing was handed over.
func TestNetwork_replay(t *testing.T) {
	t.Parallel()
	var bodies []string
	server := served(t, func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(data))
		answer(w, functionDoc)
	})
	var broken, unreachable atomic.Bool
	cfg := testConfig(&http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if unreachable.Swap(false) {
			return nil, errReset
		}
		conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		return brittle{conn, &broken}, err
	}})
	cfg.Endpoint = server.endpoint.String()
	attempts := 0
	cfg.Log = func(context.Context, string, map[string]any) { attempts++ }
	c := newClient(t, cfg)
	for range 3 {
		in := CreateFunctionRequest{Name: "demo", Code: &Code{Type: "zip", Blob: blobOf("PK")}}
		if _, err := c.CreateFunction(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		broken.Store(true)
	}
	// The dead connection, then none at all: still nothing left, so the loop goes on.
	unreachable.Store(true)
	if _, err := c.PublishVersion(t.Context(), testURN, PublishVersionRequest{}); err != nil {
		t.Error(err)
	}
	if len(bodies) != 4 || attempts != 5 || broken.Load() || unreachable.Load() {
		t.Errorf("%d requests, %d attempts", len(bodies), attempts)
	}
	bodies = bodies[:3]
	for _, b := range bodies {
		if b != `{"func_name":"demo","code_type":"zip","func_code":{"file":"UEs="}}` {
			t.Errorf("body %q", b)
		}
	}
}

// 64 MB go through, and their echo comes back, in much less memory: nothing is held whole, nor copied.
func TestUpload_memory(t *testing.T) { // not in parallel: other tests would be measured too
	const size = 64 << 20
	sum := sha512.New()
	if _, err := io.Copy(sum, &repeated{manyAs, size}); err != nil {
		t.Fatal(err)
	}
	blob := &Blob{
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(&repeated{manyAs, size}), nil },
		Size:   size,
		SHA512: hex.EncodeToString(sum.Sum(nil)),
	}
	var received int64
	sink := make([]byte, 64<<10)
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		defer r.Body.Close()
		for {
			n, err := r.Body.Read(sink)
			received += int64(n)
			if err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
		}
		reader, writer := io.Pipe()
		go func() {
			write(writer, `{"func_code":{"file":"`)
			_, _ = io.CopyBuffer(struct{ io.Writer }{writer}, &repeated{manyAs, size}, make([]byte, 64<<10))
			write(writer, `"},"digest":"d","func_urn":"`+testURN.String()+`"}`)
			_ = writer.Close()
		}()
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: reader, Request: r}, nil
	})
	for _, token := range []string{"token", ""} {
		received = 0
		cfg := testConfig(transport)
		cfg.Token = token
		c := newClient(t, cfg)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		out, err := c.UpdateCode(t.Context(), testURN, Code{Type: CodeTypeZip, Blob: blob})
		runtime.ReadMemStats(&after)
		if err != nil || out.Digest != "d" {
			t.Fatalf("%+v, %v", out, err)
		}
		if received < size*4/3 {
			t.Errorf("only %d bytes arrived", received)
		}
		if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 4<<20 {
			t.Errorf("allocated %d bytes for a file of %d", allocated, size)
		}
	}
}
