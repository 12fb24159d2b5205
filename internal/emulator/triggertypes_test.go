// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// triggerCase is what contract 3.21 says of one type.
type triggerCase struct {
	data    object // of a good request, with every member that is needed
	adds    object // what the answer has beside it; absent{} where it lacks a member of the request
	status  string // of a trigger that is created without one (O16)
	off     int    // what PUT DISABLED answers (O16b)
	missing string // the code of one that is not there
	refused map[string][]object
	taken   []object
}

func apiData(change object) object {
	return changed(object{
		"name": "orders", "type": 1.0, "path": "/orders", "protocol": "HTTPS", "req_method": "GET", "group_id": "g1",
		"match_mode": "SWA", "env_name": "RELEASE", "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "auth": "IAM",
		"func_info": object{"timeout": 5000.0, "invocation_type": "async"}, "sl_domain": "g1.example.com",
		"backend_type": "FUNCTION",
	}, change)
}

// apiAdds are the members of a gateway's answer; id is the place of the trigger's.
func apiAdds() object {
	return object{
		"triggerid": "<id>", "api_id": "<hex>", "api_name": "orders", "group_name": "APIGroup_g1", "roma_app_id": "",
		"invoke_url": "https://g1.example.com/orders", "sl_domain": absent{}, "backend_type": absent{},
		"func_info": object{"timeout": 5000.0, "invocation_type": "async", "function_urn": demoURN, "version": "latest"},
	}
}

func apiRefusals(code string) map[string][]object {
	return map[string][]object{code: append([]object{
		{"name": "a-b"}, {"type": 3.0}, {"type": "1"}, {"protocol": "FTP"}, {"req_method": "get"}, {"match_mode": "EXACT"},
		{"auth": "NO"}, {"func_info": "x"}, {"func_info": object{}}, {"func_info": object{"timeout": 0.0}},
		{"func_info": object{"timeout": 60001.0}}, {"func_info": object{"timeout": 1.5}},
		{"func_info": object{"timeout": 1.0, "invocation_type": "later"}}, {"sl_domain": strings.Repeat("s", 256)},
	}, without("name", "type", "path", "protocol", "req_method", "group_id", "match_mode", "env_name", "env_id", "auth",
		"func_info")...)}
}

// without are requests that lack one member each.
func without(names ...string) (out []object) {
	for _, name := range names {
		out = append(out, object{name: absent{}})
	}
	return out
}

var databaseRefusals = map[string][]object{"FSS.0400": append([]object{
	{"db_name": "admin"}, {"db_name": "local"}, {"db_name": "config"}, {"batch_size": 0.0}, {"batch_size": 10001.0}, {"batch_size": 1.5},
}, without("instance_id", "collection_name", "db_name", "db_password", "batch_size")...)}

func databaseData() object {
	return object{"instance_id": "i", "collection_name": "c", "db_name": "d", "db_password": "Secret-1",
		"batch_size": 10000.0}
}

func databaseAdds(mode string) object {
	return object{"db_password": "", "db_user": "rwuser", "instance_addrs": []any{"192.168.0.11:8635"}, "mode": mode}
}

