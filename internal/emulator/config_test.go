// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// mergeRow is one member of contract 4.3: a value to start with, what an update without it leaves in either mode,
// what null leaves, and a value that clears.
type mergeRow struct {
	member   string
	start    any
	replace  any // what omission leaves in the mode replace
	merge    any // what omission leaves in the mode merge
	null     any // what null leaves in the mode merge, null-members omitted
	clearing any // the value that clears, nil: there is none
	cleared  any
	with     object // further members that the start value needs, sent with every update
}

var mergeRows = []mergeRow{
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
	{member: "pre_stop_handler", start: "a.b", replace: "", merge: "a.b", null: "a.b", clearing: "", cleared: ""},
	{member: "pre_stop_timeout", start: 5, replace: 0, merge: 5, null: 5, clearing: 0, cleared: 0},
	{member: "user_data", start: `{"a":"b"}`,
		replace: "", merge: `{"a":"b"}`, null: `{"a":"b"}`, clearing: "", cleared: ""},
	{member: "encrypted_user_data", start: `{"a":"b"}`, replace: "", merge: `{"a":""}`, null: `{"a":""}`, clearing: "",
		cleared: ""},
	{member: "app_xrole", start: "agency", replace: "", merge: "agency", null: "agency", clearing: "", cleared: ""},
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
	{member: "network_controller", start: object{"disable_public_network": true, "trigger_access_vpcs": []object{}},
		replace: nil, merge: object{"disable_public_network": true, "trigger_access_vpcs": []object{}}, null: nil,
		clearing: object{}, cleared: nil},
	{member: "strategy_config", start: object{"concurrency": 7, "concurrent_num": 3},
		replace: object{"concurrency": 7, "concurrent_num": 3}, merge: object{"concurrency": 7, "concurrent_num": 3},
		null: object{"concurrency": 7, "concurrent_num": 3}, clearing: object{"concurrency": 0},
		cleared: object{"concurrency": 0, "concurrent_num": 3}},
	{member: "ephemeral_storage", start: 10240, replace: 512, merge: 10240, null: 10240, clearing: 512, cleared: 512},
	{member: "enterprise_project_id", start: "e1", replace: "0", merge: "e1", null: "e1", clearing: "0", cleared: "0"},
	{member: "enable_lts_log", start: true, replace: true, merge: true, null: true, clearing: false, cleared: false,
		with: object{"log_config": object{"group_id": "g", "stream_id": "s"}}},
	{member: "lts_custom_tag", start: object{"a": "b"}, replace: object{"a": "b"}, merge: object{"a": "b"},
		null: object{"a": "b"}, clearing: object{}, cleared: object{},
		with: object{"enable_lts_log": true, "log_config": object{"group_id": "g", "stream_id": "s"}}},
}

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

// updatedTo starts a function with the row's value, sends one more update and returns the member's value.
func (row mergeRow) updatedTo(t *testing.T, sw emulator.Switches, change object) any {
	t.Helper()
	b := newBench(t, emulator.Options{Switches: sw})
	runtime := object{}
	if row.with["runtime"] != nil {
		runtime["runtime"] = row.with["runtime"]
	}
	b.create(runtime)
	start := object{row.member: row.start}
	maps.Copy(start, row.with)
	b.update(start)
	if got := b.config().body[row.member]; !jsonEqual(t, got, blankStart(row)) {
		t.Fatalf("start: %v, want %v", got, row.start)
	}
	update := object{}
	maps.Copy(update, row.with)
	if row.member == "enable_lts_log" && change[row.member] != true {
		delete(update, "log_config")
	}
	maps.Copy(update, change)
	b.update(update)
	return b.config().body[row.member]
}

// blankStart is the start value as it is read back.
func blankStart(row mergeRow) any {
	if row.member == "encrypted_user_data" {
		return `{"a":""}`
	}
	return row.start
}

func TestUpdateConfigMergeTable(t *testing.T) {
	t.Parallel()
	for _, row := range mergeRows {
		t.Run(row.member, func(t *testing.T) {
			t.Parallel()
			merge := emulator.Switches{MergeConfig: true}
			for _, test := range []struct {
				name   string
				sw     emulator.Switches
				change object
				want   any
			}{
				{"omitted_replace", emulator.Switches{}, object{}, row.replace},
				{"omitted_merge", merge, object{}, row.merge},
				{"null_merge", merge, object{row.member: nil}, row.null},
				{"null_replace", emulator.Switches{}, object{row.member: nil}, row.replace},
				{"zero_merge", merge, object{row.member: row.clearing}, row.cleared},
				{"zero_replace", emulator.Switches{}, object{row.member: row.clearing}, row.cleared},
			} {
				if got := row.updatedTo(t, test.sw, test.change); !jsonEqual(t, got, test.want) {
					t.Errorf("%s: %v, want %v", test.name, got, test.want)
				}
			}
		})
	}
}

func TestUpdateConfigKeepsInitializer(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.update(object{"initializer_handler": "a.b", "initializer_timeout": 9})
	if got := b.update(object{}).body; got["initializer_handler"] != "a.b" || got["initializer_timeout"] != 9.0 {
		t.Fatalf("omitted: %v %v", got["initializer_handler"], got["initializer_timeout"])
	}
	got := b.update(object{"initializer_handler": "", "initializer_timeout": 0})
	if got.text("initializer_handler") != "" {
		t.Fatalf("cleared: %v", got.text("initializer_handler"))
	}
}

