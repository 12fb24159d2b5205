// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// call is one request on its way to a handler.
type call struct {
	http      *http.Request
	route     route
	known     bool // a route matched
	params    map[string]string
	query     url.Values
	body      body
	requestID string
	at        time.Time
	keep      int64  // bytes of the body
	refused   bool   // not authenticated
	as        string // whose credentials it has
	temporary bool   // they are temporary keys
}

// reply is a result with another status than 200 or with headers.
type reply struct {
	status int
	header http.Header
	body   any // nil: none; []byte: as it is
}

// noContent is the answer of calls that delete and of tag writes.
var noContent = reply{status: http.StatusNoContent}

// answer is what goes out, ready to be sent, cut or thrown away.
type answer struct {
	status int
	header http.Header
	body   []byte
	code   string
}

// ServeHTTP takes one request through faults, authentication, its handler and the log.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := s.begin(r)
	fault := s.takeFault(c.route.op)
	if fault != nil && fault.Kind == StallBody {
		s.hold(r)
	}
	var err error
	if c.body, err = readBody(r, c.keep, s.longestBody()); errors.Is(err, errBodyTooLong) {
		a := s.errorAnswer(c, bodyTooLong())
		a.header.Set("Connection", "close") // the rest is not read
		s.finish(c, fault, a)
		send(w, a, nil)
		return
	} else if err != nil {
		// A truncated request is never processed: the connection is closed and nothing was done.
		s.finish(c, fault, answer{})
		panic(http.ErrAbortHandler)
	}
	a := s.runWithFault(c, fault)
	s.finish(c, fault, a)
	send(w, a, fault)
}

func (s *Server) begin(r *http.Request) *call {
	matched, params, ok := match(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &call{
		http: r, route: matched, known: ok, params: params, query: r.URL.Query(),
		requestID: s.newID(32), at: s.opts.Now(),
	}
	c.keep = s.keeps(c)
	return c
}

// run processes the request under the lock.
func (s *Server) run(c *call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	result, err := s.dispatch(c)
	if err != nil {
		return s.errorAnswer(c, err)
	}
	return s.resultAnswer(c, result)
}

// dispatch keeps the order of contract 4: authentication, route, project, then the handler's own checks.
func (s *Server) dispatch(c *call) (any, *Error) {
	if !c.route.open {
		if err := s.authenticate(c); err != nil {
			c.refused = true
			return nil, err
		}
	}
	if c.body.longer {
		return nil, bodyTooLong()
	}
	if !c.known {
		return nil, noSuchAPI()
	}
	if project, ok := c.params["project_id"]; ok && project != s.opts.ProjectID {
		return nil, forbidden("FSS.0403", "invalid token: it does not belong to project %s", project)
	}
	return c.route.handle(s, c)
}

func (s *Server) resultAnswer(c *call, result any) answer {
	out, ok := result.(reply)
	if !ok {
		out = reply{status: http.StatusOK, body: result}
	}
	a := answer{status: out.status, header: s.header(c)}
	for name, values := range out.header {
		a.header[name] = values
	}
	switch content := out.body.(type) {
	case nil:
		a.header.Del("Content-Type")
	case []byte:
		a.body = content
	default:
		a.body = mustJSON(content)
	}
	return a
}

func (s *Server) errorAnswer(c *call, err *Error) answer {
	if err.Code == iamCode {
		return answer{
			status: err.Status, header: s.header(c), body: mustJSON(iamEnvelope(err)), code: strconv.Itoa(err.Status),
		}
	}
	envelope := map[string]any{"error_code": err.Code, "error_msg": err.Message, "request_id": c.requestID}
	if details := s.details(err); details != nil {
		envelope["details"] = details
	}
	return answer{status: err.Status, header: s.header(c), body: mustJSON(envelope), code: err.Code}
}

// header sets Date from the emulator's clock: clients compare it with last_modified.
func (s *Server) header(c *call) http.Header {
	return http.Header{
		"Content-Type": {"application/json; charset=utf-8"},
		"Date":         {s.opts.Now().UTC().Format(http.TimeFormat)},
		"X-Request-Id": {c.requestID},
	}
}

// finish writes the log entry, before the answer goes out.
func (s *Server) finish(c *call, fault *Fault, a answer) {
	entry := Request{
		Op: c.route.op, Method: c.http.Method, Path: c.http.URL.Path, Route: c.route.path, Query: c.query,
		Status: a.status, Code: a.code, Body: c.body.logged(c.route.op), BodySize: c.body.size, Time: c.at,
		Header: withoutCredentials(c.http.Header), As: c.as,
	}
	if c.refused {
		entry.Body = nil // nobody fills the log without a key
	}
	if fault != nil {
		entry.Fault = fault.Kind.String()
	}
	if fault.dropsAnswer() {
		entry.Status, entry.Code = 0, ""
	}
	s.record(entry)
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("emulator: answer is not JSON: " + err.Error())
	}
	return append(text, '\n')
}

// send writes the answer, or as much of it as the fault lets through.
func send(w http.ResponseWriter, a answer, fault *Fault) {
	if a.status == 0 || fault.dropsAnswer() {
		panic(http.ErrAbortHandler)
	}
	for name, values := range a.header {
		w.Header()[name] = values
	}
	cut := fault != nil && fault.Kind == TruncateAfter
	if cut && len(a.body) == 0 {
		panic(http.ErrAbortHandler)
	}
	if len(a.body) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	if cut {
		writeHalf(w, a.body)
	}
	// The client may be gone; there is nobody left to tell.
	_, _ = w.Write(a.body)
}

// writeHalf ends the request: half of the answer is out, then the connection closes.
func writeHalf(w http.ResponseWriter, text []byte) {
	_, _ = w.Write(text[:len(text)/2])
	err := http.NewResponseController(w).Flush()
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		panic(err)
	}
	panic(http.ErrAbortHandler)
}
