// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A write whose last byte left is answered although the caller gave up; a read is not.
func TestCancel_inFlight(t *testing.T) {
	t.Parallel()
	for method, call := range testCalls() {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				slow := good(method)
				slow.delay = 30 * time.Second
				c, _ := scripted(t, slow)
				ctx, cancel := context.WithCancel(t.Context())
				began := time.Now()
				time.AfterFunc(time.Second, cancel)
				err := call(ctx, c)
				took := time.Since(began)
				switch method {
				case "get":
					if !errors.Is(err, context.Canceled) || took != time.Second {
						t.Errorf("after %v: %v", took, err)
					}
				case "delete": // this transport reports no connection, so nothing shows that it was sent; see below
				default:
					if err != nil || took != 30*time.Second {
						t.Errorf("after %v: %v", took, err)
					}
				}
			})
		})
	}
}

// A request without a body counts as sent once it has its connection.
func TestCancel_deleteInFlight(t *testing.T) {
	t.Parallel()
	arrived, done := make(chan struct{}), make(chan struct{})
	c := served(t, func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-done
		w.WriteHeader(http.StatusNoContent)
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
		close(done)
	}()
	if err := c.DeleteFunction(ctx, testURN); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestCancel_noAnswerInTime(t *testing.T) {
	t.Parallel()
	for method, call := range testCalls() {
		if method == "get" || method == "delete" {
			continue
		}
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := scripted(t, step{delay: time.Hour})
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				began := time.Now()
				err := call(ctx, c)
				var lost *AmbiguousError
				if errors.As(err, &lost) != isOnce(method) || !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(began); took != time.Second+defaultAnswerGrace || len(s.requests()) != 1 {
					t.Errorf("took %v, %d requests", took, len(s.requests()))
				}
			})
		})
	}
}

// The deadline, unlike a cancel, is the end; what was sent by then may have been done.
func TestCancel_deadline(t *testing.T) {
	t.Parallel()
	for method, call := range testCalls() {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := scripted(t, step{delay: time.Hour})
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				began := time.Now()
				err := call(ctx, c)
				var lost *AmbiguousError
				if errors.As(err, &lost) != isOnce(method) || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(began); took != 5*time.Second || len(s.requests()) != 1 {
					t.Errorf("took %v, %d requests", took, len(s.requests()))
				}
			})
		})
	}
}

func TestCancel_whileWaiting(t *testing.T) {
	t.Parallel()
	for method, call := range testCalls() {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := scripted(t, step{status: 429, body: throttleDoc, header: map[string]string{"Retry-After": "600"}})
				ctx, cancel := context.WithCancelCause(t.Context())
				stop := errors.New("interrupted")
				time.AfterFunc(time.Second, func() { cancel(stop) })
				began := time.Now()
				err := call(ctx, c)
				var lost *AmbiguousError
				if !errors.Is(err, context.Canceled) || !errors.Is(err, stop) || errors.As(err, &lost) {
					t.Errorf("got %v", err)
				}
				if !HasCode(err, "FSS.0429") {
					t.Errorf("the error does not say what was waited for: %v", err)
				}
				if took := time.Since(began); took != time.Second || len(s.requests()) != 1 {
					t.Errorf("took %v, %d requests", took, len(s.requests()))
				}
			})
		})
	}
}

func TestCancel_before(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for method, call := range testCalls() {
		c, s := scripted(t, step{status: 200, body: functionDoc})
		var lost *AmbiguousError
		if err := call(ctx, c); !errors.Is(err, context.Canceled) || errors.As(err, &lost) || len(s.requests()) != 0 {
			t.Errorf("%s: %v after %d requests", method, err, len(s.requests()))
		}
	}
}

