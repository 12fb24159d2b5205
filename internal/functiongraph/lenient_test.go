// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestFunction_scalarTime: a client must parse a plain integer (contract 1.9).
func TestFunction_scalarTime(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		`"2026-01-02T11:04:05+08:00"`: "2026-01-02T11:04:05+08:00", `1767323045`: "1767323045", `null`: "",
		`"1767323045"`: "1767323045",
	} {
		c, _ := scripted(t, step{status: 200, body: functionDoc[:len(functionDoc)-1] + `,"last_modified":` + written + `}`})
		f, err := c.Function(t.Context(), testURN)
		if err != nil || f.LastModified != want || f.Timeout != 3 {
			t.Errorf("%s: got %+v, %v", written, f, err)
		}
	}
}

// TestReadBack: "not found" is "not yet" for 30 seconds, and nothing else is.
func TestReadBack(t *testing.T) {
	t.Parallel()
	notYet := step{status: 404, body: notFoundDoc}
	for name, v := range map[string]struct {
		steps []step
		found bool
		took  time.Duration
	}{
		"at once": {[]step{{status: 200, body: functionDoc}}, true, 0},
		"later":   {[]step{notYet, notYet, {status: 200, body: functionDoc}}, true, 2 * time.Second},
		"never":   {[]step{notYet}, false, 30 * time.Second},
		"refused": {[]step{{status: 403, body: `{"error_code":"FSS.0403","error_msg":"no"}`}}, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, _ := scripted(t, v.steps...)
				began := time.Now()
				_, err := c.ReadBack(t.Context(), testURN)
				if (err == nil) != v.found || time.Since(began) != v.took {
					t.Errorf("%v after %v", err, time.Since(began))
				}
			})
		})
	}
}

// TestVersions_nullBehindTheEnd: a page behind the end may hold null instead of an empty list.
func TestVersions_nullBehindTheEnd(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `{"versions":[{"version":"latest"}],"next_marker":5}`},
		step{status: 200, body: `{"versions":null,"next_marker":5}`})
	rows, err := c.Versions(t.Context(), testURN)
	if err != nil || len(rows) != 1 {
		t.Errorf("got %v, %v", rows, err)
	}
}

// TestDeleteTags_absent: where the service does not take the deletion of an absent key for a success, what is left
// decides.
func TestDeleteTags_absent(t *testing.T) {
	t.Parallel()
	gone := step{status: 404, body: `{"error_code":"FSS.0404","error_msg":"no such tag"}`}
	for left, ok := range map[string]bool{
		`{"tags":[{"key":"other","value":"x"}]}`: true, `{"tags":[{"key":"k","value":"v"}]}`: false,
	} {
		c, _ := scripted(t, gone, step{status: 200, body: left})
		if err := c.DeleteTags(t.Context(), testURN, map[string]string{"k": "v"}); (err == nil) != ok {
			t.Errorf("with %s left: %v", left, err)
		}
	}
	c, _ := scripted(t, gone, step{status: 404, body: notFoundDoc})
	if err := c.DeleteTags(t.Context(), testURN, map[string]string{"k": "v"}); !IsNotFound(err) {
		t.Errorf("of a function that is gone: %v", err)
	}
}