var triggerCases = map[string]triggerCase{
	"TIMER": {
		data: object{"name": "nightly", "schedule_type": "Cron", "schedule": "0 0 3 * * *", "user_event": "full"},
		adds: object{"sync_execution": false}, status: "ACTIVE", off: 200, missing: "FSS.1140",
		refused: map[string][]object{"FSS.1109": append([]object{
			{"name": "1a"}, {"name": "a.b"}, {"name": strings.Repeat("a", 65)}, {"name": 7}, {"schedule_type": "cron"}, {"schedule": ""},
			{"sync_execution": "true"},
		}, without("name", "schedule_type", "schedule")...)},
		taken: []object{{"name": strings.Repeat("a", 64)}, {"name": "a_b-1"}, {"sync_execution": true},
			{"user_event": absent{}}, {"user_event": ""}},
	},
	"APIG": {
		data: apiData(nil), adds: apiAdds(), status: "ACTIVE", off: 400, missing: "FSS.1138",
		refused: apiRefusals("FSS.1107"),
		taken: []object{{"type": 2.0}, {"protocol": "HTTP"}, {"req_method": "ANY"}, {"match_mode": "NORMAL"},
			{"auth": "NONE"},
			{"func_info": object{"timeout": 60000.0}}, {"group_name": "mine"}},
	},
	"DEDICATEDGATEWAY": {
		data: apiData(object{"instance_id": "gateway"}), adds: apiAdds(), status: "ACTIVE", off: 400, missing: "FSS.1138",
		refused: map[string][]object{"FSS.1417": append(apiRefusals("FSS.1417")["FSS.1417"], without("instance_id")...)},
	},
	"APIC": {data: apiData(nil), adds: apiAdds(), status: "ACTIVE", off: 400, missing: "FSS.1138", refused: apiRefusals("FSS.1107")},
	"CTS": {
		data: object{"name": "audit_1",
			"operations": []any{"FunctionGraph:Functions;Versions:createFunction;deleteFunction"}},
		status: "ACTIVE", off: 400, missing: "FSS.1131",
		refused: map[string][]object{
			"FSS.1312": without("name"), "FSS.1317": {{"name": strings.Repeat("a", 65)}}, "FSS.1308": without("operations"),
			"FSS.1319": {{"name": "a-b"}}, "FSS.1313": {{"operations": operations(101)}},
			"FSS.1318": {{"operations": []any{"a:b"}}, {"operations": []any{"a::b"}}, {"operations": []any{"a:b:c:d"}}, {"operations": []any{}}, {"operations": "a:b:c"}},
			"FSS.1316": {{"operations": []any{"a:b:c", "a:b:c"}}},
		},
		taken: []object{{"operations": operations(100)}, {"name": strings.Repeat("a", 64)}},
	},
	"DDS":        {data: databaseData(), adds: databaseAdds("ReplicaSet"), status: "DISABLED", off: 200, missing: "FSS.1131", refused: databaseRefusals},
	"GAUSSMONGO": {data: databaseData(), adds: databaseAdds("Single"), status: "ACTIVE", off: 200, missing: "FSS.1131", refused: databaseRefusals},
	"DMS": {
		data: object{"queue_id": "q", "consumer_group_id": "c", "polling_interval": 30.0}, status: "ACTIVE", off: 200,
		missing: "FSS.1131",
		refused: map[string][]object{"FSS.0400": append([]object{{"polling_interval": 0.0}},
			without("queue_id", "consumer_group_id", "polling_interval")...)},
		taken: []object{{"instance_id": "i"}},
	},
	"DIS": {
		data: object{"stream_name": "s", "sharditerator_type": "LATEST", "polling_interval": 2.0, "polling_unit": "ms",
			"is_serial":       true,
			"max_fetch_bytes": 4194304.0, "batch_size": 10000.0},
		adds: object{"is_serial": "true"}, status: "ACTIVE", off: 200, missing: "FSS.1131",
		refused: map[string][]object{"FSS.0400": append([]object{
			{"sharditerator_type": "NEWEST"}, {"polling_interval": 1.0}, {"polling_interval": 60001.0}, {"polling_unit": "m"}, {"is_serial": "yes"},
			{"max_fetch_bytes": 4194305.0}, {"batch_size": 0.0}, {"batch_size": 10001.0},
		}, without("stream_name", "sharditerator_type", "polling_interval", "polling_unit", "is_serial")...)},
		taken: []object{{"is_serial": "false"}, {"max_fetch_bytes": 0.0},
			{"max_fetch_bytes": absent{}, "batch_size": absent{}}, {"sharditerator_type": "TRIM_HORIZON"}},
	},
	"LTS": {
		data:   object{"log_group_id": "g", "log_topic_id": "t"},
		adds:   object{"log_group_name": "group-g", "log_topic_name": "topic-t"},
		status: "ACTIVE", off: 200, missing: "FSS.1131",
		refused: map[string][]object{"FSS.0400": without("log_group_id", "log_topic_id")},
	},
	"OBS": {
		data: object{"bucket": "b", "events": []any{"ObjectCreated", "Delete"}, "prefix": "in/", "suffix": ".csv",
			"name": "uploads"},
		adds: object{"events": []any{"s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"}}, status: "ACTIVE", off: 400,
		missing: "FSS.1136",
		refused: map[string][]object{"FSS.1106": append([]object{
			{"bucket": strings.Repeat("b", 65)}, {"events": []any{}}, {"events": "Put"}, {"events": []any{"Get"}}, {"events": []any{"s3:ObjectCreated:Delete"}},
			{"events": []any{"ObjectCreated", "Put"}}, {"events": []any{"s3:ObjectCreated:*", "s3:ObjectCreated:Post"}}, // O22
			{"events": []any{"DeleteMarkerCreated", "ObjectRemoved"}}, {"prefix": strings.Repeat("p", 1025)}, {"suffix": strings.Repeat("p", 1025)},
		}, without("bucket", "events")...)},
		taken: []object{{"events": []any{"Put", "Post", "Copy", "CompleteMultipartUpload", "ObjectRemoved:*"}},
			{"prefix": "", "suffix": absent{}},
			{"events": []any{"ObjectRemoved:DeleteMarkerCreated"}}},
	},
	"SMN": {
		data: object{"topic_urn": "urn:smn:x"}, adds: object{"subscription_status": "Unconfirmed"}, status: "ACTIVE",
		off: 400, missing: "FSS.1132",
		refused: map[string][]object{"FSS.1102": append([]object{{"topic_urn": strings.Repeat("u", 256)}, {"topic_urn": ""}},
			without("topic_urn")...)},
	},
	"KAFKA": {
		data: object{"instance_id": "i", "topic_ids": []any{"orders"}, "batch_size": 1000.0, "kafka_user": "fg",
			"kafka_password": "Secret-1", "kafka_ssl_enable": true},
		adds: object{"kafka_password": ""}, status: "DISABLED", off: 200, missing: "FSS.1174",
		refused: map[string][]object{
			"FSS.1112": append([]object{{"batch_size": 1001.0}, {"topic_ids": []any{7}}, {"topic_ids": []any{""}},
				{"kafka_ssl_enable": "true"}},
				without("instance_id", "topic_ids", "batch_size")...),
			"FSS.1113": without("kafka_user", "kafka_password"),
		},
		taken: []object{{"kafka_ssl_enable": absent{}, "kafka_user": absent{}, "kafka_password": absent{}},
			{"kafka_connect_address": "10.0.0.1:9092,10.0.0.2:9092"}},
	},
	"OPENSOURCEKAFKA": {
		data:   object{"kafka_connect_address": "10.0.0.1:9092", "topic_ids": []any{"t"}, "batch_size": 1.0, "whatever": "x"},
		status: "DISABLED",
		off:    200, missing: "FSS.1131",
	},
	"RABBITMQ": {
		data: object{"instance_id": "i", "exchange_name": "e", "access_password": "Secret-1", "batch_size": 1.0,
			"access_user": "u", "ssl_enable": true},
		adds: object{"access_password": ""}, status: "ACTIVE", off: 200, missing: "FSS.1131",
		refused: map[string][]object{"FSS.0400": append([]object{{"batch_size": 1001.0}},
			without("instance_id", "exchange_name", "access_password", "batch_size")...)},
		taken: []object{{"vhost": "v", "connect_address": "10.0.0.1:5672"}},
	},
	"ROCKETMQ": {
		data: object{"instance_id": "i", "batch_size": 1.0, "enable_acl": true, "access_key": "a", "secret_key": "Secret-1",
			"topic": "t"},
		adds: object{"secret_key": ""}, status: "DISABLED", off: 200, missing: "FSS.1131",
		refused: map[string][]object{"FSS.0400": append([]object{{"batch_size": 0.0}},
			without("instance_id", "batch_size", "access_key", "secret_key")...)},
		taken: []object{{"enable_acl": false, "secret_key": absent{}}},
	},
	"EVENTGRID": {
		data: object{"channel_id": "c", "channel_name": "n", "source_name": "HC.OBS.DWR", "trigger_name": "x",
			"agency": "fgs_to_eg", "bucket": "b",
			"event_types": []any{"OBS:DWR:ObjectCreated:PUT"}, "Key_encode": true, "status": "ACTIVE"},
		adds: object{"trigger_name": absent{}, "agency": absent{}, "bucket": absent{}, "Key_encode": absent{},
			"created_time": "2026-01-02T11:04:05+08:00"},
		// Q35
		status: "ACTIVE", off: 200, missing: "FSS.1131",
		refused: map[string][]object{"FSS.0400": {{"status": "DISABLED"}, {"Key_encode": "true"}}},
	},
}

