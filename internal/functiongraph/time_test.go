// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"net/http"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, want := range map[string][]time.Time{
		"2026-01-02T03:04:05Z":      {at},
		"2026-01-02T11:04:05+08:00": {at},
		"2026-01-02T11:04:05+0800":  {at},
		"2026-01-02 11:04:05+08:00": {at},
		"2026-01-02T03:04:05.250Z":  {at.Add(250 * time.Millisecond)},
		" 2026-01-02T03:04:05Z ":    {at},
		"2026-01-02T03:04:05":       {at, at.Add(-8 * time.Hour)},
		"2026-01-02 03:04:05":       {at, at.Add(-8 * time.Hour)},
		"1767323045":                {at},
		"":                          nil,
		"0":                         nil,
		"2019-10-29171553":          nil,
		"yesterday":                 nil,
		"2026-13-02T03:04:05Z":      nil,
	} {
		got := ParseTime(text)
		if len(got) != len(want) {
			t.Errorf("ParseTime(%q) = %v, want %v", text, got, want)
			continue
		}
		for i := range want {
			if !got[i].Equal(want[i]) {
				t.Errorf("ParseTime(%q)[%d] = %v, want %v", text, i, got[i], want[i])
			}
		}
	}
}

func FuzzParseTime(f *testing.F) {
	f.Add("2026-01-02T03:04:05+08:00")
	f.Add("2026-01-02 03:04:05")
	f.Add("-1")
	f.Add("99999999999999999999")
	f.Fuzz(func(t *testing.T, text string) {
		if got := ParseTime(text); len(got) == 2 && got[0].Sub(got[1]) != 8*time.Hour {
			t.Errorf("%q has the readings %v", text, got)
		}
	})
}

func TestServiceTime(t *testing.T) {
	t.Parallel()
	now := time.Now()
	ahead := now.Add(time.Hour).UTC().Format(http.TimeFormat)
	c, _ := scripted(t, step{status: 200, body: functionDoc, header: map[string]string{"Date": ahead}})
	if got := c.ServiceTime(now); !got.Equal(now) {
		t.Errorf("before the first answer: %v, want %v", got, now)
	}
	if _, err := c.Function(t.Context(), testURN); err != nil {
		t.Fatal(err)
	}
	// The header counts whole seconds, and the answer took some time.
	if off := c.ServiceTime(now).Sub(now) - time.Hour; off < -5*time.Second || off > time.Second {
		t.Errorf("the service's clock is off by %v", off)
	}
}
