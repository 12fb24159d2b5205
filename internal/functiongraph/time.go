// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// clock knows how far the service's clock is from the local one.
type clock struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration
}

// observe takes over the Date header of an answer that has just come.
func (k *clock) observe(header http.Header) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known, k.offset = true, time.Until(date)
}

func (k *clock) isKnown() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.known
}

// ServiceTime converts a time of the local clock to the service's clock, as the Date header of the latest answer shows
// it; the header counts whole seconds. Before the first answer it returns the time as it is.
func (c *Client) ServiceTime(local time.Time) time.Time {
	c.clock.mu.Lock()
	defer c.clock.mu.Unlock()
	return local.Add(c.clock.offset)
}

// MadeSince says whether a time that the service wrote is not before since and not in the future, both in the service's
// clock: whether something can have been made by a request that was sent then. Each reading of a time without zone
// counts, so that the bound above is needed too: of a time in +08:00, the reading in UTC is eight hours late. A text
// that is no time says nothing, so false.
func (c *Client) MadeSince(text string, since time.Time) bool {
	now := c.ServiceTime(time.Now()).Add(dateSlack)
	for _, t := range parseTime(text, c.region) {
		if !t.Before(since) && !t.After(now) {
			return true
		}
	}
	return false
}

var (
	zonedLayouts   = []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00"}
	zonelessLayout = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05"}
	serviceZone    = time.FixedZone("", 8*60*60)
)

// ParseTime reads a time as the service writes it (contract 1.9): with a zone or as epoch seconds there is one reading.
// Without a zone there are two, UTC, then +08:00. A text that is no time has none.
func ParseTime(s string) []time.Time { return parseTime(s, "") }

// parseTime is ParseTime for a region, whose wall clock is tried too.
func parseTime(s, region string) []time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range zonedLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return []time.Time{t}
		}
	}
	for _, layout := range zonelessLayout {
		if _, err := time.Parse(layout, s); err != nil {
			continue
		}
		var readings []time.Time
		for _, zone := range wallClocks(region) {
			t, _ := time.ParseInLocation(layout, s, zone)
			readings = append(readings, t)
		}
		return readings
	}
	if seconds, err := strconv.ParseInt(s, 10, 64); err == nil && seconds > 0 {
		return []time.Time{time.Unix(seconds, 0)}
	}
	return nil
}