func operations(n int) (out []any) {
	for i := range n {
		out = append(out, fmt.Sprint("service:resource:op", i))
	}
	return out
}

// withNeighbours is a function in a network and with an agency, which some types need (O20, O21).
func withNeighbours(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, emulator.Options{Now: newClock().Now})
	b.create(object{"xrole": "agency", "func_vpc": object{"vpc_id": "v", "subnet_id": "s"}})
	return b
}

func triggerBody(code string, data object) object {
	return object{"trigger_type_code": code, "event_data": data}
}

// TestTriggerTypes: each type as contract 3.21.4 has it, from its creation to its deletion.
func TestTriggerTypes(t *testing.T) {
	t.Parallel()
	for code, want := range triggerCases {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			b := withNeighbours(t)
			made := b.want(201, "", "POST", triggers+demoURN, triggerBody(code, want.data))
			id := made.text("trigger_id")
			expected := changed(maps.Clone(want.data), want.adds)
			for name, value := range expected {
				switch value {
				case "<id>":
					expected[name] = id
				case "<hex>":
					expected[name] = made.body["event_data"].(object)[name]
				}
			}
			if got := made.body["event_data"]; fmt.Sprint(got) != fmt.Sprint(expected) {
				t.Errorf("event_data: got\n%v, want\n%v", got, expected)
			}
			if made.text("trigger_status") != want.status || made.text("trigger_type_code") != code ||
				made.text("last_updated_time") != "2026-01-02T11:04:05+08:00" ||
				(made.text("created_time") == "") != (code == "SMN") {
				t.Errorf("made: %s", made.raw)
			}
			path := triggers + demoURN + "/" + code + "/" + id
			if got := b.want(200, "", "GET", path, nil); string(got.raw) != string(made.raw) {
				t.Errorf("read: %s, made: %s", got.raw, made.raw)
			}
			off := b.do("PUT", path, object{"trigger_status": "DISABLED"})
			if off.status != want.off || want.off == 200 && off.text("trigger_status") != "DISABLED" ||
				want.off == 400 && off.code != "FSS.0400" {
				t.Errorf("off: %d %s", off.status, off.raw)
			}
			b.want(want.off+map[bool]int{true: 1}[want.off == 200], off.code, "POST", triggers+demoURN,
				changed(triggerBody(code, distinct(want.data)), object{"trigger_status": "DISABLED"}))
			b.want(200, "", "PUT", path, object{"trigger_status": "ACTIVE"})
			b.want(204, "", "DELETE", path, nil)
			b.want(404, want.missing, "GET", path, nil)
			b.want(404, want.missing, "DELETE", path, nil) // Q38
			b.want(404, want.missing, "PUT", path, object{"trigger_status": "ACTIVE"})
		})
	}
}

