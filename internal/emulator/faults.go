// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"time"
)

// FaultKind says what happens to a request that a fault hits.
type FaultKind int

const (
	// Answer answers with Status, Code, Message, Header and RawBody and does nothing else. With a zero Status the
	// request is processed and answered as usual, so that only Delay, Before and After take effect.
	Answer FaultKind = iota
	// DropBefore reads the request and closes the connection; nothing was done.
	DropBefore
	// DropAfter does the work and closes the connection without an answer.
	DropAfter
	// TruncateAfter does the work and cuts the answer in the middle, under the Content-Length of the whole.
	TruncateAfter
	// HTML answers 502 with a page of a proxy; nothing was done.
	HTML
	// Hang reads the request, then waits until the client goes away or Release is called. With HangAfter the work is
	// done before the wait. A released request is answered as usual; one whose client left without HangAfter never
	// happened.
	Hang
	// StallBody does not read the body until Release; a client that leaves meanwhile never sent a whole request. Its
	// leaving is seen only then, so call Release before the HTTP server is closed.
	StallBody
)

// String gives the kind's name, as it stands in Request.Fault.
func (k FaultKind) String() string {
	names := [...]string{"Answer", "DropBefore", "DropAfter", "TruncateAfter", "HTML", "Hang", "StallBody"}
	if k < 0 || int(k) >= len(names) {
		return "unknown"
	}
	return names[k]
}

// Fault is something that happens to matching requests (contract O18). Faults queue up: a request is hit by at most
// one, the first that matches; those behind it do not count that request.
type Fault struct {
	Op          string // name of the call; empty: any
	Skip, Times int    // let Skip matches pass, then hit Times (0 is once, -1 is always)
	Kind        FaultKind
	HangAfter   bool // for Hang

	Status  int         // for Answer
	Code    string      // for Answer; empty with an empty RawBody: FSS.0 and the status
	Message string      // for Answer
	Detail  string      // for Answer: what the member details says; empty: the message
	Header  http.Header // for Answer and HTML, added to the answer
	RawBody []byte      // for Answer, instead of the error envelope

	// EchoRequest, for Answer with a Status and without RawBody: the texts of the error quote the credentials in the
	// request's headers and the first 64 KiB of its body, where code above 64 KiB is a note of its length. So a test
	// can prove that a client shows no secrets, whatever a service says.
	EchoRequest bool

	Delay  time.Duration // before anything else
	Before func()        // another actor, right before the request is processed; may call the Server
	After  func()        // another actor, after processing and before the answer; may call the Server
}

// activeFault is a fault with its counters.
type activeFault struct {
	Fault
	skip, left int // left < 0: without end
	hits       int
}

// Inject queues faults behind those that are there.
func (s *Server) Inject(faults ...Fault) {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	for _, f := range faults {
		left := f.Times
		if left == 0 {
			left = 1
		}
		s.faults = append(s.faults, &activeFault{Fault: f, skip: f.Skip, left: left})
	}
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	s.faults = nil
}

// PendingFaults returns the faults that have not hit as often as they should: a test that ends with one did not
// test what it says. A fault without end is pending until its first hit.
func (s *Server) PendingFaults() []Fault {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	out := []Fault{}
	for _, f := range s.faults {
		if f.left > 0 || f.left < 0 && f.hits == 0 {
			out = append(out, f.Fault)
		}
	}
	return out
}

// Release lets every request go that a Hang, a StallBody or a Delay holds at this moment.
func (s *Server) Release() {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	close(s.release)
	s.release = make(chan struct{})
}

// takeFault returns the fault that hits a request to op, or nil.
func (s *Server) takeFault(op string) *Fault {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	for _, f := range s.faults {
		if f.left == 0 || f.Op != "" && f.Op != op {
			continue
		}
		if f.skip > 0 {
			f.skip--
			continue
		}
		f.left--
		f.hits++
		hit := f.Fault
		return &hit
	}
	return nil
}

// released is closed by the next Release.
func (s *Server) released() <-chan struct{} {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	return s.release
}

// hold waits until the client leaves or Release is called; it says whether the client is still there.
func (s *Server) hold(r *http.Request) bool {
	select {
	case <-s.released():
		return r.Context().Err() == nil
	case <-r.Context().Done():
		return false
	}
}

// dropsAnswer says whether the client gets no whole answer.
func (f *Fault) dropsAnswer() bool {
	return f != nil && slices.Contains([]FaultKind{DropBefore, DropAfter}, f.Kind)
}
