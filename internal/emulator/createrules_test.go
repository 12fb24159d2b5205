// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
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

// depends is a list of so many dependencies; the same one twice is no matter.
func depends(n int) []string {
	return slices.Repeat([]string{emulator.PublicDependency}, n)
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
		{"F6_handler_custom", 400, "FSS.1003", object{"handler": "bootstrap", "runtime": "PHP8.3"},
			object{"handler": "bootstrap", "runtime": "Custom"}},
		{"F6_handler_go", 400, "FSS.1003", object{"handler": "timer-example", "runtime": "Node.js18.15"},
			object{"handler": "timer-example", "runtime": "Go1.x"}},
		{"F6_handler_java", 400, "FSS.1003", object{"handler": "Main", "runtime": "Java11"},
			object{"handler": "Main::run", "runtime": "Java11"}},
		{"F6_handler_java_dot", 400, "FSS.1003", object{"handler": "Main", "runtime": "Java8"},
			object{"handler": "com.shop.Main.run", "runtime": "Java8"}},
		{"F6_handler_csharp", 400, "FSS.1003", object{"handler": "-", "runtime": "C#(.NET Core 6.0)"},
			object{"handler": "Shop", "runtime": "C#(.NET Core 6.0)"}},
		{"F6_handler_cangjie", 400, "FSS.1003", object{"handler": "-", "runtime": "Cangjie1.0"},
			object{"handler": "run", "runtime": "Cangjie1.0"}},
		{"F6_handler_http_image", 400, "FSS.1003", object{"handler": "-", "runtime": "http"},
			image(object{"handler": "-", "runtime": "http"})},
		{"F7_http_image_type", 400, "FSS.1006", object{"code_type": absent{}, "runtime": "http"},
			image(object{"code_type": absent{}, "runtime": "http"})},
		{"F12_http_image", 400, "FSS.1034", image(object{"custom_image": absent{}, "runtime": "http"}),
			image(object{"runtime": "http"})},
		{"F39_file_name", 400, "FSS.1078", object{"code_filename": "src/index.py"}, object{"code_filename": "index.py"}},
		{"F39_file_name_windows", 400, "FSS.1078", object{"code_filename": `src\index.py`}, object{"code_filename": "index.py"}},
		{"DV7_dependencies", 400, "FSS.1024", object{"depend_version_list": depends(21)},
			object{"depend_version_list": depends(20)}},
		{"F6_handler_dash", 400, "FSS.1003", object{"handler": "-", "runtime": "Custom"},
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
		{"F12_image_by_runtime", 400, "FSS.1034",
			image(object{"custom_image": absent{}, "code_type": "obs", "code_url": "https://b/x.zip"}),
			image(object{"code_type": "obs", "code_url": "https://b/x.zip"})}, // X22
		{"F12_image_address", 400, "FSS.1034",
			image(object{"custom_image": object{"enabled": true, "image": "docker.io/a:1"}}),
			image(object{"custom_image": object{"enabled": true, "image": "swr.x/a:1"}})},
		{"F13_inline_size", 413, "FSS.1072", object{"func_code": object{"file": b64(strings.Repeat("a", 10241))}},
			object{"func_code": object{"file": b64(strings.Repeat("a", 10240))}}},
		{"F14_user_data", 400, "FSS.1009", object{"user_data": `{"a":1}`}, object{"user_data": `{"a":"1"}`}},
		{"F14_user_data_null", 400, "FSS.1009", object{"user_data": "null"}, object{"user_data": "{}"}},
		{"F14_encrypted", 400, "FSS.1009", object{"encrypted_user_data": `[]`}, object{"encrypted_user_data": `{}`}},
		{"F15_entries", 400, "FSS.1017", object{"user_data": entries(21)}, object{"user_data": entries(20)}},
		{"F15_entries_each", 400, "FSS.1017", object{"encrypted_user_data": entries(21)},
			object{"user_data": entries(20), "encrypted_user_data": entries(20)}},
		{"F16_size_of_escapes", 400, "FSS.1018", object{"user_data": `{"k":"` + strings.Repeat(`\u0026`, 683) + `"}`},
			object{"user_data": `{"k":"` + strings.Repeat(`&`, 4088) + `"}`}},
		{"F16_size", 400, "FSS.1018", object{"user_data": ofSize(4097)}, object{"user_data": ofSize(4096)}},
		{"F14_encrypted_value", 400, "FSS.1009", object{"encrypted_user_data": `{"a":1}`},
			object{"encrypted_user_data": `{"a":"1"}`}},
		{"F14_encrypted_text", 400, "FSS.1009", object{"encrypted_user_data": `secret`}, object{"encrypted_user_data": ""}},
		{"F16_encrypted_size", 400, "FSS.1018", object{"encrypted_user_data": ofSize(4097)},
			object{"encrypted_user_data": ofSize(4096), "user_data": ofSize(4096)}},
		{"F17_description", 400, "FSS.1019", object{"description": strings.Repeat("ä", 513)},
			object{"description": strings.Repeat("ä", 512)}},
		{"F23_vpc_agency", 400, "FSS.1020", object{"func_vpc": object{"vpc_id": "v", "subnet_id": "s"}},
			object{"func_vpc": object{"vpc_id": "v", "subnet_id": "s"}, "xrole": "agency"}},
		{"F23_vpc_id", 400, "FSS.1036", object{"func_vpc": object{"subnet_id": "s"}, "xrole": "a"}, object{}},
		{"F23_subnet_id", 400, "FSS.1037", object{"func_vpc": object{"vpc_id": "v"}, "xrole": "a"}, object{}},
		{"F24_initializer_alone", 400, "FSS.1405", object{"initializer_handler": "a.b"},
			object{"initializer_handler": "a.b", "initializer_timeout": 1}},
		{"F24_initializer_timeout_alone", 400, "FSS.1404", object{"initializer_timeout": 1}, object{}},
		{"F24_initializer_form", 400, "FSS.1404", object{"initializer_handler": "init", "initializer_timeout": 1},
			object{"initializer_handler": "a.init", "initializer_timeout": 1}},
		{"F24_initializer_dash", 400, "FSS.1404", object{"initializer_handler": "-", "initializer_timeout": 1},
			image(object{"initializer_handler": "-", "initializer_timeout": 1})},
		{"F24_initializer_dash_alone", 400, "FSS.1405", image(object{"initializer_handler": "-"}),
			image(object{"initializer_timeout": 1})},
		{"F24_initializer_go", 400, "FSS.1404",
			object{"initializer_handler": "init", "initializer_timeout": 1, "runtime": "Python3.9"},
			object{"initializer_handler": "init", "initializer_timeout": 1, "runtime": "Go1.x"}},
		{"F24_initializer_timeout_low", 400, "FSS.1405",
			object{"initializer_handler": "a.b", "initializer_timeout": -1},
			object{"initializer_handler": "a.b", "initializer_timeout": 1}},
		{"F24_initializer_timeout", 400, "FSS.1405",
			object{"initializer_handler": "a.b", "initializer_timeout": 301},
			object{"initializer_handler": "a.b", "initializer_timeout": 300}},
		{"F25_pre_stop", 400, "FSS.0400", object{"pre_stop_handler": "a.b", "pre_stop_timeout": 91},
			object{"pre_stop_handler": "a.b", "pre_stop_timeout": 90}},
		{"F25_pre_stop_low", 400, "FSS.0400", object{"pre_stop_handler": "a.b", "pre_stop_timeout": -1},
			object{"pre_stop_handler": "a.b", "pre_stop_timeout": 1}},
		{"F26_user_low", 400, "FSS.1075", mounts(object{"user_id": -2, "user_group_id": -1}, "/a"), mounts(user, "/a")},
		{"F26_user_1002", 400, "FSS.1075", mounts(object{"user_id": 1002, "user_group_id": -1}, "/a"),
			mounts(object{"user_id": 1003, "user_group_id": -1}, "/a")},
		{"F26_group_zero", 400, "FSS.1075", mounts(object{"user_id": 1, "user_group_id": 0}, "/a"),
			mounts(object{"user_id": 1, "user_group_id": 1}, "/a")},
		{"F26_group_1000", 400, "FSS.1075", mounts(object{"user_id": 1, "user_group_id": 1000}, "/a"),
			mounts(object{"user_id": 1, "user_group_id": 1001}, "/a")},
		{"F26_group_1002", 400, "FSS.1075", mounts(object{"user_id": 1, "user_group_id": 1002}, "/a"),
			mounts(object{"user_id": 1, "user_group_id": 1003}, "/a")},
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
		{"type_v1_log_tags", 400, "FSS.0400",
			object{"type": "v1", "lts_custom_tag": object{"a": "b"}, "enable_lts_log": true},
			object{"type": "v1", "lts_custom_tag": object{}, "enable_lts_log": true}},
		{"domain_names_null", 400, "FSS.0400", object{"domain_names": "null"}, object{"domain_names": "[]"}},
		{"log_tags_count", 400, "FSS.0400", object{"lts_custom_tag": numbered(11), "enable_lts_log": true},
			object{"lts_custom_tag": numbered(10), "enable_lts_log": true}},
		{"F28_gpu_runtime", 400, "FSS.0400", object{"gpu_memory": 1024, "gpu_type": "nvidia-t4"},
			object{"gpu_memory": 1024, "gpu_type": "nvidia-t4", "runtime": "Custom"}},
		{"F28_gpu_type_runtime", 400, "FSS.0400", object{"gpu_type": "nvidia-t4"},
			object{"gpu_type": "nvidia-t4", "runtime": "Custom"}},
		{"F28_gpu_low", 400, "FSS.0400", object{"gpu_memory": 512, "runtime": "Custom"},
			object{"gpu_memory": 1024, "runtime": "Custom"}},
		{"F28_gpu_high", 400, "FSS.0400", object{"gpu_memory": 17408, "runtime": "Custom"},
			object{"gpu_memory": 16384, "runtime": "Custom"}},
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

// TestUpdateHoldsTheRulesOfCreate sends the same refused and accepted members in an update, if it has them. Two rules
// are others there: the handler is kept when it is missing, and enable_lts_log needs log_config.
func TestUpdateHoldsTheRulesOfCreate(t *testing.T) {
	t.Parallel()
	known, ran := contractTable(t)["upd. config req"], 0
	others := func(change object) bool {
		for name := range change {
			if !slices.Contains(known, name) || name == "func_name" || name == "package" {
				return true
			}
		}
		return change["handler"] == absent{} || change["enable_lts_log"] == true && change["log_config"] == nil
	}
	for _, rule := range createRules(t) {
		if others(rule.rejected) || others(rule.accepted) {
			continue
		}
		ran++
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			before := b.function()
			b.want(rule.status, rule.code, "PUT", demo+"/config", updateBody(rule.rejected))
			if after := b.function(); !reflect.DeepEqual(after, before) {
				t.Fatal("a refused update changed the function")
			}
			b.update(rule.accepted)
		})
	}
	if ran < 40 {
		t.Errorf("only %d rules were tried", ran)
	}
}
