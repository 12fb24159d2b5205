// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	ranDoc      = `{"request_id":"r-1","result":"{\"ok\":true}","log":"","status":200}`
	acceptedDoc = `{"request_id":"r-2"}`
)

// TestInvoke_request: path, headers and body as contract 3.25 says; a log is asked for by a header, if at all.
func TestInvoke_request(t *testing.T) {
	t.Parallel()
	ran := step{status: 200, body: ranDoc}
	c, s := scripted(t, ran, ran, step{status: 202, body: acceptedDoc})
	urn := testURN.WithQualifier("v1")
	const input = `{"a": "<b>"}`
	for _, log := range []bool{true, false} {
		if _, err := c.Invoke(t.Context(), urn, Call{Input: input, Log: log}); err != nil {
			t.Fatal(err)
		}
	}
	if id, err := c.InvokeAsync(t.Context(), urn, Call{Input: input}); err != nil || id != "r-2" {
		t.Errorf("%q, %v", id, err)
	}
	for status, want := range map[int]string{202: "h", 200: ""} {
		other, _ := scripted(t, step{status: status, body: `{}`, header: map[string]string{"X-Cff-Request-Id": "h"}})
		if id, err := other.InvokeAsync(t.Context(), urn, Call{Input: input}); id != want || (err == nil) != (want != "") {
			t.Errorf("the id in the header, HTTP %d: %q, %v", status, id, err)
		}
	}
	for i, want := range []struct{ path, version, log string }{
		{urnPath + ":v1/invocations", "v1", "tail"}, {urnPath + ":v1/invocations", "v1", ""},
		{urnPath + ":v1/invocations-async", "", ""},
	} {
		got := s.requests()[i]
		if got.method != http.MethodPost || got.rawPath != want.path || got.body != input ||
			got.header.Get("X-CFF-Request-Version") != want.version || got.header.Get("X-Cff-Log-Type") != want.log {
			t.Errorf("request %d: %+v", i, got)
		}
		if want.log != "" && !strings.Contains(got.header.Get("Authorization"), "x-cff-log-type") {
			t.Errorf("a header that is not signed: %s", got.header.Get("Authorization"))
		}
	}
	for _, bad := range []string{"", "text", "[1]", "{", "null", `{} {}`} {
		if _, err := c.Invoke(t.Context(), urn, Call{Input: bad}); err == nil {
			t.Errorf("%q is no input", bad)
		}
	}
	if n := len(s.requests()); n != 3 {
		t.Errorf("%d requests", n)
	}
}

