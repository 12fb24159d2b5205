// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// triggerRow is a member of a trigger's object that a random life changes.
type triggerRow struct {
	name   string
	wire   string // in event_data; an inner one behind a dot, "" for none
	values []any  // nil leaves it out
	sent   func(any) any
}

func row(name, wire string, values ...any) triggerRow { return triggerRow{name, wire, values, nil} }

// triggerRows are the objects with their members, of which any values go together.
func triggerRows() map[string][]triggerRow {
	visibility := row("type", "type", nil, "private")
	visibility.sent = func(v any) any { return map[any]any{nil: 1, "private": 2}[v] }
	serial := row("serial", "is_serial", nil, true)
	serial.sent = func(v any) any { return fmt.Sprint(v == true) }
	or := func(otherwise any, r triggerRow) triggerRow {
		r.sent = func(v any) any {
			if v == nil {
				return otherwise
			}
			return v
		}
		return r
	}
	secret := func(wire string) triggerRow { return row("password", wire, "canary-1", "canary-2") }
	return map[string][]triggerRow{
		"timer": {
			row("name", "name", "nightly", "n-2"), row("rate", "schedule", "3m", "24h"),
			row("user_event", "user_event", nil, "x", "ü\n"), row("sync_execution", "sync_execution", nil, true),
		},
		"apig": {
			row("name", "name", "orders", "shop"), row("group_id", "group_id", "g-1", "g-2"), row("path", "path", "/", "/a"),
			row("auth", "auth", "IAM", "NONE"), row("instance_id", "instance_id", nil, "gw-1"),
			or("ANY", row("method", "req_method", nil, "GET")), visibility,
			or(5000, row("timeout_ms", "func_info.timeout", nil, 1, 60000)),
		},
		"obs": {
			row("bucket", "bucket", "uploads", "others"), row("prefix", "prefix", nil, "in/"),
			row("suffix", "suffix", nil, ".jpg"),
			row("events", "events", []string{"s3:ObjectCreated:*"}, []string{"s3:ObjectCreated:Put", "s3:ObjectRemoved:*"}),
		},
		"smn": {row("topic_urn", "topic_urn", "urn:smn:a:b:one", "urn:smn:a:b:two")},
		"lts": {row("log_group_id", "log_group_id", "g-1", "g-2"), row("log_stream_id", "log_topic_id", "s-1", "s-2")},
		"cts": {
			row("name", "name", "watch", "look"),
			row("operations", "operations", []string{"ECS:server;disk:create"}, []string{"ECS:server:create", "VPC:vpc:delete"}),
		},
		"dis": {
			row("stream_name", "stream_name", "one", "two"),
			row("starting_position", "sharditerator_type", "LATEST", "TRIM_HORIZON"),
			row("polling_interval", "polling_interval", 2, 60), or("s", row("polling_unit", "polling_unit", nil, "ms")), serial,
			row("max_fetch_bytes", "max_fetch_bytes", nil, 1, 4194304), row("batch_size", "batch_size", nil, 10000),
		},
		"dds": {
			row("instance_id", "instance_id", "i-1", "i-2"), row("db_name", "db_name", "shop", "stock"),
			row("collection_name", "collection_name", "orders", "late"), row("batch_size", "batch_size", 1, 10000),
			secret("db_password"),
		},
		"kafka": {
			row("instance_id", "instance_id", "k-1", "k-2"), row("topic_ids", "topic_ids", []string{"a"}, []string{"a", "b"}),
			row("batch_size", "batch_size", 1, 1000), row("user", "kafka_user", "fg", "fg-2"), secret("kafka_password"),
			row("ssl_enable", "kafka_ssl_enable", nil, true),
		},
		"rabbitmq": {
			row("instance_id", "instance_id", "r-1", "r-2"), row("exchange_name", "exchange_name", "e-1", "e-2"),
			row("batch_size", "batch_size", 1, 1000), row("vhost", "vhost", nil, "/v"), secret("access_password"),
		},
		"rocketmq": {
			row("instance_id", "instance_id", "r-1", "r-2"), row("batch_size", "batch_size", 1, 1000),
			row("enable_acl", "enable_acl", nil, true), row("user", "access_key", "ak-1", "ak-2"), secret("secret_key"),
		},
		"eventgrid": {
			row("channel_id", "channel_id", nil, "c-1", "c-2"), row("source_name", "source_name", "HC.OBS.DWR", "HC.SMN"),
			row("bucket", "bucket", nil, "b-1"),
			row("event_types", "event_types", nil, []string{"OBS:DWR:ObjectCreated:PUT"}),
		},
		"other": {row("data", "", `{"batch_size":1,"topic_ids":["a"]}`, `{ "topic_ids": ["b"], "batch_size": 2 }`)},
	}
}

