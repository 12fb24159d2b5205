// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// mergeRow is one member of contract 4.3: a value to start with, what an update without it leaves in either mode,
// what null leaves, and a value that clears. A text that begins with 400 is the refusal of the update.
type mergeRow struct {
	member   string
	start    any
	replace  any // what omission leaves in the mode replace
	merge    any // what omission leaves in the mode merge
	null     any // what null leaves in the mode merge where it counts as omitted; where it clears, it leaves cleared
	clearing any // the value that clears, nil: there is none
	cleared  any
	nulled   any    // what null leaves where it clears, if that is not what is cleared
	with     object // further members that the start value needs, sent with every update
}

// mergeRows has a row for each setting.
var mergeRows = []mergeRow{
	{member: "runtime", start: "Java11", replace: "400 FSS.1005", merge: "400 FSS.1005", null: "400 FSS.1005",
		clearing: "", cleared: "400 FSS.1005"},
	{member: "timeout", start: 30, replace: "400 FSS.1008", merge: "400 FSS.1008", null: "400 FSS.1008",
		clearing: 0, cleared: "400 FSS.1008"},
	{member: "handler", start: "a.b", replace: "a.b", merge: "a.b", null: "a.b", clearing: "", cleared: "a.b"},
	{member: "memory_size", start: 256, replace: "400 FSS.1007", merge: "400 FSS.1007", null: "400 FSS.1007",
		clearing: 0, cleared: "400 FSS.1007"},
	{member: "gpu_memory", start: 1024, replace: 0, merge: 0, null: 0, clearing: 0, cleared: 0,
		with: object{"runtime": "Custom"}},
	{member: "gpu_type", start: "nvidia-t4", replace: "", merge: "", null: "", clearing: "", cleared: "",
		with: object{"runtime": "Custom"}},
	{member: "enable_dynamic_memory", start: true,
		replace: false, merge: false, null: false, clearing: false, cleared: false},
	{member: "is_stateful_function", start: true,
		replace: false, merge: false, null: false, clearing: false, cleared: false},
	{member: "xrole", start: "agency", replace: "", merge: "", null: "", clearing: "", cleared: ""},
	{member: "func_vpc", start: object{"vpc_id": "v", "subnet_id": "s"}, replace: nil, merge: nil, null: nil,
		clearing: object{}, cleared: nil, with: object{"xrole": "agency"}},
	{member: "description", start: "d", replace: "", merge: "d", null: "d", clearing: "", cleared: ""},
	{member: "peering_cidr", start: "10.0.0.0/8", replace: "", merge: "10.0.0.0/8", null: "10.0.0.0/8", clearing: "",
		cleared: ""},
	{member: "initializer_handler", start: "a.b", replace: "a.b", merge: "a.b", null: "400 FSS.1404",
		clearing: "", cleared: "400 FSS.1404", with: object{"initializer_timeout": 9}},
	{member: "initializer_timeout", start: 9, replace: 9, merge: 9, null: "400 FSS.1405", clearing: 0,
		cleared: "400 FSS.1405", with: object{"initializer_handler": "a.b"}},
	{member: "pre_stop_handler", start: "a.b", replace: "", merge: "a.b", null: "a.b", clearing: "", cleared: ""},
	{member: "pre_stop_timeout", start: 5, replace: 0, merge: 5, null: 5, clearing: 0, cleared: 0},
	{member: "user_data", start: `{"a":"b"}`,
		replace: "", merge: `{"a":"b"}`, null: `{"a":"b"}`, clearing: "", cleared: ""},
	{member: "encrypted_user_data", start: `{"a":"b"}`, replace: "", merge: `{"a":""}`, null: `{"a":""}`, clearing: "",
		cleared: ""},
	{member: "app_xrole", start: "agency", replace: "", merge: "agency", null: "agency", clearing: "", cleared: ""},
	{member: "extend_config", start: "e", replace: "", merge: "e", null: "e", clearing: "", cleared: ""},
	{member: "domain_names", start: `[{"id":"1","domain_name":"a."}]`,
		replace: "", merge: `[{"id":"1","domain_name":"a."}]`,
		null: `[{"id":"1","domain_name":"a."}]`, clearing: "", cleared: ""},
	{member: "user_data_encrypt_kms_key_id", start: "k", replace: "", merge: "k", null: "k", clearing: "", cleared: ""},
	{member: "heartbeat_handler", start: "index.b", replace: "", merge: "index.b", null: "index.b", clearing: "",
		cleared: "", with: object{"runtime": "Java11"}},
	{member: "restore_hook_handler", start: "a.b", replace: "", merge: "a.b", null: "a.b", clearing: "", cleared: "",
		with: object{"runtime": "Java11"}},
	{member: "restore_hook_timeout", start: 7, replace: 0, merge: 7, null: 7, clearing: 0, cleared: 0,
		with: object{"runtime": "Java11"}},
	{member: "enable_class_isolation", start: true, replace: false, merge: true, null: true, clearing: false,
		cleared: false, with: object{"runtime": "Java11"}},
	{member: "enable_auth_in_header", start: true, replace: false, merge: true, null: true, clearing: false,
		cleared: false, with: object{"runtime": "Custom Image", "custom_image": anImage}},
	{member: "network_controller", start: object{"disable_public_network": true, "trigger_access_vpcs": []object{}},
		replace: nil, merge: object{"disable_public_network": true, "trigger_access_vpcs": []object{}}, null: nil,
		clearing: object{}, cleared: nil},
	{member: "mount_config", start: mounted, replace: nil, merge: mounted, null: nil, clearing: object{}, cleared: nil},
	{member: "custom_image", start: anImage, replace: nil, merge: anImage, null: nil, clearing: object{}, cleared: nil,
		with: object{"runtime": "http"}},
	{member: "strategy_config", start: object{"concurrency": 7, "concurrent_num": 3},
		replace: object{"concurrency": 7, "concurrent_num": 3}, merge: object{"concurrency": 7, "concurrent_num": 3},
		null: object{"concurrency": 7, "concurrent_num": 3}, clearing: object{"concurrency": 0},
		cleared: object{"concurrency": 0, "concurrent_num": 3}, nulled: object{"concurrency": 400, "concurrent_num": 1}},
	{member: "ephemeral_storage", start: 10240, replace: 512, merge: 10240, null: 10240, clearing: 512, cleared: 512},
	{member: "enterprise_project_id", start: "e1", replace: "0", merge: "e1", null: "e1", clearing: "0", cleared: "0"},
	{member: "enable_lts_log", start: true, replace: true, merge: true, null: true, clearing: false, cleared: false,
		with: object{"log_config": object{"group_id": "g", "stream_id": "s"}}},
	{member: "log_config", start: object{"group_id": "g", "stream_id": "s"}, replace: "400 FSS.0400",
		merge: "400 FSS.0400", null: "400 FSS.0400", clearing: object{}, cleared: "400 FSS.0400",
		with: object{"enable_lts_log": true}},
	{member: "lts_custom_tag", start: object{"a": "b"}, replace: object{"a": "b"}, merge: object{"a": "b"},
		null: object{"a": "b"}, clearing: object{}, cleared: object{},
		with: object{"enable_lts_log": true, "log_config": object{"group_id": "g", "stream_id": "s"}}},
}

