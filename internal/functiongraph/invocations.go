// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// What may be sent with a call, in bytes (contract 2.6).
const (
	MaxInput      = 6 << 20
	MaxAsyncInput = 256 << 10
)

// runID is the header with the id of a run of a function (contract 1.3).
const runID = "X-Cff-Request-Id"

// Call is one call of a function (contract 3.25).
type Call struct {
	Input   string   // a JSON object, at most MaxInput bytes, or MaxAsyncInput
	Log     bool     // ask for the end of the log
	Secrets []string // what of the input no text may show
}

// Answer is what a function answered.
type Answer struct {
	RequestID string // id of the run, by which logs name it
	Status    int64  // by the function's runtime, as of HTTP
	Result    string // what the function gave back; of a failure, its description
	Log       string // the last lines, at most 4 KB; "" if they were not asked for
	ErrorCode string // X-Func-Err-Code; "" for none
	Failed    bool   // whether the function failed
}

// Invoke calls a function, a version or an alias, and waits for what it answers: POST .../{urn}/invocations (contract
// 3.25). A function that fails is an answer, not an error. Nothing is sent twice: only where no connection came about
// another attempt is made. An *AmbiguousError is a call that may have run; any other error one that did not, apart
// from CodeNoFunctionStatus, of one that did.
func (c *Client) Invoke(ctx context.Context, urn URN, call Call) (*Answer, error) {
	r, err := c.invocation(ctx, routeInvoke, urn, call)
	if err != nil {
		return nil, err
	}
	r.uncut = true
	r.headers = map[string]string{"X-CFF-Request-Version": "v1"}
	if call.Log {
		r.headers["X-Cff-Log-Type"] = "tail"
	}
	r.answers = isAnswer
	var header http.Header
	r.answered = func(_ int, h http.Header) { header = h }
	got, err := fetch(ctx, c, r, func(w *answerWire) error {
		if strings.EqualFold(header.Get("X-CFF-Response-Version"), "v0") {
			return errors.New("it is the function's own text, where the service's was asked for")
		}
		return w.whole()
	})
	if err != nil {
		return nil, err
	}
	out := &Answer{
		RequestID: firstOf(got.RequestID, header.Get(runID)), Status: *got.Status, Result: string(got.Result), Log: got.Log,
		ErrorCode: functionCode(header),
	}
	out.Failed = out.Status >= http.StatusBadRequest || functionFailed(header)
	return out, nil
}

// functionCode is the code of a function's failure, "" for none.
func functionCode(header http.Header) string {
	if code := header.Get("X-Func-Err-Code"); code != "0" {
		return code
	}
	return ""
}

// functionFailed says that an answer is that of a function that failed (contract 3.25).
func functionFailed(header http.Header) bool {
	return functionCode(header) != "" || strings.EqualFold(header.Get("X-Is-Func-Err"), "true")
}

// isAnswer says that an answer has the form v1 for what a function gave back, or failed with. The documents do not say
// that its own status is never that of HTTP, too.
func isAnswer(data []byte) bool {
	w, odd, err := decodeObject[answerWire](data)
	var members map[string]json.RawMessage
	if err != nil || odd.need("status") != nil || w.whole() != nil || json.Unmarshal(data, &members) != nil {
		return false
	}
	_, result := members["result"]
	_, refusal := members["error_code"]
	return result && !refusal && w.RequestID != "" // others have a status in their failures, too
}

// InvokeAsync asks for a call that the service makes later: POST .../{urn}/invocations-async (contract 3.25). It
// returns the id of the run; what becomes of it is not known here. Errors are those of Invoke.
func (c *Client) InvokeAsync(ctx context.Context, urn URN, call Call) (requestID string, err error) {
	r, err := c.invocation(ctx, routeInvokeAsync, urn, call)
	if err != nil {
		return "", err
	}
	r.answered = func(status int, h http.Header) {
		if status == http.StatusAccepted { // with another one, the header may be that of any answer
			requestID = h.Get(runID)
		}
	}
	got, err := fetch(ctx, c, r, func(w *acceptedWire) error {
		if firstOf(w.RequestID, requestID) == "" {
			return errors.New("it has no request_id")
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return firstOf(got.RequestID, requestID), nil
}

// invocation is the request that both have in common. The bytes of the input are sent as they are.
func (c *Client) invocation(ctx context.Context, route route, urn URN, call Call) (request, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return request{}, err
	}
	if kind := kindOf([]byte(call.Input)); kind != anObject || !json.Valid([]byte(call.Input)) {
		return request{}, errors.New("the input of a call must be a JSON object")
	}
	return request{
		method: http.MethodPost, route: route, urn: urn, body: &body{prefix: []byte(call.Input)}, once: true, single: true,
		secrets: call.Secrets, absent: goneCodes(urn),
	}, nil
}

// acceptedWire is the answer to an asynchronous call.
type acceptedWire struct {
	RequestID string `json:"request_id"`
}

// answerWire is the answer to a synchronous call, in its form v1.
type answerWire struct {
	RequestID string     `json:"request_id"`
	Status    *int64     `json:"status"`
	Result    resultText `json:"result"`
	Log       string     `json:"log"`

	odd oddMembers
}

func (w *answerWire) keep(odd oddMembers) { w.odd = odd }

// whole asks for what decides about success.
func (w *answerWire) whole() error {
	if err := w.odd.need("status"); err != nil {
		return err
	}
	if w.Status == nil {
		return errors.New("it has no status")
	}
	if *w.Status < 100 {
		return fmt.Errorf("its status is %d", *w.Status)
	}
	return nil
}

// resultText is a text, or the text of any other JSON value; null is none.
type resultText string

// UnmarshalJSON implements json.Unmarshaler.
func (t *resultText) UnmarshalJSON(data []byte) error {
	if kindOf(data) != "a text" && kindOf(data) != "null" {
		*t = resultText(data)
		return nil
	}
	var text string
	err := json.Unmarshal(data, &text)
	*t = resultText(text)
	return err
}

// SecretsOf are the values in a JSON text that no text may show: each string and number in it, or all of it where it
// is no JSON.
func SecretsOf(text string) (out []string) {
	var v any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		return []string{text}
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case json.Number:
			out = append(out, v.String())
		case []any:
			for _, element := range v {
				walk(element)
			}
		case map[string]any:
			for _, member := range v {
				walk(member)
			}
		}
	}
	walk(v)
	return out
}
