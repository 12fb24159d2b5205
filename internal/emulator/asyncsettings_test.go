// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

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

// asyncBody is a good body of PUT async-invoke-config.
func asyncBody(change object) object {
	body := object{
		"max_async_event_age_in_seconds": 60, "max_async_retry_attempts": 0, "enable_async_status_log": true,
		"destination_config": object{"on_failure": object{"destination": "SMN", "param": `{ "topic_urn": "t" }`}},
	}
	for name, value := range change {
		body[name] = value
	}
	return body
}

const asyncPath = demo + ":!prod/async-invoke-config"

// TestAsyncSettings_calls: contract 3.19. Settings are those of one version or alias, 7 fields and latest are the same,
// and param comes back byte for byte.
func TestAsyncSettings_calls(t *testing.T) {
	t.Parallel()
	b := bound(t)
	b.want(404, "FSS.0404", "GET", asyncPath, nil) // O10
	b.want(404, "FSS.0404", "DELETE", asyncPath, nil)
	for _, got := range []response{
		b.want(200, "", "PUT", asyncPath, asyncBody(nil)), b.want(200, "", "GET", asyncPath, nil),
	} {
		config, _ := got.body["destination_config"].(object)
		failure, _ := config["on_failure"].(object)
		if got.text("func_urn") != demoURN+":!prod" || fmt.Sprint(got.body["max_async_event_age_in_seconds"]) != "60" ||
			fmt.Sprint(got.body["max_async_retry_attempts"]) != "0" || got.body["enable_async_status_log"] != true ||
			failure["param"] != `{ "topic_urn": "t" }` || config["on_success"] != nil || got.text("created_time") == "" {
			t.Errorf("%s", got.raw)
		}
	}
	b.want(404, "FSS.0404", "GET", demo+":v1/async-invoke-config", nil)
	b.want(200, "", "PUT", demo+"/async-invoke-config", object{})
	got := b.want(200, "", "GET", demo+":latest/async-invoke-config", nil) // AI2
	config := string(mustJSON(t, got.body["destination_config"]))
	if got.text("func_urn") != demoURN+":latest" || fmt.Sprint(got.body["max_async_event_age_in_seconds"]) != "3600" ||
		fmt.Sprint(got.body["max_async_retry_attempts"]) != "1" || config != "{}" {
		t.Errorf("the defaults: %s", got.raw)
	}
	b.want(204, "", "DELETE", asyncPath, nil)
	b.want(404, "FSS.0404", "GET", asyncPath, nil)
	for qualifier, code := range map[string]string{":!other": "FSS.1053", ":v2": "FSS.1052"} {
		b.want(404, code, "PUT", demo+qualifier+"/async-invoke-config", object{})
	}
	b.want(404, "FSS.1051", "PUT", strings.Replace(demo, ":demo", ":x", 1)+"/async-invoke-config", object{}) // O24
}

// TestAsyncSettings_rules: the bounds of contract 3.19.
func TestAsyncSettings_rules(t *testing.T) {
	t.Parallel()
	to := func(destination, param string) object {
		return object{"destination_config": object{"on_success": object{"destination": destination, "param": param}}}
	}
	for _, rule := range []rulePair{
		{"age_low", 400, "FSS.0400", object{"max_async_event_age_in_seconds": 0}, object{"max_async_event_age_in_seconds": 1}},
		{"age_high", 400, "FSS.0400", object{"max_async_event_age_in_seconds": 86401},
			object{"max_async_event_age_in_seconds": 86400}},
		{"retries", 400, "FSS.0400", object{"max_async_retry_attempts": 4}, object{"max_async_retry_attempts": 3}},
		{"word", 400, "FSS.0400", to("obs", `{"bucket":"b"}`), to("OBS", `{"bucket":"b"}`)},
		{"json", 400, "FSS.0400", to("DIS", `stream`), to("DIS", `{"stream_name":"s"}`)},
		{"member", 400, "FSS.0400", to("SMN", `{"topic":"t"}`), to("SMN", `{"topic_urn":"t"}`)},
		{"expires", 400, "FSS.0400", to("OBS", `{"bucket":"b","expires":366}`), to("OBS", `{"bucket":"b","expires":365}`)},
		{"loop", 400, "FSS.0400", to("FunctionGraph", `{"func_urn":"`+demoURN+`:!prod"}`),
			to("FunctionGraph", `{"func_urn":"`+demoURN+`:v1"}`)},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := bound(t)
			b.want(rule.status, rule.code, "PUT", asyncPath, asyncBody(rule.rejected))
			b.want(404, "FSS.0404", "GET", asyncPath, nil)
			b.want(200, "", "PUT", asyncPath, asyncBody(rule.accepted))
		})
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