// TestInvoke_answer: what is success, what is the function's failure, and what is no answer.
func TestInvoke_answer(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3<<20)
	for name, c := range map[string]struct {
		answer step
		want   Answer // with an empty RequestID: it cannot be believed
	}{
		"success":          {step{body: ranDoc}, Answer{RequestID: "r-1", Status: 200, Result: `{"ok":true}`}},
		"status 399":       {step{body: `{"request_id":"r","status":399}`}, Answer{RequestID: "r", Status: 399}},
		"status 400":       {step{body: `{"request_id":"r","status":400}`}, Answer{RequestID: "r", Status: 400, Failed: true}},
		"a code of 0":      {step{body: ranDoc, header: map[string]string{"X-Func-Err-Code": "0", "X-Is-Func-Err": "false"}}, Answer{RequestID: "r-1", Status: 200, Result: `{"ok":true}`}},
		"by header":        {step{body: `{"request_id":"r","status":200}`, header: map[string]string{"X-Is-Func-Err": "True"}}, Answer{RequestID: "r", Status: 200, Failed: true}},
		"by code":          {step{body: `{"request_id":"r","status":200}`, header: map[string]string{"X-Func-Err-Code": "7"}}, Answer{RequestID: "r", Status: 200, Failed: true, ErrorCode: "7"}},
		"log":              {step{body: `{"request_id":"r","status":200,"log":"l"}`}, Answer{RequestID: "r", Status: 200, Log: "l"}},
		"id in the header": {step{body: `{"status":200}`, header: map[string]string{"X-Cff-Request-Id": "h"}}, Answer{RequestID: "h", Status: 200}},
		"an object":        {step{body: `{"request_id":"r","status":200,"result":{"a":[1]}}`}, Answer{RequestID: "r", Status: 200, Result: `{"a":[1]}`}},
		"null":             {step{body: `{"request_id":"r","status":200,"result":null}`}, Answer{RequestID: "r", Status: 200}},
		"long":             {step{body: `{"request_id":"r","status":200,"result":"` + long + `"}`}, Answer{RequestID: "r", Status: 200, Result: long}},
		"failed, HTTP 500": {step{status: 500, body: `{"request_id":"r","status":500,"result":"x"}`}, Answer{RequestID: "r", Status: 500, Result: "x", Failed: true}},
		"failed, HTTP 404": {step{status: 404, body: `{"request_id":"r","result":null,"status":404,"log":"l"}`, header: map[string]string{"X-Is-Func-Err": "true"}}, Answer{RequestID: "r", Status: 404, Log: "l", Failed: true}},
		"HTTP 201":         {step{status: 201, body: ranDoc}, Answer{RequestID: "r-1", Status: 200, Result: `{"ok":true}`}},
		"of a proxy":       {answer: step{status: 502, body: `{"status":502,"error":"Bad Gateway","request_id":"r"}`}},
		"its own text":     {answer: step{status: 400, body: `no`, header: map[string]string{"X-Is-Func-Err": "true"}}},
		"its own code":     {answer: step{status: 403, body: `{"error_code":"FSS.1206"}`, header: map[string]string{"X-Func-Err-Code": "4"}}},
		"no status":        {answer: step{body: `{"request_id":"r","result":"x"}`}},
		"odd status":       {answer: step{body: `{"request_id":"r","status":"fine"}`}},
		"status 0":         {answer: step{body: `{"request_id":"r","status":0}`}},
		"v0":               {answer: step{body: `{"status":200}`, header: map[string]string{"X-CFF-Response-Version": "v0"}}},
		"a text":           {answer: step{body: `hello`}},
		"nothing":          {answer: step{body: ``}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.answer.status == 0 {
				c.answer.status = 200
			}
			client, s := scripted(t, c.answer)
			got, err := client.Invoke(t.Context(), testURN, Call{Input: "{}"})
			if n := len(s.requests()); n != 1 {
				t.Errorf("%d requests", n)
			}
			if c.want.RequestID == "" {
				var lost *AmbiguousError
				if !errors.As(err, &lost) {
					t.Errorf("%+v, %v", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, *got); len(diff) > 0 {
				t.Errorf("%.500s", diff)
			}
		})
	}
}

// TestInvoke_once: whatever answers or does not, one request was sent, and the error says whether it may have run.
func TestInvoke_once(t *testing.T) {
	t.Parallel()
	refusal := func(status int, code string) step {
		return step{
			status: status, body: `{"error_code":"` + code + `","error_msg":"no"}`,
			header: map[string]string{"Retry-After": "0"},
		}
	}
	for name, c := range map[string]struct {
		answer step
		ran    bool // it may have
	}{
		"lost":                {step{err: errors.New("reset")}, true},
		"gateway":             {step{status: 502, body: "<html>"}, true},
		"unavailable":         {refusal(503, "FSS.0503"), true},
		"gateway timeout":     {refusal(504, "APIGW.0201"), true},
		"timeout":             {refusal(408, "FSS.0408"), true},
		"internal":            {refusal(500, "FSS.0500"), true},
		"no status":           {refusal(500, "FSS.1202"), false}, // it ran, and said so
		"throttled":           {refusal(429, "FSS.0429"), false},
		"throttled, gateway":  {refusal(429, "APIGW.0308"), false},
		"no version":          {refusal(404, "FSS.1052"), false},
		"refused":             {refusal(400, "FSS.0400"), false},
		"not permitted":       {refusal(401, "FSS.0401"), false},
		"disabled":            {refusal(403, "FSS.0403"), false},
		"locked":              {refusal(423, "FSS.0423"), false},
		"conflict":            {refusal(409, "FSS.0409"), false},
		"a status of another": {step{status: 400, body: `{"status":400,"error_code":"FSS.0400","error_msg":"no"}`}, false},
	} {
		for _, async := range []bool{false, true} {
			client, s := scripted(t, c.answer, step{status: 200, body: ranDoc})
			client.newborns.add(testURN) // else "not yet" would have nothing to say
			var err error
			if async {
				_, err = client.InvokeAsync(t.Context(), testURN, Call{Input: "{}"})
			} else {
				_, err = client.Invoke(t.Context(), testURN, Call{Input: "{}"})
			}
			var lost *AmbiguousError
			if n := len(s.requests()); err == nil || n != 1 || errors.As(err, &lost) != c.ran {
				t.Errorf("%s: %v after %d requests", name, err, n)
			}
		}
	}
}

