// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestEvents: the list of contract 3.23; they go with the function (D8), and a missing function is O24.
func TestEvents(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	if got := b.want(200, "", "GET", demo+"/events",
		nil); strings.TrimSpace(string(got.raw)) != `{"count":0,"events":[],"next_marker":0}` {
		t.Errorf("without any: %s", got.raw)
	}
	if err := errors.Join(b.server.PutEvent("default", "demo", "smoke"),
		b.server.PutEvent("default", "demo", "load")); err != nil {
		t.Fatal(err)
	}
	if b.server.PutEvent("default", "demo", "load") == nil {
		t.Error("two test events have one name")
	}
	got := b.want(200, "", "GET", demo+":latest/events", nil)
	if rows, _ := got.body["events"].([]any); len(rows) != 2 || !strings.Contains(string(got.raw), `"name":"smoke"`) {
		t.Errorf("two: %s", got.raw)
	}
	b.want(204, "", "DELETE", demo, nil)
	b.want(404, "FSS.1051", "GET", demo+"/events", nil)
	b.create(object{})
	if got := b.want(200, "", "GET", demo+"/events", nil); fmt.Sprint(got.body["count"]) != "0" {
		t.Errorf("a new function has events of the old one: %s", got.raw)
	}
}

// TestEvents_calls: contract 3.23. An event has a text in Base64, no two have one name, and a write after the first
// shows when it was.
func TestEvents_calls(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	made := b.want(200, "", "POST", demo+"/events", object{"name": "smoke", "content": b64(`{"a":1`)})
	path := demo + ":latest/events/" + made.text("id")
	if made.text("name") != "smoke" || len(made.body) != 2 {
		t.Errorf("created: %s", made.raw)
	}
	b.want(403, "FSS.1073", "POST", demo+"/events", object{"name": "smoke", "content": b64("x")})
	got := b.want(200, "", "GET", path, nil)
	if got.text("content") != b64(`{"a":1`) || got.text("name") != "smoke" || got.body["last_modified"] != nil {
		t.Errorf("read: %s", got.raw)
	}
	b.want(200, "", "PUT", path, object{"content": b64("two"), "name": "other"}) // Q52: the name has no effect
	if got = b.want(200, "", "GET", path, nil); got.text("content") != b64("two") || got.text("name") != "smoke" ||
		got.body["last_modified"] == nil {
		t.Errorf("changed: %s", got.raw)
	}
	b.want(204, "", "DELETE", path, nil)
	for _, method := range []string{"GET", "DELETE"} {
		b.want(404, "FSS.1070", method, path, nil)
	}
	b.want(404, "FSS.1070", "PUT", path, object{"content": b64("x")})
	gone := strings.Replace(demo, ":demo", ":x", 1) + "/events"
	b.want(404, "FSS.1051", "POST", gone, object{"name": "smoke", "content": b64("x")}) // O24
	b.want(404, "FSS.1070", "GET", gone+"/1", nil)
}

// TestEvents_rules: the bounds of contract 3.23.
func TestEvents_rules(t *testing.T) {
	t.Parallel()
	for _, rule := range []rulePair{
		{"long_name", 400, "FSS.1074", object{"name": strings.Repeat("a", 26)}, object{"name": strings.Repeat("a", 25)}},
		{"name", 400, "FSS.1074", object{"name": "a-"}, object{"name": "a-b"}},
		{"no_name", 400, "FSS.1074", object{"name": nil}, object{"name": "a"}},
		{"plain", 400, "FSS.1074", object{"content": `{"a":1}`}, object{"content": b64(`{"a":1}`)}},
		{"empty", 400, "FSS.1074", object{"content": ""}, object{"content": b64("x")}},
		{"large", 403, "FSS.1069", object{"content": b64(strings.Repeat("x", 4097))},
			object{"content": b64(strings.Repeat("x", 4096))}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			body := func(change object) object {
				out := object{"name": "smoke", "content": b64("x")}
				for name, value := range change {
					out[name] = value
				}
				return out
			}
			b.want(rule.status, rule.code, "POST", demo+"/events", body(rule.rejected))
			b.want(200, "", "POST", demo+"/events", body(rule.accepted))
		})
	}
	b := withDemo(t)
	for i := range 10 {
		b.want(200, "", "POST", demo+"/events", object{"name": fmt.Sprint("e", i), "content": b64("x")})
	}
	b.want(403, "FSS.1068", "POST", demo+"/events", object{"name": "e10", "content": b64("x")}) // Q52
}
