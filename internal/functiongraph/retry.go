// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

const maxBackoff = 30 * time.Second

// verdict is what a failed attempt means for the next one.
type verdict int

const (
	final     verdict = iota // the answer stands
	repeat                   // again, counted against MaxRetries
	throttled                // again, not counted
	ambiguous                // the service may have done it, and it must not be done twice
)

// checkRetry decides about the next attempt. retryablehttp asks it twice: about the transport, and about what receive
// made of the answer.
func (k *call) checkRetry(_ context.Context, _ *http.Response, err error) (bool, error) {
	if err == nil {
		return false, nil
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // without the URL, which names queries
	}
	k.failure = err
	verdict := k.judge(err)
	if verdict == final {
		return false, err
	}
	if verdict == ambiguous {
		return false, &AmbiguousError{err}
	}
	if k.ctx.Err() != nil {
		return false, fmt.Errorf("%w (not repeated: %w)", err, ctxError(k.ctx))
	}
	if verdict == repeat && k.resends >= k.maxRetries {
		return false, fmt.Errorf("%w (attempt %d, the last one)", err, k.attempt)
	}
	k.nextWait = k.waitAfter(err)
	if verdict == throttled {
		k.throttle.pause(k.nextWait, err)
	} else {
		k.resends++
	}
	if err := fits(k.ctx, k.nextWait, err); err != nil {
		return false, err
	}
	return true, nil
}

// judge follows contract 6, "decision order", and DESIGN 5. The service's not-found answers are final by their status.
func (k *call) judge(err error) verdict {
	var settled *settledError
	var lost *lostError
	var api *Error
	switch {
	case errors.As(err, &settled):
		return final
	case errors.As(err, &lost):
		return k.judgeLost(lost)
	case errors.As(err, &api):
		return k.judgeStatus(api)
	}
	return final
}

func (k *call) judgeLost(lost *lostError) verdict {
	switch {
	case lost.permanent:
		return final
	case k.once && lost.sent:
		return ambiguous
	}
	return repeat
}

func (k *call) judgeStatus(api *Error) verdict {
	switch {
	case api.Status == http.StatusTooManyRequests:
		return throttled
	case api.Status == http.StatusServiceUnavailable && api.retryAfter != nil:
		return repeat // who names the time to come again has not begun
	case api.Status != http.StatusRequestTimeout && api.Status < 500:
		return final
	case k.once:
		return ambiguous
	}
	return repeat
}

// waitAfter returns how long to wait after a failure: what the answer says, else a random time.
func (k *call) waitAfter(err error) time.Duration {
	var api *Error
	if errors.As(err, &api) {
		if api.retryAfter != nil {
			return *api.retryAfter
		}
		if window, ok := throttleWindow(api.Message); ok && api.Status == http.StatusTooManyRequests {
			return window
		}
	}
	return k.backoff(k.attempt)
}

// backoff returns a random wait before the attempt after the given one, which counts from 1. The window doubles each
// time; a tenth of it is the least, so that no loop spins.
func (c *Client) backoff(attempt int) time.Duration {
	window := maxBackoff
	if shift := attempt - 1; shift < 16 {
		window = min(c.retryWait<<shift, maxBackoff)
	}
	return window/10 + rand.N(window-window/10)
}

// lost classifies an attempt that the transport ended with an error.
func (k *call) lost(err error, sent bool, bodyErr error) error {
	switch {
	case k.ctx.Err() != nil && !sent: // a truncated request is not processed
		return &settledError{k.named(ctxError(k.ctx))}
	case bodyErr != nil:
		return &settledError{k.named(bodyErr)}
	}
	return &lostError{err: k.named(fmt.Errorf("%w: %w", errNoAnswer, err)), sent: sent, permanent: isPermanent(err)}
}

// isPermanent says that a connection fails for a reason that does not pass, before any request.
func isPermanent(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
	)
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &hostname) ||
		errors.Is(err, http.ErrSchemeMismatch)
}

// wait sleeps for d, or until ctx ends; it does not begin if ctx's deadline comes first. reason is what the wait is
// for, and part of its errors.
func wait(ctx context.Context, d time.Duration, reason error) error {
	if err := fits(ctx, d, reason); err != nil {
		return err
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w while waiting to repeat: %w", ctxError(ctx), reason)
	}
}

// fits says at once that a wait would pass the deadline, instead of sleeping until then just to fail.
func fits(ctx context.Context, d time.Duration, reason error) error {
	deadline, ok := ctx.Deadline()
	if left := time.Until(deadline); ok && d >= left {
		return fmt.Errorf("%w (a wait of %v before the next attempt does not fit into the %v that are left)",
			reason, d.Round(time.Millisecond), max(left, 0).Round(time.Millisecond))
	}
	return nil
}
