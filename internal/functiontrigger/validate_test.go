// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

type attributes = map[string]any

// with is a valid configuration of a type, with some of its members changed.
func with(kind string, change attributes) attributes {
	members := maps.Clone(map[string]attributes{
		"timer": {"name": "nightly", "cron": "0 0 3 * * *"},
		"apig":  {"name": "orders", "group_id": "g-1", "path": "/orders", "auth": "NONE"},
		"obs":   {"bucket": "uploads", "events": []any{"ObjectCreated"}},
		"smn":   {"topic_urn": "urn:smn:a:b:alarms"},
		"lts":   {"log_group_id": "g-1", "log_stream_id": "s-1"},
		"cts":   {"name": "watch", "operations": []any{"FunctionGraph:Functions:createFunction"}},
		"dis":   {"stream_name": "orders", "starting_position": "LATEST", "polling_interval": 30},
		"dds": {
			"instance_id": "i", "db_name": "shop", "collection_name": "orders", "batch_size": 100, "password": "secret",
		},
		"kafka":    {"instance_id": "k", "topic_ids": []any{"orders"}, "batch_size": 100},
		"rabbitmq": {"instance_id": "r", "exchange_name": "e", "batch_size": 10, "password": "secret"},
		"rocketmq": {"instance_id": "r", "batch_size": 10},
		"other":    {"type": "APIC", "data": `{"name":"x"}`},
	}[kind])
	maps.Copy(members, change)
	return attributes{"function_urn": aliasURN, kind: members}
}

func plus(config, more attributes) attributes {
	out := maps.Clone(config)
	maps.Copy(out, more)
	return out
}