// distinct is another trigger of a type, that is in nobody's way.
func distinct(data object) object {
	for _, name := range []string{"name", "topic_urn", "bucket", "instance_id", "path"} {
		if text, ok := data[name].(string); ok {
			data = changed(maps.Clone(data), object{name: text + "2"})
		}
	}
	return data
}

// TestTriggerTypes_members: what is refused, with which code, and what is taken.
func TestTriggerTypes_members(t *testing.T) {
	t.Parallel()
	for code, want := range triggerCases {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			b := withNeighbours(t)
			for refusal, changes := range want.refused {
				status := map[string]int{"FSS.1319": 502}[refusal]
				for _, change := range changes {
					got := b.do("POST", triggers+demoURN, triggerBody(code, changed(maps.Clone(want.data), change)))
					if got.code != refusal || got.status != max(status, 400) {
						t.Errorf("%v: %d %s, want %s", change, got.status, got.raw, refusal)
					}
				}
			}
			if left := b.function().Triggers; len(left) != 0 {
				t.Fatalf("a refused trigger is there: %+v", left)
			}
			for _, change := range append(want.taken, object{}) {
				made := b.want(201, "", "POST", triggers+demoURN, triggerBody(code, changed(maps.Clone(want.data), change)))
				b.want(204, "", "DELETE", triggers+demoURN+"/"+code+"/"+made.text("trigger_id"), nil)
			}
		})
	}
}

