// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// rulePair is one rule: a request that it refuses and the nearest one that it lets pass.
type rulePair struct {
	rule     string
	status   int
	code     string
	rejected object
	accepted object
}

func entries(n int) string {
	parts := []string{}
	for i := range n {
		parts = append(parts, fmt.Sprintf(`"k%d":"v"`, i))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// ofSize is user data of so many bytes.
func ofSize(n int) string { return `{"k":"` + strings.Repeat("v", n-8) + `"}` }

// image is a change that makes the request one for an image function.
func image(change object) object {
	out := object{
		"runtime": "Custom Image", "handler": "-", "code_type": "Custom-Image-Swr", "func_code": absent{},
		"custom_image": object{"enabled": true, "image": "swr.cn-north-4.myhuaweicloud.com/shop/orders:1.2"},
	}
	maps.Copy(out, change)
	return out
}

func mounts(user object, paths ...string) object {
	list := []object{}
	for _, path := range paths {
		list = append(list, object{"mount_type": "sfs", "mount_resource": "r1", "local_mount_path": path})
	}
	return object{"mount_config": object{"mount_user": user, "func_mounts": list}}
}

// mountWith is a valid mount with changes, as name and value by turns.
func mountWith(pairs ...string) object {
	mount := object{"mount_type": "sfs", "mount_resource": "r1", "local_mount_path": "/mnt"}
	for i := 0; i < len(pairs); i += 2 {
		mount[pairs[i]] = pairs[i+1]
	}
	return object{"mount_config": object{
		"mount_user": object{"user_id": -1, "user_group_id": -1}, "func_mounts": []object{mount}}}
}

func numbered(n int) object {
	out := object{}
	for i := range n {
		out[fmt.Sprint("k", i)] = "v"
	}
	return out
}

func createRules(t *testing.T) []rulePair {
	archive := zipText(t, "index.py", "x")
	user := object{"user_id": -1, "user_group_id": -1}
	sixPaths := []string{"/a", "/b", "/c", "/d", "/e", "/f"}
	return []rulePair{
		{"F1_name_length", 400, "FSS.1002", object{"func_name": strings.Repeat("a", 61)},
			object{"func_name": strings.Repeat("a", 60)}},
		{"F1_name_first", 400, "FSS.1002", object{"func_name": "1a"}, object{"func_name": "a1"}},
		{"F1_name_last", 400, "FSS.1002", object{"func_name": "a-"}, object{"func_name": "a-b"}},
		{"F1_name_missing", 400, "FSS.1002", object{"func_name": absent{}}, object{"func_name": "a"}},
		{"F2_package_characters", 400, "FSS.1004", object{"package": "a.b"}, object{"package": "a-b_c"}},
		{"F2_package_length", 400, "FSS.1004", object{"package": strings.Repeat("p", 61)},
			object{"package": strings.Repeat("p", 60)}},
		{"F3_runtime", 400, "FSS.1005", object{"runtime": "Python3.11"}, object{"runtime": "Python3.12"}},
		{"F3_runtime_missing", 400, "FSS.1005", object{"runtime": absent{}}, object{}},
		{"F4_timeout_low", 400, "FSS.1008", object{"timeout": 2}, object{"timeout": 3}},
		{"F4_timeout_high", 400, "FSS.1008", object{"timeout": 259201}, object{"timeout": 259200}},
		{"F4_timeout_missing", 400, "FSS.1008", object{"timeout": absent{}}, object{}},
		{"F5_memory", 400, "FSS.1007", object{"memory_size": 384}, object{"memory_size": 512}},
		{"F5_memory_missing", 400, "FSS.1007", object{"memory_size": nil}, object{}},
		{"F6_handler_dot", 400, "FSS.1003", object{"handler": "index"}, object{"handler": "index.handler"}},
		{"F6_handler_length", 400, "FSS.1003", object{"handler": strings.Repeat("a", 127) + ".b"},
			object{"handler": strings.Repeat("a", 126) + ".b"}},
		{"F6_handler_http", 400, "FSS.1003", object{"handler": "bootstrap"},
			object{"handler": "bootstrap", "runtime": "http"}},
		{"F6_handler_custom", 400, "FSS.1003", object{"handler": "bootstrap", "runtime": "Go1.x"},
			object{"handler": "bootstrap", "runtime": "Custom"}},
		{"F6_handler_image", 400, "FSS.1003", object{"handler": "-"}, image(object{"handler": "-"})},
		{"F6_handler_missing", 400, "FSS.1003", object{"handler": absent{}}, image(object{"handler": absent{}})},
		{"F7_code_type", 400, "FSS.1006", object{"code_type": "tar"}, object{"code_type": "inline"}},
		{"F7_code_type_missing", 400, "FSS.1006", object{"code_type": absent{}}, image(object{"code_type": absent{}})},
		{"F8_obs_url", 400, "FSS.1010", object{"code_type": "obs"},
			object{"code_type": "obs", "code_url": "https://b.obs.cn-north-4.myhuaweicloud.com/a.zip"}},
		{"F11_base64", 400, "FSS.1011", object{"func_code": object{"file": "a"}},
			object{"func_code": object{"file": "YQ=="}}},
		{"F11_zip", 400, "FSS.1011", object{"code_type": "zip", "func_code": object{"file": b64("PK")}},
			object{"code_type": "zip", "func_code": object{"file": b64(archive)}}},
		{"F11_jar", 400, "FSS.1011", object{"code_type": "jar", "func_code": object{"file": b64("class")}},
			object{"code_type": "jar", "func_code": object{"file": b64(archive)}}},
		{"F12_image", 400, "FSS.1034", image(object{"custom_image": absent{}}), image(object{})},
		{"F12_image_address", 400, "FSS.1034",
			image(object{"custom_image": object{"enabled": true, "image": "docker.io/a:1"}}),
			image(object{"custom_image": object{"enabled": true, "image": "swr.x/a:1"}})},
		{"F13_inline_size", 413, "FSS.1072", object{"func_code": object{"file": b64(strings.Repeat("a", 10241))}},
			object{"func_code": object{"file": b64(strings.Repeat("a", 10240))}}},
		{"F14_user_data", 400, "FSS.1009", object{"user_data": `{"a":1}`}, object{"user_data": `{"a":"1"}`}},
		{"F14_encrypted", 400, "FSS.1009", object{"encrypted_user_data": `[]`}, object{"encrypted_user_data": `{}`}},
		{"F15_entries", 400, "FSS.1017", object{"user_data": entries(21)}, object{"user_data": entries(20)}},
		{"F15_entries_each", 400, "FSS.1017", object{"encrypted_user_data": entries(21)},
			object{"user_data": entries(20), "encrypted_user_data": entries(20)}},
		{"F16_size", 400, "FSS.1018", object{"user_data": ofSize(4097)}, object{"user_data": ofSize(4096)}},
		{"F17_description", 400, "FSS.1019", object{"description": strings.Repeat("ä", 513)},
			object{"description": strings.Repeat("ä", 512)}},
		{"F23_vpc_agency", 400, "FSS.0400", object{"func_vpc": object{"vpc_id": "v", "subnet_id": "s"}},
			object{"func_vpc": object{"vpc_id": "v", "subnet_id": "s"}, "xrole": "agency"}},
		{"F23_vpc_id", 400, "FSS.1036", object{"func_vpc": object{"subnet_id": "s"}, "xrole": "a"}, object{}},
		{"F23_subnet_id", 400, "FSS.1037", object{"func_vpc": object{"vpc_id": "v"}, "xrole": "a"}, object{}},
		{"F24_initializer_alone", 400, "FSS.1405", object{"initializer_handler": "a.b"},
			object{"initializer_handler": "a.b", "initializer_timeout": 1}},
		{"F24_initializer_timeout_alone", 400, "FSS.1404", object{"initializer_timeout": 1}, object{}},
		{"F24_initializer_timeout", 400, "FSS.1405",
			object{"initializer_handler": "a.b", "initializer_timeout": 301},
			object{"initializer_handler": "a.b", "initializer_timeout": 300}},
		{"F25_pre_stop", 400, "FSS.0400", object{"pre_stop_handler": "a.b", "pre_stop_timeout": 91},
			object{"pre_stop_handler": "a.b", "pre_stop_timeout": 90}},
		{"F26_user_zero", 400, "FSS.1075", mounts(object{"user_id": 0, "user_group_id": -1}, "/a"), mounts(user, "/a")},
		{"F26_user_1000", 400, "FSS.1075", mounts(object{"user_id": 1000, "user_group_id": -1}, "/a"),
			mounts(object{"user_id": 1001, "user_group_id": -1}, "/a")},
		{"F26_group_high", 400, "FSS.1075", mounts(object{"user_id": 1, "user_group_id": 65535}, "/a"),
			mounts(object{"user_id": 1, "user_group_id": 65534}, "/a")},
		{"F27_six_mounts", 403, "FSS.1049", mounts(user, sixPaths...), mounts(user, sixPaths[:5]...)},
		{"F27_same_path", 400, "FSS.1038", mounts(user, "/a", "/a"), mounts(user, "/a", "/b")},
		{"F26_user_missing", 400, "FSS.0400", object{"mount_config": object{"func_mounts": []object{}}},
			object{"mount_config": object{"mount_user": user}}},
		{"mount_type", 400, "FSS.0400", mountWith("mount_type", "nfs"), mountWith("mount_type", "sfsTurbo")},
		{"mount_resource", 400, "FSS.0400", mountWith("mount_resource", ""), mountWith("mount_resource", "r2")},
		{"mount_share_path", 400, "FSS.0400", mountWith("mount_type", "ecs"),
			mountWith("mount_type", "ecs", "mount_share_path", "192.168.0.12:/data")},
		{"mount_local_path", 400, "FSS.1039", mountWith("local_mount_path", "mnt"),
			mountWith("local_mount_path", "/mnt/data")},
		{"pre_stop_handler", 400, "FSS.0400", object{"pre_stop_handler": "stop"}, object{"pre_stop_handler": "a.stop"}},
		{"type_v1_stateful", 400, "FSS.0400", object{"type": "v1", "is_stateful_function": true},
			object{"type": "v2", "is_stateful_function": true}},
		{"log_tags_count", 400, "FSS.0400", object{"lts_custom_tag": numbered(11), "enable_lts_log": true},
			object{"lts_custom_tag": numbered(10), "enable_lts_log": true}},
		{"F28_gpu_runtime", 400, "FSS.0400", object{"gpu_memory": 1024, "gpu_type": "nvidia-t4"},
			object{"gpu_memory": 1024, "gpu_type": "nvidia-t4", "runtime": "Custom"}},
		{"F28_gpu_step", 400, "FSS.0400", object{"gpu_memory": 1025, "runtime": "Custom"},
			object{"gpu_memory": 2048, "runtime": "Custom"}},
		{"F30_dependency", 404, "FSS.1056", object{"depend_version_list": []string{"nobody"}},
			object{"depend_version_list": []string{emulator.PublicDependency}}},
		{"type", 400, "FSS.0400", object{"type": "v3"}, object{"type": "v1"}},
		{"wrong_type", 400, "FSS.0400", object{"timeout": "3"}, object{"timeout": 3}},
		{"tags_text", 400, "FSS.0400", object{"tags": "a=b"}, object{"tags": `[{"key":"a","value":"b"}]`}},
		{"log_off_with_config", 400, "FSS.0400",
			object{"enable_lts_log": false, "log_config": object{"group_id": "g", "stream_id": "s"}},
			object{"enable_lts_log": true, "log_config": object{"group_id": "g", "stream_id": "s"}}},
		{"log_tags", 400, "FSS.0400", object{"lts_custom_tag": object{"a": "b"}},
			object{"lts_custom_tag": object{"a": "b"}, "enable_lts_log": true}},
	}
}

func TestCreateRules(t *testing.T) {
	t.Parallel()
	for _, rule := range createRules(t) {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.want(rule.status, rule.code, "POST", functions, createBody(rule.rejected))
			if got := len(b.server.Functions()); got != 0 {
				t.Fatalf("a refused create left %d functions", got)
			}
			b.create(rule.accepted)
		})
	}
}

