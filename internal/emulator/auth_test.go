// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// signing is what a test may do differently from a good client.
type signing struct {
	access, secret string
	headers        []string // signed headers
	date           string
	security       string
	securitySigned bool
	hash           string // X-Sdk-Content-Sha256
	query          string // canonical query
	path           string // canonical path
}

// sign signs for the default keys, with a signer of its own: it follows contract 1.5 and nothing in the emulator.
func sign(req *http.Request, body string, at time.Time) {
	signWith(req, body, signing{date: at.UTC().Format("20060102T150405Z")})
}

func signWith(req *http.Request, body string, with signing) {
	if with.access == "" {
		with.access = emulator.DefaultAccessKey
	}
	if with.secret == "" {
		with.secret = emulator.DefaultSecretKey
	}
	req.Header.Set("X-Sdk-Date", with.date)
	if with.headers == nil {
		with.headers = []string{"host", "x-sdk-date"}
	}
	if with.security != "" {
		req.Header.Set("X-Security-Token", with.security)
		if with.securitySigned {
			with.headers = []string{"host", "x-sdk-date", "x-security-token"}
		}
	}
	sum := sha256.Sum256([]byte(body))
	hash := hex.EncodeToString(sum[:])
	if with.hash != "" {
		req.Header.Set("X-Sdk-Content-Sha256", with.hash)
		hash = with.hash
	}
	if with.path == "" {
		with.path = strings.ReplaceAll(strings.ReplaceAll(req.URL.Path, ":", "%3A"), "!", "%21") + "/"
	}
	lines := ""
	for _, name := range with.headers {
		value := req.Header.Get(name)
		if name == "host" {
			value = req.URL.Host
		}
		lines += name + ":" + value + "\n"
	}
	canonical := req.Method + "\n" + with.path + "\n" + with.query + "\n" + lines + "\n" +
		strings.Join(with.headers, ";") + "\n" + hash
	canonicalSum := sha256.Sum256([]byte(canonical))
	mac := hmac.New(sha256.New, []byte(with.secret))
	mac.Write([]byte("SDK-HMAC-SHA256\n" + with.date + "\n" + hex.EncodeToString(canonicalSum[:])))
	req.Header.Set("Authorization", "SDK-HMAC-SHA256 Access="+with.access+", SignedHeaders="+
		strings.Join(with.headers, ";")+", Signature="+hex.EncodeToString(mac.Sum(nil)))
}

func TestSignedRequests(t *testing.T) {
	t.Parallel()
	now := newClock().now
	stamp := func(d time.Duration) string { return now.Add(d).Format("20060102T150405Z") }
	good := stamp(0)
	body := `{"code_type":"inline"}`
	sum := sha256.Sum256([]byte(body))
	tests := []struct {
		name   string
		opts   emulator.Options
		with   signing
		change func(*http.Request)
		want   int
		text   string
	}{
		{name: "good", with: signing{date: good}, want: 200},
		{name: "only_the_date_signed", with: signing{date: good, headers: []string{"x-sdk-date"}}, want: 200},
		{name: "more_headers", want: 200, with: signing{date: good,
			headers: []string{"content-type", "host", "user-agent", "x-sdk-date"}},
			change: func(r *http.Request) { r.Header.Set("User-Agent", "test") }},
		{name: "date_not_signed", with: signing{date: good, headers: []string{"host"}}, want: 401, text: "verify aksk"},
		{name: "wrong_secret", with: signing{date: good, secret: "x"}, want: 401, text: "verify aksk signature fail"},
		{name: "wrong_access_key", with: signing{date: good, access: "x"}, want: 401, text: "verify aksk"},
		{name: "path_not_encoded", with: signing{date: good, path: demo + "/code/"}, want: 401, text: "verify aksk"},
		{name: "path_without_slash", want: 401, text: "verify aksk",
			with: signing{date: good, path: strings.ReplaceAll(demo, ":", "%3A") + "/code"}},
		{name: "skew_15_minutes", with: signing{date: stamp(15 * time.Minute)}, want: 200},
		{name: "skew_over_15_minutes", with: signing{date: stamp(15*time.Minute + time.Second)}, want: 401,
			text: "time skew"},
		{name: "skew_back", with: signing{date: stamp(-15*time.Minute - time.Second)}, want: 401, text: "time skew"},
		{name: "bad_date", with: signing{date: "today"}, want: 401, text: "X-Sdk-Date"},
		{name: "unsigned_payload", with: signing{date: good, hash: "UNSIGNED-PAYLOAD"}, want: 200},
		{name: "declared_hash", with: signing{date: good, hash: hex.EncodeToString(sum[:])}, want: 200},
		{name: "wrong_declared_hash", with: signing{date: good, hash: strings.Repeat("0", 64)}, want: 401,
			text: "verify aksk"},
		{name: "unexpected_security_token", with: signing{date: good, security: "st"}, want: 401, text: "X-Security-Token"},
		{name: "security_token_signed", opts: emulator.Options{SecurityToken: "st"},
			with: signing{date: good, security: "st", securitySigned: true}, want: 200},
		{name: "security_token_added_afterwards", opts: emulator.Options{SecurityToken: "st"},
			with: signing{date: good, security: "st"}, want: 200},
		{name: "security_token_missing", opts: emulator.Options{SecurityToken: "st"}, with: signing{date: good}, want: 401,
			text: "X-Security-Token"},
		{name: "security_token_wrong", opts: emulator.Options{SecurityToken: "st"},
			with: signing{date: good, security: "other", securitySigned: true}, want: 401, text: "X-Security-Token"},
		{name: "header_changed_afterwards", with: signing{date: good, headers: []string{"content-type", "x-sdk-date"}},
			change: nil, want: 401, text: "verify aksk"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.opts.Now = func() time.Time { return now }
			b := newBench(t, test.opts)
			b.create(object{})
			req := b.request("PUT", demo+"/code", body)
			if test.change != nil {
				test.change(req)
			}
			signWith(req, body, test.with)
			if test.name == "header_changed_afterwards" {
				req.Header.Set("Content-Type", "application/json; charset=utf-8")
			}
			got, err := roundTrip(req)
			if err != nil || got.status != test.want || !strings.Contains(got.text("error_msg"), test.text) {
				t.Fatalf("%d %s, %v", got.status, got.raw, err)
			}
			if test.want == 401 && (got.code != "APIGW.0301" || got.text("request_id") == "") {
				t.Fatalf("code %s, request id %q", got.code, got.text("request_id"))
			}
		})
	}
}

