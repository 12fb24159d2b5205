// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// silence is a body that says something and then nothing, until the request is given up.
type silence struct {
	text string
	ctx  context.Context
}

func (s *silence) Read(p []byte) (int, error) {
	if s.text == "" {
		<-s.ctx.Done()
		return 0, s.ctx.Err()
	}
	n := copy(p, s.text)
	s.text = s.text[n:]
	return n, nil
}

// TestStall: an answer of which nothing comes for a minute is a lost one: a read is asked again, a creation is
// ambiguous.
func TestStall(t *testing.T) {
	t.Parallel()
	for name, begun := range map[string]string{"after the headers": "", "in the middle": functionDoc[:50]} {
		for _, method := range []string{"get", "put", "code", "create", "publish", "delete tags"} {
			synctest.Test(t, func(t *testing.T) {
				var n atomic.Int32
				c := newClient(t, testConfig(roundTripper(func(r *http.Request) (*http.Response, error) {
					if r.Body != nil {
						drain(r)
					}
					resp := &http.Response{StatusCode: 200, Header: http.Header{}, Request: r}
					if resp.Body = io.NopCloser(&silence{begun, r.Context()}); n.Add(1) > 1 {
						resp.StatusCode = good(method).status
						resp.Body = io.NopCloser(strings.NewReader(good(method).body))
					}
					return resp, nil
				})))
				began := time.Now()
				err := testCalls()[method](t.Context(), c)
				var lost *AmbiguousError
				switch took := time.Since(began); {
				case took < answerStall || took > answerStall+time.Second:
					t.Errorf("%s, %s: it took %v", method, name, took)
				case isOnce(method) && !errors.As(err, &lost), !isOnce(method) && (err != nil || n.Load() != 2):
					t.Errorf("%s, %s: %v after %d requests", method, name, err, n.Load())
				}
			})
		}
	}
}

// TestStall_slow: an answer that comes slowly, but comes, is read to its end.
func TestStall_slow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, testConfig(roundTripper(func(r *http.Request) (*http.Response, error) {
			reader, writer := io.Pipe()
			go func() {
				for _, b := range []byte(functionDoc) {
					time.Sleep(30 * time.Second)
					_, _ = writer.Write([]byte{b})
				}
				_ = writer.Close()
			}()
			return &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: reader}, nil
		})))
		if _, err := c.Function(t.Context(), testURN); err != nil {
			t.Error(err)
		}
	})
}

// TestAnswer_bounds: an answer without end is given up, in one long string, which is cut while it is read, as in many.
func TestAnswer_bounds(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		piece string
		most  int64
	}{"one string": {manyAs, maxAnswer}, "many": {strings.Repeat(`"A",`, 8<<10), maxKept}} {
		var read atomic.Int64
		c := newClient(t, testConfig(roundTripper(func(r *http.Request) (*http.Response, error) {
			endless := io.MultiReader(strings.NewReader(`{"a":["`), &counted{&repeated{v.piece, 1 << 40}, &read})
			return &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: io.NopCloser(endless)}, nil
		})))
		c.maxRetries = 0
		_, err := c.Function(t.Context(), testURN)
		if err == nil || !strings.Contains(err.Error(), "too large") || read.Load() > v.most+1<<20 {
			t.Errorf("%s: %v after %d bytes", name, err, read.Load())
		}
	}
}

