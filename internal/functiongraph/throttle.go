// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// throttle is the pause that all calls of a client share after an answer 429.
type throttle struct {
	mu     sync.Mutex
	until  time.Time
	reason error
}

// pause holds all calls for d; a longer pause that is under way stays.
func (t *throttle) pause(d time.Duration, reason error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until := time.Now().Add(d); until.After(t.until) {
		t.until, t.reason = until, reason
	}
}

// wait returns when no pause holds, or with the reason of the pause if ctx does not last that long.
func (t *throttle) wait(ctx context.Context) error {
	for {
		t.mu.Lock()
		left, reason := time.Until(t.until), t.reason
		t.mu.Unlock()
		if left <= 0 {
			return nil
		}
		if err := wait(ctx, left, reason); err != nil {
			return err
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
