// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"testing"
)

const eventDoc = `{"id":"e-1","name":"smoke","content":"eyJhIjoxfQ==","last_modified":1767323045}`

// TestEvent_reads: the content is text; one that is not Base64 is taken as it is, and 0 is no time.
func TestEvent_reads(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		changes  map[string]any
		content  string
		modified string
		fails    bool
	}{
		"as documented": {nil, `{"a":1}`, "1767323045", false},
		"not changed":   {map[string]any{"last_modified": 0}, `{"a":1}`, "", false},
		"no time":       {map[string]any{"last_modified": nil}, `{"a":1}`, "", false},
		"plain":         {map[string]any{"content": `{"a":1}`}, `{"a":1}`, "1767323045", false},
		"no text":       {map[string]any{"content": "/w=="}, "\uFFFD", "1767323045", false},
		"empty":         {map[string]any{"content": ""}, "", "1767323045", false},
		"no content":    {map[string]any{"content": nil}, "", "", true},
		"no name":       {map[string]any{"name": nil}, "", "", true},
		"no id":         {map[string]any{"id": nil}, "", "", true},
		"another":       {map[string]any{"id": "e-2"}, "", "", true},
		"odd content":   {map[string]any{"content": 7}, "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, step{status: 200, body: bend(t, eventDoc, v.changes)})
			got, err := c.Event(t.Context(), testURN.WithQualifier("latest"), "e-1")
			if (err != nil) != v.fails || IsNotFound(err) || s.seen[0].path != urnPath+"/events/e-1" {
				t.Fatalf("%v, asked for %s", err, s.seen[0].path)
			}
			if err == nil && (got.Content != v.content || got.LastModified != v.modified) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestEvent_calls: what each sends, what it takes for done, and what for gone.
func TestEvent_calls(t *testing.T) {
	t.Parallel()
	create := func(ctx context.Context, c *Client) error {
		_, err := c.CreateEvent(ctx, testURN, "smoke", `{"a":1}`)
		return err
	}
	update := func(ctx context.Context, c *Client) error { return c.UpdateEvent(ctx, testURN, "e-1", `{"a":1}`) }
	remove := func(ctx context.Context, c *Client) error { return c.DeleteEvent(ctx, testURN, "e-1") }
	read := func(ctx context.Context, c *Client) error { _, err := c.Event(ctx, testURN, "e-1"); return err }
	done, there := step{status: 200, body: `{"id":"e-1","name":"smoke"}`}, step{status: 200, body: eventDoc}
	gone := step{status: 404, body: `{"error_code":"FSS.1070"}`}
	const made, changed = `{"name":"smoke","content":"eyJhIjoxfQ=="}`, `{"content":"eyJhIjoxfQ=="}`
	for name, v := range map[string]struct {
		call       callOf
		steps      []step
		method     string
		path, body string
		requests   int
		fails      bool
		notFound   bool
		ambiguous  bool
	}{
		"create":             {create, []step{done}, "POST", "/events", made, 1, false, false, false},
		"create, lost":       {create, []step{{err: errReset}}, "POST", "/events", made, 1, true, false, true},
		"create, other name": {create, []step{{status: 200, body: `{"id":"e-1","name":"x"}`}}, "POST", "/events", made, 1, true, false, true},
		"create, taken":      {create, []step{{status: 403, body: `{"error_code":"FSS.1073"}`}}, "POST", "/events", made, 1, true, false, false},
		"create, no function": {
			create, []step{{status: 404, body: notFoundDoc}}, "POST", "/events", made, 1, true, true, false,
		},
		"update":            {update, []step{done}, "PUT", "/events/e-1", changed, 1, false, false, false},
		"update, lost":      {update, []step{{err: errReset}, done}, "PUT", "/events/e-1", changed, 2, false, false, false},
		"update, 204":       {update, []step{{status: 204}, there}, "PUT", "/events/e-1", changed, 2, false, false, false},
		"update, empty":     {update, []step{{status: 200, body: `{}`}, there}, "PUT", "/events/e-1", changed, 2, false, false, false},
		"update, not done":  {update, []step{{status: 204}, {status: 200, body: bend(t, eventDoc, map[string]any{"content": ""})}, done}, "PUT", "/events/e-1", changed, 3, false, false, false},
		"update, then gone": {update, []step{{status: 204}, gone}, "PUT", "/events/e-1", changed, 2, true, false, false},
		"update, gone":      {update, []step{gone}, "PUT", "/events/e-1", changed, 1, true, true, false},
		"delete":            {remove, []step{{status: 204}}, "DELETE", "/events/e-1", "", 1, false, false, false},
		"delete, gone":      {remove, []step{gone}, "DELETE", "/events/e-1", "", 2, false, false, false},
		"delete, not so":    {remove, []step{gone, there}, "DELETE", "/events/e-1", "", 2, true, false, false},
		"delete, 200":       {remove, []step{{status: 200}, gone}, "DELETE", "/events/e-1", "", 2, false, false, false},
		"delete, 200 alone": {remove, []step{{status: 200}, there, {status: 204}}, "DELETE", "/events/e-1", "", 3, false, false, false},
		"read, gone":        {read, []step{gone}, "GET", "/events/e-1", "", 1, true, true, false},
		"read, no call":     {read, []step{{status: 404, body: `{"error_code":"APIGW.0101"}`}}, "GET", "/events/e-1", "", 1, true, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, v.steps...)
			err := v.call(t.Context(), c)
			if (err != nil) != v.fails || IsNotFound(err) != v.notFound || isAmbiguous(err) != v.ambiguous ||
				len(s.requests()) != v.requests {
				t.Errorf("%v after %d requests", err, len(s.requests()))
			}
			if first := s.seen[0]; first.method != v.method || first.path != urnPath+v.path || first.body != v.body {
				t.Errorf("sent %s %s %s", first.method, first.path, first.body)
			}
		})
	}
}

// TestEventNamed: what is not in the list, or gone by the time it is read, is nil; so is one of no function.
func TestEventNamed(t *testing.T) {
	t.Parallel()
	list := step{status: 200, body: `{"events":[{"id":"e-0","name":"load"},{"id":"e-1","name":"smoke"}],"count":2}`}
	for name, v := range map[string]struct {
		name     string
		steps    []step
		requests int
		there    bool
		fails    bool
	}{
		"there":        {"smoke", []step{list, {status: 200, body: eventDoc}}, 2, true, false},
		"not there":    {"Smoke", []step{list}, 1, false, false},
		"gone since":   {"smoke", []step{list, {status: 404, body: `{"error_code":"FSS.1070"}`}}, 2, false, false},
		"no function":  {"smoke", []step{{status: 404, body: notFoundDoc}}, 1, false, false},
		"not readable": {"smoke", []step{{status: 403, body: `{"error_code":"FSS.0403"}`}}, 1, false, true},
	} {
		c, s := scripted(t, v.steps...)
		got, err := c.EventNamed(t.Context(), testURN, v.name)
		if (got != nil) != v.there || (err != nil) != v.fails || len(s.requests()) != v.requests {
			t.Errorf("%s: %v, %v after %d requests", name, got, err, len(s.requests()))
		}
	}
}
