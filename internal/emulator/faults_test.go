// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestFaultO18Answers(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.server.Inject(
		emulator.Fault{Op: "GetConfig", Status: 429, Code: "APIGW.0308", Message: "limit:5,time:1 second",
			Header: http.Header{"Retry-After": {"7"}}},
		emulator.Fault{Op: "GetConfig", Status: 503},
		emulator.Fault{Op: "GetConfig", Status: 200, RawBody: []byte(`{"func_name":`)},
		emulator.Fault{Op: "GetConfig", Kind: emulator.HTML},
	)
	got := b.want(429, "APIGW.0308", "GET", demo+"/config", nil)
	if got.header.Get("Retry-After") != "7" || got.text("error_msg") != "limit:5,time:1 second" {
		t.Fatalf("429: %v %s", got.header, got.raw)
	}
	b.want(503, "FSS.0503", "GET", demo+"/config", nil)
	if got := b.do("GET", demo+"/config", nil); string(got.raw) != `{"func_name":` {
		t.Fatalf("raw body: %s", got.raw)
	}
	page := b.do("GET", demo+"/config", nil)
	isPage := page.header.Get("Content-Type") == "text/html" && strings.HasPrefix(string(page.raw), "<html>")
	if page.status != 502 || !isPage {
		t.Fatalf("HTML: %d %s", page.status, page.raw)
	}
	b.config()
	if got := b.server.PendingFaults(); len(got) != 0 {
		t.Fatalf("pending: %v", got)
	}
	log := b.server.Requests("GetConfig")
	if log[0].Fault != "Answer" || log[0].Code != "APIGW.0308" || log[3].Fault != "HTML" || log[4].Fault != "" {
		t.Fatalf("log: %+v", log)
	}
}

// TestFaultEchoesTheRequest: credentials and body as they were sent, in the text of an error that is JSON all the same.
func TestFaultEchoesTheRequest(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.server.Inject(emulator.Fault{Times: 4, Status: 400, Code: "FSS.0400", Message: "bad", EchoRequest: true})
	body := `{"encrypted_user_data":"{\"password\":\"canary\"}"}`
	req := b.request("PUT", demo+"/config", body)
	req.Header.Set("X-Auth-Token", "token canary")
	req.Header.Set("X-Security-Token", "security canary")
	req.Header.Set("Authorization", "SDK-HMAC-SHA256 canary")
	got, err := roundTrip(req)
	want := "bad; X-Auth-Token: token canary; X-Security-Token: security canary; Authorization: SDK-HMAC-SHA256 canary" +
		"; body: " + body
	if err != nil || got.status != 400 || got.code != "FSS.0400" || got.text("error_msg") != want {
		t.Errorf("%v: %s", err, got.raw)
	}
	if got := b.do("GET", demo+"/config", nil).text("error_msg"); got != "bad; X-Auth-Token: "+emulator.DefaultToken {
		t.Errorf("without a body: %s", got)
	}
	long := strings.Repeat("x", 64<<10) + "y"
	if got := b.do("PUT", demo+"/config", long).text("error_msg"); !strings.HasSuffix(got, "; body: "+long[:64<<10]) {
		t.Errorf("a large body: %d bytes", len(got))
	}
	code := b64(strings.Repeat("x", 64<<10))
	large := b.do("PUT", demo+"/code", object{"code_type": "zip", "func_code": object{"file": code}}).text("error_msg")
	if !strings.Contains(large, "<large string 1: 65536 bytes decoded>") {
		t.Errorf("large code: %.200s", large)
	}
	for _, entry := range b.server.Requests("UpdateConfig") { // the log is as clean as it was
		if entry.Header.Get("X-Auth-Token") != "" || entry.Code != "FSS.0400" || entry.Fault != "Answer" {
			t.Errorf("log: %v %s", entry.Header, entry.Code)
		}
	}
	b.server.Inject(emulator.Fault{Status: 400, Message: "bad"})
	if got := b.do("PUT", demo+"/config", body).text("error_msg"); got != "bad" {
		t.Errorf("without EchoRequest: %s", got)
	}
}

func TestFaultMatching(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.server.Inject(
		emulator.Fault{Op: "GetConfig", Skip: 1, Times: 2, Status: 500},
		emulator.Fault{Status: 503, Times: -1, Skip: 2},
		emulator.Fault{Op: "PublishVersion", Status: 500},
	)
	status := []int{}
	for range 5 {
		status = append(status, b.do("GET", demo+"/config", nil).status)
	}
	// The first is skipped by the first fault and counted by the second, two are hit by the first, one more is
	// skipped by the second, then the second never ends.
	want := []int{200, 500, 500, 200, 503}
	for i := range want {
		if status[i] != want[i] {
			t.Fatalf("status %v, want %v", status, want)
		}
	}
	if got := b.do("GET", functions, nil).status; got != 503 {
		t.Fatalf("any call: %d", got)
	}
	if got := b.server.PendingFaults(); len(got) != 1 || got[0].Op != "PublishVersion" {
		t.Fatalf("pending: %+v", got)
	}
	b.server.ClearFaults()
	b.publish("v1")
}

