// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// emptyHash is the SHA-256 of no bytes (contract 1.5).
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// answered gets status and headers of a success.
type answered func(status int, headers http.Header)

// request is one call of the API before it is sent.
type request struct {
	method string
	route  route
	urn    URN
	names  pathNames // where the route has some
	query  url.Values
	body   *body
	once   bool // must not be repeated unless the service provably did nothing
	single bool // nor that, once a byte of it may have left; with once

	headers  map[string]string // beside those that every request has
	answered answered          // may be nil
	answers  func([]byte) bool // of a failure by its status: whether it is an answer all the same; may be nil
	uncut    bool              // the long texts of the answer are needed
	secrets  []string          // values in the body that no text may show
	written  bool              // what it reads was written a moment before
	makes    URN               // what a success makes; the zero value for nothing
	absent   []string          // the codes that say that what the call is about does not exist
	doubts   []string          // the codes that may say so: the caller looks, so that they end the call
	promises int               // the status of a success without a body; 0 for one with a body
	looks    bool              // the caller looks at what became of it when a success is not whole
}

// fetch makes a call and returns its answer, which must pass the check. Each attempt decodes into a new value.
func fetch[T any](ctx context.Context, c *Client, r request, check func(*T) error) (*T, error) {
	var out *T
	err := c.do(ctx, r, func(data []byte) (err error) {
		out, err = whole(data, check)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// whole reads an answer that must pass the check.
func whole[T any](data []byte, check func(*T) error) (*T, error) {
	v, odd, err := decodeObject[T](data)
	if err != nil {
		return nil, err
	}
	if keeper, ok := any(v).(interface{ keep(oddMembers) }); ok {
		keeper.keep(odd)
	} else if err := odd.needAll(); err != nil {
		return nil, err
	}
	if err := check(v); err != nil {
		return nil, err
	}
	return v, nil
}

// passes is whole for a caller who needs nothing of the answer.
func passes[T any](check func(*T) error) func([]byte) error {
	return func(data []byte) error {
		_, err := whole(data, check)
		return err
	}
}

// call is a request on its way: one caller, one or more attempts.
type call struct {
	*Client
	request
	ctx      context.Context // the caller's
	url      *url.URL
	project  string
	bodyHash string // hex SHA-256, for the signature
	decode   func([]byte) error
	started  time.Time
	newborn  bool // it is about something that was made a moment before

	attempt      int           // number of the present attempt, from 1
	resends      int           // those that count against MaxRetries
	throttles    int           // answers 429
	repeated     bool          // an attempt had no answer, or none that says what became of it
	refusals     int           // answers 400 that were taken for "not yet"
	unauthorized bool          // an answer 401 was taken for "not yet"
	began        time.Time     // when the present attempt began
	nextWait     time.Duration // before the next attempt
	failure      error         // of the latest attempt
	pass         func(credit, *Error)
	used         Credentials // of the present attempt
	renewed      bool        // they were refused, and others were got: at most once in a call
	fresh        bool        // the next attempt is the first with these others
}

func (c *Client) do(ctx context.Context, r request, decode func([]byte) error) error {
	c.vault.Add(r.secrets...)
	k := &call{Client: c, request: r, ctx: ctx, decode: decode, bodyHash: emptyHash, started: time.Now()}
	k.newborn = r.written || c.newborns.has(r.urn)
	base := c.iamEndpoint
	if !r.route.iam {
		var err error
		if k.project, err = c.ProjectID(ctx); err != nil {
			return err
		}
		base = c.endpoint
	}
	k.url = r.route.url(base, k.project, r.urn, r.names, r.query)
	// The bytes are the same in all attempts, so one pass over them serves all signatures.
	if r.body != nil && c.source.Signs() {
		var err error
		if k.bodyHash, err = r.body.hash(); err != nil {
			return k.named(err)
		}
	}
	if err := k.run(); err != nil {
		return err
	}
	if r.makes != (URN{}) {
		c.newborns.add(r.makes)
	}
	return nil
}

// run lets retryablehttp do the loop: it opens the body anew for each attempt, and waits as long as the context lives.
// What is sent and when it is repeated is decided here.
func (k *call) run() error {
	var raw any
	if k.body != nil {
		raw = retryablehttp.ReaderFunc(func() (io.Reader, error) { return k.body.reader(), nil })
	}
	req, err := retryablehttp.NewRequestWithContext(k.ctx, k.method, k.url.String(), raw)
	if err != nil {
		return k.named(err)
	}
	req.SetResponseHandler(k.receive)
	loop := &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport: roundTripper(k.roundTrip),
			// A redirect must not be followed with the old signature (contract 1.5).
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:   math.MaxInt,
		CheckRetry: k.checkRetry,
		Backoff: func(time.Duration, time.Duration, int, *http.Response) time.Duration {
			return k.nextWait
		},
		ErrorHandler: func(_ *http.Response, err error, _ int) (*http.Response, error) { return nil, err },
	}
	_, err = loop.Do(req) //nolint:bodyclose // receive reads and closes each answer
	if err == nil {
		return nil
	}
	if err == k.ctx.Err() { //nolint:errorlint // the bare error is what a cancelled wait returns
		return k.givenUp()
	}
	return err
}

// givenUp says what the caller did not wait for. "Not yet" is not "not found": whoever gives up does not know.
func (k *call) givenUp() error {
	switch {
	case k.failure == nil:
		return k.named(ctxError(k.ctx))
	case IsNotFound(k.failure):
		//nolint:errorlint // see above
		return fmt.Errorf("%w while waiting for what was just made: %s", ctxError(k.ctx), k.failure)
	}
	return fmt.Errorf("%w while waiting to repeat: %w", ctxError(k.ctx), k.failure)
}

// named puts the call before an error that does not name it.
func (k *call) named(err error) error {
	return fmt.Errorf("%s %s: %w", k.method, k.route.template, err)
}

type roundTripper func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