func TestCreateConflictsAndQuota(t *testing.T) {
	t.Parallel()
	t.Run("F18_duplicate_name", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		before := b.function()
		b.want(409, "FSS.1061", "POST", functions, createBody(object{"description": "second"}))
		if after := b.function(); after.Description != before.Description || after.ID != before.ID {
			t.Fatal("a refused create changed the function that is there")
		}
		b.create(object{"func_name": "demo2"})
	})
	t.Run("F19_same_name_in_another_package", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.create(object{"package": "shop"})
	})
	t.Run("F20_function_quota", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, emulator.Options{Switches: emulator.Switches{FunctionQuota: 2}})
		b.create(object{"func_name": "a"})
		b.create(object{"func_name": "b"})
		b.want(403, "FSS.1041", "POST", functions, createBody(object{"func_name": "c"}))
	})
	t.Run("validation_before_conflict", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.want(400, "FSS.1008", "POST", functions, createBody(object{"timeout": 1}))
	})
}

func TestCreateF13ZipSize(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	// A prefix makes the archive exactly as large as wanted: zip readers look from the end.
	archive := zipText(t, "index.py", "x")
	pad := strings.Repeat("\x00", 50<<20-len(archive))
	body := object{"code_type": "zip", "func_code": object{"file": b64(pad + "\x00" + archive)}}
	b.want(413, "FSS.1071", "POST", functions, createBody(body))
	body["func_code"] = object{"file": b64(pad + archive)}
	got := b.create(body)
	if size := got.body["code_size"]; size != float64(50<<20) {
		t.Fatalf("code_size = %v", size)
	}
	if f := b.function(); sha(string(f.Code)) != f.Digest || f.Digest != sha(pad+archive) {
		t.Fatal("the code that was stored is not the code that was sent")
	}
}

