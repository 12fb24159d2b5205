// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
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

// TestAsyncSettings: the list of contract 3.19, in pages of 10 unless more are asked for; AI1.
func TestAsyncSettings(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	list := func(query string) string {
		t.Helper()
		got := b.want(200, "", "GET", demo+"/async-invoke-configs"+query, nil)
		var texts []string
		rows, _ := got.body["async_invoke_configs"].([]any)
		for _, row := range rows {
			r, _ := row.(object)
			texts = append(texts, strings.TrimPrefix(fmt.Sprint(r["func_urn"]), demoURN+":"))
		}
		return fmt.Sprint(got.body["count"], " ", texts)
	}
	if got := list(""); got != "0 []" {
		t.Errorf("without any: %s", got)
	}
	b.publish("v1")
	put := func(qualifier string) error {
		return b.server.PutAsyncSettings("default", "demo", emulator.AsyncSettings{Qualifier: qualifier, MaxAge: 60})
	}
	if err := errors.Join(b.server.PutAlias("default", "demo", "prod", "v1", nil), put("latest"), put("v1"), put("!prod"),
		put("v1")); err != nil {
		t.Fatal(err)
	}
	for _, qualifier := range []string{"v2", "!other"} {
		if put(qualifier) == nil {
			t.Errorf("%s is not there", qualifier)
		}
	}
	for query, want := range map[string]string{
		"": "3 [latest !prod v1]", "?limit=2": "3 [latest !prod]", "?marker=2&limit=100": "3 [v1]", "?marker=7": "3 []",
	} {
		if got := list(query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	b.want(204, "", "DELETE", demo+"/aliases/prod", nil)
	if got := list(""); got != "2 [latest v1]" {
		t.Errorf("after the alias: %s", got)
	}
	b.want(204, "", "DELETE", demo+":v1", nil)
	if got := list(""); got != "1 [latest]" {
		t.Errorf("after the version: %s", got)
	}
	b.want(404, "FSS.1051", "GET", strings.Replace(demo, ":demo", ":x", 1)+"/async-invoke-configs", nil)
}
