// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// invoke calls demo, or what else a path names, with headers in pairs.
func (b *bench) invoke(path, input string, headers ...string) response {
	b.t.Helper()
	req := b.request("POST", path, input)
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := roundTrip(req)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp
}

// TestInvoke: contract 3.25, both forms of the answer, of functions that succeed and fail (Q53).
func TestInvoke(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.server.PutReply("default", "demo", "v1", emulator.Reply{
		Status: 500, Result: `{"errorMessage":"no table"}`, Log: strings.Repeat("l", 5000) + "end",
	})
	v1 := []string{"X-CFF-Request-Version", "v1"}
	tail := []string{"X-Cff-Log-Type", "tail"}
	got := b.invoke(demo+"/invocations", `{"a":1}`, v1...)
	if got.status != 200 || got.text("result") != `{"a":1}` || got.body["status"] != 200.0 ||
		got.text("request_id") == "" || got.text("log") != "" ||
		got.header.Get("X-Is-Func-Err") != "false" || got.header.Get("X-Func-Err-Code") != "0" ||
		got.header.Get("X-Cff-Request-Id") != got.text("request_id") || got.header.Get("X-Cff-Response-Version") != "v1" {
		t.Errorf("latest, which has no reply: %d %v %s", got.status, got.header, got.raw)
	}
	got = b.invoke(demo+":v1/invocations", `{}`, append(v1, tail...)...)
	if got.status != 200 || got.body["status"] != 500.0 || got.text("result") != `{"errorMessage":"no table"}` ||
		got.header.Get("X-Is-Func-Err") != "true" || got.header.Get("X-Func-Err-Code") != "500" ||
		len(got.text("log")) != 4<<10 || !strings.HasSuffix(got.text("log"), "end") {
		t.Errorf("v1, which fails: %d %v %s", got.status, got.header, got.raw)
	}
	if err := b.server.PutAlias("default", "demo", "prod", "v1", nil); err != nil {
		t.Fatal(err)
	}
	got = b.invoke(demo+":!prod/invocations", `{}`, tail...)
	log, err := base64.StdEncoding.DecodeString(got.header.Get("X-Cff-Function-Log"))
	if err != nil || got.status != 200 || string(got.raw) != `{"errorMessage":"no table"}` ||
		got.header.Get("Content-Type") != "text/plain" || len(log) != 2000 || got.header.Get("X-Is-Func-Err") != "true" {
		t.Errorf("the alias, in the form of text: %d %v %s", got.status, got.header, got.raw)
	}
	if got = b.invoke(demo+":!prod/invocations", `{}`); got.header.Get("X-Cff-Function-Log") != "" {
		t.Error("a log that was not asked for")
	}
	b.server.PutReply("default", "demo", "", emulator.Reply{ErrorCode: "1"})
	if got = b.invoke(demo+"/invocations", `{}`, v1...); got.header.Get("X-Is-Func-Err") != "true" ||
		got.body["status"] != 200.0 {
		t.Errorf("a failure that only the headers tell: %v %s", got.header, got.raw)
	}
}

// TestInvoke_refused: contract 3.25, failures of the call, and Q18.
func TestInvoke_refused(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	large := func(bytes int) string { return `{"a":"` + strings.Repeat("a", bytes-8) + `"}` }
	for _, c := range []struct {
		path, input string
		status      int
		code        string
	}{
		{demo + "/invocations", large(6 << 20), 200, ""},
		{demo + "/invocations", large(6<<20 + 1), 413, "FSS.1201"},
		{demo + "/invocations-async", large(256 << 10), 202, ""},
		{demo + "/invocations-async", large(256<<10 + 1), 413, "FSS.0413"},
		{demo + "/invocations", "", 406, "FSS.0406"},
		{demo + "/invocations", "text", 406, "FSS.0406"},
		{demo + "/invocations", "[1]", 406, "FSS.0406"},
		{demo + "/invocations-async", "null", 406, "FSS.0406"},
		{functions + "/" + urnPrefix + "default:none/invocations", "{}", 404, "FSS.1051"},
		{demo + ":v9/invocations", "{}", 404, "FSS.1052"},
		{demo + ":!none/invocations-async", "{}", 404, "FSS.1053"},
	} {
		got := b.invoke(c.path, c.input, "X-CFF-Request-Version", "v1")
		if got.status != c.status || got.code != c.code {
			t.Errorf("%s of %d bytes: %d %s, want %d %s", c.path, len(c.input), got.status, got.code, c.status, c.code)
		}
		if c.status == 202 && got.text("request_id") == "" {
			t.Errorf("no request_id: %s", got.raw)
		}
	}
	for size, code := range map[string]string{"256": "", "200": "FSS.1007", "many": "FSS.1007"} {
		got := b.invoke(demo+"/invocations", "{}", "X-Cff-Instance-Memory", size)
		if got.code != code {
			t.Errorf("memory %s: %d %s", size, got.status, got.code)
		}
	}
	b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0})
	for _, path := range []string{demo + "/invocations", demo + ":v1/invocations", demo + "/invocations-async"} {
		if got := b.invoke(path, "{}"); got.status != 403 || got.code != "FSS.0403" {
			t.Errorf("disabled, %s: %d %s", path, got.status, got.code)
		}
	}
}

