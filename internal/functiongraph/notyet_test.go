// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// followUps are calls that come after a creation, each with its good answer.
func followUps() map[string]struct {
	call callOf
	good step
} {
	version := testURN.WithQualifier("v1")
	return map[string]struct {
		call callOf
		good step
	}{
		"read":      {testCalls()["get"], good("get")},
		"settings":  {testCalls()["put"], good("put")},
		"code":      {testCalls()["code"], good("code")},
		"tags":      {testCalls()["create tags"], good("create tags")},
		"publish":   {testCalls()["publish"], good("publish")},
		"instances": {func(ctx context.Context, c *Client) error { return c.SetMaxInstances(ctx, testURN, 1) }, good("put")},
		"version": {
			func(ctx context.Context, c *Client) error { _, err := c.Function(ctx, version); return err },
			step{status: 200, body: strings.ReplaceAll(functionDoc, "latest", "v1")},
		},
		"versions": {
			func(ctx context.Context, c *Client) error { _, err := c.Versions(ctx, testURN); return err },
			step{status: 200, body: `{"versions":[{"version":"latest"}]}`},
		},
		"alias": {
			func(ctx context.Context, c *Client) error {
				_, err := c.CreateAlias(ctx, testURN, "prod", AliasRequest{Version: "v1"})
				return err
			},
			step{status: 200, body: aliasDoc},
		},
	}
}

// creations make something of the function.
func creations() map[string]struct {
	call callOf
	good step
} {
	all := followUps()
	all["create"] = struct {
		call callOf
		good step
	}{testCalls()["create"], good("create")}
	all["import"] = struct {
		call callOf
		good step
	}{testCalls()["import"], good("import")}
	for name := range all {
		if name != "create" && name != "import" && name != "publish" && name != "alias" {
			delete(all, name)
		}
	}
	return all
}

// TestNotYet: what was just made may not be everywhere. What a call about it is refused with then is asked again for
// half a minute; without a creation before, it is the answer.
func TestNotYet(t *testing.T) {
	t.Parallel()
	refusals := map[string]step{
		"function":     {status: 404, body: notFoundDoc},
		"version":      {status: 404, body: `{"error_code":"FSS.1052","error_msg":"m"}`},
		"alias":        {status: 404, body: `{"error_code":"FSS.1053","error_msg":"m"}`},
		"resource":     {status: 404, body: `{"error_code":"FSS.0404","error_msg":"m"}`},
		"conflict":     {status: 409, body: `{"error_code":"FSS.0409","error_msg":"m"}`},
		"locked":       {status: 423, body: `{"error_code":"FSS.0423","error_msg":"m"}`},
		"parameter":    {status: 400, body: `{"error_code":"FSS.0400","error_msg":"m"}`},
		"unauthorised": {status: 401, body: `{"error_code":"FSS.0401","error_msg":"m"}`},
	}
	for made, creation := range creations() {
		for name, follow := range followUps() {
			if made == "alias" && name == "version" {
				continue // not what was made
			}
			for kind, refusal := range refusals {
				synctest.Test(t, func(t *testing.T) {
					began := time.Now()
					c, s := scripted(t, creation.good, refusal, follow.good)
					if err := errors.Join(creation.call(t.Context(), c), follow.call(t.Context(), c)); err != nil ||
						len(s.requests()) != 3 {
						t.Errorf("%s after %s, %s once: %v after %d requests", name, made, kind, err, len(s.requests()))
					}
					if took := time.Since(began); took != notYetPause {
						t.Errorf("%s after %s, %s once: it took %v", name, made, kind, took)
					}
					// For good, it is the answer after half a minute; a lack of permission is asked about once more.
					began = time.Now()
					c, _ = scripted(t, creation.good, refusal)
					_ = creation.call(t.Context(), c)
					err := follow.call(t.Context(), c)
					want := notYetWindow
					if kind == "unauthorised" {
						want = notYetPause
					}
					var api *Error
					if kind == "parameter" { // after 1, 3, 7, 15, 23 and 31 s
						want += time.Second
					}
					if took := time.Since(began); !errors.As(err, &api) || api.Status != refusal.status || took != want {
						t.Errorf("%s after %s, %s for good: %v after %v", name, made, kind, err, took)
					}
					// What was made long ago is not there when it is not there.
					c, s = scripted(t, creation.good, refusal, follow.good)
					_ = creation.call(t.Context(), c)
					time.Sleep(notYetWindow)
					if err := follow.call(t.Context(), c); err == nil || len(s.requests()) != 2 {
						t.Errorf("%s long after %s, %s: %v after %d requests", name, made, kind, err, len(s.requests()))
					}
				})
			}
		}
	}
}

// TestNotYet_final: conflicts with what is there for good, and refusals of the gateway, are the answer at once.
func TestNotYet_final(t *testing.T) {
	t.Parallel()
	for code, status := range map[string]int{
		"FSS.1061": 409, "FSS.1062": 409, "FSS.1063": 409, "FSS.1066": 409, "FSS.1016": 400, "FSS.1003": 400,
		"APIGW.0101": 404,
		"FSS.0403":   403, "": 404,
	} {
		c, s := scripted(t, good("create"), step{status: status, body: `{"error_code":"` + code + `","error_msg":"m"}`})
		_ = testCalls()["create"](t.Context(), c)
		if err := testCalls()["publish"](t.Context(), c); err == nil || len(s.requests()) != 2 {
			t.Errorf("%s: %v after %d requests", code, err, len(s.requests()))
		}
	}
}

