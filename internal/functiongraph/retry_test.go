// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// unsent is a step that fails before the body is read: a connection that could not be made, or that broke early.
var unsent = step{err: &net.OpError{Op: "dial", Err: errors.New("connection refused")}, skip: true}

type callOf func(ctx context.Context, c *Client) error

func testCalls() map[string]callOf {
	tags := map[string]string{"k": "v"}
	return map[string]callOf{
		"get": func(ctx context.Context, c *Client) error {
			_, err := c.Function(ctx, testURN)
			return err
		},
		"put": func(ctx context.Context, c *Client) error {
			return c.UpdateSettings(ctx, testURN, UpdateSettingsRequest{Name: "demo"})
		},
		"code": func(ctx context.Context, c *Client) error {
			_, err := c.UpdateCode(ctx, testURN, Code{Type: CodeTypeZip, Blob: blobOf("code")})
			return err
		},
		"delete": func(ctx context.Context, c *Client) error { return c.DeleteFunction(ctx, testURN) },
		"create tags": func(ctx context.Context, c *Client) error {
			return c.CreateTags(ctx, testURN, tags)
		},
		"delete tags": func(ctx context.Context, c *Client) error {
			return c.DeleteTags(ctx, testURN, tags)
		},
		"create": func(ctx context.Context, c *Client) error {
			_, err := c.CreateFunction(ctx, CreateFunctionRequest{
				Name: "demo", Code: &Code{Type: CodeTypeZip, Blob: blobOf("code")},
			})
			return err
		},
		"import": func(ctx context.Context, c *Client) error {
			_, err := c.ImportFunction(ctx, ImportFunctionRequest{Name: "demo", FileName: "demo.zip", File: blobOf("zip")})
			return err
		},
		"publish": func(ctx context.Context, c *Client) error {
			_, err := c.PublishVersion(ctx, testURN, PublishVersionRequest{})
			return err
		},
	}
}

// good is what the contract promises as the answer to one of them.
func good(call string) step {
	if strings.HasPrefix(call, "delete") || call == "create tags" {
		return step{status: 204}
	}
	return step{status: 200, body: functionDoc}
}

func isOnce(name string) bool { return name == "create" || name == "import" || name == "publish" }

func TestRetry_byFault(t *testing.T) {
	t.Parallel()
	const (
		again     = "again"
		ambiguous = "ambiguous"
		final     = "final"
	)
	soon := map[string]string{"Retry-After": "0"}
	for name, v := range map[string]struct {
		fault            step
		idempotent, once string
	}{
		"reset after sending":  {step{err: errReset}, again, ambiguous},
		"not sent":             {unsent, again, again},
		"408":                  {step{status: 408}, again, ambiguous},
		"429":                  {step{status: 429, body: throttleDoc, header: soon}, again, again},
		"500":                  {step{status: 500}, again, ambiguous},
		"502 HTML":             {step{status: 502, body: "<html>bad gateway</html>"}, again, ambiguous},
		"503":                  {step{status: 503}, again, ambiguous},
		"503 with Retry-After": {step{status: 503, header: soon}, again, again},
		"504":                  {step{status: 504}, again, ambiguous},
		"400":                  {step{status: 400, body: `{"error_code":"FSS.1003","error_msg":"m"}`}, final, final},
		"401":                  {step{status: 401, body: `{"error_code":"APIGW.0301","error_msg":"m"}`}, final, final},
		"403":                  {step{status: 403, body: `{"error_code":"FSS.0403","error_msg":"m"}`}, final, final},
		"404 of the gateway":   {step{status: 404, body: `{"error_code":"APIGW.0101","error_msg":"m"}`}, final, final},
		"409":                  {step{status: 409, body: `{"error_code":"FSS.1061","error_msg":"m"}`}, final, final},
		"413":                  {step{status: 413}, final, final},
		"redirect": {
			step{status: 302, header: map[string]string{"Location": "https://elsewhere/"}}, final, final,
		},
		"unknown authority":          {step{err: x509.UnknownAuthorityError{}, skip: true}, final, final},
		"https asked of http server": {step{err: http.ErrSchemeMismatch, skip: true}, final, final},
	} {
		for method, call := range testCalls() {
			t.Run(name+"/"+method, func(t *testing.T) {
				t.Parallel()
				c, s := scripted(t, v.fault, good(method))
				err := call(t.Context(), c)
				want := v.idempotent
				if isOnce(method) {
					want = v.once
				}
				var lost *AmbiguousError
				got := map[bool]string{true: final, false: again}[err != nil]
				if errors.As(err, &lost) {
					got = ambiguous
				}
				if n := len(s.requests()); got != want || n != map[bool]int{true: 2, false: 1}[want == again] {
					t.Errorf("%s after %d requests (%v), want %s", got, n, err, want)
				}
			})
		}
	}
}