func TestFaultDrops(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind emulator.FaultKind
		done bool
	}{{emulator.DropBefore, false}, {emulator.DropAfter, true}, {emulator.TruncateAfter, true}} {
		t.Run(test.kind.String(), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.server.Inject(emulator.Fault{Op: "CreateFunction", Kind: test.kind})
			_, err := b.try("POST", functions, createBody(object{}))
			if err == nil {
				t.Fatal("the answer arrived")
			}
			if isCut := errors.Is(err, io.ErrUnexpectedEOF); isCut != (test.kind == emulator.TruncateAfter) {
				t.Fatalf("error: %v", err)
			}
			if _, done := b.server.Function("default", "demo"); done != test.done {
				t.Fatalf("done: %t, want %t", done, test.done)
			}
			entry := b.server.Requests("CreateFunction")[0]
			if entry.Fault != test.kind.String() || (entry.Status == 0) == (test.kind == emulator.TruncateAfter) {
				t.Fatalf("log: %d %q", entry.Status, entry.Fault)
			}
		})
	}
}

func TestFaultTruncateWithoutBody(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.server.Inject(emulator.Fault{Op: "DeleteFunction", Kind: emulator.TruncateAfter})
	if _, err := b.try("DELETE", demo, nil); err == nil {
		t.Fatal("the answer arrived")
	}
	if got := len(b.server.Functions()); got != 0 {
		t.Fatal("not done")
	}
}

func TestFaultActors(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	order := []string{}
	b.server.Inject(emulator.Fault{
		Op: "UpdateConfig",
		Before: func() {
			f, _ := b.server.Function("default", "demo")
			order = append(order, "before:"+f.Description)
		},
		After: func() {
			f, _ := b.server.Function("default", "demo")
			order = append(order, "after:"+f.Description)
			if err := b.server.SetCode("default", "demo", "", "", []byte("else")); err != nil {
				t.Error(err)
			}
		},
	})
	b.update(object{"description": "mine"})
	if strings.Join(order, " ") != "before: after:mine" {
		t.Fatalf("order: %v", order)
	}
	if got := string(b.function().Code); got != "else" {
		t.Fatalf("code = %q", got)
	}
}

func TestFaultDelay(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.server.Inject(emulator.Fault{Op: "GetConfig", Delay: 80 * time.Millisecond})
	start := time.Now()
	b.config()
	if took := time.Since(start); took < 80*time.Millisecond {
		t.Fatalf("took %s", took)
	}
}

// TestFaultDelayOutlivesTheClient: a request that arrived whole is processed although its client has left.
func TestFaultDelayOutlivesTheClient(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.server.Inject(emulator.Fault{Op: "CreateFunction", Delay: 150 * time.Millisecond})
	req := b.request("POST", functions, createBody(object{}))
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := roundTrip(req.WithContext(ctx)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error: %v", err)
	}
	eventually(t, func() bool { return b.server.Count("CreateFunction") == 1 })
	b.function()
}

func TestFaultHang(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]bool{"before": false, "after": true} {
		t.Run(name+"_client_leaves", func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.server.Inject(emulator.Fault{Kind: emulator.Hang, HangAfter: after})
			req := b.request("POST", functions, createBody(object{}))
			req.Header.Set("X-Auth-Token", emulator.DefaultToken)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if _, err := roundTrip(req.WithContext(ctx)); err == nil {
				t.Fatal("the answer arrived")
			}
			eventually(t, func() bool { return b.server.Count() == 1 })
			if got := b.server.Requests()[0]; got.Status != 0 || got.Fault != "Hang" {
				t.Fatalf("log: %+v", got)
			}
			if _, done := b.server.Function("default", "demo"); done != after {
				t.Fatalf("done: %t", done)
			}
		})
		t.Run(name+"_released", func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			reached := make(chan struct{})
			b.server.Inject(emulator.Fault{Kind: emulator.Hang, HangAfter: after, Before: func() { close(reached) }})
			answered := make(chan int)
			go func() {
				got, err := b.try("POST", functions, createBody(object{}))
				if err != nil {
					t.Error(err)
				}
				answered <- got.status
			}()
			<-reached
			time.Sleep(30 * time.Millisecond)
			b.server.Release()
			if status := <-answered; status != 200 {
				t.Fatalf("status %d", status)
			}
			b.function()
		})
	}
}

// TestStallBody: a client that leaves while its body is not fully sent has sent nothing.
func TestStallBody(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	before := b.function().Digest
	b.server.Inject(emulator.Fault{Op: "UpdateCode", Kind: emulator.StallBody})
	archive := strings.Repeat("\x00", 8<<20) + zipText(t, "a", "b")
	body := object{"code_type": "zip", "func_code": object{"file": b64(archive)}} // more than the sockets buffer
	req := b.request("PUT", demo+"/code", body)
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := roundTrip(req.WithContext(ctx)); err == nil {
		t.Fatal("the answer arrived")
	}
	b.server.Release()
	eventually(t, func() bool { return b.server.Count("UpdateCode") == 1 })
	if got := b.server.Requests("UpdateCode")[0]; got.Status != 0 || b.function().Digest != before {
		t.Fatalf("a truncated request was processed: status %d", got.Status)
	}
}

// TestTruncatedRequest sends less than Content-Length says.
func TestTruncatedRequest(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(mustMarshal(t, createBody(object{})))
	head := "POST " + functions + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Auth-Token: " +
		emulator.DefaultToken + "\r\nContent-Length: " // one more than what follows
	if _, err := io.WriteString(conn, head+strconv.Itoa(len(text)+1)+"\r\n\r\n"+text); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return b.server.Count("CreateFunction") == 1 })
	if got := b.server.Requests("CreateFunction")[0].Status; got != 0 || len(b.server.Functions()) != 0 {
		t.Fatalf("status %d, %d functions", got, len(b.server.Functions()))
	}
}

func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatal("did not happen in a minute")
}
