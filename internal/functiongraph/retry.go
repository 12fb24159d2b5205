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
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

const maxBackoff = 30 * time.Second

// maxThrottled is how many answers 429 one call takes. They do not count as retries, and a service that asks to come
// again at once, for ever, must not be asked for ever.
const maxThrottled = 100

// verdict is what a failed attempt means for the next one.
type verdict int

const (
	final     verdict = iota // the answer stands
	repeat                   // again, counted against MaxRetries
	throttled                // again, counted apart
	renewal                  // again at once, with other credentials: whoever refused them has done nothing
	later                    // again soon: what was just made has not arrived yet
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
		return false, &AmbiguousError{err, k.makes}
	}
	if k.ctx.Err() != nil && verdict == later {
		return false, k.givenUp()
	}
	if k.ctx.Err() != nil {
		return false, fmt.Errorf("%w (not repeated: %w)", err, ctxError(k.ctx))
	}
	if verdict == repeat && k.resends >= k.maxRetries {
		return false, fmt.Errorf("%w (attempt %d, the last one)", err, k.attempt)
	}
	if verdict == throttled && k.throttles >= maxThrottled {
		return false, fmt.Errorf("%w (attempt %d, the last one: throttled too often)", err, k.attempt)
	}
	return k.again(verdict, err)
}

// again prepares the next attempt. A wait that this call cannot make fails it and nobody else: only one that is begun
// holds the others.
func (k *call) again(verdict verdict, err error) (bool, error) {
	switch verdict {
	case renewal:
		k.nextWait = 0
	case later:
		k.nextWait = k.notYetWait(err)
	case throttled:
		k.throttles++
		k.nextWait = k.waitAfter(err, k.throttles)
	default:
		k.resends++
		k.repeated = true
		k.nextWait = k.waitAfter(err, k.attempt)
	}
	if err := fits(k.ctx, k.nextWait, err); err != nil {
		return false, err
	}
	if verdict == throttled {
		k.throttle.pause(k.nextWait)
	}
	return true, nil
}

// judge follows contract 6, "decision order", and internal/architecture.md, "writes that cannot hurt". The service's
// not-found answers are final by their status.
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
	case k.once && lost.sent:
		return ambiguous
	case lost.permanent || lost.unpromised && k.looks:
		return final
	}
	return repeat
}

func (k *call) judgeStatus(api *Error) verdict {
	switch {
	case k.fresh:
		return renewal
	case k.single:
		return judgeSingle(api)
	case api.Status == http.StatusTooManyRequests:
		return throttled
	case k.notYet(api):
		return later
	case slices.Contains(k.doubts, api.Code), api.Code == CodeBadTriggerName: // a wrong parameter, for all its 502
		return final
	case api.Status == http.StatusServiceUnavailable && api.retryAfter != nil:
		return repeat // who names the time to come again has not begun
	case api.Status != http.StatusRequestTimeout && api.Status < 500:
		return final
	case k.once:
		return ambiguous
	}
	return repeat
}

// judgeSingle judges the answer to a call that runs code: it is not sent again, whatever the answer asks for. A
// function that gave a senseless answer is known to have run.
func judgeSingle(api *Error) verdict {
	if api.Code != CodeNoFunctionStatus && (api.ran || api.Status == http.StatusRequestTimeout || api.Status >= 500) {
		return ambiguous
	}
	return final
}

// waitAfter returns how long to wait after a failure, the nth of its kind: what the answer asks for, and a little
// more, so that not all come again at the same moment; else, and at the least, a random time that grows.
func (k *call) waitAfter(err error, nth int) time.Duration {
	least := k.backoff(nth)
	asked, ok := askedWait(err)
	if !ok {
		return least
	}
	if nth > 4 { // whoever asks for a wait knows best how long it takes; the floor only keeps it from spinning
		least = k.backoff(4)
	}
	return max(asked+rand.N(min(asked/10, time.Second)+1), least)
}

// askedWait is the wait that an answer asks for, in its header or, when it throttles, in its text.
func askedWait(err error) (time.Duration, bool) {
	var api *Error
	if !errors.As(err, &api) {
		return 0, false
	}
	if api.retryAfter != nil {
		return *api.retryAfter, true
	}
	window, ok := throttleWindow(api.Message)
	return window, ok && api.Status == http.StatusTooManyRequests
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

// lost classifies an attempt without an answer.
func (k *call) lost(err error, sent bool, bodyErr error) error {
	switch {
	case k.ctx.Err() != nil && !sent: // a truncated request is not processed
		return &settledError{k.named(ctxError(k.ctx))}
	case bodyErr != nil:
		return &settledError{k.named(bodyErr)}
	}
	return &lostError{err: k.named(fmt.Errorf("%w: %w", errNoAnswer, err)), sent: sent, permanent: IsPermanent(err)}
}

// IsPermanent says that a connection fails for a reason that does not pass, before any request.
func IsPermanent(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
		dns          *net.DNSError
	)
	if errors.As(err, &dns) && dns.IsNotFound && !dns.IsTemporary { // no such host: a region that is none
		return true
	}
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
