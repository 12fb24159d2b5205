// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestUpdateConfigRules(t *testing.T) {
	t.Parallel()
	for _, rule := range []rulePair{
		{"runtime_missing", 400, "FSS.1005", object{"runtime": absent{}}, object{}},
		{"runtime_null", 400, "FSS.1005", object{"runtime": nil}, object{}},
		{"timeout_null", 400, "FSS.1008", object{"timeout": nil}, object{}},
		{"timeout_zero", 400, "FSS.1008", object{"timeout": 0}, object{}},
		{"memory_null", 400, "FSS.1007", object{"memory_size": nil}, object{}},
		{"timeout_missing", 400, "FSS.1008", object{"timeout": absent{}}, object{}},
		{"memory_missing", 400, "FSS.1007", object{"memory_size": absent{}}, object{}},
		{"Q9_package", 400, "FSS.1004", object{"package": "shop"}, object{"package": "default"}},
		{"func_name", 400, "FSS.1002", object{"func_name": "other"}, object{"func_name": "demo"}},
		{"F5_memory", 400, "FSS.1007", object{"memory_size": 5120}, object{"memory_size": 4096}},
		{"F6_handler", 400, "FSS.1003", object{"handler": "index"}, object{"handler": "a.b"}},
		{"F17_description", 400, "FSS.1019", object{"description": strings.Repeat("d", 513)},
			object{"description": strings.Repeat("d", 512)}},
		{"F23_vpc", 400, "FSS.1020", object{"func_vpc": object{"vpc_id": "v", "subnet_id": "s"}},
			object{"func_vpc": object{"vpc_id": "v", "subnet_id": "s"}, "xrole": "a"}},
		{"F29_concurrency_high", 400, "FSS.1026", object{"strategy_config": object{"concurrency": 1001}},
			object{"strategy_config": object{"concurrency": 1000}}},
		{"F29_concurrency_low", 400, "FSS.1026", object{"strategy_config": object{"concurrency": -2}},
			object{"strategy_config": object{"concurrency": -1}}},
		{"F29_concurrent_num", 400, "FSS.1026", object{"strategy_config": object{"concurrent_num": 1001}},
			object{"strategy_config": object{"concurrent_num": 1000}}},
		{"F29_concurrent_num_low", 400, "FSS.1026", object{"strategy_config": object{"concurrent_num": -2}},
			object{"strategy_config": object{"concurrent_num": -1}}},
		{"ephemeral_storage_zero", 400, "FSS.0400", object{"ephemeral_storage": 0}, object{"ephemeral_storage": 512}},
		{"ephemeral_storage", 400, "FSS.0400", object{"ephemeral_storage": 1024}, object{"ephemeral_storage": 10240}},
		{"peering_six", 400, "FSS.0400", object{"peering_cidr": strings.Repeat("10.0.0.0/8;", 5) + "10.0.0.0/8"},
			object{"peering_cidr": strings.Repeat("10.0.0.0/8;", 4) + "10.0.0.0/8"}},
		{"peering_form", 400, "FSS.0400", object{"peering_cidr": "10.0.0.0"}, object{"peering_cidr": "10.0.0.0/32"}},
		{"domain_names", 400, "FSS.0400", object{"domain_names": "a"}, object{"domain_names": "[]"}},
		{"heartbeat_java", 400, "FSS.0400", object{"heartbeat_handler": "index.b"},
			object{"heartbeat_handler": "index.b", "runtime": "Java11"}},
		{"heartbeat_in_the_handler's_file", 400, "FSS.0400", object{"heartbeat_handler": "a.b", "runtime": "Java11"},
			object{"heartbeat_handler": "a.b", "handler": "a.run", "runtime": "Java11"}},
		{"restore_hook_java", 400, "FSS.0400", object{"restore_hook_handler": "a.b"},
			object{"restore_hook_handler": "a.b", "runtime": "Java11"}},
		{"restore_hook_timeout_java", 400, "FSS.0400", object{"restore_hook_timeout": 1},
			object{"restore_hook_timeout": 1, "runtime": "Java11"}},
		{"restore_hook_timeout_high", 400, "FSS.0400", object{"restore_hook_timeout": 301, "runtime": "Java11"},
			object{"restore_hook_timeout": 300, "runtime": "Java11"}},
		{"class_isolation_java", 400, "FSS.0400", object{"enable_class_isolation": true},
			object{"enable_class_isolation": true, "runtime": "Java11"}},
		{"log_without_config", 400, "FSS.0400", object{"enable_lts_log": true},
			object{"enable_lts_log": true, "log_config": object{"group_id": "g", "stream_id": "s"}}},
		{"log_with_empty_config", 400, "FSS.0400",
			object{"enable_lts_log": true, "log_config": object{"group_id": ""}},
			object{"enable_lts_log": true, "log_config": object{"group_id": "g"}}},
		{"log_off_with_config", 400, "FSS.0400",
			object{"enable_lts_log": false, "log_config": object{"group_id": "g"}}, object{"enable_lts_log": false}},
		{"log_off_with_empty_config", 400, "FSS.0400",
			object{"enable_lts_log": false, "log_config": object{"stream_id": "s"}},
			object{"enable_lts_log": false, "log_config": object{"stream_id": ""}}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			before := b.function()
			b.want(rule.status, rule.code, "PUT", demo+"/config", updateBody(rule.rejected))
			if after := b.function(); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Fatal("a refused update changed the function")
			}
			b.update(rule.accepted)
		})
	}
}