// TestPutReply: what a function answers can be said by HTTP, without credentials.
func TestPutReply(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.create(object{"package": "shop"})
	say := func(query, body string) response {
		resp, err := roundTrip(b.request("POST", "/emulator/replies/demo"+query, body))
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	if got := say("", `{"result":"all"}`); got.status != http.StatusNoContent {
		t.Fatalf("%d %s", got.status, got.raw)
	}
	say("?version=latest", `{"result":"latest"}`)
	say("?package=shop", `{"result":"shop"}`)
	b.publish("v1")
	for path, want := range map[string]string{
		demo: "latest", demo + ":v1": "all", functions + "/" + urnPrefix + "shop:demo": "shop",
	} {
		if got := b.invoke(path+"/invocations", "{}"); string(got.raw) != want {
			t.Errorf("%s: %s", path, got.raw)
		}
	}
	if got := say("", "text"); got.status != 400 {
		t.Errorf("what is no reply: %d", got.status)
	}
}

// TestCatalogues: contract 3.24 and 2.6.
func TestCatalogues(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	const fgs = "/v2/" + emulator.DefaultProjectID + "/fgs/"
	for path, want := range map[string]string{
		"runtimetypes": `{"display_name":"Python 3.9","type":"Python3.9"}`,
		"triggertypes": `"TIMER"`,
		"quotas":       `{"type":"fgs_func_num","used":1,"quota":400}`,
	} {
		if got := b.want(200, "", "GET", fgs+path, nil); !bytes.Contains(got.raw, []byte(want)) {
			t.Errorf("%s: %s", path, got.raw)
		}
	}
	if got := b.do("GET", fgs+"quotas", nil); !bytes.Contains(got.raw, []byte(`"quota":10240,"unit":"MB"`)) ||
		bytes.Count(got.raw, []byte("unit")) != 1 {
		t.Errorf("units: %s", got.raw)
	}
}

// TestExport: contract 3.14: what does not mix, O6, and a package that can be imported.
func TestExport(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.update(object{"user_data": `{"STAGE":"test"}`, "memory_size": 256})
	b.publish("v1")
	for query, code := range map[string]string{
		"": "FSS.0400", "?code=false": "FSS.0400", "?type=code&code=true": "FSS.0400", "?type=all": "FSS.0400",
		"?code=perhaps": "FSS.0400", "?type=code": "", "?type=config": "", "?config=true": "",
	} {
		if got := b.do("GET", demo+"/export"+query, nil); got.code != code {
			t.Errorf("%s: %s", query, got.raw)
		}
	}
	b.want(404, "FSS.1052", "GET", demo+":v9/export?type=code", nil)
	got := b.want(200, "", "GET", demo+":v1/export?code=true&config=true", nil)
	if name := got.text("file_name"); !strings.HasPrefix(name, "demo_") || !strings.HasSuffix(name, ".zip") {
		t.Errorf("file_name %q", name)
	}
	resp, err := roundTrip(b.request("GET", strings.TrimPrefix(got.text("code_url"), b.url), nil))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(resp.raw), int64(len(resp.raw)))
	if err != nil || len(archive.File) != 2 || archive.File[0].Name != "index.py" || archive.File[1].Name != "demo.yaml" {
		t.Fatalf("%v: %s", err, resp.raw)
	}
	document, err := archive.File[1].Open()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(document)
	if err != nil || !bytes.Contains(text, []byte("STAGE: test")) || !bytes.Contains(text, []byte("MemorySize: 256")) {
		t.Errorf("%v: %s", err, text)
	}
	b.want(200, "", "POST", functions+"/import", object{
		"func_name": "copy", "file_name": "demo.zip", "file_type": "zip", "file_code": b64(string(resp.raw)),
	})
	f, _ := b.server.Function("default", "copy")
	if f.Digest != b.function().Digest || f.MemorySize != 256 || f.UserData != `{"STAGE":"test"}` {
		t.Errorf("the imported function: %+v", f)
	}
}
