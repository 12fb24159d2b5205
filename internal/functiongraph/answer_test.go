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

// TestMadeSince_regions: without a zone a time is that of the region's wall clock, in winter and in summer.
func TestMadeSince_regions(t *testing.T) {
	t.Parallel()
	for region, hours := range map[string][]int{
		"cn-north-4": {
			8}, "ap-southeast-3": {8}, "ap-southeast-2": {7}, "eu-de": {1, 2}, "eu-west-101": {0, 1}, "af-south-1": {2},
		"sa-brazil-1": {-3}, "la-south-2": {-4, -3}, "na-mexico-1": {-6}, "tr-west-1": {3}, "ae-ad-1": {4}, "": {0, 8},
	} {
		c := newClient(t, Config{Region: region, ProjectID: testProject, Endpoint: "http://127.0.0.1:1",
			Credentials: Credentials{Token: "t"}})
		for _, hour := range hours {
			now := time.Now()
			text := func(at time.Time) string { return at.In(time.FixedZone("", hour*60*60)).Format(time.DateTime) }
			if !c.MadeSince(text(now), now.Add(-dateSlack)) || c.MadeSince(text(now.Add(-10*time.Minute)), now.Add(-dateSlack)) {
				t.Errorf("%s at %d", region, hour)
			}
		}
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
