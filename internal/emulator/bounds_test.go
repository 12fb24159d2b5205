// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// zeros is a body without an end that begins like one with code.
func zeros(n int64) io.Reader {
	return io.MultiReader(strings.NewReader(`{"func_code":{"file":"`), io.LimitReader(endless('A'), n))
}

type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// allocated is how much memory a request costs, and its answer.
func allocated(
	t *testing.T, api http.Handler, body io.Reader, header http.Header,
) (used uint64, got *httptest.ResponseRecorder) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, functions, body)
	r.Header, r.ContentLength = header, 1<<40 // a claim
	got = httptest.NewRecorder()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	api.ServeHTTP(got, r)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, got
}

// TestBodyBounds_large: nobody makes the emulator keep more than it has use for, whatever is claimed and sent.
//
// Not in parallel: it measures the whole process.
func TestBodyBounds_large(t *testing.T) {
	key := http.Header{
		"Authorization": {"SDK-HMAC-SHA256 Access=" + emulator.DefaultAccessKey + ", SignedHeaders=x-sdk-date, Signature=00"},
		"X-Sdk-Date":    {newClock().now.Format("20060102T150405Z")},
	}
	for name, test := range map[string]struct {
		header http.Header
		length int64
		status int
		code   string
		most   uint64 // MB
	}{
		"nobody":                  {http.Header{}, 60 << 20, 401, "APIGW.0301", 2},
		"a wrong token":           {http.Header{"X-Auth-Token": {"x"}}, 60 << 20, 401, "APIGW.0301", 2},
		"a wrong key":             {http.Header{"Authorization": {"SDK-HMAC-SHA256 Access=x, SignedHeaders=x, Signature=0"}}, 11 << 20, 401, "APIGW.0301", 2},
		"a wrong key, too long":   {http.Header{"Authorization": {"SDK-HMAC-SHA256 Access=x, SignedHeaders=x, Signature=0"}}, 60 << 20, 413, "APIGW.0201", 2},
		"a key, a wrong sign":     {key, 11 << 20, 401, "APIGW.0301", 100},
		"a key, too long":         {key, 60 << 20, 413, "APIGW.0201", 100},
		"nobody, without an end":  {http.Header{}, 1 << 40, 413, "APIGW.0201", 2},
		"a token, without an end": {http.Header{"X-Auth-Token": {emulator.DefaultToken}}, 1 << 40, 413, "APIGW.0201", 400},
	} {
		api := emulator.New(emulator.Options{Now: newClock().Now, Switches: emulator.Switches{ImportSizeMB: 50}})
		used, got := allocated(t, api, zeros(test.length), test.header)
		if got.Code != test.status || !strings.Contains(got.Body.String(), test.code) {
			t.Errorf("%s: %d %s", name, got.Code, got.Body)
		}
		if used > test.most<<20 {
			t.Errorf("%s: %d MB allocated", name, used>>20)
		}
		if logged := api.Requests()[0]; len(logged.Body) > 0 || logged.Status != test.status {
			t.Errorf("%s: the log has %d bytes, status %d", name, len(logged.Body), logged.Status)
		}
	}
}

// TestBodyBoundsOfText_large: settings of that length are not kept, whoever sends them.
func TestBodyBoundsOfText_large(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for length, status := range map[int]int{17 << 20: 413, 15 << 20: 400} {
		req := b.request("POST", functions, `{"description":"`+strings.Repeat("x", length)+`"}`)
		req.Header = http.Header{"X-Auth-Token": {emulator.DefaultToken}, "Content-Type": {"application/json"}}
		if got, err := roundTrip(req); err != nil || got.status != status {
			t.Errorf("%d MB of text: %d, %v", length>>20, got.status, err)
		}
	}
}

// TestLogBounds: the log of a process that runs for days forgets, by number and by length.
func TestLogBounds(t *testing.T) {
	t.Parallel()
	api := emulator.New(emulator.Options{})
	long := strings.Repeat("x", 15<<20)
	for range 40 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/nowhere", nil)
		r.Header.Set("X-Long", long)
		api.ServeHTTP(httptest.NewRecorder(), r)
	}
	logged := 0
	for _, r := range api.Requests() {
		logged += len(r.Header.Get("X-Long"))
	}
	if logged > 256<<20 || logged < 128<<20 {
		t.Errorf("the log has %d MB", logged>>20)
	}
}
