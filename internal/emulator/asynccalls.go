// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// asyncCall is a call that was accepted (contract 3.25). What comes of it is known then: the function's reply, after
// the time that it takes. Repetitions of one that fails would end as it did, and its results go nowhere.
type asyncCall struct {
	function, qualifier string // the function's id; the version or alias that was called, as in AsyncSettings
	id                  string // of the request
	reply               Reply
	began               time.Time
	logged              bool // the status log was on for it
}

// The pages of both lists (contract 1.8), how many ids one of them takes, and how far back they look by themselves.
const (
	asyncCallPage    = 100
	maxAsyncCallPage = 500
	maxAsyncIDs      = 10
	asyncWindow      = time.Hour
)

// asyncTime is how both lists write times, in UTC (contract 1.9).
const asyncTime = "2006-01-02T15:04:05"

// maxAsyncCalls bounds what a process that runs for days remembers; the oldest go first.
const maxAsyncCalls = 10_000

// The states of a call (contract 3.19). None waits here or is discarded: there is always room to run.
const (
	stateRunning = "RUNNING"
	stateSuccess = "SUCCESS"
	stateFail    = "FAIL"
)

var asyncStates = []string{"WAIT", stateRunning, stateSuccess, stateFail, "DISCARD"}

// invokeAsync is the asynchronous call of contract 3.25.
func (s *Server) invokeAsync(c *call) (any, *Error) {
	t, err := s.called(c, maxAsyncInput, "FSS.0413")
	if err != nil {
		return nil, err
	}
	qualifier, err := s.calledAs(c)
	if err != nil {
		return nil, err
	}
	if len(s.asyncCalls) >= maxAsyncCalls {
		s.asyncCalls = slices.Delete(s.asyncCalls, 0, 1)
	}
	s.asyncCalls = append(s.asyncCalls, asyncCall{
		function: t.f.ID, qualifier: qualifier, id: c.requestID, reply: s.replyOf(t, c.body.text), began: s.nowSeconds(),
		logged: s.logsStates(t.f, qualifier),
	})
	return reply{http.StatusAccepted, http.Header{"X-Cff-Request-Id": {c.requestID}}, map[string]any{
		"request_id": c.requestID,
	}}, nil
}

// calledAs is the version or alias that a URN names; 7 fields mean latest, as for the settings.
func (s *Server) calledAs(c *call) (string, *Error) {
	_, u, err := s.find(c.params["function_urn"])
	return cmp.Or(u.qualifier, latest), err
}

// logsStates says that the status log is on for a version or an alias, and for the project (AI3).
func (s *Server) logsStates(f *Function, qualifier string) bool {
	i := slices.IndexFunc(f.Async, func(a AsyncSettings) bool { return a.Qualifier == qualifier })
	return i >= 0 && f.Async[i].StatusLog && s.logs.asyncStatus != (LogConfig{})
}

// listAsyncCalls are the calls in the status log (contract 3.19). Without the log there are none (assumption).
func (s *Server) listAsyncCalls(c *call) (any, *Error) {
	var ids []string
	if id := c.query.Get("request_id"); id != "" {
		ids = []string{id}
	}
	return s.asyncCallRows(c, ids, func(a asyncCall) bool { return a.logged })
}

// listActiveAsyncCalls needs no status log, and so tells the result where there is none (contract 3.25).
func (s *Server) listActiveAsyncCalls(c *call) (any, *Error) {
	var ids []string
	if list := c.query.Get("requests"); list != "" {
		ids = strings.Split(list, ",")
	}
	if len(ids) > maxAsyncIDs {
		return nil, invalid("requests has %d ids, more than %d", len(ids), maxAsyncIDs)
	}
	return s.asyncCallRows(c, ids, func(asyncCall) bool { return true })
}

// asyncCallRows are the calls of the very version or alias that is named (assumption), newest first (assumption), which
// a filter lets pass.
func (s *Server) asyncCallRows(c *call, ids []string, filter func(asyncCall) bool) (any, *Error) {
	t, err := s.findTarget(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	qualifier, err := s.calledAs(c)
	if err != nil {
		return nil, err
	}
	wanted, err := s.asyncQuery(c.query)
	if err != nil {
		return nil, err
	}
	marker, limit, err := asyncPageOf(c.query)
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, a := range slices.Backward(s.asyncCalls) {
		if a.function == t.f.ID && a.qualifier == qualifier && filter(a) &&
			(ids == nil || slices.Contains(ids, a.id)) && wanted(a) {
			rows = append(rows, s.asyncCallRow(a))
		}
	}
	start := min(marker, len(rows))
	end := min(start+limit, len(rows))
	next := end
	if end == len(rows) {
		next = 0 // what clients take for the end (contract 1.8)
	}
	return map[string]any{"invocations": rows[start:end], "count": len(rows), "next_marker": next}, nil
}

// asyncQuery reads what both lists filter by. What is no state or no time is 400 FSS.0400 (assumption).
func (s *Server) asyncQuery(query url.Values) (func(asyncCall) bool, *Error) {
	state := query.Get("status")
	if state != "" && !slices.Contains(asyncStates, state) {
		return nil, invalid("the status %q", state)
	}
	now := s.nowSeconds()
	from, err := timeOf(query, "query_begin_time", now.Add(-asyncWindow))
	if err != nil {
		return nil, err
	}
	until, err := timeOf(query, "query_end_time", now)
	if err != nil {
		return nil, err
	}
	return func(a asyncCall) bool {
		return !a.began.Before(from) && !a.began.After(until) && (state == "" || state == s.asyncState(a))
	}, nil
}

func timeOf(query url.Values, name string, fallback time.Time) (time.Time, *Error) {
	text := query.Get(name)
	if text == "" {
		return fallback, nil
	}
	at, err := time.Parse(asyncTime, strings.TrimSuffix(text, "Z"))
	if err != nil {
		return time.Time{}, invalid("%s %q is not of the form %s", name, text, asyncTime)
	}
	return at, nil
}

// asyncPageOf reads marker and limit. A negative one is 400 FSS.0400, as in the list of settings.
func asyncPageOf(query url.Values) (marker, limit int, err *Error) {
	for name, into := range map[string]*int{"marker": &marker, "limit": &limit} {
		text := cmp.Or(query.Get(name), "0")
		n, bad := strconv.Atoi(text)
		if bad != nil || n < 0 {
			return 0, 0, invalid("%s %q is not a number from 0 on", name, text)
		}
		*into = n
	}
	return marker, min(cmp.Or(limit, asyncCallPage), maxAsyncCallPage), nil
}

// asyncState is what has become of a call by now.
func (s *Server) asyncState(a asyncCall) string {
	switch {
	case s.nowSeconds().Before(a.ends()):
		return stateRunning
	case a.reply.failed():
		return stateFail
	}
	return stateSuccess
}

func (a asyncCall) ends() time.Time { return a.began.Add(time.Duration(a.reply.Seconds) * time.Second) }

// asyncCallRow has an error only of a call that failed, and an end only of one that is over.
func (s *Server) asyncCallRow(a asyncCall) map[string]any {
	state := s.asyncState(a)
	row := map[string]any{
		"request_id": a.id, "status": state, "error_code": 0, "error_message": "",
		"start_time": a.began.UTC().Format(asyncTime),
	}
	if state != stateRunning {
		row["end_time"] = a.ends().UTC().Format(asyncTime)
	}
	if state == stateFail {
		code, _ := strconv.Atoi(a.reply.ErrorCode) // one that is no number is told by the status
		row["error_code"], row["error_message"] = cmp.Or(code, a.reply.Status), a.reply.Result
	}
	return row
}
