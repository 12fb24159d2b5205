// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// What a call may bring, in bytes (contract 2.6).
const (
	maxInput      = 6 << 20
	maxAsyncInput = 256 << 10
)

// How much of a log the two forms of an answer show, in bytes (contract 3.25).
const (
	maxLogV1 = 4 << 10
	maxLogV0 = 2000
)

// Reply is what a function answers when it is called. No code runs here: tests say what it answers (PutReply), and what
// is not said of answers its input, with status 200.
type Reply struct {
	Status    int    `json:"status"`     // 0 is 200; from 400 on the function has failed
	Result    string `json:"result"`     // "" is the input of the call
	Log       string `json:"log"`        // shown to calls that ask for it
	ErrorCode string `json:"error_code"` // X-Func-Err-Code; another one than "" and "0" is a failure, whatever the status
	Seconds   int    `json:"seconds"`    // how long an asynchronous call runs; 0 is over at once
}

// runs identifies what a reply is for; without a version it is for all that have none of their own.
type runs struct {
	place
	version string
}

// PutReply says what a function answers from now on. version is one of its versions, latest among them, or "" for all
// that have no reply of their own. The function need not be there yet.
func (s *Server) PutReply(pkg, name, version string, reply Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replies[runs{place{pkg, name}, version}] = reply
}

// putReply is PutReply over HTTP, for whom no Go test is in reach: POST /emulator/replies/{function_name}, with package
// and version in the query. It is no call of the service.
func (s *Server) putReply(c *call) (any, *Error) {
	var out Reply
	if err := json.Unmarshal(c.body.text, &out); err != nil {
		return nil, invalid("the reply is no JSON object with status, result, log, error_code and seconds: %s", err)
	}
	at := place{cmp.Or(c.query.Get("package"), defaultPackage), c.params["function_name"]}
	s.replies[runs{at, c.query.Get("version")}] = out
	return noContent, nil
}

// replyOf is what a call of a version answers.
func (s *Server) replyOf(t target, input []byte) Reply {
	out, own := s.replies[runs{t.f.place(), t.name()}]
	if !own {
		out = s.replies[runs{t.f.place(), ""}]
	}
	out.Status = cmp.Or(out.Status, http.StatusOK)
	out.Result = cmp.Or(out.Result, string(input))
	return out
}

func (r Reply) failed() bool {
	return r.Status >= http.StatusBadRequest || r.ErrorCode != "" && r.ErrorCode != "0"
}

// invoke is the synchronous call of contract 3.25. An alias calls its main version: shares and rules of another one are
// not played.
func (s *Server) invoke(c *call) (any, *Error) {
	t, err := s.called(c, maxInput, "FSS.1201")
	if err != nil {
		return nil, err
	}
	answer := s.replyOf(t, c.body.text)
	tail := strings.EqualFold(c.http.Header.Get("X-Cff-Log-Type"), "tail")
	header := http.Header{
		"X-Cff-Request-Id":       {c.requestID},
		"X-Is-Func-Err":          {strconv.FormatBool(answer.failed())},
		"X-Func-Err-Code":        {cmp.Or(answer.ErrorCode, "0")},
		"X-Cff-Invoke-Summary":   {`{"duration":1.5,"billingDuration":2,"memorySize":128,"memoryUsed":24}`},
		"X-Cff-Billing-Duration": {"2"},
	}
	if answer.failed() && answer.ErrorCode == "" {
		header.Set("X-Func-Err-Code", strconv.Itoa(answer.Status))
	}
	if c.http.Header.Get("X-Cff-Request-Version") != "v1" {
		header.Set("X-Cff-Response-Version", "v0")
		header.Set("Content-Type", "text/plain")
		if tail {
			header.Set("X-Cff-Function-Log", base64.StdEncoding.EncodeToString([]byte(end(answer.Log, maxLogV0))))
		}
		return reply{http.StatusOK, header, []byte(answer.Result)}, nil // Q53
	}
	header.Set("X-Cff-Response-Version", "v1")
	body := map[string]any{"request_id": c.requestID, "result": answer.Result, "status": answer.Status, "log": ""}
	if tail {
		body["log"] = end(answer.Log, maxLogV1)
	}
	return reply{http.StatusOK, header, body}, nil
}

