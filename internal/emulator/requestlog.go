// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"slices"
	"time"
)

// maxRequests and maxLogged, which counts bytes, bound the log of a process that runs for days; the oldest entries go
// first.
const (
	maxRequests = 50_000
	maxLogged   = 256 << 20
)

// Request is what the emulator remembers of one request.
type Request struct {
	Op       string // name of the call, such as CreateFunction; empty: no route matched
	Method   string
	Path     string // decoded
	Route    string // the path with its parameters as {names}; empty: no route matched
	Query    url.Values
	Status   int    // what was answered; 0: nothing was
	Code     string // the error code that was answered
	Body     []byte // the JSON body; code above 64 KiB is replaced by a note of its length
	BodySize int64  // bytes on the wire
	Time     time.Time
	Fault    string      // kind of the fault that hit, if one did
	Header   http.Header // without credentials
	As       string      // whose credentials were accepted, such as "key", "agency NAME" or "ECS"; empty: nobody's
}

// Requests returns the requests so far in the order of their answers, all of them or those of the given calls.
func (s *Server) Requests(ops ...string) []Request {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	out := []Request{}
	for _, r := range s.requests {
		if len(ops) == 0 || slices.Contains(ops, r.Op) {
			out = append(out, r)
		}
	}
	return out
}

// Count counts what Requests would return.
func (s *Server) Count(ops ...string) int {
	return len(s.Requests(ops...))
}

// ResetRequests empties the log.
func (s *Server) ResetRequests() {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	s.requests, s.logged = nil, 0
}

// Unhandled returns the requests that no route matched: calls which the emulator does not know, or typing errors.
func (s *Server) Unhandled() []Request {
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return r.Op != "" })
}

// record appends one request. It runs before the answer is sent: who has the answer finds the request.
func (s *Server) record(r Request) {
	s.logMu.Lock()
	if s.logged += r.weight(); len(s.requests) >= maxRequests || s.logged > maxLogged {
		s.forget()
	}
	s.requests = append(s.requests, r)
	s.logMu.Unlock()
	if s.opts.OnRequest != nil {
		s.opts.OnRequest(r)
	}
}

// forget drops a tenth of the entries, the oldest, and as many more as the bound of bytes demands.
func (s *Server) forget() {
	n := 0
	for n < len(s.requests) && (n <= len(s.requests)/10 || s.logged > maxLogged) {
		s.logged -= s.requests[n].weight()
		n++
	}
	s.requests = slices.Delete(s.requests, 0, n)
}

// weight is about how many bytes an entry holds.
func (r Request) weight() int {
	n := len(r.Body) + 2*len(r.Path)
	for name, values := range r.Header {
		n += len(name)
		for _, value := range values {
			n += len(value)
		}
	}
	for name, values := range r.Query {
		n += len(name)
		for _, value := range values {
			n += len(value)
		}
	}
	return n
}

// withoutCredentials keeps a log that may be printed.
func withoutCredentials(h http.Header) http.Header {
	h = h.Clone()
	for _, name := range []string{"Authorization", "X-Auth-Token", "X-Security-Token", "X-Metadata-Token", "Cookie"} {
		h.Del(name)
	}
	return h
}