// TestUpdateConfigConcurrentNum: -1 and 0 behave as 1 (contract 2.4).
func TestUpdateConfigConcurrentNum(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for sent, want := range map[int]int{-1: 1, 0: 1, 2: 2} {
		b.update(object{"strategy_config": object{"concurrent_num": sent}})
		if got := b.function().ConcurrentNum; got != want {
			t.Errorf("%d is stored as %d, want %d", sent, got, want)
		}
	}
}

func TestUpdateConfigF29TypeV1(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(object{"type": "v1"})
	for _, strategy := range []object{{"concurrency": 1}, {"concurrency": -2}, {"concurrent_num": 2}} {
		b.want(400, "FSS.1026", "PUT", demo+"/config", updateBody(object{"strategy_config": strategy}))
	}
	b.update(object{"strategy_config": object{"concurrency": 0, "concurrent_num": 1}})
	b.update(object{"strategy_config": object{"concurrency": -1}})
	b.want(400, "FSS.1026", "PUT", demo+"/config-max-instance", object{"max_instance_num": 1})
	b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0})
	b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": -1})
}

// TestUpdateConfigTypeV1: members for v2 only (contract 2.3).
func TestUpdateConfigTypeV1(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(object{"type": "v1"})
	tagged := object{"enable_lts_log": true, "log_config": object{"group_id": "g"}, "lts_custom_tag": object{"a": "b"}}
	b.want(400, "FSS.0400", "PUT", demo+"/config", updateBody(object{"is_stateful_function": true}))
	b.want(400, "FSS.0400", "PUT", demo+"/config", updateBody(tagged))
	delete(tagged, "lts_custom_tag")
	b.update(tagged)
}

// TestUpdateConfigF24PairIsKept: half of a pair is enough where the other half is there.
func TestUpdateConfigF24PairIsKept(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.want(400, "FSS.1405", "PUT", demo+"/config", updateBody(object{"initializer_handler": "a.b"}))
	b.update(object{"initializer_handler": "a.b", "initializer_timeout": 9})
	if got := b.update(object{"initializer_handler": "a.c"}); got.body["initializer_timeout"] != 9.0 {
		t.Fatalf("timeout %v", got.body["initializer_timeout"])
	}
	b.want(400, "FSS.1404", "PUT", demo+"/config", updateBody(object{"initializer_handler": ""}))
	b.want(400, "FSS.1405", "PUT", demo+"/config", updateBody(object{"initializer_timeout": 0}))
}

func TestUpdateConfigSafetyStaysOn(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	vpc := func(safe bool) object {
		return object{"xrole": "a", "func_vpc": object{"vpc_id": "v", "subnet_id": "s", "is_safety": safe}}
	}
	b.update(vpc(true))
	b.want(400, "FSS.0400", "PUT", demo+"/config", updateBody(vpc(false)))
	omitted := object{"xrole": "a", "func_vpc": object{"vpc_id": "v", "subnet_id": "s"}} // a sent object replaces whole
	b.want(400, "FSS.0400", "PUT", demo+"/config", updateBody(omitted))
	b.update(vpc(true))
	b.update(object{}) // closes the access as a whole
	b.update(vpc(false))
}