func TestRetry_sameRequestAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg := testConfig(nil)
		s := &script{steps: []step{{status: 500}, {status: 500}, {status: 200, body: functionDoc}}}
		cfg.Transport, cfg.RetryWait = s, 4*time.Second
		c := newClient(t, cfg)
		if _, err := c.UpdateCode(t.Context(), testURN, Code{Type: CodeTypeZip, Blob: blobOf("code")}); err != nil {
			t.Fatal(err)
		}
		all := s.requests()
		first, last := all[0], all[2]
		if len(all) != 3 || first.body != last.body || first.path != last.path || first.body == "" {
			t.Errorf("%d requests: %+v, %+v", len(all), first, last)
		}
		// Each attempt is signed anew, with its own time.
		if first.header.Get("X-Sdk-Date") == last.header.Get("X-Sdk-Date") ||
			first.header.Get("Authorization") == last.header.Get("Authorization") {
			t.Errorf("not signed anew: %v", last.header)
		}
	})
}

func TestRetry_limits(t *testing.T) {
	t.Parallel()
	for _, limit := range []int{-1, 0, 1, 5} {
		cfg := testConfig(nil)
		s := &script{steps: []step{{status: 500, body: `{"error_code":"FSS.0500","error_msg":"m"}`}}}
		cfg.Transport, cfg.MaxRetries = s, limit
		_, err := newClient(t, cfg).Function(t.Context(), testURN)
		if !HasCode(err, "FSS.0500") || len(s.requests()) != max(limit, 0)+1 {
			t.Errorf("limit %d: %v after %d requests", limit, err, len(s.requests()))
		}
	}
}

// Answers 429 do not count, and the others do, whatever comes between them.
func TestRetry_throttlingIsNotCounted(t *testing.T) {
	t.Parallel()
	busy := step{status: 429, body: throttleDoc, header: map[string]string{"Retry-After": "0"}}
	steps := []step{busy, busy, busy, busy, busy, {status: 500}, busy, {status: 500}, busy, {status: 500}, busy}
	c, s := scripted(t, append(steps, step{status: 200, body: functionDoc})...)
	if _, err := c.Function(t.Context(), testURN); err != nil || len(s.requests()) != 12 {
		t.Errorf("%v after %d requests", err, len(s.requests()))
	}
	c, s = scripted(t, append(steps, step{status: 500})...)
	if _, err := c.Function(t.Context(), testURN); err == nil || len(s.requests()) != 12 {
		t.Errorf("%v after %d requests", err, len(s.requests()))
	}
}