func TestCreateAnswer(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	got := b.create(object{"encrypted_user_data": `{"password":"1234"}`})
	for name, want := range map[string]any{
		"func_urn": demoURN + ":latest", "version": "latest", "cpu": 300.0, "code_size": 32.0,
		"digest": "c34b9d7f9e68556f446a8429b35ad2391b7c9686cbae3417deeff6e4e7d26458e7ee7402665ea204bb9fb09fd90c0ffb6dbcdd" +
			"b62bebd25f80dc179df8f74e71", // the sample of contract 3.1
		"type": "v2", "enterprise_project_id": "0", "code_filename": "index.py", "package": "default",
		"last_modified": "2026-01-02T11:04:05+08:00", "project_name": "cn-north-4",
		"namespace":           emulator.DefaultProjectID,
		"encrypted_user_data": `{"password":""}`, // F31
	} {
		if got.body[name] != want {
			t.Errorf("%s = %v, want %v", name, got.body[name], want)
		}
	}
	if strategy := fmt.Sprint(got.body["strategy_config"]); strategy != "map[concurrency:400 concurrent_num:1]" {
		t.Errorf("strategy_config = %s", strategy)
	}
	if id := got.header.Get("X-Request-Id"); len(id) != 32 {
		t.Errorf("X-Request-Id = %q", id)
	}
	if date := got.header.Get("Date"); date != "Fri, 02 Jan 2026 03:04:05 GMT" {
		t.Errorf("Date = %q, want that of the emulator's clock", date)
	}
	if f := b.function(); f.EncryptedUserData != `{"password":"1234"}` {
		t.Errorf("stored %q", f.EncryptedUserData)
	}
}

