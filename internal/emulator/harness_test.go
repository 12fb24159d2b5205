// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	functions = "/v2/" + emulator.DefaultProjectID + "/fgs/functions"
	urnPrefix = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:"
	demoURN   = urnPrefix + "default:demo"
	demo      = functions + "/" + demoURN
	demoTags  = "/v2/" + emulator.DefaultProjectID + "/functions/" + demoURN + "/tags"
)

// object is a JSON object of a test.
type object = map[string]any

// absent removes a member from a base request.
type absent struct{}

// bench is one emulator behind a real HTTP server, with a client that sends a token.
type bench struct {
	t      *testing.T
	server *emulator.Server
	url    string
}

func newBench(t *testing.T, opts emulator.Options) *bench {
	t.Helper()
	service := emulator.New(opts)
	listener := httptest.NewServer(service)
	t.Cleanup(func() {
		service.Release()
		listener.Close()
	})
	return &bench{t: t, server: service, url: listener.URL}
}

// withSwitches is an emulator with those switches and one function, default/demo.
func withSwitches(t *testing.T, sw emulator.Switches) *bench {
	t.Helper()
	b := newBench(t, emulator.Options{Switches: sw})
	b.create(object{})
	return b
}

// withDemo is an emulator with one function, default/demo.
func withDemo(t *testing.T) *bench {
	t.Helper()
	return withSwitches(t, emulator.Switches{})
}

// response is an answer, decoded if it is an object.
type response struct {
	status int
	code   string
	body   object
	raw    []byte
	header http.Header
}

// text is a member; "" where there is none, since what is not set is absent (F37).
func (r response) text(name string) string {
	text, _ := r.body[name].(string)
	return text
}

func (r response) codeSize() float64 {
	size, _ := r.body["code_size"].(float64)
	return size
}

func (r response) on(name string) bool { return r.body[name] == true }

func (b *bench) do(method, path string, body any) response {
	b.t.Helper()
	resp, err := b.try(method, path, body)
	if err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return resp
}

// try is for requests whose connection is expected to break.
func (b *bench) try(method, path string, body any) (response, error) {
	b.t.Helper()
	req := b.request(method, path, body)
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	return roundTrip(req)
}

func (b *bench) request(method, path string, body any) *http.Request {
	b.t.Helper()
	var content io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		content = bytes.NewBufferString(body)
	default:
		content = bytes.NewReader(mustMarshal(b.t, body))
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, content)
	if err != nil {
		b.t.Fatal(err)
	}
	if content != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req
}

// roundTrip does not reuse connections, so that net/http never resends by itself.
func roundTrip(req *http.Request) (response, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return response{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return response{}, err
	}
	out := response{status: resp.StatusCode, raw: raw, header: resp.Header, body: object{}}
	if json.Unmarshal(raw, &out.body) == nil {
		out.code = out.text("error_code")
	}
	return out, nil
}

// want sends a request and compares status and code.
func (b *bench) want(status int, code, method, path string, body any) response {
	b.t.Helper()
	resp := b.do(method, path, body)
	if resp.status != status || resp.code != code {
		b.t.Fatalf("%s %s: got %d %q, want %d %q: %.300s", method, path, resp.status, resp.code, status, code, resp.raw)
	}
	return resp
}

func (b *bench) create(change object) response {
	b.t.Helper()
	return b.want(200, "", "POST", functions, createBody(change))
}

func (b *bench) config() response {
	b.t.Helper()
	return b.want(200, "", "GET", demo+"/config", nil)
}

func (b *bench) update(change object) response {
	b.t.Helper()
	return b.want(200, "", "PUT", demo+"/config", updateBody(change))
}

func (b *bench) publish(name string) response {
	b.t.Helper()
	return b.want(200, "", "POST", demo+"/versions", object{"version": name})
}

// deploy gives the function other code: name is the text of the code.
func (b *bench) deploy(name string) {
	b.t.Helper()
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "func_code": object{"file": b64(name)}})
}

func (b *bench) function() emulator.Function {
	b.t.Helper()
	f, ok := b.server.Function("default", "demo")
	if !ok {
		b.t.Fatal("function default/demo is gone")
	}
	return f
}

// createBody is a valid create request with changes.
func createBody(change object) object {
	return changed(object{
		"func_name": "demo", "package": "default", "runtime": "Python3.9", "timeout": 3, "handler": "index.handler",
		"memory_size": 128, "code_type": "inline", "func_code": object{"file": b64("def handler(e, c):\n    return e\n")},
	}, change)
}

// updateBody is a valid PUT config request with changes.
func updateBody(change object) object {
	return changed(object{
		"func_name": "demo", "runtime": "Python3.9", "timeout": 3, "handler": "index.handler", "memory_size": 128,
	}, change)
}

func changed(base, change object) object {
	maps.Copy(base, change)
	maps.DeleteFunc(base, func(_ string, value any) bool { return value == absent{} })
	return base
}

func mustMarshal(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func b64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// zipText packs files in the order given, as name and content by turns.
func zipText(t *testing.T, pairs ...string) string {
	t.Helper()
	var buf bytes.Buffer
	archive := zip.NewWriter(&buf)
	for i := 0; i < len(pairs); i += 2 {
		file, err := archive.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// clock is a clock that only moves when told.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newClock() *clock { return &clock{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }
