// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// generations is a source whose keys have numbers; renewing gives the next ones, as long as there are any.
type generations struct {
	mu       sync.Mutex
	now, end int
	failing  error
	renewals int
}

func (g *generations) Credentials(context.Context) (Credentials, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return Credentials{AccessKey: fmt.Sprintf("key-%d", g.now), SecretKey: "s"}, g.failing
}

func (g *generations) Renew(_ context.Context, refused Credentials) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if refused.AccessKey != fmt.Sprintf("key-%d", g.now) {
		return true
	}
	if g.now >= g.end {
		return false
	}
	g.now++
	g.renewals++
	return true
}

func (g *generations) Signs() bool    { return true }
func (g *generations) String() string { return "generations of keys" }

// keyOf is the key that signed a request.
func keyOf(r seen) string {
	_, rest, _ := strings.Cut(r.header.Get("Authorization"), "Access=")
	key, _, _ := strings.Cut(rest, ",")
	return key
}

func sourced(t *testing.T, g *generations, steps ...step) (*Client, *script) {
	t.Helper()
	s := &script{steps: steps}
	cfg := testConfig(s)
	cfg.Credentials, cfg.Source = Credentials{}, g
	return newClient(t, cfg), s
}

// TestSource_renewed: a refusal is no end while the source has others, for a read, for what must not be repeated, and
// for code that is streamed; one renewal serves the call, and nothing counts as a repetition.
func TestSource_renewed(t *testing.T) {
	t.Parallel()
	bad := step{status: 401, body: refusedDoc}
	for name, call := range testCalls() {
		for _, v := range []struct {
			name     string
			end      int
			steps    []step
			keys     string
			renewals int
		}{
			{"once", 9, []step{bad, {status: 500}}, "key-0 key-1", 1},
			{"refused again", 9, []step{bad, bad, {status: 500}}, "key-0 key-1", 1},
			{"nothing else", 0, []step{bad, {status: 500}}, "key-0", 0},
		} {
			g := &generations{end: v.end}
			c, s := sourced(t, g, v.steps...)
			c.maxRetries = 0
			if err := call(t.Context(), c); err == nil {
				t.Errorf("%s, %s: no error", name, v.name)
			}
			var keys []string
			for _, r := range s.requests() {
				if r.path != "" {
					keys = append(keys, keyOf(r))
				}
			}
			if got := strings.Join(keys, " "); !strings.HasPrefix(got, v.keys) || g.renewals != v.renewals ||
				strings.Contains(got, "key-2") {
				t.Errorf("%s, %s: sent with %q, %d renewals", name, v.name, got, g.renewals)
			}
			if bodies := s.requests(); len(bodies) > 1 && bodies[0].body != bodies[1].body && v.end > 0 {
				t.Errorf("%s, %s: the second attempt sends something else", name, v.name)
			}
		}
	}
}

