// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// silence is how long an answer may say nothing before it counts as lost.
const silence = time.Minute

// stalls are answers that begin and do not end.
func stalls() map[string]wireFault {
	stall := func(keep func(data []byte) []byte) func(reply) {
		return func(resp reply) {
			data, err := io.ReadAll(resp.Body)
			if err != nil {
				return
			}
			resp.Body = newStalled(resp.Request, keep(data))
		}
	}
	return map[string]wireFault{
		"headers, then silence": {
			says: "The answer stops in the middle", passes: true, wait: silence, modes: []mode{once, always},
			bend: stall(func([]byte) []byte { return nil }), hits: withAnswer,
		},
		"half an answer, then silence": {
			says: "The answer stops in the middle", passes: true, wait: silence,
			bend: stall(func(data []byte) []byte { return data[:len(data)/2] }), hits: withAnswer,
		},
	}
}

// withAnswer are the calls whose answer has a body.
var withAnswer = answered(answersFunction, answersAlias, answersMore, answersWrite, answersAsync, answersEvent)

// stalled is a body of which nothing comes behind the first bytes. As with net/http, a Read ends with the request's
// context or when the body is closed.
type stalled struct {
	head   *bytes.Reader
	ctx    context.Context
	closed chan struct{}
	close  func()
}

func newStalled(r *http.Request, head []byte) *stalled {
	s := &stalled{head: bytes.NewReader(head), ctx: r.Context(), closed: make(chan struct{})}
	s.close = sync.OnceFunc(func() { close(s.closed) })
	return s
}

var errBodyClosed = errors.New("http: read on closed response body")

// Read implements io.Reader.
func (s *stalled) Read(p []byte) (int, error) {
	if s.head.Len() > 0 {
		return s.head.Read(p)
	}
	select {
	case <-s.ctx.Done():
		return 0, context.Cause(s.ctx)
	case <-s.closed:
		return 0, errBodyClosed
	}
}

// Close implements io.Closer.
func (s *stalled) Close() error {
	s.close()
	return nil
}

// endless is a body whose text goes on and on, and counts what was read of it. At the limit it ends, for a client that
// would never stop.
type endless struct {
	begin io.Reader
	piece []byte
	read  *atomic.Int64
}

const endlessLimit = 512 << 20

// Read implements io.Reader.
func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.begin.Read(p); err == nil {
		return n, nil
	}
	if e.read.Load() >= endlessLimit {
		return 0, io.ErrUnexpectedEOF
	}
	n := copy(p, e.piece)
	e.read.Add(int64(n))
	return n, nil
}

// Close implements io.Closer.
func (e *endless) Close() error { return nil }

// TestFault_endlessAnswer_large: an answer that never ends, in one text or in many members, is bounded. No more is
// read of it than the largest answer there can be, which is the echo of an upload.
func TestFault_endlessAnswer_large(t *testing.T) {
	for name, v := range map[string]struct{ begin, piece string }{
		"one text":    {`{"func_urn":"`, strings.Repeat("a", 32<<10)},
		"many texts":  {`{"func_urn":["`, strings.Repeat(`a","`, 8<<10)},
		"blanks":      {`{"func_urn":"x"`, strings.Repeat(" ", 32<<10)},
		"deep arrays": {`{"func_urn":`, strings.Repeat("[", 32<<10)},
	} {
		for _, at := range []int{0, 1} {
			t.Run(name+" at "+map[int]string{0: "a read", 1: "a write"}[at], func(t *testing.T) {
				bubble(t, "update", func(w *world) {
					var most atomic.Int64
					w.wire.bend = func(_ int, r *http.Request, resp reply) {
						if (r.Method == http.MethodGet) == (at == 0) {
							resp.Body = &endless{strings.NewReader(v.begin), []byte(v.piece), &most}
						}
					}
					w.wire.before = func(int) { // the bound is of one answer
						if n := most.Swap(0); n > 200<<20 {
							w.t.Errorf("%d bytes of one answer were read", n)
						}
					}
					diags := w.run(w.t.Context())
					w.wire.before(0)
					if at == 0 && !diags.failed() {
						w.t.Errorf("an answer without an end was believed: %s", diags)
					}
					speaksPlainly(w.t, diags)
					w.mend()
					w.recover(diags)
				})
			})
		}
	}
}
