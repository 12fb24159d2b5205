// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

const (
	askTimeout = 30 * time.Second // of one attempt
	maxAnswer  = 1 << 20          // bytes
	maxWait    = 30 * time.Second // between two attempts
)

// question is one call. Its answer has no side effect that could hurt, so that it may be repeated.
type question struct {
	method string
	base   string // address
	path   string
	header http.Header
	body   any                        // JSON; nil: none
	as     *functiongraph.Credentials // who asks; nil: nobody
}

// route is the path without its query.
func (q question) route() string {
	path, _, _ := strings.Cut(q.path, "?")
	return path
}

// named puts the call before an error that does not name it.
func (q question) named(err error) error { return fmt.Errorf("%s %s: %w", q.method, q.route(), err) }

// answer is a success.
type answer struct {
	header http.Header
	body   []byte
	at     time.Time // when it was written, by the service's clock if it tells
}

// ask makes a call to IAM, STS or whoever else is not on this machine.
func (n *Network) ask(ctx context.Context, q question) (*answer, error) {
	for attempt := 1; ; attempt++ {
		got, err := n.try(ctx, n.Transport, q, attempt)
		if err == nil || attempt > n.Retries || !passes(err) || ctx.Err() != nil {
			return got, err
		}
		timer := time.NewTimer(n.backoff(attempt))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, fmt.Errorf("%w (not repeated: %w)", err, ctx.Err())
		}
	}
}

func (n *Network) backoff(attempt int) time.Duration {
	window := min(max(n.Wait, time.Millisecond)<<min(attempt-1, 16), maxWait)
	return window/2 + rand.N(window/2+1)
}

// passes says that a failure may be over soon.
func passes(err error) bool {
	var api *functiongraph.Error
	if errors.As(err, &api) {
		return api.Status >= 500 || api.Status == http.StatusTooManyRequests || api.Status == http.StatusRequestTimeout
	}
	return !functiongraph.IsPermanent(err)
}

// refused says that the service has answered, and would not answer another time in another way.
func refused(err error) bool {
	var api *functiongraph.Error
	return errors.As(err, &api) && !passes(err)
}

// final makes a refusal one that is remembered.
func final(err error) error {
	if refused(err) {
		return finalError{err}
	}
	return err
}

// try makes one attempt by a transport. Redirects are not followed: they would take the secrets elsewhere.
func (n *Network) try(ctx context.Context, by http.RoundTripper, q question, attempt int) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	req, err := n.request(ctx, q)
	if err != nil {
		return nil, q.named(err)
	}
	began := time.Now()
	resp, err := by.RoundTrip(req)
	if err != nil {
		n.log(ctx, q, 0, "", began, attempt)
		return nil, q.named(fmt.Errorf("no answer: %w", err))
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	n.log(ctx, q, resp.StatusCode, resp.Header.Get("X-Request-Id"), began, attempt)
	switch {
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return nil, n.Vault.Failure(resp, body, q.method, q.route())
	case err != nil:
		return nil, q.named(fmt.Errorf("the answer was cut off: %w", err))
	case len(body) > maxAnswer:
		return nil, q.named(errors.New("the answer is too long"))
	}
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		at = n.Now()
	}
	return &answer{resp.Header, body, at}, nil
}

func (n *Network) request(ctx context.Context, q question) (*http.Request, error) {
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body); err != nil {
			return nil, err
		}
	}
	u, err := url.Parse(strings.TrimSuffix(q.base, "/") + q.path)
	if err != nil {
		return nil, errors.New("the address is no URL") // which it may hold a secret of
	}
	req, err := http.NewRequestWithContext(ctx, q.method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address is no URL")
	}
	for name, values := range q.header {
		req.Header[name] = values
	}
	if q.body != nil {
		req.Header.Set("Content-Type", "application/json;charset=utf8")
	}
	if q.as != nil {
		sum := sha256.Sum256(body)
		q.as.Authorize(q.method, u, req.Header, hex.EncodeToString(sum[:]), n.Now())
	}
	req.Header.Set("User-Agent", n.UserAgent)
	return req, nil
}

func (n *Network) log(ctx context.Context, q question, status int, requestID string, began time.Time, attempt int) {
	if n.Log == nil {
		return
	}
	n.Log(ctx, "Credentials request", map[string]any{
		"method": q.method, "route": q.route(), "status": status, "ms": time.Since(began).Milliseconds(),
		"request_id": requestID, "attempt": attempt,
	})
}

// shortest is the shortest life that any of the services gives. It stands for one that an answer does not tell.
const shortest = 15 * time.Minute

// lease takes over what an answer has, which must be whole. ends is its end by the service's clock; so what counts is
// how long it is from the answer's own time, and a local clock that is wrong does not matter.
func (n *Network) lease(a *answer, q question, k functiongraph.Credentials, ends string) (lease, error) {
	n.Vault.AddCredentials(k)
	if err := k.Check(); err != nil || k.Token == "" && k.SecurityToken == "" {
		return lease{}, q.named(errors.New("the answer holds no temporary credentials"))
	}
	times := functiongraph.ParseTime(ends)
	if len(times) == 0 {
		return lease{k, shortest}, nil
	}
	life := times[0].Sub(a.at)
	if life <= 0 {
		return lease{}, q.named(fmt.Errorf("the credentials that came had ended already, at %s",
			times[0].UTC().Format(time.RFC3339)))
	}
	return lease{k, life}, nil
}

// decode reads an answer. A member of another type counts as missing. Its text is not shown: it holds keys.
func decode[T any](a *answer, q question) (out T, err error) {
	var odd *json.UnmarshalTypeError
	if err := json.Unmarshal(a.body, &out); err != nil && !errors.As(err, &odd) {
		return out, q.named(errors.New("the answer is not the service's"))
	}
	return out, nil
}