type counted struct {
	io.Reader
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// http2Client returns a client of a real server that speaks HTTP/2.
func http2Client(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	cfg := testConfig(nil)
	cfg.Endpoint, cfg.Insecure = server.URL, true
	return newClient(t, cfg)
}

// allCalls are the calls of the client, each with its good answer; those with content have more of it than a connection
// holds.
func allCalls() map[string]struct {
	call callOf
	good step
} {
	big := blobOf(strings.Repeat("0123456789abcdef", 256<<10)) // 4 MB
	calls := followUps()
	add := func(name string, answer step, call callOf) {
		calls[name] = struct {
			call callOf
			good step
		}{call, answer}
	}
	for name, call := range testCalls() {
		add(name, good(name), call)
	}
	add("code", good("code"), func(ctx context.Context, c *Client) error {
		_, err := c.UpdateCode(ctx, testURN, Code{Type: CodeTypeZip, Blob: big})
		return err
	})
	add("create", good("create"), func(ctx context.Context, c *Client) error {
		_, err := c.CreateFunction(ctx, CreateFunctionRequest{Name: "demo", Code: &Code{Type: CodeTypeZip, Blob: big}})
		return err
	})
	add("import", good("import"), func(ctx context.Context, c *Client) error {
		_, err := c.ImportFunction(ctx, ImportFunctionRequest{Name: "demo", FileName: "demo.zip", File: big})
		return err
	})
	list := func(body string) step { return step{status: 200, body: body} }
	add("functions", list(`{"functions":[],"count":0}`), func(ctx context.Context, c *Client) error {
		_, err := c.Functions(ctx, FunctionFilter{})
		return err
	})
	add("aliases", list(`[]`), func(ctx context.Context, c *Client) error {
		_,
			err := c.Aliases(ctx, testURN)
		return err
	})
	add("triggers", list(`[]`), func(ctx context.Context, c *Client) error {
		_,
			err := c.Triggers(ctx, testURN)
		return err
	})
	add("reserved", list(`{"reserved_instances":[]}`), func(ctx context.Context, c *Client) error {
		_, err := c.ReservedInstances(ctx, testURN)
		return err
	})
	add("logs", list(`{"group_id":"g"}`),
		func(ctx context.Context, c *Client) error { _, err := c.LogConfig(ctx, testURN); return err })
	add("read tags", list(`{"tags":[]}`),
		func(ctx context.Context, c *Client) error { _, err := c.Tags(ctx, testURN); return err })
	add("read alias", list(aliasDoc),
		func(ctx context.Context, c *Client) error { _, err := c.Alias(ctx, testURN, "prod"); return err })
	add("move alias", list(aliasDoc), func(ctx context.Context, c *Client) error {
		return c.UpdateAlias(ctx, testURN, "prod", AliasRequest{Version: "v1"})
	})
	add("delete alias", step{status: 204},
		func(ctx context.Context, c *Client) error { return c.DeleteAlias(ctx, testURN, "prod") })
	add("delete version", step{status: 204}, func(ctx context.Context, c *Client) error {
		return c.DeleteVersion(ctx, testURN.WithQualifier("v1"))
	})
	return calls
}

// TestHTTP2: all calls, with a body that is read and with one that is not; what the service answers early, before the
// body was sent, is read: it says why.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	for method, v := range allCalls() {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			var early atomic.Int32 // a status to answer with before the body is read; 0 for a good answer
			var n atomic.Int32
			c := http2Client(t, func(w http.ResponseWriter, r *http.Request) {
				n.Add(1)
				if r.ProtoMajor != 2 {
					t.Errorf("HTTP/%d", r.ProtoMajor)
				}
				if status := int(early.Load()); status != 0 {
					if status == http.StatusTooManyRequests {
						early.Store(0)
					}
					w.WriteHeader(status)
					write(w, fmt.Sprintf(`{"error_code":"X.%d","error_msg":"early"}`, status))
					return
				}
				drain(r)
				w.WriteHeader(v.good.status)
				write(w, v.good.body)
			})
			if err := v.call(t.Context(), c); err != nil {
				t.Error(err)
			}
			for _, status := range []int{400, 403, 413} {
				early.Store(int32(status))
				for range 5 {
					if err := v.call(t.Context(), c); !HasCode(err, fmt.Sprintf("X.%d", status)) {
						t.Errorf("early %d: %v", status, err)
					}
				}
			}
			early.Store(http.StatusTooManyRequests)
			n.Store(0)
			if err := v.call(t.Context(), c); err != nil || n.Load() != 2 {
				t.Errorf("early 429: %v after %d requests", err, n.Load())
			}
		})
	}
}