func TestUpdateConfigObjectsReplaceWhole(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(image(object{"xrole": "a"}))
	first := object{"enabled": true, "image": "swr.x/a:1", "command": "/bin/sh", "args": "-c"}
	imageUpdate := func(img object) object {
		return object{"runtime": "Custom Image", "handler": "-", "custom_image": img}
	}
	b.update(imageUpdate(first))
	b.update(imageUpdate(object{"enabled": true, "image": "swr.x/a:2"}))
	got, _ := b.config().body["custom_image"].(object)
	if got["image"] != "swr.x/a:2" || got["command"] != "" || got["args"] != "" {
		t.Fatalf("custom_image = %v", got)
	}
	b.update(changed(imageUpdate(first), object{"network_controller": object{"disable_public_network": true,
		"trigger_access_vpcs": []object{{"vpc_id": "v1"}, {"vpc_id": "v2"}}}}))
	b.update(changed(imageUpdate(first), object{"network_controller": object{
		"trigger_access_vpcs": []object{{"vpc_id": "v3"}}}}))
	if got := askMembers(b, "network_controller"); got !=
		`{"disable_public_network":false,"trigger_access_vpcs":[{"vpc_id":"v3","vpc_name":"vpc-v3"}]}` {
		t.Fatalf("network_controller = %s", got)
	}
	b.update(changed(imageUpdate(first), mounts(object{"user_id": 5, "user_group_id": 6}, "/a", "/b")))
	b.update(changed(imageUpdate(first), object{"mount_config": object{"mount_user": object{"user_id": 7}}}))
	if got := askMembers(b, "mount_config"); got != `{"func_mounts":[],"mount_user":{"user_group_id":-1,"user_id":7}}` {
		t.Fatalf("mount_config = %s", got)
	}
}

func TestUpdateConfigLenientMembers(t *testing.T) {
	t.Parallel()
	for _, value := range []any{absent{}, nil, ""} {
		b := withDemo(t)
		b.update(object{"func_name": value, "handler": value, "package": value})
		if f := b.function(); f.Handler != "index.handler" || f.Package != "default" {
			t.Fatalf("%v: handler %q, package %q", value, f.Handler, f.Package)
		}
	}
}

func TestUpdateConfigF36EnterpriseProject(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.update(object{"enterprise_project_id": "0aad9e6a"})
	if got := b.config().text("enterprise_project_id"); got != "0aad9e6a" {
		t.Fatalf("enterprise project %q", got)
	}
}

func TestUpdateConfigF33LastModified(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	b.create(object{})
	digest := b.function().Digest
	clock.now = clock.now.Add(90e9)
	b.update(object{"description": "x"})
	if got := b.config().text("last_modified"); got != "2026-01-02T11:05:35+08:00" {
		t.Errorf("after PUT config: %s", got)
	}
	clock.now = clock.now.Add(-600e9)
	b.deploy("other")
	if got := b.config().text("last_modified"); got != "2026-01-02T11:05:35+08:00" {
		t.Errorf("last_modified went back to %s", got)
	}
	if b.function().Digest == digest {
		t.Error("F33: digest did not follow the code")
	}
}

func TestGetConfigURNForms(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	for _, test := range []struct {
		urn    string
		status int
		code   string
	}{
		{demoURN, 200, ""}, {demoURN + ":latest", 200, ""}, {demoURN + ":v1", 200, ""}, {demoURN + ":!prod", 200, ""},
		{strings.ReplaceAll(demoURN, ":", "%3A") + "%3A%21prod", 200, ""},
		{demoURN + ":v2", 404, "FSS.1052"}, {demoURN + ":!test", 404, "FSS.1053"},
		{urnPrefix + "default:other", 404, "FSS.1051"}, {urnPrefix + "shop:demo", 404, "FSS.1051"},
		{strings.Replace(demoURN, "cn-north-4", "cn-east-3", 1), 404, "FSS.1051"},
		{strings.Replace(demoURN, emulator.DefaultProjectID, "f123456789abcdef0123456789abcdef", 1), 404, "FSS.1051"},
		{"urn:fss:cn-north-4", 400, "FSS.1309"}, {demoURN + ":v1:x", 400, "FSS.1309"}, {demoURN + ":", 400, "FSS.1309"},
	} {
		b.want(test.status, test.code, "GET", functions+"/"+test.urn+"/config", nil)
	}
	if got := b.do("GET", demo+":!prod/config", nil).text("func_urn"); got != demoURN+":v1" {
		t.Fatalf("Q16: func_urn of an alias = %s", got)
	}
}

func TestF34ShortForms(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for _, form := range []string{"demo", "default:demo", emulator.DefaultProjectID + ":default:demo",
		emulator.DefaultProjectID + ":default:demo:latest"} {
		b.want(400, "FSS.0400", "GET", functions+"/"+form+"/config", nil)
	}
	b.want(200, "", "GET", functions+"/"+demoURN+"/config", nil)
}