func TestSignatureCoversTheExactBody(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	req := b.request("PUT", demo+"/code", "{\"code_type\":\"inline\"}\n")
	sign(req, `{"code_type":"inline"}`, time.Now()) // without the newline that is sent
	if got, err := roundTrip(req); err != nil || got.status != 401 {
		t.Fatalf("%d %v", got.status, err)
	}
}

func TestSignatureCoversQuery(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	path := functions + "?maxitems=2&func_name=a+b&marker=0"
	with := signing{date: time.Now().UTC().Format("20060102T150405Z"), query: "func_name=a%20b&marker=0&maxitems=2"}
	req := b.request("GET", path, nil)
	signWith(req, "", with)
	if got, err := roundTrip(req); err != nil || got.status != 200 {
		t.Fatalf("%d %s %v", got.status, got.raw, err)
	}
	with.query = "func_name=a+b&marker=0&maxitems=2"
	req = b.request("GET", path, nil)
	signWith(req, "", with)
	if got, err := roundTrip(req); err != nil || got.status != 401 {
		t.Fatalf("plus for a space: %d %v", got.status, err)
	}
}

func TestSignatureOfEncodedPath(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	for _, wire := range []string{demo + ":!prod/config", strings.ReplaceAll(demo, ":", "%3A") + "%3A%21prod/config"} {
		req := b.request("GET", wire, nil)
		sign(req, "", time.Now())
		if got, err := roundTrip(req); err != nil || got.status != 200 {
			t.Errorf("%s: %d %v", wire, got.status, err)
		}
	}
}

func TestMalformedAuthorization(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for _, text := range []string{
		"Bearer x", "SDK-HMAC-SHA256", "SDK-HMAC-SHA256 Access=a", "SDK-HMAC-SHA256 Access=a, SignedHeaders=b, Signature=",
		"SDK-HMAC-SHA256 Access=a, SignedHeaders=b, Signature=c, More=d",
		"V11-HMAC-SHA256 Access=a, SignedHeaders=b, Signature=c",
	} {
		req := b.request("GET", demo+"/config", nil)
		req.Header.Set("Authorization", text)
		if got, err := roundTrip(req); err != nil || got.status != 401 || got.code != "APIGW.0301" {
			t.Errorf("%s: %d %s %v", text, got.status, got.code, err)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{Token: "secret"})
	for token, want := range map[string]int{"secret": 200, "other": 401, "": 401} {
		req := b.request("GET", functions, nil)
		if token != "" {
			req.Header.Set("X-Auth-Token", token)
		}
		got, err := roundTrip(req)
		if err != nil || got.status != want {
			t.Errorf("token %q: %d %v", token, got.status, err)
		}
		if want == 401 && !strings.HasPrefix(got.text("error_msg"), "Incorrect IAM authentication information") {
			t.Errorf("token %q: %s", token, got.text("error_msg"))
		}
	}
}

// TestOrderOfChecks: authentication, route, project, then the rest (contract 4).
func TestOrderOfChecks(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	other := strings.Replace(functions, emulator.DefaultProjectID, strings.Repeat("f", 32), 1)
	b.want(404, "APIGW.0101", "GET", "/v2/nowhere", nil)
	b.want(404, "APIGW.0101", "PATCH", demo+"/config", nil)
	b.want(404, "APIGW.0101", "GET", demo+"/config/", nil)
	b.want(403, "FSS.0403", "POST", other, "{")
	req := b.request("GET", "/v2/nowhere", nil)
	if got, err := roundTrip(req); err != nil || got.status != 401 {
		t.Fatalf("without credentials: %d %v", got.status, err)
	}
	if got := b.server.Unhandled(); len(got) != 4 || got[0].Path != "/v2/nowhere" {
		t.Fatalf("unhandled: %+v", got)
	}
}