// switchless are always on.
var switchless = []string{"apig", "obs", "smn", "cts", "eventgrid"}

// triggerLife is one trigger of a random configuration.
type triggerLife struct {
	*rand.Rand
	*core
	api *emulator.Server
}

// TestRandomTriggers takes random triggers of each type through their lives at a service that reads each open question
// as it likes: create, change, what somebody else does, import, destroy. After each step the service holds exactly what
// is configured, one trigger and what is nobody's of this; the next plan is empty, and no secret that somebody else
// wrote, or stars in its place, is in the state.
func TestRandomTriggers(t *testing.T) {
	t.Parallel()
	kinds := slices.Sorted(maps.Keys(triggerRows()))
	for n := range *randomLives / 10 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				dice := rand.New(rand.NewPCG(*randomSeed, uint64(2_000_000+n))) // repeatable on purpose
				l := &triggerLife{Rand: dice, api: newAPI(anyReading(dice))}
				l.stage(t)
				l.core = newCore(t, newServer(t, &wire{api: l.api}), triggerType)
				l.run(t.Context(), kinds[n%len(kinds)], kinds[dice.IntN(len(kinds))])
			})
		})
	}
}

// stage is a function that every type may call, with a version, an alias, and a trigger that nobody here knows of.
func (l *triggerLife) stage(t *testing.T) {
	t.Helper()
	l.api.Put(emulator.Function{Name: "orders", Settings: emulator.Settings{
		XRole: "reader", FuncVPC: &emulator.FuncVPC{VPCID: "vpc-1", SubnetID: "subnet-1"},
	}})
	for _, err := range []error{
		l.api.Publish("default", "orders", "v1", ""), l.api.PutAlias("default", "orders", "live", "v1", nil),
		l.api.PutTrigger("default", "orders", emulator.Trigger{ID: "theirs", Type: "LTS", Qualifier: "v1",
			EventData: map[string]any{"log_group_id": "theirs", "log_topic_id": "theirs"}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (l *triggerLife) run(ctx context.Context, kind, other string) {
	config := l.config(kind)
	l.brings(ctx, "the creation", config)
	for range 2 {
		config = l.changed(config, kind)
		l.brings(ctx, "a change", config)
	}
	l.brings(ctx, "what somebody else did: "+l.meddle(kind), config)
	if other != kind {
		kind = other
		config = l.config(kind)
		l.brings(ctx, "another type", config)
	}
	again := newCore(l.t, newServer(l.t, &wire{api: l.api}), triggerType)
	if d := again.importID(ctx, l.text("id")); d.failed() {
		l.t.Fatal(d)
	}
	before := l.text("id")
	l.core = again
	l.brings(ctx, "the import", config)
	if l.text("id") != before {
		l.t.Errorf("after the import there is another trigger: %s in the place of %s", l.text("id"), before)
	}
	if d := l.destroy(ctx); d.failed() {
		l.t.Error(d)
	}
	if f, _ := l.api.Function("default", "orders"); len(f.Triggers) != 1 || f.Triggers[0].ID != "theirs" {
		l.t.Errorf("after the deletion there are %v", f.Triggers)
	}
}

// config is a random trigger of a type.
func (l *triggerLife) config(kind string) values {
	object := values{}
	for _, r := range triggerRows()[kind] {
		if v := r.values[l.IntN(len(r.values))]; v != nil {
			object[r.name] = v
		}
	}
	if kind == "other" {
		object["type"] = "OPENSOURCEKAFKA"
	}
	out := values{"function_urn": l.urn(), kind: object}
	if !slices.Contains(switchless, kind) && l.IntN(2) == 0 {
		out["enabled"] = l.IntN(2) == 0
	}
	return out
}

func (l *triggerLife) urn() string {
	return functionURN + []string{"", ":latest", ":v1", ":!live"}[l.IntN(4)]
}

// changed is the configuration with one change.
func (l *triggerLife) changed(config values, kind string) values {
	rows := triggerRows()[kind]
	for {
		out, object := maps.Clone(config), maps.Clone(config[kind].(values))
		out[kind] = object
		switch at := l.IntN(len(rows) + 2); {
		case at == len(rows):
			out["function_urn"] = l.urn()
		case at > len(rows):
			if !slices.Contains(switchless, kind) {
				out["enabled"] = config["enabled"] == false
			}
		default:
			r := rows[at]
			delete(object, r.name)
			if v := r.values[l.IntN(len(r.values))]; v != nil {
				object[r.name] = v
			}
		}
		if !same(out, config) {
			return out
		}
	}
}

// brings applies the configuration and demands what the service holds then, and that the next plans are empty.
func (l *triggerLife) brings(ctx context.Context, step string, config values) {
	l.t.Helper()
	if d := l.apply(ctx, config); d.failed() {
		l.t.Fatalf("%s, to %v: %s", step, config, d)
	}
	if err := l.holds(config); err != nil {
		l.t.Errorf("%s, to %v: %v", step, config, err)
	}
	if err := l.emptyPlan(ctx, config); err != nil {
		l.t.Errorf("%s, without a refresh: %v", step, err)
	}
	if err := l.empty(ctx, config); err != nil {
		l.t.Errorf("%s, after a refresh: %v", step, err)
	}
	if state := l.state.String(); strings.Contains(state, "theirs") || strings.Contains(state, "***") {
		l.t.Errorf("%s: the state has what is not its own: %s", step, state)
	}
	if l.t.Failed() {
		l.t.FailNow()
	}
}

// holds compares what the service holds with a configuration. A secret that somebody else wrote stays: nobody can see
// it.
func (l *triggerLife) holds(config values) error {
	f, _ := l.api.Function("default", "orders")
	if len(f.Triggers) != 2 {
		return fmt.Errorf("the service has %d triggers", len(f.Triggers)-1)
	}
	i := slices.IndexFunc(f.Triggers, func(x emulator.Trigger) bool { return x.ID != "theirs" })
	got := f.Triggers[i]
	kind, status := "", "ACTIVE"
	for name := range triggerRows() {
		if config[name] != nil {
			kind = name
		}
	}
	if config["enabled"] == false {
		status = "DISABLED"
	}
	qualifier := strings.TrimPrefix(strings.TrimPrefix(config["function_urn"].(string), functionURN), ":")
	pairs := [][3]any{
		{"status", status, got.Status},
		{"qualifier", strings.TrimPrefix(qualifier, "latest"), strings.TrimPrefix(got.Qualifier, "latest")},
		{"id", l.text("trigger_id"), got.ID}, {"type", l.text("type"), got.Type},
	}
	for _, r := range triggerRows()[kind] {
		v := config[kind].(values)[r.name]
		if r.sent != nil {
			v = r.sent(v)
		}
		// What is changed in place and written no more stays with a service whose PUT merges.
		forgotten := r.name == "max_fetch_bytes" && v == nil
		if kind == "other" || forgotten || r.name == "password" && fmt.Sprint(got.EventData[r.wire]) == "theirs" {
			continue
		}
		pairs = append(pairs, [3]any{r.name, orNothing(v), orNothing(within(got.EventData, r.wire))})
	}
	return differences(pairs...)
}

// within finds a member that may be an inner one.
func within(data map[string]any, wire string) any {
	outer, inner, nested := strings.Cut(wire, ".")
	if !nested {
		return data[wire]
	}
	object, _ := data[outer].(map[string]any)
	return object[inner]
}

// meddle does something behind Terraform's back, and says what.
func (l *triggerLife) meddle(kind string) (did string) {
	if err := l.api.Edit("default", "orders", func(f *emulator.Function) {
		i := slices.IndexFunc(f.Triggers, func(x emulator.Trigger) bool { return x.ID != "theirs" })
		x := &f.Triggers[i]
		rows := slices.DeleteFunc(triggerRows()[kind], func(r triggerRow) bool {
			text, isText := x.EventData[r.wire].(string)
			return !isText || text == "" || r.name == "bucket" // which the service need not tell, or refuses twice
		})
		switch l.IntN(4) {
		case 0:
			did = "deleted"
			f.Triggers = slices.Delete(f.Triggers, i, i+1)
		case 1:
			if did = "turned"; !slices.Contains(switchless, kind) {
				x.Status = map[string]string{"ACTIVE": "DISABLED", "DISABLED": "ACTIVE"}[x.Status]
			}
		case 2:
			if did = "changed"; len(rows) > 0 {
				r := rows[l.IntN(len(rows))]
				did += " " + r.name
				theirs := map[any]string{"true": "false", "false": "true"}[x.EventData[r.wire]] // of a switch
				x.EventData[r.wire] = cmp.Or(theirs, "theirs")
			}
		default:
			did = "added a member"
			x.EventData["tomorrow"] = "theirs"
		}
	}); err != nil {
		l.t.Fatal(err)
	}
	return did
}