// TestInvoke_network: on a real connection, too: what was cut before the body was read whole is not sent again, and
// what found nobody is.
func TestInvoke_network(t *testing.T) {
	t.Parallel()
	large := `{"a":"` + strings.Repeat("a", 4<<20) + `"}`
	for name, fault := range map[string]http.HandlerFunc{
		"closed before reading": func(w http.ResponseWriter, _ *http.Request) { cut(w) },
		"closed after reading":  func(w http.ResponseWriter, r *http.Request) { drain(r); cut(w) },
	} {
		for _, input := range []string{"{}", large} {
			var n atomic.Int32
			c := served(t, func(w http.ResponseWriter, r *http.Request) {
				n.Add(1)
				fault(w, r)
			})
			_, err := c.Invoke(t.Context(), testURN, Call{Input: input})
			var lost *AmbiguousError
			if !errors.As(err, &lost) || n.Load() != 1 {
				t.Errorf("%s, %d bytes: %v after %d requests", name, len(input), err, n.Load())
			}
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	cfg := testConfig(nil)
	cfg.Endpoint = "http://" + listener.Addr().String()
	attempts := 0
	cfg.Log = func(context.Context, string, map[string]any) { attempts++ }
	_, err = newClient(t, cfg).Invoke(t.Context(), testURN, Call{Input: "{}"})
	var lost *AmbiguousError
	if err == nil || errors.As(err, &lost) || attempts != 4 {
		t.Errorf("%v after %d attempts", err, attempts)
	}
}

// TestInvoke_interrupted: an answer is awaited after an interrupt, and one that comes is an answer.
func TestInvoke_interrupted(t *testing.T) {
	t.Parallel()
	for delay, answered := range map[time.Duration]bool{50 * time.Second: true, 70 * time.Second: false} {
		synctest.Test(t, func(t *testing.T) {
			c, s := scripted(t, step{status: 200, body: ranDoc, delay: delay})
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			got, err := c.Invoke(ctx, testURN, Call{Input: "{}"})
			var lost *AmbiguousError
			if answered != (got != nil) || !answered && !errors.As(err, &lost) || len(s.requests()) != 1 {
				t.Errorf("after %v: %v, %v", delay, got, err)
			}
		})
	}
}

// TestInvoke_secrets: what is secret of the input is in no text of a failure.
func TestInvoke_secrets(t *testing.T) {
	t.Parallel()
	const input = `{"token":"s3cr3t-Value-93","pin":[{"n":48151623}],"ok":true}`
	secrets := SecretsOf(input)
	slices.Sort(secrets)
	if want := []string{"48151623", "s3cr3t-Value-93"}; !slices.Equal(secrets, want) || SecretsOf("{no")[0] != "{no" {
		t.Errorf("%v", secrets)
	}
	c, _ := scripted(t, step{status: 400, body: `{"error_code":"FSS.0400","error_msg":"bad: s3cr3t-Value-93, 48151623"}`})
	_, err := c.Invoke(t.Context(), testURN, Call{Input: input, Secrets: secrets})
	for _, text := range []string{err.Error(), c.Show("it got s3cr3t-Value-93 and 48151623\x1b[2J", 100)} {
		if strings.Contains(text, "s3cr3t") || strings.Contains(text, "48151623") || strings.Contains(text, "\x1b") {
			t.Errorf("%s", text)
		}
	}
	if got := c.Show("a\nb", 2); got != "a\n…" {
		t.Errorf("%q", got)
	}
}

// TestCatalogues: contract 3.24 and 2.6, also where members are missing or odd.
func TestCatalogues(t *testing.T) {
	t.Parallel()
	quotas := `{"quotas":{"resources":[{"type":"a","quota":4,"used":0,"unit":"MB"},7,{"type":"b","used":"odd"},{}]}}`
	c, s := scripted(t,
		step{status: 200, body: `[{"type":"Python3.9","display_name":"Python 3.9"},{"type":"http"},null]`},
		step{status: 200, body: `["TIMER","NEW"]`}, step{status: 200, body: quotas},
	)
	runtimes, err := c.Runtimes(t.Context())
	if want := []Runtime{{"Python3.9", "Python 3.9"}, {"http", ""}}; err != nil || !slices.Equal(runtimes, want) {
		t.Errorf("%v, %v", runtimes, err)
	}
	types, err := c.TriggerTypes(t.Context())
	if err != nil || !slices.Equal(types, []string{"TIMER", "NEW"}) {
		t.Errorf("%v, %v", types, err)
	}
	got, err := c.Quotas(t.Context())
	want := []Quota{{"a", ptr(int64(4)), ptr(int64(0)), "MB"}, {Type: "b"}, {}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for i, path := range []string{"runtimetypes", "triggertypes", "quotas"} {
		if got := s.requests()[i]; got.path != "/v2/"+testProject+"/fgs/"+path || got.query != "" {
			t.Errorf("%+v", got)
		}
	}
	c, _ = scripted(t, step{status: 200, body: `{"quotas":{}}`})
	_, quotaErr := c.Quotas(t.Context())
	_, typesErr := c.TriggerTypes(t.Context())
	if _, err := c.Runtimes(t.Context()); err == nil || quotaErr == nil || typesErr == nil {
		t.Errorf("no lists: %v, %v, %v", err, typesErr, quotaErr)
	}
}

// TestStoredCode: contract 3.5; the link is shown nowhere else.
func TestStoredCode(t *testing.T) {
	t.Parallel()
	const link = "https://bucket.example/orders.zip?Signature=Abcdef0123456789"
	doc := strings.ReplaceAll(strings.TrimSuffix(functionDoc, "}"), "latest", "v1") +
		`,"code_type":"zip","code_filename":"orders.zip","code_size":7`
	c, s := scripted(t, step{status: 200, body: doc + `,"func_code":{"link":"` + link + `"}}`},
		step{status: 200, body: doc + `}`},
		step{status: 404, body: `{"error_code":"FSS.1052","error_msg":"` + link + `"}`})
	urn := testURN.WithQualifier("v1")
	got, err := c.StoredCode(t.Context(), urn)
	want := StoredCode{link, "zip", "orders.zip", "abc", 7}
	if err != nil || *got != want || s.requests()[0].rawPath != urnPath+":v1/code" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := c.StoredCode(t.Context(), urn); err == nil || IsNotFound(err) {
		t.Errorf("without a link: %v", err)
	}
	if _, err := c.StoredCode(t.Context(), urn); !IsNotFound(err) || strings.Contains(err.Error(), "Abcdef") {
		t.Errorf("gone: %v", err)
	}
	c, _ = scripted(t, step{status: 200, body: doc + `,"func_code":{"link":"` + link + `"}}`})
	_, err = c.StoredCode(t.Context(), testURN.WithQualifier("v2"))
	if err == nil || !strings.Contains(err.Error(), `about version "v1"`) {
		t.Errorf("of another version: %v", err)
	}
}