// TestNotYet_deletion: a deletion of what is not everywhere yet is asked for until it is; then nothing is newborn.
func TestNotYet_deletion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		missing := step{status: 404, body: notFoundDoc}
		c, s := scripted(t, good("create"), missing, step{status: 204}, missing)
		_ = testCalls()["create"](t.Context(), c)
		if err := c.DeleteFunction(t.Context(), testURN); err != nil || len(s.requests()) != 3 {
			t.Errorf("%v after %d requests", err, len(s.requests()))
		}
		if _, err := c.Function(t.Context(), testURN); !IsNotFound(err) || len(s.requests()) != 4 {
			t.Errorf("after the deletion: %v after %d requests", err, len(s.requests()))
		}
	})
}

// TestNotYet_lookup: after a lost answer, "not found" is what the lookup wants to know, whatever else was just made.
func TestNotYet_lookup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := scripted(t, good("create"), step{err: errReset}, step{status: 404, body: notFoundDoc}, good("publish"))
		_ = testCalls()["create"](t.Context(), c)
		send := func(ctx context.Context) (*Function, error) {
			return c.PublishVersion(ctx, testURN, PublishVersionRequest{Version: "v1"})
		}
		lookup := func(ctx context.Context, _ time.Time) (*Function, error) {
			got, err := c.Function(ctx, testURN.WithQualifier("v1"))
			if IsNotFound(err) {
				return nil, nil
			}
			return got, err
		}
		if _, err := SendOnce(t.Context(), c, send, lookup); err != nil || len(s.requests()) != 4 {
			t.Errorf("%v after %d requests", err, len(s.requests()))
		}
	})
}

// TestNotYet_now: who asks for what is there now takes "not found" for an answer, and "not ready" for none.
func TestNotYet_now(t *testing.T) {
	t.Parallel()
	for status, asks := range map[int]int{404: 1, 409: 2, 423: 2, 400: 2, 401: 2} {
		refusal := step{status: status, body: fmt.Sprintf(`{"error_code":"FSS.0%d","error_msg":"m"}`, status)}
		synctest.Test(t, func(t *testing.T) {
			c, s := scripted(t, good("create"), refusal, step{status: 200, body: asyncDoc})
			_ = testCalls()["create"](t.Context(), c)
			_, err := c.AsyncConfigNow(t.Context(), prodURN)
			if n := len(s.requests()) - 1; n != asks || IsNotFound(err) != (asks == 1) || (err == nil) != (asks == 2) {
				t.Errorf("%s: %v after %d requests", refusal.body, err, n)
			}
		})
	}
}

// TestNotYet_reserved: the list of reserved instances names its function in the query; it is asked again all the same
// where the function is new, and where they were written a moment before.
func TestNotYet_reserved(t *testing.T) {
	t.Parallel()
	read := (*Client).Reservation
	for name, v := range map[string]struct {
		made  bool
		read  func(*Client, context.Context, URN) (*Reservation, error)
		again bool
	}{
		"new":       {true, read, true},
		"read back": {false, (*Client).ReadBackReservation, true},
		"old":       {false, read, false},
	} {
		for _, refusal := range []step{
			{status: 404, body: `{"error_code":"FSS.0404","error_msg":"m"}`},
			{status: 423, body: `{"error_code":"FSS.0423","error_msg":"m"}`},
		} {
			synctest.Test(t, func(t *testing.T) {
				next := noneReserved
				if !v.again { // "not found" of the list alone is looked at
					next = good("get")
				}
				c, s := scripted(t, good("create"), refusal, next)
				_ = testCalls()["create"](t.Context(), c)
				if !v.made {
					time.Sleep(notYetWindow)
				}
				_, err := v.read(c, t.Context(), prodURN)
				asked := 0
				for _, r := range s.requests() {
					if strings.HasSuffix(r.path, "/reservedinstanceconfigs") {
						asked++
					}
				}
				if (err == nil) != v.again || asked != map[bool]int{true: 2, false: 1}[v.again] {
					t.Errorf("%s, %d: %v after %d requests", name, refusal.status, err, asked)
				}
			})
		}
	}
}

// TestReadBack_cancel: a read that is given up is not the service's "not found", also when that comes at the same
// moment.
func TestReadBack_cancel(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct{ answers, gives time.Duration }{
		"while waiting": {0, 5500 * time.Millisecond}, "while the answer comes": {time.Second, 1500 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(v.gives, cancel)
			c := newClient(t, testConfig(roundTripper(func(r *http.Request) (*http.Response, error) {
				time.Sleep(v.answers)
				if v.answers > 0 {
					cancel() // the answer is on its way already
				}
				return &http.Response{
					StatusCode: 404, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(notFoundDoc)),
				}, nil
			})))
			_, err := c.ReadBack(ctx, testURN)
			if !errors.Is(err, context.Canceled) || IsNotFound(err) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}
