// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const refusedDoc = `{"error_code":"APIGW.0301",` +
	`"error_msg":"Incorrect IAM authentication information: verify aksk signature fail"}`

// crowd makes n calls at the same time and returns their errors.
func crowd(ctx context.Context, c *Client, n int) []error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { _, errs[i] = c.Function(ctx, testURN) })
	}
	group.Wait()
	return errs
}

// TestGate_refused: thirty calls with a wrong key are one request, and one clear error each.
func TestGate_refused(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		status int
		body   string
	}{
		"gateway": {401, refusedDoc}, "IAM": {401, `{"error":{"code":401,"message":"no","title":"Unauthorized"}}`}, "page": {401, "<html>"},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, s := scripted(t, step{status: v.status, body: v.body, delay: time.Second})
			for _, err := range append(crowd(t.Context(), c, 30), crowd(t.Context(), c, 3)...) {
				var api *Error
				if !errors.As(err, &api) || api.Status != v.status || api.Message == "" {
					t.Errorf("%s: %v", name, err)
				}
			}
			if n := len(s.requests()); n != 1 {
				t.Errorf("%s: %d requests", name, n)
			}
		})
	}
}

// TestGate_order: until one request was accepted one is in flight, then all are.
func TestGate_order(t *testing.T) {
	t.Parallel()
	good := step{status: 200, body: functionDoc, delay: time.Second}
	for name, v := range map[string]struct {
		steps []step
		took  time.Duration
	}{
		"accepted at once":                 {[]step{good}, 2 * time.Second},
		"accepted with a refusal":          {[]step{{status: 404, body: notFoundDoc, delay: time.Second}, good}, 2 * time.Second},
		"nobody there, then a good answer": {[]step{{err: errReset, delay: time.Second}, good}, 3 * time.Second},
		"a page, then a good answer":       {[]step{{status: 200, body: "<html>", delay: time.Second}, good}, 3 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, s := scripted(t, v.steps...)
			began := time.Now()
			crowd(t.Context(), c, 10)
			if took := time.Since(began); took < v.took || took > v.took+100*time.Millisecond {
				t.Errorf("%s: %v for %d requests", name, took, len(s.requests()))
			}
			for i := 1; i < len(v.steps)-1; i++ {
				if between := s.requests()[i].at.Sub(s.requests()[i-1].at); between < time.Second {
					t.Errorf("%s: request %d came %v after the one before", name, i+1, between)
				}
			}
		})
	}
}

// TestGate_later: credentials that were accepted and then are not may have ended, or one answer may be wrong. The next
// one decides.
func TestGate_later(t *testing.T) {
	t.Parallel()
	good, bad := step{status: 200, body: functionDoc}, step{status: 401, body: refusedDoc}
	for name, v := range map[string]struct {
		steps    []step
		ok       []bool
		requests int
	}{
		"one wrong answer": {[]step{good, bad, good}, []bool{true, false, true, true}, 4},
		"ended":            {[]step{good, bad, bad, good}, []bool{true, false, false, false}, 3},
		"no permission":    {[]step{{status: 401, body: `{"error_code":"FSS.0401","error_msg":"not permit"}`}, good}, []bool{false, true}, 2},
	} {
		c, s := scripted(t, v.steps...)
		for i, want := range v.ok {
			if _, err := c.Function(t.Context(), testURN); (err == nil) != want {
				t.Errorf("%s: call %d: %v", name, i, err)
			}
		}
		if len(s.requests()) != v.requests {
			t.Errorf("%s: %d requests", name, len(s.requests()))
		}
	}
}

// TestGate_cancel: who waits at the gate can give up, and an upload whose file cannot be opened gives its turn on.
func TestGate_cancel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := scripted(t, step{status: 200, body: functionDoc, delay: time.Minute})
		go func() { _, _ = c.Function(t.Context(), testURN) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		if _, err := c.Function(ctx, testURN); !errors.Is(err, context.Canceled) || time.Since(began) != time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		time.Sleep(2 * time.Minute)
		if len(s.requests()) != 1 {
			t.Errorf("%d requests", len(s.requests()))
		}
	})
	c, _ := scripted(t, step{status: 200, body: functionDoc})
	missing := *blobOf("code")
	missing.Open = func() (io.ReadCloser, error) { return nil, errReset }
	if _, err := c.UpdateCode(t.Context(), testURN, Code{Type: CodeTypeZip, Blob: &missing}); err == nil {
		t.Error("a missing file was sent")
	}
	if _, err := c.Function(t.Context(), testURN); err != nil {
		t.Error(err)
	}
}

// TestGate_project: the lookup of the project is the first request, and counts.
func TestGate_project(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{{status: 401,
		body: `{"error":{"code":401,"message":"The request you have made requires authentication."}}`}}}
	cfg := testConfig(s)
	cfg.ProjectID = ""
	c := newClient(t, cfg)
	for _, err := range crowd(t.Context(), c, 10) {
		if err == nil || !strings.Contains(err.Error(), "requires authentication") {
			t.Errorf("got %v", err)
		}
	}
	if len(s.requests()) != 1 {
		t.Errorf("%d requests", len(s.requests()))
	}
}

// TestGate_redirect: an answer that net/http does not hand on must not keep the turn.
func TestGate_redirect(t *testing.T) {
	t.Parallel()
	c, s := scripted(t, step{status: 302, header: map[string]string{"Location": "http://[bad"}},
		step{status: 200, body: functionDoc})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, _ = c.Function(ctx, testURN)
	if _, err := c.Function(ctx, testURN); err != nil {
		t.Errorf("%v after %d requests", err, len(s.requests()))
	}
}