// TestTriggerTypes_unknown: a type that no document has, and one that is in paths only.
func TestTriggerTypes_unknown(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for _, body := range []object{triggerBody("IOTDA", object{}), triggerBody("timer", object{}),
		triggerBody("", object{})} {
		b.want(400, "FSS.1101", "POST", triggers+demoURN, body)
	}
	b.want(400, "FSS.0400", "POST", triggers+demoURN, object{"trigger_type_code": "EVENTGRID"})
	b.want(400, "FSS.0400", "POST", triggers+demoURN, triggerBody("EVENTGRID", nil))
	b.want(400, "FSS.0400", "POST", triggers+demoURN, object{"trigger_type_code": "EVENTGRID", "event_data": []any{}})
	b.want(400, "FSS.0400", "POST", triggers+demoURN,
		changed(triggerBody("EVENTGRID", object{}), object{"trigger_status": "ON"}))
	for _, method := range []string{"GET", "DELETE"} {
		b.want(404, "FSS.0404", method, triggers+demoURN+"/IOTDA/x", nil)
	}
	b.want(404, "FSS.0404", "PUT", triggers+demoURN+"/IOTDA/x", object{"trigger_status": "ACTIVE"})
}

func TestTimerSchedules(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for kind, texts := range map[string]map[bool]string{
		"Rate": {true: "1m|60m|1h|24h|1d|30d", false: "0m|61m|25h|31d|m|3s|03m|3 m|-3m|3m |1.5h"},
		"Cron": {
			true: "0 0 3 * * *|0 0 3 * *|0/5 * * ? * ?|59 59 23 31 12 6|0 0 0 1 Jan Sun|0 0 0 1 DEC mon-FRI|1,2,5-9/2 * * * * " +
				"*|@every 1h30m|@every 1.5h|@every 10ms|CRON_TZ=Europe/Berlin 0 0 12 * * *|CRON_TZ=UTC 0 0 12 * *",
			false: "0 0 3 *|0 0 3 * * * *|60 0 0 * * *|0 60 0 * * *|0 0 24 * * *|0 0 0 0 * *|0 0 0 32 * *|0 0 0 * 0 *|0 0 0 * " +
				"13 *|0 0 0 * * 7|? 0 0 * * *|0 0 0 L * *|0 0 0 * * 2#1|0 0 0 15W * *|0 0 0 5-2 * *|*/0 * * * * *|0 0 0 * Janu " +
				"*|@every 0s|@every -1h|@every 1|@daily|CRON_TZ=Europe/Berlin @every 1h|CRON_TZ= 0 0 12 * * *|,0 * * * * *|3m| " +
				"|+1 * * * * *",
		},
	} {
		for good, list := range texts {
			for _, text := range strings.Split(list, "|") {
				got := b.do("POST", triggers+demoURN,
					triggerBody("TIMER", object{"name": "t", "schedule_type": kind, "schedule": text}))
				if want := map[bool]string{true: "201", false: "400 FSS.1109"}[good]; code(got) != want {
					t.Errorf("%s %q: %s", kind, text, got.raw)
				}
				if got.status == 201 {
					b.want(204, "", "DELETE", triggers+demoURN+"/TIMER/"+got.text("trigger_id"), nil)
				}
			}
		}
	}
}