// TestValidate: what is wrong is said with its path before anything is asked; the nearest value that is fine passes,
// and so does one that is not known yet.
func TestValidate(t *testing.T) {
	t.Parallel()
	const (
		match, length, value = "Invalid Attribute Value Match", "Invalid Attribute Value Length", "Invalid Attribute Value"
		combination, plan    = "Invalid Attribute Combination", "Invalid Schedule"
	)
	timer := func(change attributes) attributes { return with("timer", change) }
	rate := func(text any) attributes { return timer(attributes{"cron": nil, "rate": text}) }
	cron := func(text any) attributes { return timer(attributes{"cron": text}) }
	off := attributes{"enabled": false}
	for name, test := range map[string]struct {
		path, summary string
		bad, good     attributes
	}{
		"no type":          {"", "Missing Type", attributes{"function_urn": aliasURN}, attributes{"function_urn": aliasURN, "smn": acctest.Unknown}},
		"two types":        {"smn", "More Than One Type", plus(timer(nil), with("smn", nil)), plus(timer(nil), attributes{"smn": acctest.Unknown})},
		"no URN":           {"function_urn", "Invalid Function URN", plus(timer(nil), attributes{"function_urn": "x"}), plus(timer(nil), attributes{"function_urn": functionURN + ":latest"})},
		"timer name":       {"timer.name", match, timer(attributes{"name": "1a"}), timer(attributes{"name": "a-_1"})},
		"no schedule":      {"timer", "Missing Schedule", cron(nil), rate(acctest.Unknown)},
		"two schedules":    {"timer.cron", "Conflicting Attributes", timer(attributes{"rate": "3m"}), timer(attributes{"rate": acctest.Unknown})},
		"rate 61m":         {"timer.rate", plan, rate("61m"), rate("60m")},
		"rate 25h":         {"timer.rate", plan, rate("25h"), rate("24h")},
		"rate 31d":         {"timer.rate", plan, rate("31d"), rate("30d")},
		"rate 0m":          {"timer.rate", plan, rate("0m"), rate("1m")},
		"rate in seconds":  {"timer.rate", plan, rate("3s"), rate("3m")},
		"cron of 4":        {"timer.cron", plan, cron("0 3 * *"), cron("0 0 3 * *")},
		"cron with a year": {"timer.cron", plan, cron("0 0 3 * * * 2026"), cron("0 0 3 ? * MON-FRI")},
		"cron minute 60":   {"timer.cron", plan, cron("0 60 3 * * *"), cron("0 59 3 * * *")},
		"cron with L":      {"timer.cron", plan, cron("0 0 3 L * *"), cron("0 0 3 1,15-20/2 JAN *")},
		"cron backwards":   {"timer.cron", plan, cron("0 0 8-3 * * *"), cron("0 0 3-8 * * *")},
		"cron day 7":       {"timer.cron", plan, cron("0 0 3 * * 7"), cron("0 0 3 * * sun")},
		"cron step 0":      {"timer.cron", plan, cron("0 */0 3 * * *"), cron("0 */5 3 * * *")},
		"cron ? for hours": {"timer.cron", plan, cron("0 0 ? * * *"), cron("0 0 * ? * *")},
		"every zero":       {"timer.cron", plan, cron("@every 0s"), cron("@every 1h30m")},
		"every in a zone":  {"timer.cron", plan, cron("CRON_TZ=Europe/Berlin @every 1h"), cron("CRON_TZ=Europe/Berlin 0 0 3 * * *")},
		"no zone":          {"timer.cron", plan, cron("CRON_TZ= 0 0 3 * * *"), cron(acctest.Unknown)},
		"API with a dash":  {"apig.name", match, with("apig", attributes{"name": "a-b"}), with("apig", attributes{"name": "a_b"})},
		"path":             {"apig.path", match, with("apig", attributes{"path": "orders"}), nil},
		"API timeout":      {"apig.timeout_ms", value, with("apig", attributes{"timeout_ms": 60001}), with("apig", attributes{"timeout_ms": 60000})},
		"API off":          {"enabled", "Trigger Without Switch", plus(with("apig", nil), off), plus(timer(nil), off)},
		"bucket off":       {"enabled", "Trigger Without Switch", plus(with("obs", nil), off), plus(with("dis", nil), off)},
		"topic off":        {"enabled", "Trigger Without Switch", plus(with("smn", nil), off), plus(with("kafka", nil), off)},
		"unknown event":    {`obs.events["ObjectMoved"]`, match, with("obs", attributes{"events": []any{"ObjectMoved"}}), with("obs", attributes{"events": []any{"s3:ObjectRemoved:*"}})},
		"event beside set": {
			"obs.events", "Event Beside Its Set", with("obs", attributes{"events": []any{"ObjectCreated", "ObjectCreated:Put"}}),
			with("obs", attributes{"events": []any{"ObjectRemoved", "ObjectCreated:Put"}}),
		},
		"event twice": {
			"obs.events", "Duplicate Event",
			with("obs", attributes{"events": []any{"s3:ObjectCreated:Put", "ObjectCreated:Put"}}),
			with("obs", attributes{"events": []any{"s3:ObjectCreated:Put", acctest.Unknown}}),
		},
		"no events":           {"obs.events", value, with("obs", attributes{"events": []any{}}), nil},
		"bad operation":       {`cts.operations["create"]`, match, with("cts", attributes{"operations": []any{"create"}}), nil},
		"61 seconds":          {"dis.polling_interval", "Invalid Polling Interval", with("dis", attributes{"polling_interval": 61}), with("dis", attributes{"polling_interval": 61, "polling_unit": "ms"})},
		"61 of unknown":       {"dis.polling_interval", value, with("dis", attributes{"polling_interval": 1}), with("dis", attributes{"polling_interval": 61, "polling_unit": acctest.Unknown})},
		"database admin":      {"dds.db_name", match, with("dds", attributes{"db_name": "admin"}), with("dds", attributes{"db_name": "admins"})},
		"two passwords":       {"dds.password", "Invalid Attribute Combination", with("dds", attributes{"password_wo": "x", "password_wo_version": "1"}), with("dds", nil)},
		"two, of none needed": {"kafka.password", "Invalid Attribute Combination", with("kafka", attributes{"user": "u", "password": "x", "password_wo": "x", "password_wo_version": "1"}), nil},
		"batch of 1001":       {"kafka.batch_size", value, with("kafka", attributes{"batch_size": 1001}), with("kafka", attributes{"batch_size": 1000})},
		"password alone":      {"kafka.user", "Incomplete Credentials", with("kafka", attributes{"password": "p"}), with("kafka", attributes{"user": "u", "password": "p"})},
		"secret, no version":  {"rabbitmq.password_wo", combination, with("rabbitmq", attributes{"password": nil, "password_wo": "x"}), nil},
		"data is a list":      {"other.data", "Invalid Data", with("other", attributes{"data": "[]"}), with("other", attributes{"data": acctest.Unknown})},
		"secret in data":      {"other.data", "Secret in Clear", with("other", attributes{"data": `{"db_password":"x"}`}), with("other", attributes{"secrets_wo": attributes{"db_password": "x"}, "secrets_wo_version": "1"})},
		"a member twice":      {"other.secrets_wo", "Member Given Twice", with("other", attributes{"secrets_wo": attributes{"name": "x"}, "secrets_wo_version": "1"}), with("other", attributes{"secrets_wo": attributes{"pin": "x"}, "secrets_wo_version": "1"})},
		"a type of its own":   {"other.type", "Type Has an Attribute", with("other", attributes{"type": "TIMER"}), with("other", attributes{"type": "TOMORROW"})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newEnv(t).Protocol(t)
			got := p.Validate("fgs_function_trigger", test.bad)
			if len(got) == 0 || got[0].Severity != "ERROR" || got[0].Path != test.path ||
				!strings.HasPrefix(got[0].Summary, test.summary) {
				t.Errorf("got %s\nwant an error at %q: %s", got, test.path, test.summary)
			}
			if test.good != nil {
				if got := p.Validate("fgs_function_trigger", test.good); len(got) > 0 {
					t.Errorf("the nearest one that is right: %s", got)
				}
			}
		})
	}
}

