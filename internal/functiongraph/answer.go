// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// receive reads and judges one answer. A cut or senseless success is a lostError, like no answer at all.
func (k *call) receive(resp *http.Response) error {
	defer resp.Body.Close()
	defer k.pass(unproven, nil) // where nothing below says more
	data, err := io.ReadAll(io.LimitReader(k.content(resp.Body), maxKept+1))
	if len(data) > maxKept {
		err = errTooLarge
	}
	api := newError(resp, k.method, k.route.template)
	api.decode(data)
	success := resp.StatusCode >= 200 && resp.StatusCode <= 299 ||
		err == nil && k.answers != nil && k.answers(data)
	if !success {
		api.describe(data)
		api.ran = k.single && functionFailed(resp.Header)
	}
	api.clean(k.vault.Hide)
	api.absent = slices.Contains(k.absent, api.Code) && (isAbsence(api) || isDependencyAbsence(api))
	k.logAttempt(resp.StatusCode, api.RequestID)
	if !success {
		k.credit(api)
		if err != nil && api.Code == "" && !k.once { // cut off before the code, which is what decides
			return &lostError{err: fmt.Errorf("%w, cut off: %w", api, err), sent: true}
		}
		return api
	}
	if err != nil {
		return &lostError{err: k.named(fmt.Errorf("the answer (HTTP %d) was cut off: %w", api.Status, err)), sent: true}
	}
	if api.Code != "" {
		return &lostError{err: k.named(api), sent: true, unpromised: true}
	}
	if k.answered != nil {
		k.answered(resp.StatusCode, resp.Header)
	}
	return k.believe(api, data)
}

// credit tells the gate what an answer says of the credentials; api is nil for a success. What was refused is renewed
// first, where that can be done, so that nobody else is sent with it.
func (k *call) credit(api *Error) {
	c := creditOf(api)
	switch {
	case c == accepted:
		k.renewals.accepted(k.used)
	case c == refused && !k.renewed && !k.single && k.renewals.after(k.ctx, k.source, k.used):
		k.renewed, k.fresh = true, true
		c = ended
	case c == refused:
		api.Credentials = k.source.String()
	}
	k.pass(c, api)
}

// content is what of an answer is kept.
func (k *call) content(body io.Reader) io.Reader {
	if k.uncut {
		return body
	}
	return &elider{source: body}
}

// believe judges a success. Only an answer that is whole counts for the credentials: others may be somebody else's.
func (k *call) believe(api *Error, data []byte) error {
	var err error
	switch {
	case k.decode != nil:
		err = k.decode(data)
	case k.promises != api.Status || len(bytes.TrimSpace(data)) > 0: // what the service has done is not known
		err = errors.New("the service does not answer so when it has done this")
	}
	if err == nil {
		k.credit(nil)
		return nil
	}
	text := "the answer"
	if api.RequestID != "" {
		text += " (request id " + api.RequestID + ")"
	}
	var odd *oddError
	return &lostError{
		err:  k.named(fmt.Errorf("%s with HTTP %d cannot be believed: %w", text, api.Status, err)),
		sent: true, unpromised: true, permanent: errors.As(err, &odd),
	}
}

func newError(resp *http.Response, method, route string) *Error {
	return &Error{
		Status: resp.StatusCode, RequestID: requestID(resp.Header), Method: method, Route: route,
		retryAfter: retryAfter(resp.Header),
	}
}

// Failure is the error of an answer that is no success, of IAM or another service that words its failures alike
// (contract 1.6), fit to be shown: nothing in it is known to v. data is its body, route the path without names.
func (v *Vault) Failure(resp *http.Response, data []byte, method, route string) *Error {
	e := newError(resp, method, route)
	e.decode(data)
	e.describe(data)
	e.clean(v.Hide)
	e.Message = strings.Replace(e.Message, "not FunctionGraph's", "not the service's", 1)
	return e
}

func requestID(header http.Header) string {
	for _, name := range []string{"X-Request-Id", runID, "X-IAM-Trace-Id"} { // contract 1.3
		if id := header.Get(name); id != "" {
			return id
		}
	}
	return ""
}

// envelope holds the shapes of contract 1.6: the service's, the gateway's, and IAM's, which nests.
type envelope struct {
	ErrorCode jsonText `json:"error_code"`
	ErrorMsg  jsonText `json:"error_msg"`
	Code      jsonText `json:"code"`
	Message   jsonText `json:"message"`
	RequestID jsonText `json:"request_id"`
	Encoded   jsonText `json:"encoded_authorization_message"`

	Details json.RawMessage `json:"details"`
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
	fill(&e.Details, jsonText(detailText(rest.Details)))
}

var markup = regexp.MustCompile(`(?s)<(script|style).*?</(script|style)>|<[^>]*>`)

// describe gives a failure without the service's own text a message: what the answer looks like.
func (e *Error) describe(data []byte) {
	if e.settleDetails(); e.Message != "" {
		return
	}
	e.page = true
	e.Message = strings.Join(strings.Fields(html.UnescapeString(markup.ReplaceAllString(string(data), " "))), " ")
}

// How much of what comes from outside is shown.
const (
	maxPage    = 200
	maxMessage = 2000
	maxID      = 128
	maxEncoded = 8192
)

// clean makes an error of an answer fit to be shown: without what must not be seen, and without what a terminal would
// act on. hide goes first, since what is cut in two is not found.
func (e *Error) clean(hide func(string) string) {
	show := func(text string, most int) string { return printable.Line(hide(text), most) }
	e.Code = show(e.Code, maxID)
	e.RequestID = show(e.RequestID, maxID)
	e.EncodedAuthorizationMessage = show(e.EncodedAuthorizationMessage, maxEncoded)
	e.Details = show(e.Details, maxMessage)
	if !e.page {
		e.Message = show(e.Message, maxMessage)
		return
	}
	if e.Message = show(e.Message, maxPage); e.Message == "" {
		e.Message = "an answer without text"
		return
	}
	e.Message = "an answer that is not FunctionGraph's: " + e.Message
}

// lostError is an attempt without a usable answer.
type lostError struct {
	err        error
	sent       bool // the service may have got the whole request
	permanent  bool // another attempt would end in the same way
	unpromised bool // it was answered, and not as the contract promises
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
