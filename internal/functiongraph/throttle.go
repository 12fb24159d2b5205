// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxSharedPause bounds the pause that one throttled call imposes on all others. The service throttles each of its
// calls apart: whoever has waited that long asks for itself.
const maxSharedPause = time.Minute

// throttle is the pause that all calls of a client share after an answer 429.
type throttle struct {
	mu    sync.Mutex
	until time.Time
}

// pause holds all calls for d, as far as they can wait; a longer pause that is under way stays.
func (t *throttle) pause(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until := time.Now().Add(min(d, maxSharedPause)); until.After(t.until) {
		t.until = until
	}
}

// wait returns when no pause holds. Where ctx does not last that long it returns at once: the answer to a request of
// its own says more than that others wait.
func (t *throttle) wait(ctx context.Context) error {
	for {
		t.mu.Lock()
		left := time.Until(t.until)
		t.mu.Unlock()
		if deadline, ok := ctx.Deadline(); left <= 0 || ok && left >= time.Until(deadline) {
			return nil
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%w while all requests paused because of throttling", ctxError(ctx))
		}
	}
}

// maxWait bounds what an answer may ask for, so that a senseless number does not overflow.
const maxWait = 24 * time.Hour

// retryAfter returns the wait that a Retry-After header asks for, in seconds or as a date, or nil. A date is compared
// with the answer's own Date, since the local clock may be wrong.
func retryAfter(header http.Header) *time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil && seconds >= 0 {
		d := time.Duration(min(seconds, int64(maxWait/time.Second))) * time.Second
		return &d
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return nil
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	d := min(max(until.Sub(now), 0), maxWait)
	return &d
}

var windowText = regexp.MustCompile(`(?i)limit\W*\d+\W*time\W*(\d+)\s*(second|minute|hour|day)`)

// throttleWindow reads the window out of the gateway's text, such as "limit:5,time:1 second" (APIGW.0308).
func throttleWindow(message string) (time.Duration, bool) {
	match := windowText.FindStringSubmatch(message)
	if match == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(match[1], 10, 32)
	if err != nil || n == 0 {
		return 0, false
	}
	unit := map[string]time.Duration{
		"second": time.Second, "minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour,
	}[strings.ToLower(match[2])]
	return min(time.Duration(n)*unit, maxWait), true
}
