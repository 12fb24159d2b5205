// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"sync"
	"syscall"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// wire carries requests from a client to an emulator without a network, so that both can live in a synctest bubble,
// where waiting takes no time. It behaves as net/http does where the client can tell: a body that is not read to its
// end never arrives, and a caller that gives up is let go at once.
type wire struct {
	api *emulator.Server

	// What happens to a request, by its number from 0. All may be nil.
	refuse func(n int, r *http.Request) bool        // its connection is refused
	hide   func(n int, r *http.Request) bool        // it is processed, and a gateway answers 504 all the same
	before func(n int)                              // called when it has arrived
	after  func(n int)                              // called when it was processed, before its answer is seen
	bend   func(n int, r *http.Request, resp reply) // changes its answer on the way

	mu   sync.Mutex
	dead bool // the client's process has died: nothing leaves it any more, nothing reaches it
	seen int  // requests so far
}

var (
	errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	errDead    = errors.New("the process is dead")
)

// spinning is a number of requests that no command needs. A client that does not wait would go on for ever, since no
// time passes in a bubble while somebody is busy: then its process is dead.
const spinning = 2000

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	n := w.count()
	if n >= spinning {
		w.kill()
	}
	if err := w.alive(); err != nil {
		return nil, err
	}
	if w.refuse != nil && w.refuse(n, r) {
		return nil, errRefused
	}
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	body, err := readAll(r)
	if err != nil {
		return nil, err
	}
	if w.before != nil {
		w.before(n)
	}
	if err := w.alive(); err != nil {
		return nil, err
	}
	arrived := make(chan *http.Response, 1)
	ctx, leave := context.WithCancel(context.WithoutCancel(r.Context()))
	go func() {
		defer leave()
		arrived <- w.serve(ctx, r, body, n) //nolint:bodyclose // the client closes it
	}()
	select {
	case resp := <-arrived:
		if resp == nil {
			return nil, io.ErrUnexpectedEOF
		}
		return resp, w.alive()
	case <-r.Context().Done():
		leave()
		return nil, context.Cause(r.Context())
	}
}

func (w *wire) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen++
	return w.seen - 1
}

func (w *wire) alive() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead {
		return errDead
	}
	return nil
}

// requests is how many there were so far.
func (w *wire) requests() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen
}

// restart begins to count anew.
func (w *wire) restart() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = 0
}

// kill is the end of the client's process.
func (w *wire) kill() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
}

func readAll(r *http.Request) ([]byte, error) {
	if r.Context().Err() != nil {
		return nil, context.Cause(r.Context())
	}
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// serve lets the emulator process one request; nil is a connection that closed without an answer.
func (w *wire) serve(ctx context.Context, r *http.Request, body []byte, n int) (resp *http.Response) {
	in := httptest.NewRequestWithContext(ctx, r.Method, r.URL.String(), io.NopCloser(bytes.NewReader(body)))
	in.Header, in.ContentLength = r.Header.Clone(), int64(len(body))
	out := httptest.NewRecorder()
	defer func() {
		if v := recover(); v != nil && v != http.ErrAbortHandler { //nolint:errorlint // a panic's value
			panic(v)
		} else if v != nil {
			resp = nil
			if out.Flushed { // half of the answer is out
				resp = out.Result()
				resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(out.Body.Bytes()), broken{}))
			}
		}
		if w.bend != nil && resp != nil {
			resp.Request = r
			w.bend(n, r, reply{resp})
		}
		if w.after != nil {
			w.after(n)
		}
	}()
	w.api.ServeHTTP(out, in)
	if w.hide != nil && w.hide(n, r) {
		out = httptest.NewRecorder()
		http.Error(out, "the upstream did not answer in time", http.StatusGatewayTimeout)
	}
	return out.Result()
}

// reply is an answer on its way.
type reply struct{ *http.Response }

// broken is the end of a connection.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
