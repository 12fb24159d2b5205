// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	asyncDoc = `{"func_urn":"urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:demo:!prod",` +
		`"max_async_event_age_in_seconds":60,"max_async_retry_attempts":0,"destination_config":{"on_failure":` +
		`{"destination":"SMN","param":"{ \"topic_urn\": \"t\" }"}},"created_time":"2026-01-02T11:04:05+08:00",` +
		`"last_modified":"2026-01-02T11:04:05+08:00","enable_async_status_log":true}`
	noSettings = `{"error_code":"FSS.0404","error_msg":"not found"}`
)

var asyncOfProd = AsyncConfig{
	60, 0, AsyncDestinations{OnFailure: &AsyncDestination{"SMN", `{ "topic_urn": "t" }`}}, true,
}

// TestAsyncConfig_reads: the answer is about what was asked, and has both numbers; 0 is one.
func TestAsyncConfig_reads(t *testing.T) {
	t.Parallel()
	urn := func(qualifier string) map[string]any {
		return map[string]any{"func_urn": testURN.WithQualifier(qualifier).String()}
	}
	none := asyncOfProd
	none.Destinations = AsyncDestinations{}
	for name, v := range map[string]struct {
		asked   URN
		changes map[string]any
		want    *AsyncConfig // nil where the answer is not believed
	}{
		"as documented":      {prodURN, nil, &asyncOfProd},
		"the alias' version": {prodURN, urn("v1"), &asyncOfProd},
		"latest":             {testURN, urn("latest"), &asyncOfProd},
		"latest, 7 fields":   {testURN.WithQualifier("latest"), urn(""), &asyncOfProd},
		"no destination":     {prodURN, map[string]any{"destination_config": struct{}{}}, &none},
		"null destinations":  {prodURN, map[string]any{"destination_config": map[string]any{"on_success": json.RawMessage("null"), "on_failure": json.RawMessage("null")}}, &none},
		"null":               {prodURN, map[string]any{"destination_config": json.RawMessage("null")}, &none},
		"another alias":      {prodURN, urn("!live"), nil},
		"another version":    {testURN.WithQualifier("v1"), urn("v2"), nil},
		"an alias":           {testURN, urn("!prod"), nil},
		"another function":   {prodURN, map[string]any{"func_urn": "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:x:!prod"}, nil},
		"no URN":             {prodURN, map[string]any{"func_urn": nil}, nil},
		"no age":             {prodURN, map[string]any{"max_async_event_age_in_seconds": nil}, nil},
		"no retries":         {prodURN, map[string]any{"max_async_retry_attempts": nil}, nil},
		"odd destinations":   {prodURN, map[string]any{"destination_config": "none"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, step{status: 200, body: bend(t, asyncDoc, v.changes)})
			got, err := c.AsyncConfig(t.Context(), v.asked)
			if diff := cmp.Diff(v.want, got); (err == nil) != (v.want != nil) || IsNotFound(err) || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
			if path := urnPath + ":" + qualified(v.asked).Qualifier + "/async-invoke-config"; s.seen[0].path != path {
				t.Errorf("asked for %s, not %s", s.seen[0].path, path)
			}
		})
	}
}

// TestAsyncConfig_gone: none are not found; that the function is gone is believed only when the function says so, too.
func TestAsyncConfig_gone(t *testing.T) {
	t.Parallel()
	gone := step{status: 404, body: notFoundDoc}
	for name, v := range map[string]struct {
		steps    []step
		requests int
		notFound bool
	}{
		"none":     {[]step{{status: 404, body: noSettings}}, 1, true},
		"alias":    {[]step{{status: 404, body: `{"error_code":"FSS.1053"}`}}, 1, true},
		"function": {[]step{gone, gone}, 2, true},
		"not so":   {[]step{gone, {status: 200, body: functionDoc}}, 2, false},
		"region":   {[]step{{status: 404, body: `{"error_code":"APIGW.0101"}`}}, 1, false},
	} {
		c, s := scripted(t, v.steps...)
		_, err := c.AsyncConfig(t.Context(), prodURN)
		if err == nil || IsNotFound(err) != v.notFound || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}

// TestAsyncConfig_newborn: of what was just made, "not found" is an answer for who wants to know what is there now, and
// "not yet" after a write.
func TestAsyncConfig_newborn(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		read func(context.Context, *Client) (*AsyncConfig, error)
		wait time.Duration
	}{
		"now": {func(ctx context.Context, c *Client) (*AsyncConfig, error) { return c.AsyncConfigNow(ctx, prodURN) }, 0},
		"after a write": {func(ctx context.Context, c *Client) (*AsyncConfig, error) {
			return c.ReadBackAsyncConfig(ctx, prodURN)
		}, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, _ := scripted(t, step{status: 404, body: noSettings}, step{status: 200, body: asyncDoc})
				c.newborns.add(prodURN)
				began := time.Now()
				got, err := v.read(t.Context(), c)
				if IsNotFound(err) != (v.wait == 0) || (got != nil) != (v.wait > 0) || time.Since(began) != v.wait {
					t.Errorf("%v, %v after %v", got, err, time.Since(began))
				}
			})
		})
	}
}

