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

// TestUnsetMembers compares the names in GET config at both poles: exactly the empty members are missing (F37).
func TestUnsetMembers(t *testing.T) {
	t.Parallel()
	full, lean := withSwitches(t, emulator.Switches{ShowUnset: true}), withDemo(t)
	want, empty := []string{}, []any{"", 0.0, false}
	for name, value := range full.config().body {
		list, isList := value.([]any)
		fields, isObject := value.(object)
		unset := isList && len(list) == 0 || isObject && len(fields) == 0 ||
			!isList && !isObject && slices.Contains(empty, value)
		if !unset {
			want = append(want, name)
		}
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(lean.config().body)); !slices.Equal(got, want) {
		t.Errorf("GET config answers %v\nwant %v", got, want)
	}
}

// TestSetMembers: what is set is there, at the pole where what is not set is absent.
func TestSetMembers(t *testing.T) {
	t.Parallel()
	for _, row := range mergeRows {
		row.started(t, emulator.Switches{})
	}
	b := withDemo(t)
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "code_encrypt_kms_key_id": "k",
		"depend_version_list": []string{emulator.PublicDependency}})
	b.update(object{"enable_lts_log": true, "log_config": object{"group_id": "g", "stream_id": "s"}})
	for _, name := range []string{
		"code_encrypt_kms_key_id", "depend_version_list", "depend_list", "dependencies", "log_group_id", "log_stream_id",
	} {
		if _, ok := b.config().body[name]; !ok {
			t.Errorf("%s is missing although it is set", name)
		}
	}
}

// TestUnsetMembersInOtherAnswers: the switch holds for every call, but for status and what is inside an object (F37).
func TestUnsetMembersInOtherAnswers(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	answers := map[string]object{
		"create":        b.create(object{}).body,
		"update config": b.update(object{}).body,
		"max instances": b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0}).body,
		"publish":       b.publish("v1").body,
		"list versions": b.versions("")[0],
	}
	for call, body := range answers {
		for _, name := range strings.Fields("description user_data xrole func_vpc_id log_group_id code_url long_time") {
			if value, ok := body[name]; ok {
				t.Errorf("%s answers %s: %q", call, name, value)
			}
		}
		for _, name := range []string{"code_filename", "timeout", "strategy_config", "digest"} {
			if _, ok := body[name]; !ok {
				t.Errorf("%s lacks %s", call, name)
			}
		}
	}
	row := answers["list versions"]
	if got := fmt.Sprint(row["status"], row["strategy_config"]); got != "1 map[concurrency:0 concurrent_num:1]" {
		t.Errorf("a disabled function: %s", got)
	}
	enabled := withDemo(t)
	if got := enabled.versions("")[0]["status"]; got != 0.0 {
		t.Errorf("status of an enabled function: %v", got)
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
	both := withSwitches(t, emulator.Switches{ZeroObjects: true, ShowUnset: true})
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
	missing := slices.DeleteFunc(names(emulator.Switches{}),
		func(name string) bool { return slices.Contains(hidden, name) })
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