var (
	anImage = object{"enabled": true, "image": "swr.x/a:1"}
	mounted = object{"mount_user": object{"user_id": 5, "user_group_id": 6}, "func_mounts": []object{
		{"mount_type": "sfs", "mount_resource": "r", "mount_share_path": "", "local_mount_path": "/mnt"},
	}}
)

// jsonEqual compares as JSON; an object must have the wanted members at least.
func jsonEqual(t *testing.T, got, want any) bool {
	t.Helper()
	if wanted, ok := want.(object); ok {
		found, isObject := got.(object)
		if !isObject || len(wanted) == 0 && len(found) > 0 {
			return false
		}
		for name := range wanted {
			if !jsonEqual(t, found[name], wanted[name]) {
				return false
			}
		}
		return true
	}
	g, errG := json.Marshal(got)
	w, errW := json.Marshal(want)
	if errG != nil || errW != nil {
		t.Fatal(errG, errW)
	}
	return string(g) == string(w)
}

// started is a service whose function has the row's value.
func (row mergeRow) started(t *testing.T, sw emulator.Switches) *bench {
	t.Helper()
	b := newBench(t, emulator.Options{Switches: sw})
	first := object{}
	for _, name := range []string{"runtime", "custom_image"} {
		if value, ok := row.with[name]; ok {
			first[name] = value
		}
	}
	b.create(first)
	start := object{row.member: row.start}
	maps.Copy(start, row.with)
	b.update(start)
	if got := b.shown(row.member); !jsonEqual(t, got, blankStart(row)) {
		t.Fatalf("start: %v, want %v", got, row.start)
	}
	return b
}