// While the body is on its way a cancel ends it at once: the service does not get the whole, so it did nothing.
func TestCancel_whileSending(t *testing.T) {
	t.Parallel()
	halfway, released, closed := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var whole atomic.Bool
	c := served(t, func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		whole.Store(err == nil)
		close(released)
	})
	blob := blobOf(strings.Repeat("x", 4*blockSize))
	blob.Open = func() (io.ReadCloser, error) {
		first := true
		read := func(p []byte) (int, error) {
			if !first {
				close(halfway)
				<-closed // does not go on until it is closed
				return 0, errReset
			}
			first = false
			return copy(p, strings.Repeat("x", blockSize)), nil
		}
		return stuckFile{readerFunc(read), closed}, nil
	}
	cfg := testConfig(nil)
	cfg.Endpoint, cfg.Token = c.endpoint.String(), "token" // a signature would read the content before
	c = newClient(t, cfg)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-halfway
		cancel()
	}()
	_, err := c.CreateFunction(ctx, CreateFunctionRequest{Name: "demo", Code: &Code{Type: CodeTypeZip, Blob: blob}})
	var lost *AmbiguousError
	if !errors.Is(err, context.Canceled) || errors.As(err, &lost) {
		t.Errorf("got %v", err)
	}
	<-released
	if whole.Load() {
		t.Error("the whole body arrived")
	}
}

// The moment before the last byte counts: a caller that gave up by then is heard.
func TestCancel_beforeLastByte(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	blob := blobOf("code")
	inner := blob.Open
	blob.Open = func() (io.ReadCloser, error) {
		cancel()
		return inner()
	}
	s := &script{steps: []step{{status: 200, body: functionDoc}}}
	cfg := testConfig(s)
	cfg.Token = "token"
	_, err := newClient(t, cfg).ImportFunction(ctx, ImportFunctionRequest{Name: "demo", FileName: "demo.zip", File: blob})
	var lost *AmbiguousError
	if !errors.Is(err, context.Canceled) || errors.As(err, &lost) || s.requests()[0].body != "" {
		t.Errorf("%v, body %q", err, s.requests()[0].body)
	}
}

func TestCancel_whileDialing(t *testing.T) {
	t.Parallel()
	for method, call := range testCalls() {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			dialing := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				cancel()
				<-ctx.Done()
				return nil, ctx.Err()
			}}
			var lost *AmbiguousError
			if err := call(ctx, newClient(t, testConfig(dialing))); !errors.Is(err, context.Canceled) || errors.As(err, &lost) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDetach(t *testing.T) {
	t.Parallel()
	type key struct{}
	synctest.Test(t, func(t *testing.T) {
		parent, cancelParent := context.WithCancel(context.WithValue(t.Context(), key{}, "v"))
		ctx, cancel := Detach(parent, 20*time.Second)
		defer cancel()
		began := time.Now()
		if ctx.Value(key{}) != "v" {
			t.Error("the values are gone")
		}
		cancelParent()
		synctest.Wait()
		if ctx.Err() != nil {
			t.Error("cancelled at once")
		}
		<-ctx.Done()
		if lived := time.Since(began); lived != 20*time.Second || !errors.Is(context.Cause(ctx), context.Canceled) {
			t.Errorf("lived for %v, then %v", lived, context.Cause(ctx))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		parent, cancelParent := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancelParent()
		ctx, cancel := Detach(parent, 20*time.Second)
		defer cancel()
		began := time.Now()
		<-ctx.Done()
		if lived := time.Since(began); lived != 5*time.Second || !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			t.Errorf("with a deadline: lived for %v, then %v", lived, ctx.Err())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		parent, cancelParent := context.WithCancel(t.Context())
		cancelParent()
		ctx, cancel := Detach(parent, time.Second)
		synctest.Wait()
		if ctx.Err() != nil {
			t.Error("a context that is already cancelled has no grace")
		}
		cancel()
		if ctx.Err() == nil {
			t.Error("the cancel function does nothing")
		}
		time.Sleep(time.Minute)
	})
}

type stuckFile struct {
	io.Reader
	closed chan struct{}
}

func (f stuckFile) Close() error {
	close(f.closed)
	return nil
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
