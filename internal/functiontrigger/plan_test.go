// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestPlan_gap: a replacement says what it loses, where it loses something; what is no replacement says nothing.
func TestPlan_gap(t *testing.T) {
	t.Parallel()
	const replaced = "Trigger Is Replaced"
	for name, test := range map[string]struct {
		there  emulator.Trigger
		config attributes
		want   string
	}{
		"gateway": {
			emulator.Trigger{Type: "APIG",
				EventData: attributes{"name": "orders", "group_id": "g-1", "path": "/old", "auth": "NONE"}},
			with("apig", nil), "with another id",
		},
		"bucket": {
			emulator.Trigger{Type: "OBS", EventData: attributes{"bucket": "other", "events": []any{"s3:ObjectCreated:*"}}},
			with("obs", nil), "Events between",
		},
		"same bucket": {
			emulator.Trigger{Type: "OBS", EventData: attributes{"bucket": "uploads", "events": []any{"s3:ObjectCreated:*"}}},
			with("obs", nil), "",
		},
		"another type": {
			emulator.Trigger{Type: "SMN", EventData: attributes{"topic_urn": "x"}}, with("timer", nil), "Events between",
		},
		"stream from its beginning": {
			emulator.Trigger{Type: "DIS", EventData: attributes{"stream_name": "x", "sharditerator_type": "TRIM_HORIZON",
				"polling_interval": 30.0}},
			with("dis", nil), "",
		},
		"stream from its end": {
			emulator.Trigger{Type: "DIS", EventData: attributes{"stream_name": "x", "sharditerator_type": "LATEST",
				"polling_interval": 30.0}},
			with("dis", nil), "starts at the latest record",
		},
		"timer": {
			emulator.Trigger{Type: "TIMER", EventData: attributes{"name": "x", "schedule_type": "Rate", "schedule": "3m"}},
			with("timer", nil), "",
		},
		"unknown URN": {
			emulator.Trigger{Type: "SMN", EventData: attributes{"topic_urn": "urn:smn:a:b:alarms"}},
			plus(with("smn", nil), attributes{"function_urn": acctest.Unknown}), "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			test.there.ID, test.there.Qualifier = "t-1", "!live"
			put(t, e, test.there)
			p := configured(t, e)
			imported, diags := p.Import("fgs_function_trigger", aliasURN+"/"+test.there.Type+"/t-1")
			if diags.Failed() {
				t.Fatal(diags)
			}
			got := p.PlanUpdate("fgs_function_trigger", imported, test.config)
			if got.Failed() || got.Has(replaced) != (test.want != "") || !got.Has(test.want) {
				t.Errorf("want a warning with %q; got:%s", test.want, got)
			}
		})
	}
}

// TestPlan_advice: what of a free form is hardly meant so is said once, in the plan of a new trigger.
func TestPlan_advice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change attributes
		path   string
		want   string // "" for nothing
	}{
		"all is well":      {nil, "", ""},
		"a type of no use": {attributes{"type": "OPENSOURCE_KAFKA"}, "other.type", "APIC, DMS, GAUSSMONGO, IOTDA, OPENSOURCEKAFKA"},
		"an open type":     {attributes{"type": acctest.Unknown}, "", ""},
		"a whole request":  {attributes{"data": `{"event_data":{"a":1}}`}, "other.data", "Here it is data itself."},
		"a status":         {attributes{"data": `{"trigger_status":"ACTIVE"}`}, "other.data", "Here it is enabled, outside other."},
		"an inner secret":  {attributes{"data": `{"a":[{"b":{"password":"x"}}]}`}, "other.data", "a.b.password looks like a secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			p := configured(t, e)
			got := p.PlanCreate("fgs_function_trigger", with("other", test.change))
			if got.Failed() || (len(got) == 1) != (test.want != "") || !got.Has(test.want) ||
				len(got) > 0 && got[0].Path != test.path {
				t.Errorf("want a warning at %q with %q; got:%s", test.path, test.want, got)
			}
		})
	}
}

// TestAccImported: what an import cannot know, and what it knows beside what is written, replaces nothing; the same
// change afterwards does.
func TestAccImported(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		there         emulator.Trigger
		config, other string
	}{
		"a password": {
			emulator.Trigger{Type: "RABBITMQ", EventData: attributes{
				"instance_id": "r", "exchange_name": "e", "batch_size": 10.0, "access_password": "secret",
			}},
			`rabbitmq = { instance_id = "r", exchange_name = "e", batch_size = 10, password_wo = "secret",` +
				` password_wo_version = "1" }`,
			`rabbitmq = { instance_id = "r", exchange_name = "e", batch_size = 10, password_wo = "changed",` +
				` password_wo_version = "2" }`,
		},
		"more members": {
			emulator.Trigger{Type: "OPENSOURCEKAFKA", Status: "ACTIVE",
				EventData: attributes{"topic_ids": []any{"a"}, "added": 1.0}},
			`other = { type = "OPENSOURCEKAFKA", data = jsonencode({ topic_ids = ["a"] }), secrets_wo = { token = "x" },` +
				` secrets_wo_version = "1" }`,
			`other = { type = "OPENSOURCEKAFKA", data = jsonencode({ topic_ids = ["b"] }), secrets_wo = { token = "x" },` +
				` secrets_wo_version = "1" }`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			test.there.ID, test.there.Qualifier = "t-1", "!live"
			put(t, e, test.there)
			block := fmt.Sprintf("import {\n to = %s\n id = %q\n}\n", address, aliasURN+"/"+test.there.Type+"/t-1")
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
				{Config: block + trigger(aliasURN, test.config), Check: e.ExpectWrites()},
				{
					Config: trigger(aliasURN, test.other), ConfigPlanChecks: does(plancheck.ResourceActionDestroyBeforeCreate),
					Check: e.ExpectWrites("DeleteTrigger", "CreateTrigger"),
				},
			}})
		})
	}
}