func TestRetry_waits(t *testing.T) {
	t.Parallel()
	gateway := `{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached: ` +
		`policy ip over ratelimit,limit:5,time:1 second"}`
	date := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	in90 := map[string]string{
		"Date": date.Format(http.TimeFormat), "Retry-After": date.Add(90 * time.Second).Format(http.TimeFormat),
	}
	past := map[string]string{"Date": in90["Retry-After"], "Retry-After": in90["Date"]}
	for name, v := range map[string]struct {
		fault    step
		min, max time.Duration
	}{
		"seconds":                     {step{status: 429, header: map[string]string{"Retry-After": "7"}}, 7e9, 7700e6},
		"date by the service's clock": {step{status: 503, header: in90}, 90e9, 91e9},
		"date that has passed":        {step{status: 503, header: past}, 50e6, 500e6},
		"zero":                        {step{status: 429, header: map[string]string{"Retry-After": "0"}}, 50e6, 500e6},
		"on a 500 too":                {step{status: 500, header: map[string]string{"Retry-After": "7"}}, 7e9, 7700e6},
		"window in the text":          {step{status: 429, body: gateway}, 1e9, 1100e6},
		"header before window": {
			step{status: 429, body: gateway, header: map[string]string{"Retry-After": "3"}}, 3e9, 3300e6,
		},
		"window only with 429": {step{status: 500, body: gateway}, 50e6, 500e6},
		"nothing said":         {step{status: 429, body: throttleDoc}, 50e6, 500e6},
		"senseless header":     {step{status: 429, header: map[string]string{"Retry-After": "soon"}}, 50e6, 500e6},
		"negative":             {step{status: 429, header: map[string]string{"Retry-After": "-5"}}, 50e6, 500e6},
		"huge": {
			step{status: 429, header: map[string]string{"Retry-After": "9000000000000"}}, maxWait, maxWait + time.Second,
		},
		"no answer": {step{err: errReset}, 50e6, 500e6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cfg := testConfig(nil)
				s := &script{steps: []step{v.fault, {status: 200, body: functionDoc}}}
				cfg.Transport, cfg.RetryWait = s, 0 // the default
				if _, err := newClient(t, cfg).Function(t.Context(), testURN); err != nil {
					t.Fatal(err)
				}
				if waited := s.requests()[1].at.Sub(s.requests()[0].at); waited < v.min || waited > v.max {
					t.Errorf("waited %v, want %v to %v", waited, v.min, v.max)
				}
			})
		})
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{})
	c.retryWait = 500 * time.Millisecond
	for attempt, window := range map[int]time.Duration{
		1: 500 * time.Millisecond, 2: time.Second, 5: 8 * time.Second, 7: maxBackoff, 8: maxBackoff, 1000: maxBackoff,
	} {
		seen := map[time.Duration]bool{}
		for range 200 {
			d := c.backoff(attempt)
			seen[d] = true
			if d < window/10 || d >= window {
				t.Fatalf("attempt %d: %v is not within %v", attempt, d, window)
			}
		}
		if len(seen) < 100 {
			t.Errorf("attempt %d: %d different waits of 200", attempt, len(seen))
		}
	}
}

// A wait that passes the deadline is not begun.
func TestRetry_waitBeyondDeadline(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"throttled": 429, "unavailable": 503} {
		for method, call := range testCalls() {
			t.Run(name+"/"+method, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					c, s := scripted(t, step{status: status, header: map[string]string{"Retry-After": "60"}})
					ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
					defer cancel()
					began := time.Now()
					err := call(ctx, c)
					var api *Error
					if !errors.As(err, &api) || api.Status != status ||
						!strings.Contains(err.Error(), "before the next attempt does not fit into the 30s") {
						t.Errorf("got %v", err)
					}
					var lost *AmbiguousError
					if errors.As(err, &lost) {
						t.Errorf("ambiguous: %v", err)
					}
					if waited := time.Since(began); waited != 0 || len(s.requests()) != 1 {
						t.Errorf("waited %v, %d requests", waited, len(s.requests()))
					}
				})
			})
		}
	}
}

// A service that asks to come again at once, for ever, is not asked for ever, nor in a loop that spins.
func TestRetry_throttledForEver(t *testing.T) {
	t.Parallel()
	past := map[string]string{"Date": "Fri, 02 Jan 2026 03:04:05 GMT", "Retry-After": "Thu, 01 Jan 2026 00:00:00 GMT"}
	for name, header := range map[string]map[string]string{"at once": {"Retry-After": "0"}, "in the past": past,
		"nothing said": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cfg := testConfig(nil)
				s := &script{steps: []step{{status: 429, body: throttleDoc, header: header}}}
				cfg.Transport, cfg.RetryWait = s, 0 // the default
				c := newClient(t, cfg)
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				_, err := c.Function(ctx, testURN)
				if !HasCode(err, "FSS.0429") || len(s.requests()) != maxThrottled+1 ||
					!strings.Contains(err.Error(), "throttled too often") {
					t.Errorf("%v after %d requests", err, len(s.requests()))
				}
				for i, r := range s.requests()[1:] {
					if waited := r.at.Sub(s.requests()[i].at); waited < 50*time.Millisecond {
						t.Errorf("request %d after %v", i+2, waited)
					}
				}
			})
		})
	}
}