func TestCreateF22UnknownPackage(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	if got := b.create(object{"package": "never-seen"}).text("package"); got != "never-seen" {
		t.Fatalf("package = %q", got)
	}
}

// TestF31SecretsAreBlanked looks for the value in the answer of every call that returns the member, and in all others.
func TestF31SecretsAreBlanked(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	secret := object{"encrypted_user_data": `{"password":"canary"}`}
	answers := []response{
		b.create(secret), b.update(secret), b.config(), b.publish("v1"),
		b.want(200, "", "GET", demo+"/versions", nil), b.want(200, "", "GET", functions, nil),
		b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 1}),
		b.want(200, "", "GET", demo+":v1/config", nil), b.want(200, "", "GET", demo+"/code", nil),
	}
	for i, got := range answers {
		if strings.Contains(string(got.raw), "canary") {
			t.Errorf("answer %d has the value: %s", i, got.raw)
		}
		if i < len(answers)-1 && !strings.Contains(string(got.raw), `{\"password\":\"\"}`) {
			t.Errorf("answer %d lacks the key: %s", i, got.raw)
		}
	}
}

func TestCreateF21OneVersion(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	if got := b.want(200, "", "GET", demo+"/versions", nil); got.body["count"] != 1.0 {
		t.Fatalf("count = %v", got.body["count"])
	}
}

func TestCreateDefaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change object
		want   object
	}{
		{"package", object{"package": absent{}}, object{"package": "default"}},
		{"package_empty", object{"package": ""}, object{"package": "default"}},
		{"v1_strategy", object{"type": "v1"}, object{"strategy_config": object{"concurrency": -1.0, "concurrent_num": 1.0}}},
		{"image", image(object{"code_type": absent{}, "handler": absent{}}),
			object{"code_type": "Custom-Image-Swr", "handler": "-", "digest": "", "code_size": 0.0, "code_filename": ""}},
		{"F9_inline_without_code", object{"func_code": absent{}}, object{"code_filename": "index.py"}},
		{"F10_zip_without_name", object{"code_type": "zip", "func_code": absent{}}, object{"code_filename": "demo.zip"}},
		{"zip_with_name", object{"code_type": "zip", "func_code": object{"file": b64(zipText(t, "a", "b"))},
			"code_filename": "index.zip"}, object{"code_filename": "index.zip"}},
		{"inline_zip", object{"func_code": object{"file": b64(zipText(t, "a", "b"))}},
			object{"code_filename": "index.zip", "digest": sha(zipText(t, "a", "b"))}},
		{"obs", object{"code_type": "obs", "code_url": "https://b.obs/x/y.zip"}, object{"code_filename": "y.zip"}},
		{"nodejs", object{"runtime": "Node.js18.15", "func_code": absent{}}, object{"code_filename": "index.js"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.create(test.change)
			got := b.config()
			for name, want := range test.want {
				if fmt.Sprint(got.body[name]) != fmt.Sprint(want) {
					t.Errorf("%s = %v, want %v", name, got.body[name], want)
				}
			}
		})
	}
}

func TestCreateF9TemplateCode(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(object{"code_type": "zip", "func_code": object{"file": ""}})
	f := b.function()
	if !strings.HasPrefix(string(f.Code), "PK") || f.CodeSize == 0 || f.Digest != sha(string(f.Code)) {
		t.Fatalf("template: %d bytes, digest %s", f.CodeSize, f.Digest)
	}
}

func TestCreateIgnoresUnknownMembers(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	// Wrong case is another name: the service's decoder is not Go's.
	b.create(object{"nonsense": 1, "Description": "x", "ephemeral_storage": 10240,
		"mount_config": object{"mount_user": object{"mount_user_id": 5, "User_id": 5}}})
	f := b.function()
	if f.Description != "" || f.EphemeralStorage != 512 {
		t.Errorf("description %q, ephemeral storage %d", f.Description, f.EphemeralStorage)
	}
	if *f.MountConfig.MountUser.UserID != -1 {
		t.Errorf("user id %d, want -1 for a member under a wrong name", *f.MountConfig.MountUser.UserID)
	}
}

func TestCreateTags(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(object{"tags": `[{"key":"owner","value":"shop"}]`})
	if got := b.function().Tags["owner"]; got != "shop" {
		t.Fatalf("tag owner = %q", got)
	}
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for _, body := range []string{"", "{", "[]", "null", `{"func_name":"a"} x`} {
		b.want(400, "FSS.0400", "POST", functions, body)
	}
	req := b.request("POST", functions, createBody(object{}))
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	req.Header.Set("Content-Type", "text/plain")
	if got, err := roundTrip(req); err != nil || got.status != 406 {
		t.Fatalf("text/plain: %d %v", got.status, err)
	}
}

func sha(text string) string {
	sum := sha512.Sum512([]byte(text))
	return hex.EncodeToString(sum[:])
}