// TestSetAsyncConfig: each write has all members; a success that is not whole is looked at.
func TestSetAsyncConfig(t *testing.T) {
	t.Parallel()
	const (
		full = `{"max_async_event_age_in_seconds":60,"max_async_retry_attempts":0,"destination_config":{"on_failure":` +
			`{"destination":"SMN","param":"{ \"topic_urn\": \"t\" }"}},"enable_async_status_log":true}`
		bare = `{"max_async_event_age_in_seconds":3600,"max_async_retry_attempts":1,"destination_config":{},` +
			`"enable_async_status_log":false}`
	)
	whole, empty := step{status: 200, body: asyncDoc}, step{status: 200, body: `{}`}
	other := step{status: 200, body: bend(t, asyncDoc, map[string]any{"max_async_retry_attempts": 1})}
	for name, v := range map[string]struct {
		in       AsyncConfig
		steps    []step
		body     string
		requests int
		fails    bool
	}{
		"all":                {asyncOfProd, []step{whole}, full, 1, false},
		"defaults":           {AsyncConfig{MaxAge: 3600, MaxRetries: 1}, []step{whole}, bare, 1, false},
		"lost":               {asyncOfProd, []step{{err: errReset}, whole}, full, 2, false},
		"empty, done":        {asyncOfProd, []step{empty, whole}, full, 2, false},
		"empty, other":       {asyncOfProd, []step{empty, other, whole}, full, 3, false},
		"empty, none":        {asyncOfProd, []step{empty, {status: 404, body: noSettings}, whole}, full, 3, false},
		"empty, and refused": {asyncOfProd, []step{empty, {status: 403, body: `{"error_code":"FSS.0403"}`}}, full, 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, v.steps...)
			err := c.SetAsyncConfig(t.Context(), prodURN, v.in)
			if (err != nil) != v.fails || len(s.requests()) != v.requests || s.seen[0].body != v.body ||
				s.seen[0].method != "PUT" || s.seen[0].path != urnPath+":!prod/async-invoke-config" {
				t.Errorf("%v after %d requests, the first %+v", err, len(s.requests()), s.seen[0])
			}
		})
	}
}

func TestDeleteAsyncConfig(t *testing.T) {
	t.Parallel()
	none := step{status: 404, body: noSettings}
	for name, v := range map[string]struct {
		steps    []step
		requests int
		fails    bool
	}{
		"deleted":       {[]step{{status: 204}}, 1, false},
		"none":          {[]step{none}, 1, false},
		"lost":          {[]step{{err: errReset}, none}, 2, false},
		"200, done":     {[]step{{status: 200, body: `{}`}, none}, 2, false},
		"200, not done": {[]step{{status: 200}, {status: 200, body: asyncDoc}, {status: 204}}, 3, false},
		"refused":       {[]step{{status: 403, body: `{"error_code":"FSS.0403"}`}}, 1, true},
	} {
		c, s := scripted(t, v.steps...)
		if err := c.DeleteAsyncConfig(t.Context(), prodURN); (err != nil) != v.fails || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}

func TestAsyncDestination_Equal(t *testing.T) {
	t.Parallel()
	topic := &AsyncDestination{"SMN", `{"topic_urn":"t"}`}
	for _, v := range []struct {
		a, b *AsyncDestination
		same bool
	}{
		{nil, nil, true},
		{nil, &AsyncDestination{}, true},
		{topic, nil, false},
		{topic, &AsyncDestination{"SMN", ` { "topic_urn" : "t" } `}, true},
		{topic, &AsyncDestination{"SMN", `{"topic_urn":"u"}`}, false},
		{topic, &AsyncDestination{"DIS", `{"topic_urn":"t"}`}, false},
		{&AsyncDestination{"X", "odd"}, &AsyncDestination{"X", "odd"}, true},
		{&AsyncDestination{"X", "odd"}, &AsyncDestination{"X", "other"}, false},
	} {
		if v.a.Equal(v.b) != v.same || v.b.Equal(v.a) != v.same {
			t.Errorf("%v and %v: not %t", v.a, v.b, v.same)
		}
	}
}

func TestLogsAsyncStatus(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		`{"group_name":"","group_id":"","stream_id":"","stream_name":""}`: false,
		`{}`:                               false,
		`{"group_id":"g","stream_id":"s"}`: true,
	} {
		c, s := scripted(t, step{status: 200, body: body})
		if on, err := c.LogsAsyncStatus(t.Context()); err != nil || on != want ||
			s.seen[0].path != functionsPath+"/async-status-log-detail" {
			t.Errorf("%s: %t, %v", body, on, err)
		}
	}
}