// TestSource_crowd: thirty calls whose keys have ended in the middle cost one renewal, and each is sent again once. If
// the renewed ones are refused too, that is the end for all, after one more request.
func TestSource_crowd(t *testing.T) {
	t.Parallel()
	good, bad := step{status: 200, body: functionDoc, delay: time.Second}, step{status: 401, body: refusedDoc,
		delay: time.Second}
	synctest.Test(t, func(t *testing.T) {
		g := &generations{end: 9}
		steps := []step{good}
		for range 30 {
			steps = append(steps, bad)
		}
		c, s := sourced(t, g, append(steps, good)...)
		crowd(t.Context(), c, 1)
		for _, err := range crowd(t.Context(), c, 30) {
			if err != nil {
				t.Error(err)
			}
		}
		if n := len(s.requests()); n != 61 || g.renewals != 1 {
			t.Errorf("%d requests, %d renewals", n, g.renewals)
		}
	})
	synctest.Test(t, func(t *testing.T) { // the first that is sent with the renewed ones decides for all
		g := &generations{end: 9}
		c, s := sourced(t, g, good, bad)
		crowd(t.Context(), c, 1)
		for _, err := range crowd(t.Context(), c, 30) {
			if err == nil {
				t.Error("no error")
			}
		}
		if n := len(s.requests()); n != 32 || g.renewals != 1 {
			t.Errorf("%d requests, %d renewals", n, g.renewals)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		g := &generations{end: 9}
		c, s := sourced(t, g, bad)
		for _, err := range crowd(t.Context(), c, 30) {
			var api *Error
			if !errors.As(err, &api) || api.Credentials != "generations of keys" {
				t.Errorf("%v", err)
			}
		}
		if n := len(s.requests()); n != 2 || g.renewals != 1 {
			t.Errorf("%d requests, %d renewals", n, g.renewals)
		}
	})
}

// slowSource takes its time to renew.
type slowSource struct {
	*generations

	began, end chan struct{}
}

func (s *slowSource) Renew(ctx context.Context, refused Credentials) bool {
	close(s.began)
	<-s.end
	return s.generations.Renew(ctx, refused)
}

// TestSource_slow: while one call renews, the answers that others have got are not held up.
func TestSource_slow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := &slowSource{&generations{end: 9}, make(chan struct{}), make(chan struct{})}
		good := step{status: 200, body: functionDoc}
		s := &script{steps: []step{good, {status: 200, body: functionDoc, delay: time.Second}, {status: 401,
			body: refusedDoc}, good}}
		cfg := testConfig(s)
		cfg.Credentials, cfg.Source = Credentials{}, g
		c := newClient(t, cfg)
		crowd(t.Context(), c, 1)
		answered := make(chan error, 1)
		go func() {
			_, err := c.Function(t.Context(), testURN)
			answered <- err
		}()
		synctest.Wait()
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := c.Function(t.Context(), testURN); err != nil {
				t.Error(err)
			}
		})
		<-g.began
		if err := <-answered; err != nil { // else a deadlock, which synctest finds
			t.Error(err)
		}
		close(g.end)
		group.Wait()
	})
}

// TestSource_again: keys that were renewed and accepted may end, too.
func TestSource_again(t *testing.T) {
	t.Parallel()
	good, bad := step{status: 200, body: functionDoc}, step{status: 401, body: refusedDoc}
	g := &generations{end: 9}
	c, s := sourced(t, g, bad, good, bad, good)
	for range 2 {
		if _, err := c.Function(t.Context(), testURN); err != nil {
			t.Error(err)
		}
	}
	if len(s.requests()) != 4 || g.renewals != 2 || keyOf(s.requests()[3]) != "key-2" {
		t.Errorf("%d requests, %d renewals", len(s.requests()), g.renewals)
	}
}

// TestSource_fails: without credentials nothing is sent, nothing is tried again by itself, and the turn at the gate is
// given on. FunctionGraph's own refusal, which is about rights, renews nothing.
func TestSource_fails(t *testing.T) {
	t.Parallel()
	g := &generations{end: 9, failing: errors.New("no key today")}
	c, s := sourced(t, g, step{status: 401, body: `{"error_code":"FSS.0401","error_msg":"not permit"}`})
	for range 2 {
		_, err := c.CreateFunction(t.Context(), CreateFunctionRequest{Name: "demo"})
		var lost *AmbiguousError
		if err == nil || !strings.Contains(err.Error(), "no key today") || errors.As(err, &lost) {
			t.Errorf("got %v", err)
		}
	}
	g.failing = nil
	if _, err := c.Function(t.Context(), testURN); !HasCode(err, CodeUnauthorized) || g.renewals != 0 {
		t.Errorf("%v, %d renewals", err, g.renewals)
	}
	if len(s.requests()) != 1 {
		t.Errorf("%d requests", len(s.requests()))
	}
}

// TestSource_single: what runs code is not sent again, with other credentials either.
func TestSource_single(t *testing.T) {
	t.Parallel()
	g := &generations{end: 9}
	c, s := sourced(t, g, step{status: 401, body: refusedDoc}, step{status: 200, body: ranDoc})
	_, err := c.Invoke(t.Context(), testURN, Call{Input: "{}"})
	if err == nil || len(s.requests()) != 1 || g.renewals != 0 {
		t.Errorf("%v after %d requests and %d renewals", err, len(s.requests()), g.renewals)
	}
}
