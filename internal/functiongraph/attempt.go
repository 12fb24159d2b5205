// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"time"
)

// roundTrip makes one attempt, in the caller's goroutine: wait for a shared pause, open the body, sign, send. The
// request that it gets is retryablehttp's; what is sent is a copy with its own headers and its own context.
func (k *call) roundTrip(req *http.Request) (resp *http.Response, err error) {
	body, _ := req.Body.(*bodyReader)
	if err := k.prepare(body); err != nil {
		return nil, &settledError{k.named(err)}
	}
	k.attempt++
	k.began = time.Now()
	f := newFlight(k.ctx, k.answerGrace, false)
	defer func() {
		if resp == nil { // also when the transport panics
			f.end()
			k.pass(unproven, nil)
		}
	}()
	out := req.Clone(k.trace(f))
	k.attach(out, body, f)
	k.setHeaders(out)
	resp, err = k.transport.RoundTrip(out)
	if err != nil && f.ctx.Err() != nil {
		err = context.Cause(f.ctx) // says more than the transport does
	}
	sent, bodyErr := f.outcome()
	if err == nil && bodyErr != nil && resp.StatusCode < 300 { // no success without the whole body
		resp.Body.Close()
		resp = nil
	}
	if resp == nil {
		k.logAttempt(0, "")
		return nil, k.lost(err, sent, bodyErr)
	}
	// A refusal may come before the body is sent, which the transport then ends: the answer says why.
	k.clock.observe(resp.Header)
	resp.Body = &flightBody{resp.Body, f, k.pass, answerStall, maxAnswer}
	return resp, nil
}

// prepare waits until no pause holds and the gate lets a request through, and opens the content to send. It refuses
// what nobody waits for any more.
func (k *call) prepare(body *bodyReader) (err error) {
	if k.fresh = false; k.ctx.Err() != nil {
		return ctxError(k.ctx)
	}
	if err := k.throttle.wait(k.ctx); err != nil {
		return err
	}
	if k.pass, err = k.gate.enter(k.ctx); err != nil {
		return err
	}
	if k.used, err = k.source.Credentials(k.ctx); err != nil {
		k.pass(unproven, nil)
		return err
	}
	k.vault.AddCredentials(k.used)
	if k.closed != nil && k.closed() {
		k.pass(unproven, nil)
		return fmt.Errorf("%w: nobody is left to keep the answer", context.Canceled)
	}
	if body == nil {
		return nil
	}
	if err := body.open(); err != nil {
		k.pass(unproven, nil)
		return err
	}
	return nil
}

// trace returns the transport's context. A write without body counts as handed over when it gets its connection,
// which is the last moment before it may leave; so does one that must not leave twice, in parts either. A read is
// never handed over, so that a cancel ends it at once.
func (k *call) trace(f *flight) context.Context {
	if k.body != nil && !k.single || k.method == http.MethodGet {
		return f.ctx
	}
	return httptrace.WithClientTrace(f.ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {
			if err := f.handOver(); err != nil {
				f.cancel(err)
			}
		},
	})
}

// attach connects the body with the flight, for the attempt and for its replay by net/http on another connection,
// which happens only if nothing had left.
func (k *call) attach(out *http.Request, body *bodyReader, f *flight) {
	out.GetBody = nil
	if body == nil {
		return
	}
	watch := func(r *bodyReader) {
		r.lastByte, r.failed = f.handOver, f.failBody
		// The transport waits for a Read that hangs, even after a cancel.
		context.AfterFunc(f.ctx, func() { _ = r.Close() })
	}
	watch(body)
	out.GetBody = func() (io.ReadCloser, error) {
		f.again()
		replay := k.body.reader()
		watch(replay)
		return replay, replay.open()
	}
}

func (k *call) setHeaders(out *http.Request) {
	out.Header = http.Header{}
	out.Header.Set("Content-Type", "application/json")
	if k.project != "" {
		out.Header.Set("X-Project-Id", k.project)
	}
	for name, value := range k.headers {
		out.Header.Set(name, value)
	}
	k.used.Authorize(k.method, k.url, out.Header, k.bodyHash, time.Now())
	out.Header.Set("User-Agent", k.userAgent)
}

// logAttempt tells one attempt; status 0 is one without an answer.
func (k *call) logAttempt(status int, requestID string) {
	if k.log == nil {
		return
	}
	k.log(k.ctx, "FunctionGraph request", map[string]any{
		"method": k.method, "route": k.route.template, "status": status,
		"ms": time.Since(k.began).Milliseconds(), "request_id": requestID, "attempt": k.attempt,
	})
}
