// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// lockedBuffer is a buffer for two goroutines.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func TestRunServesUntilTheEnd(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	var stderr lockedBuffer
	ended := make(chan error, 1)
	args := []string{
		"-listen", "127.0.0.1:0", "-region", "cn-east-3", "-project-id", strings.Repeat("a", 32), "-access-key", "ak",
		"-secret-key", "sk", "-token", "tok", "-switch", "times=plain", "-switch", "version-quota=5",
	}
	go func() { ended <- run(ctx, args, in, &stderr) }()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("no first line")
	}
	url := lines.Text()
	if !strings.HasPrefix(url, "http://127.0.0.1:") || strings.ContainsAny(url, " \t") {
		t.Fatalf("first line: %q", url)
	}
	block := ""
	for lines.Scan() && lines.Text() != "}" || !strings.Contains(block, "secret_key") {
		block += lines.Text() + "\n"
	}
	for _, want := range []string{url, `"cn-east-3"`, strings.Repeat("a", 32), `"ak"`, `"sk"`} {
		if !strings.Contains(block, want) {
			t.Errorf("%s is missing in\n%s", want, block)
		}
	}
	path := "/v2/" + strings.Repeat("a", 32) + "/fgs/functions"
	if got := get(t, url+path, "tok"); got != 200 {
		t.Errorf("GET: %d", got)
	}
	if got := get(t, url+"/nowhere", "tok"); got != 404 {
		t.Errorf("GET: %d", got)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("end: %v", err)
	}
	for _, want := range []string{"GET " + path + " 200\n", "GET /nowhere 404 APIGW.0101\n"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("%q is missing in %q", want, stderr.String())
		}
	}
}

func get(t *testing.T, url, token string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func TestFlags(t *testing.T) {
	t.Parallel()
	cfg, err := parseFlags([]string{"-switch", "put-config=merge", "-switch", "import-size=2"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if !cfg.options.Switches.MergeConfig || cfg.options.Switches.ImportSizeMB != 2 {
		t.Errorf("switches: %+v", cfg.options.Switches)
	}
	if cfg.listen != "127.0.0.1:8787" || cfg.options.Token != emulator.DefaultToken {
		t.Errorf("defaults: %+v", cfg)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-switch", "put-config"}, "want name=value"},
		{[]string{"-switch", "put-config=x"}, "neither replace nor merge"},
		{[]string{"-switch", "x=y"}, "no switch"},
		{[]string{"serve"}, "unexpected argument"},
		{[]string{"-nonsense"}, "not defined"},
	} {
		if _, err := parseFlags(test.args, io.Discard); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v", test.args, err)
		}
	}
}

func TestLoopbackOnly(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"127.0.0.1:0": true, "127.0.0.2:80": true, "localhost:8787": true, "[::1]:0": true,
		":8787": false, "0.0.0.0:8787": false, "10.0.0.1:80": false, "example.com:80": false, "127.0.0.1": false,
	} {
		if err := checkLoopback(address); (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := run(t.Context(), []string{"-listen", "0.0.0.0:0"}, io.Discard, io.Discard); err == nil {
		t.Error("run listens on all addresses")
	}
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), []string{"-version"}, &stdout, &stderr); err != nil || stdout.String() != version+"\n" {
		t.Errorf("%q, %v", stdout.String(), err)
	}
	if err := run(t.Context(), []string{"-h"}, &stdout, &stderr); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
	for _, item := range emulator.SwitchNames() {
		if !strings.Contains(stderr.String(), item.Name+"="+item.Values[0]+"|"+item.Values[1]) {
			t.Errorf("help lacks the switch %s", item.Name)
		}
		if !strings.Contains(stderr.String(), item.Doc+" (contract "+item.Reading+")") {
			t.Errorf("help does not say what the switch %s is a reading of", item.Name)
		}
	}
}

// TestLogLine: what a client sends cannot play with the terminal.
func TestLogLine(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	logger := log.New(&out, "", 0)
	for _, path := range []string{"/a\nGET /b 200", "/\x1b[2J", "/\u202etxt.exe", "/\u2066\ufeff", "/\xff\x00",
		"/" + strings.Repeat("ü", 9000)} {
		logRequest(logger, emulator.Request{Method: "GET", Path: path, Status: 404, Code: "APIGW.0101"})
	}
	text := out.String()
	if strings.Count(text, "\n") != 6 || len(text) > 2000 || !strings.Contains(text, `/a\nGET /b 200 404 APIGW.0101`) ||
		!strings.Contains(text, `\u202e`) {
		t.Errorf("%q", text)
	}
	for _, r := range text {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%q is printed", r)
		}
	}
}

// TestServerLimits: a client that is slow, or that sends headers without an end, is not waited for.
func TestServerLimits(t *testing.T) {
	t.Parallel()
	server := newServer(emulator.New(emulator.Options{}))
	if server.ReadHeaderTimeout <= 0 || server.ReadTimeout <= 0 || server.WriteTimeout <= server.ReadTimeout ||
		server.IdleTimeout <= 0 {
		t.Fatalf("no timeouts: %+v", server)
	}
	server.ReadTimeout = 300 * time.Millisecond // as long as the test has patience
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }() // until it is closed
	t.Cleanup(func() { _ = server.Close() })
	slow, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = slow.Close() })
	began := time.Now()
	fmt.Fprintf(slow, "POST /v2/x/fgs/functions HTTP/1.1\r\nHost: x\r\nX-Auth-Token: %s\r\nContent-Length: 9\r\n\r\n{",
		emulator.DefaultToken)
	if answer, err := io.ReadAll(slow); err != nil || len(answer) > 0 || time.Since(began) > 10*time.Second {
		t.Errorf("after %v: %q, %v", time.Since(began), answer, err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String()+"/nowhere", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", strings.Repeat("x", 100<<10))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("headers of 100 KB: %d", resp.StatusCode)
	}
}