// TestPlan_secrets: a trigger that is to be made needs its secret, which a plan says; the configuration of an imported
// one, which has none, is valid.
func TestPlan_secrets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, summary string
		bad, good     attributes
	}{
		"dds":      {"dds.password_wo", "Missing Password", with("dds", attributes{"password": nil}), with("dds", attributes{"password": nil, "password_wo": "x", "password_wo_version": "1"})},
		"rabbitmq": {"rabbitmq.password_wo", "Missing Password", with("rabbitmq", attributes{"password": nil}), with("rabbitmq", attributes{"password": acctest.Unknown})},
		"kafka":    {"kafka.user", "Incomplete Credentials", with("kafka", attributes{"user": "u"}), with("kafka", attributes{"user": "u", "password": acctest.Unknown})},
		"TLS":      {"kafka.ssl_enable", "Missing Credentials", with("kafka", attributes{"ssl_enable": true}), with("kafka", attributes{"ssl_enable": false})},
		"rocketmq": {"rocketmq.user", "Incomplete Credentials", with("rocketmq", attributes{"user": "u"}), with("rocketmq", attributes{"user": "u", "password": "p"})},
		"access":   {"rocketmq.enable_acl", "Missing Credentials", with("rocketmq", attributes{"enable_acl": true}), with("rocketmq", attributes{"enable_acl": false})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newEnv(t).Protocol(t)
			if got := p.Configure(nil); len(got) > 0 {
				t.Fatal(got)
			}
			if got := p.Validate("fgs_function_trigger", test.bad); len(got) > 0 {
				t.Errorf("of an imported trigger it would be right: %s", got)
			}
			got := p.PlanCreate("fgs_function_trigger", test.bad)
			if len(got) == 0 || got[0].Severity != "ERROR" || got[0].Path != test.path || got[0].Summary != test.summary {
				t.Errorf("got %s\nwant an error at %q: %s", got, test.path, test.summary)
			}
			if got := p.PlanCreate("fgs_function_trigger", test.good); len(got) > 0 {
				t.Errorf("the nearest one that is right: %s", got)
			}
		})
	}
}