// One call that is throttled holds all others of the client; one that has no time for that asks for itself.
func TestThrottle_sharedPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := scripted(t,
			step{status: 429, body: throttleDoc, header: map[string]string{"Retry-After": "10"}},
			step{status: 200, body: functionDoc})
		c.gate.open = true
		began := time.Now()
		go func() { _, _ = c.Function(t.Context(), testURN) }()
		synctest.Wait()

		short, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := c.Function(short, testURN); err != nil || time.Since(began) != 0 {
			t.Errorf("after %v: %v", time.Since(began), err)
		}

		time.Sleep(4 * time.Second)
		if _, err := c.Function(t.Context(), testURN); err != nil {
			t.Error(err)
		}
		if waited := time.Since(began); waited < 10*time.Second || waited > 11*time.Second {
			t.Errorf("the other call came through after %v", waited)
		}
		synctest.Wait()
		for i, r := range s.requests()[2:] {
			if r.at.Sub(began) < 10*time.Second {
				t.Errorf("request %d after %v", i+3, r.at.Sub(began))
			}
		}
	})
}

// A window that the throttled call itself cannot wait for fails that call and holds nobody else.
func TestThrottle_senselessWindow(t *testing.T) {
	t.Parallel()
	day := step{status: 429, body: `{"error_code":"APIGW.0308","error_msg":"limit:5,time:1 day"}`}
	synctest.Test(t, func(t *testing.T) {
		c, s := scripted(t, day, step{status: 200, body: functionDoc})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		began := time.Now()
		_, err := c.Function(ctx, testURN)
		if !HasCode(err, "APIGW.0308") || strings.Contains(err.Error(), "%!") || strings.Contains(err.Error(), "nil") {
			t.Errorf("got %v", err)
		}
		if _, err := c.Function(ctx, testURN); err != nil || time.Since(began) != 0 || len(s.requests()) != 2 {
			t.Errorf("%v after %v and %d requests", err, time.Since(began), len(s.requests()))
		}
	})
}

// However long one call waits, the others ask for themselves after a minute.
func TestThrottle_longPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := scripted(t,
			step{status: 429, body: throttleDoc, header: map[string]string{"Retry-After": "3600"}},
			step{status: 200, body: functionDoc})
		c.gate.open = true
		began := time.Now()
		go func() { _, _ = c.Function(t.Context(), testURN) }()
		synctest.Wait()
		if _, err := c.Function(t.Context(), testURN); err != nil || time.Since(began) != maxSharedPause {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		time.Sleep(2 * time.Hour) // the first one ends too
	})
}

// A cancel ends the pause, and the text says what was waited for.
func TestThrottle_cancel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := scripted(t, step{status: 200, body: functionDoc})
		c.throttle.pause(10 * time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := c.Function(ctx, testURN)
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "throttling") || len(s.requests()) != 0 {
			t.Errorf("%v after %d requests", err, len(s.requests()))
		}
		if text := err.Error(); strings.Contains(text, "%!") || strings.Contains(text, "<nil>") {
			t.Errorf("a hole in the text: %s", text)
		}
	})
}

func TestThrottle_longerPauseStays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var pause throttle
		pause.pause(10 * time.Second)
		pause.pause(time.Second)
		began := time.Now()
		if err := pause.wait(t.Context()); err != nil || time.Since(began) != 10*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

func TestThrottleWindow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"limit:5,time:1 second":           time.Second,
		"Limit: 200, Time: 5 minute":      5 * time.Minute,
		"policy x,limit:2,time:1 hour.":   time.Hour,
		"limit:1,time:3 day":              maxWait,
		"limit:1,time:2seconds":           2 * time.Second,
		"limit:1,time:0 second":           0,
		"limit:1,time:99999999999 second": 0,
		"time:1 second":                   0,
		"too many":                        0,
	} {
		if got, ok := throttleWindow(text); got != want || ok != (want > 0) {
			t.Errorf("%q: %v, %v; want %v", text, got, ok, want)
		}
	}
}
