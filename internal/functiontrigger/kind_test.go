// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

func answered(t *testing.T, text string) (data functiongraph.EventData) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &data); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestFromAPI: a member in another form is read all the same; one that has no sense, or that the service need not tell,
// is no difference; an optional one that is gone is.
func TestFromAPI(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind    *kind
		data    string
		current attr.Value // nil after an import
		member  string
		want    string
	}{
		"a number as text":         {&disKind, `{"polling_interval":"31"}`, types.Int64Value(30), "polling_interval", "31"},
		"a switch as bool":         {&disKind, `{"is_serial":true}`, types.BoolValue(false), "serial", "true"},
		"a switch as text":         {&disKind, `{"is_serial":"true"}`, nil, "serial", "true"},
		"a number of no sense":     {&disKind, `{"polling_interval":[]}`, types.Int64Value(30), "polling_interval", "30"},
		"a needed one that lacks":  {&disKind, `{}`, types.StringValue("x"), "stream_name", `"x"`},
		"an optional one, gone":    {&timerKind, `{}`, types.StringValue("x"), "user_event", "<null>"},
		"one that is not written":  {&timerKind, `{"user_event":"x"}`, types.StringNull(), "user_event", "<null>"},
		"the same after an import": {&timerKind, `{"user_event":"x"}`, nil, "user_event", `"x"`},
		"an empty one":             {&timerKind, `{"user_event":""}`, nil, "user_event", "<null>"},
		"a region without it":      {&timerKind, `{}`, types.BoolValue(true), "sync_execution", "true"},
		"a default":                {&apigKind, `{}`, nil, "method", `"ANY"`},
		"a word of a number":       {&apigKind, `{"type":"2"}`, types.StringValue("public"), "type", `"private"`},
		"a number of tomorrow":     {&apigKind, `{"type":3}`, types.StringValue("public"), "type", `"public"`},
		"one within":               {&apigKind, `{"func_info":{"timeout":7}}`, types.Int64Value(5), "timeout_ms", "7"},
		"nothing to be within":     {&apigKind, `{"func_info":null}`, types.Int64Value(5), "timeout_ms", "5"},
		"another form of an event": {&obsKind, `{"events":["s3:ObjectCreated:*"]}`, set("ObjectCreated"), "events", `["ObjectCreated"]`},
		"another event":            {&obsKind, `{"events":["s3:ObjectCreated:Put"]}`, set("ObjectCreated"), "events", `["ObjectCreated:Put"]`},
		"a name of the service":    {&obsKind, `{"name":"uuid"}`, types.StringValue("pictures"), "name", `"pictures"`},
		"the same, unknown":        {&obsKind, `{"name":"uuid"}`, nil, "name", "<null>"},
		"a secret in clear":        {&kafkaKind, `{"kafka_password":"new"}`, types.StringValue("old"), "password", `"old"`},
		"a secret of an import":    {&kafkaKind, `{"kafka_password":"new"}`, nil, "password", "<null>"},
		"an inner member more":     {&otherKind, `{"func_info":{"timeout":5,"version":"latest"}}`, types.StringValue(`{"func_info":{"timeout":5}}`), "data", `"{\"func_info\":{\"timeout\":5}}"`},
		"another inner member":     {&otherKind, `{"func_info":{"timeout":6,"version":"latest"}}`, types.StringValue(`{"func_info":{"timeout":5}}`), "data", `"{\"func_info\":{\"timeout\":6}}"`},
		"an inner member, untold":  {&otherKind, `{"a":{"b":{}}}`, types.StringValue(`{"a":{"b":{"c":1}}}`), "data", `"{\"a\":{\"b\":{\"c\":1}}}"`},
		"an inner secret":          {&otherKind, `{"a":{"token":"***","b":2}}`, types.StringValue(`{"a":{"token":"t","b":1}}`), "data", `"{\"a\":{\"b\":2,\"token\":\"t\"}}"`},
		"an inner list":            {&otherKind, `{"a":[{"b":1,"c":2}]}`, types.StringValue(`{"a":[{"b":1}]}`), "data", `"{\"a\":[{\"b\":1,\"c\":2}]}"`},
		"rate, untold":             {&timerKind, `{"schedule":"5m"}`, types.StringValue("3m"), "rate", `"5m"`},
		"cron, untold":             {&timerKind, `{"schedule":"@every 1h"}`, types.StringValue("@every 2h"), "cron", `"@every 1h"`},
		"rate, untold, imported":   {&timerKind, `{"schedule":"5m"}`, nil, "rate", `"5m"`},
		"cron, untold, imported":   {&timerKind, `{"schedule":"0 0 3 * * *"}`, nil, "cron", `"0 0 3 * * *"`},
		"rate in small letters":    {&timerKind, `{"schedule_type":"rate","schedule":"5m"}`, types.StringValue("3m"), "rate", `"5m"`},
		"rate to cron":             {&timerKind, `{"schedule_type":"Cron","schedule":"@every 1h"}`, types.StringNull(), "cron", `"@every 1h"`},
	} {
		current := values{}
		for _, m := range test.kind.members {
			current[m.name] = m.null()
		}
		current[test.member] = test.current
		if test.current == nil {
			current = nil
		}
		got := test.kind.fromAPI(answered(t, test.data), current, test.current == nil)
		if text := fmt.Sprint(got[test.member]); text != test.want {
			t.Errorf("%s: %s, want %s", name, text, test.want)
		}
		if _, diags := test.kind.object(got); diags.HasError() {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

func set(texts ...string) attr.Value {
	var elements []attr.Value
	for _, text := range texts {
		elements = append(elements, types.StringValue(text))
	}
	return types.SetValueMust(types.StringType, elements)
}

// TestKinds: each kind has its place in the model, and each type word is one kind's.
func TestKinds(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	var m model
	record() // panics where schema and model differ
	for i, k := range kinds {
		if m.place(k) != m.objects()[i] {
			t.Errorf("%s has another place", k.name)
		}
		for _, code := range k.codes {
			if seen[code] || kindOf(code) != k {
				t.Errorf("%s is no word of %s alone", code, k.name)
			}
			seen[code] = true
		}
	}
	if len(m.objects()) != len(kinds) || len(seen) != 13 {
		t.Errorf("%d objects for %d kinds with %d words", len(m.objects()), len(kinds), len(seen))
	}
}
