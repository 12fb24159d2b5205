// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// cutTransport cuts the first answer within its error code.
type cutTransport struct{ next http.RoundTripper }

func (c *cutTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(r)
	if err == nil && resp.StatusCode == http.StatusNotFound {
		resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"error_code":"FSS.`), brokenReader{}))
	}
	return resp, err
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// The code decides what a failure means; an answer that was cut off before it is asked for again.
func TestCutError(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{{status: 404, body: notFoundDoc}, {status: 200, body: functionDoc}}}
	c := newClient(t, testConfig(&cutTransport{s}))
	if _, err := c.Function(t.Context(), testURN); err != nil || len(s.requests()) != 2 {
		t.Errorf("%v after %d requests", err, len(s.requests()))
	}
	s = &script{steps: []step{{status: 404, body: notFoundDoc}}}
	c = newClient(t, testConfig(&cutTransport{s}))
	if _, err := c.Function(t.Context(), testURN); err == nil || IsNotFound(err) {
		t.Errorf("got %v", err)
	}
	s = &script{steps: []step{{status: 404, body: notFoundDoc}}}
	c = newClient(t, testConfig(&cutTransport{s}))
	if _, err := c.PublishVersion(t.Context(), testURN, PublishVersionRequest{}); err == nil || len(s.requests()) != 1 {
		t.Errorf("a call that must not be repeated: %v after %d requests", err, len(s.requests()))
	}
}

func TestMadeSince(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{})
	now := time.Now()
	zoned := func(at time.Time) string { return at.UTC().Format(time.RFC3339) }
	plain := func(at time.Time) string { return at.In(serviceZone).Format("2006-01-02 15:04:05") }
	for name, v := range map[string]struct {
		text string
		want bool
	}{
		"now": {zoned(now), true}, "now without zone": {plain(now), true},
		"now without zone, in UTC": {now.UTC().Format("2006-01-02 15:04:05"), true},
		"an hour ago":              {zoned(now.Add(-time.Hour)), false},
		"an hour ago without zone": {plain(now.Add(-time.Hour)), false},
		"in an hour":               {zoned(now.Add(time.Hour)), false},
		"no time":                  {"soon", false}, "nothing": {"", false},
	} {
		if got := c.MadeSince(v.text, now.Add(-dateSlack)); got != v.want {
			t.Errorf("%s: MadeSince(%q) = %t", name, v.text, got)
		}
	}
}