// called checks what both calls have in common, and finds what is called. The code of an input that is too long is an
// assumption for asynchronous calls.
func (s *Server) called(c *call, most int64, tooLong string) (target, *Error) {
	var input map[string]json.RawMessage
	if err := json.Unmarshal(c.body.text, &input); err != nil || input == nil {
		return target{}, &Error{
			Status: http.StatusNotAcceptable, Code: "FSS.0406", Message: "The body must be a JSON object",
		}
	}
	if c.body.size > most {
		return target{}, tooLarge(tooLong, "The body of the call has more than %d bytes", most)
	}
	if size := c.http.Header.Get("X-Cff-Instance-Memory"); size != "" {
		megabytes, _ := strconv.Atoi(size) // what is no number is no size either
		if err := checkMemory(s, megabytes); err != nil {
			return target{}, err
		}
	}
	t, err := s.findTarget(c.params["function_urn"])
	if err != nil {
		return target{}, err
	}
	if t.settings().Concurrency == 0 || t.f.Concurrency == 0 { // contract 3.8, V18
		return target{}, forbidden("FSS.0403", "The function %s is disabled", t.f.Name) // Q18
	}
	return t, nil
}

// end is the end of a text.
func end(text string, most int) string {
	return text[max(0, len(text)-most):]
}

// listRuntimes is GET runtimetypes of contract 3.24, with the runtimes of 2.5.
func (s *Server) listRuntimes(*call) (any, *Error) {
	rows := []map[string]string{}
	for _, name := range runtimes {
		rows = append(rows, map[string]string{"type": name, "display_name": displayName(name)})
	}
	return rows, nil
}

// displayName puts a blank between a language and its version, as in the sample of contract 3.24.
func displayName(runtime string) string {
	if at := strings.IndexAny(runtime, "0123456789"); at > 0 && !strings.ContainsAny(runtime, "( ") {
		return runtime[:at] + " " + runtime[at:]
	}
	return runtime
}

// listTriggerTypes is GET triggertypes of contract 3.24: what can be created here.
func (s *Server) listTriggerTypes(*call) (any, *Error) {
	types := []string{}
	for _, kind := range triggerTypes {
		types = append(types, kind.code)
	}
	return types, nil
}

// listQuotas is GET quotas (contract 2.6). What is modelled is counted (Q55), and only the code has a unit; the numbers
// of the rest are made up.
func (s *Server) listQuotas(*call) (any, *Error) {
	type quota struct {
		Type  string `json:"type"`
		Used  int64  `json:"used"`
		Quota int64  `json:"quota"`
		Unit  string `json:"unit,omitempty"`
	}
	var code int64
	for _, f := range s.functions {
		code += f.CodeSize
		for _, v := range f.Versions {
			code += v.CodeSize
		}
	}
	return map[string]any{"quotas": map[string]any{"resources": []quota{
		{Type: "fgs_func_num", Used: int64(len(s.functions)), Quota: int64(orDefault(s.opts.Switches.FunctionQuota, 400))},
		{Type: "fgs_func_code_size", Used: code >> 20, Quota: 10 << 10, Unit: "MB"},
		{Type: "fgs_func_scale_down_timeout", Quota: 60},
		{Type: "fgs_func_occurs", Quota: 90},
		{Type: "fgs_func_pat_idle_time", Quota: 600},
		{Type: "fgs_workflow_num", Quota: 512},
		{Type: "fgs_on_demand_instance_limit", Quota: 1000},
		{Type: "fgs_func_qos_limit", Quota: 10},
	}}}, nil
}
