// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// optional are the members of GET config that may be left out when they are not set (contract 3.3).
const optional = "gpu_memory gpu_type user_data encrypted_user_data user_data_encrypt_kms_key_id " +
	"code_encrypt_kms_key_id xrole app_xrole description peering_cidr domain_names initializer_handler " +
	"initializer_timeout pre_stop_handler pre_stop_timeout restore_hook_handler restore_hook_timeout " +
	"heartbeat_handler enable_class_isolation log_group_id log_stream_id enable_lts_log lts_custom_tag " +
	"is_stateful_function enable_dynamic_memory enable_auth_in_header depend_version_list depend_list " +
	"dependencies"

// everySetting is an update that sets every optional member of a Java function, and of an image function.
func everySetting() []object {
	log := object{"group_id": "g", "stream_id": "s"}
	shared := object{
		"user_data": `{"a":"b"}`, "encrypted_user_data": `{"a":"b"}`, "user_data_encrypt_kms_key_id": "k", "xrole": "x",
		"app_xrole": "a", "description": "d", "peering_cidr": "10.0.0.0/8",
		"domain_names":        `[{"id":"1","domain_name":"a."}]`,
		"initializer_handler": "a.b", "initializer_timeout": 1, "pre_stop_handler": "a.b", "pre_stop_timeout": 1,
		"enable_lts_log": true, "log_config": log, "lts_custom_tag": object{"a": "b"}, "is_stateful_function": true,
		"enable_dynamic_memory": true,
	}
	java := object{"runtime": "Java11", "restore_hook_handler": "a.b", "restore_hook_timeout": 1,
		"heartbeat_handler": "index.b", "enable_class_isolation": true}
	image := object{"runtime": "Custom Image", "gpu_memory": 1024, "gpu_type": "nvidia-t4", "enable_auth_in_header": true,
		"custom_image": object{"enabled": true, "image": "swr.x/a:1"}}
	maps.Copy(java, shared)
	maps.Copy(image, shared)
	return []object{java, image}
}

// TestUnsetMembers compares the names in each answer at both poles: exactly the optional members are missing, and only
// while they are not set.
func TestUnsetMembers(t *testing.T) {
	t.Parallel()
	full, lean := withDemo(t), withSwitches(t, emulator.Switches{OmitUnset: true})
	got := slices.Sorted(maps.Keys(full.config().body))
	want := slices.AppendSeq(strings.Fields(optional), maps.Keys(lean.config().body))
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("GET config answers %v\nwith what may be left out: %v", got, want)
	}
	lean.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "code_encrypt_kms_key_id": "k",
		"depend_version_list": []string{emulator.PublicDependency}})
	shown := object{}
	for _, settings := range everySetting() {
		lean.update(settings)
		maps.Copy(shown, lean.config().body)
	}
	for _, name := range strings.Fields(optional) {
		if _, ok := shown[name]; !ok {
			t.Errorf("%s is missing although it is set", name)
		}
	}
}

// TestUnsetMembersInOtherAnswers: the switch holds for every call, and spares numbers that have a meaning of their own.
func TestUnsetMembersInOtherAnswers(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{Switches: emulator.Switches{OmitUnset: true}})
	answers := map[string]object{
		"create":        b.create(object{}).body,
		"update config": b.update(object{}).body,
		"max instances": b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0}).body,
		"publish":       b.publish("v1").body,
		"list versions": b.versions("")[0],
	}
	for call, body := range answers {
		for _, name := range strings.Fields("description user_data xrole func_vpc_id log_group_id version_description") {
			if value, ok := body[name]; ok {
				t.Errorf("%s answers %s: %q", call, name, value)
			}
		}
		for _, name := range []string{"code_url", "timeout", "strategy_config", "digest", "long_time"} {
			if _, ok := body[name]; !ok {
				t.Errorf("%s lacks %s", call, name)
			}
		}
	}
	row := answers["list versions"]
	if fmt.Sprint(row["status"], row["concurrency"], row["concurrent_num"]) != "1 0 1" {
		t.Errorf("a disabled function: %v", row)
	}
}

// TestUnsetObjectsWhenSet: what is set looks the same at both poles; a version's mounts are zero, not the function's.
func TestUnsetObjectsWhenSet(t *testing.T) {
	t.Parallel()
	change := mounts(object{"user_id": 5, "user_group_id": 5}, "/mnt")
	maps.Copy(change, object{"xrole": "x", "func_vpc": object{"vpc_id": "v", "subnet_id": "s"}})
	config := func(sw emulator.Switches) string {
		b := withSwitches(t, sw)
		b.update(change)
		b.publish("v1")
		if sw.ZeroObjects {
			got := b.want(200, "", "GET", demo+":v1/config", nil).body["mount_config"]
			if fmt.Sprint(got) != "map[func_mounts:[] mount_user:map[user_group_id:-1 user_id:-1]]" {
				t.Errorf("V10: mount_config of a version = %v", got)
			}
		}
		return askMembers(b, "func_vpc", "mount_config")
	}
	if first, other := config(emulator.Switches{}), config(emulator.Switches{ZeroObjects: true}); first != other {
		t.Errorf("absent: %s\nzero: %s", first, other)
	}
	both := withSwitches(t, emulator.Switches{ZeroObjects: true, OmitUnset: true})
	if got := askMembers(both, "func_vpc", "mount_config", "network_controller", "custom_image"); got != zeroObjects {
		t.Errorf("with unset-members: %s", got)
	}
}

// TestKMSReadBack: the switch is about every answer, and about nothing else in them.
func TestKMSReadBack(t *testing.T) {
	t.Parallel()
	keys := object{"user_data_encrypt_kms_key_id": "k", "code_encrypt_kms_key_id": "k"}
	names := func(sw emulator.Switches) []string {
		b := newBench(t, emulator.Options{Switches: sw})
		out := []string{}
		for call, got := range map[string]response{
			"create ": b.create(keys), "update config ": b.update(keys), "get config ": b.config(),
			"update code ": b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline"}),
		} {
			for name := range got.body {
				out = append(out, call+name)
			}
		}
		slices.Sort(out)
		return out
	}
	hidden := names(emulator.Switches{HideKMSKeys: true})
	missing := slices.DeleteFunc(names(emulator.Switches{}), func(name string) bool { return slices.Contains(hidden, name) })
	want := "create code create user_data get config code get config user_data update code code update config user_data"
	if got := strings.ReplaceAll(strings.Join(missing, " "), "_encrypt_kms_key_id", ""); got != want {
		t.Errorf("missing: %s\nwant %s", got, want)
	}
}

// TestConfigReadBack: the switch is about GET config alone.
func TestConfigReadBack(t *testing.T) {
	t.Parallel()
	b := withSwitches(t, emulator.Switches{SDKReadBack: true})
	if got := b.update(object{"domain_names": "[]"}); got.text("domain_names") != "[]" {
		t.Errorf("PUT config: %s", got.raw)
	}
}
