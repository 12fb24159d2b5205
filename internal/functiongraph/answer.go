// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
)

// maxAnswer bounds an answer after its long strings were cut.
const maxAnswer = 64 << 20

// receive reads and judges one answer. A cut or senseless success is a lostError, like no answer at all.
func (k *call) receive(resp *http.Response) error {
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(&elider{source: resp.Body}, maxAnswer))
	id := requestID(resp.Header)
	k.logAttempt(resp.StatusCode, id)
	api := &Error{
		Status: resp.StatusCode, RequestID: id, Method: k.method, Route: k.route.template,
		retryAfter: retryAfter(resp.Header),
	}
	api.decode(data)
	api.Message = k.hide(api.Message)
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		api.describe(data, k.hide)
		if err != nil && api.Code == "" && !k.once { // cut off before the code, which is what decides
			return &lostError{err: fmt.Errorf("%w, cut off: %w", api, err), sent: true}
		}
		return api
	}
	switch {
	case err != nil:
		err = fmt.Errorf("the answer (HTTP %d) was cut off: %w", resp.StatusCode, err)
	case api.Code != "":
		err = api
	case k.decode != nil:
		if err = k.decode(data); err != nil {
			err = fmt.Errorf("cannot read the answer (HTTP %d%s): %w", resp.StatusCode, inRequest(id), err)
		}
	case len(data) > 0 && !json.Valid(data): // of a proxy that asks to log in, say: the service has done nothing
		err = fmt.Errorf("the answer (HTTP %d%s) is not FunctionGraph's", resp.StatusCode, inRequest(id))
	}
	if err != nil {
		return &lostError{err: k.named(err), sent: true}
	}
	return nil
}

func inRequest(id string) string {
	if id == "" {
		return ""
	}
	return ", request id " + id
}

func requestID(header http.Header) string {
	if id := header.Get("X-Request-Id"); id != "" {
		return id
	}
	return header.Get("X-IAM-Trace-Id") // contract 1.3
}

// envelope holds the shapes of contract 1.6: the service's, the gateway's, and IAM's, which nests.
type envelope struct {
	ErrorCode jsonText `json:"error_code"`
	ErrorMsg  jsonText `json:"error_msg"`
	Code      jsonText `json:"code"`
	Message   jsonText `json:"message"`
	RequestID jsonText `json:"request_id"`
	Encoded   jsonText `json:"encoded_authorization_message"`
}

// jsonText reads a string; other values, such as IAM's numeric code, which repeats the status, are left out.
type jsonText string

// UnmarshalJSON implements json.Unmarshaler.
func (t *jsonText) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err == nil {
		*t = jsonText(s)
	}
	return nil
}

// decode takes code and text from an error body, if it is one. A success has no error_code, but may well have a
// member named code or message, so those count only for failures.
func (e *Error) decode(data []byte) {
	var outer struct {
		envelope
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(data, &outer) != nil {
		return
	}
	e.take(outer.ErrorCode, outer.ErrorMsg, outer.envelope)
	if e.Status >= 200 && e.Status <= 299 {
		return
	}
	e.take(outer.Code, outer.Message, outer.envelope)
	var inner envelope
	if json.Unmarshal(outer.Error, &inner) == nil {
		e.take(inner.ErrorCode, inner.ErrorMsg, inner)
		e.take(inner.Code, inner.Message, inner)
	}
}

func (e *Error) take(code, message jsonText, rest envelope) {
	fill := func(field *string, text jsonText) {
		if *field == "" {
			*field = string(text)
		}
	}
	fill(&e.Code, code)
	fill(&e.Message, message)
	fill(&e.RequestID, rest.RequestID)
	fill(&e.EncodedAuthorizationMessage, rest.Encoded)
}

var markup = regexp.MustCompile(`(?s)<(script|style).*?</(script|style)>|<[^>]*>`)

// describe gives a failure without the service's own text a message: what the answer looks like. hide takes out what
// must not be shown, before anything is cut off.
func (e *Error) describe(data []byte, hide func(string) string) {
	if e.Message != "" {
		return
	}
	text := strings.Join(strings.Fields(hide(markup.ReplaceAllString(string(data), " "))), " ")
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "…"
	}
	if text == "" {
		e.Message = "an answer without text"
		return
	}
	e.Message = "an answer that is not FunctionGraph's: " + text
}

// lostError is an attempt without a usable answer.
type lostError struct {
	err       error
	sent      bool // the service may have got the whole request
	permanent bool // another attempt would end in the same way
}

// Error returns what happened.
func (e *lostError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *lostError) Unwrap() error { return e.err }

// settledError is the end of a call before the service was asked: whatever it wraps, there is no further attempt.
type settledError struct{ err error }

// Error returns what happened.
func (e *settledError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *settledError) Unwrap() error { return e.err }

var errNoAnswer = errors.New("no answer")