// updatedTo starts a function with the row's value, sends one more update and returns the member's value.
func (row mergeRow) updatedTo(t *testing.T, sw emulator.Switches, value any) any {
	t.Helper()
	b := row.started(t, sw)
	update := object{}
	maps.Copy(update, row.with)
	if row.member == "enable_lts_log" && value != true {
		delete(update, "log_config")
	}
	update[row.member] = value
	if got := b.do("PUT", demo+"/config", updateBody(update)); got.status != 200 {
		return fmt.Sprint(got.status, " ", got.code)
	}
	return b.shown(row.member)
}

// shown is what the service shows of a setting: GET config, or the call that has it instead.
func (b *bench) shown(member string) any {
	b.t.Helper()
	switch member {
	case "extend_config": // contract 5
		list := b.want(200, "", "GET", functions, nil)
		rows, _ := list.body["functions"].([]any)
		row, _ := rows[0].(object)
		return row[member]
	case "log_config": // contract 3.20
		return b.want(200, "", "GET", demo+"/lts-log-detail", nil).body
	}
	return b.config().body[member]
}

// blankStart is the start value as it is read back.
func blankStart(row mergeRow) any {
	if row.member == "encrypted_user_data" {
		return `{"a":""}`
	}
	return row.start
}

// TestEverySetting: each setting has its row of contract 4.3 here, and does what that says.
func TestEverySetting(t *testing.T) {
	t.Parallel()
	for _, name := range emulator.SettingNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(mergeRows, func(row mergeRow) bool { return row.member == name })
			if i < 0 {
				t.Fatalf("mergeRows has no row for the setting %s", name)
			}
			mergeRows[i].holds(t)
		})
	}
}

func (row mergeRow) holds(t *testing.T) {
	t.Helper()
	// With ShowUnset, what is cleared is told from what is not there.
	replace, merge := emulator.Switches{ShowUnset: true}, emulator.Switches{ShowUnset: true, MergeConfig: true}
	replaceOmitted, mergeOmitted := replace, merge
	replaceOmitted.NullOmitted, mergeOmitted.NullOmitted = true, true
	nulled, omitted := row.cleared, row.replace
	if row.nulled != nil {
		nulled = row.nulled
	}
	if !jsonEqual(t, row.null, row.merge) { // null always means something
		omitted = row.null
	}
	for _, test := range []struct {
		name  string
		sw    emulator.Switches
		value any
		want  any
	}{
		{"omitted_replace", replace, absent{}, row.replace},
		{"omitted_merge", merge, absent{}, row.merge},
		{"null_merge", merge, nil, nulled},
		{"null_replace", replace, nil, nulled},
		{"null_omitted_merge", mergeOmitted, nil, row.null},
		{"null_omitted_replace", replaceOmitted, nil, omitted},
		{"zero_merge", merge, row.clearing, row.cleared},
		{"zero_replace", replace, row.clearing, row.cleared},
	} {
		if got := row.updatedTo(t, test.sw, test.value); !jsonEqual(t, got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
