// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// generator makes random valid configurations of a function, from values that lie close together, so that changes hit
// the same ones often. nil leaves an attribute out.
type generator struct {
	*rand.Rand
	codes []string // archives
}

// attribute is one that changes in place, with what it may be in a function of some runtime and type: nil leaves it
// out, and an attribute that such a function does not have has no values. Some of them mean the same as none.
type attribute struct {
	name   string
	values []any
}

// attributes has a row for each attribute that changes in place.
func (g generator) attributes(runtime, generation string) []attribute {
	v1 := generation == "v1"
	onlyFor := func(its string, values ...any) []any {
		if runtime != its {
			return nil
		}
		return values
	}
	codes := []any{
		values{"zip_file": g.codes[0]}, values{"zip_file": g.codes[1]},
		values{"zip_file": g.codes[0], "stamp_settings": false},
		values{"zip_file": g.codes[0], "stamp_settings": true}, values{"zip_file": g.codes[1], "stamp_settings": true},
	}
	if runtime == "Custom Image" {
		codes = []any{values{"image": "swr.example/shop/orders:1"}, values{"image": "swr.example/shop/orders:2"}}
	}
	zone, otherZone := values{"id": "z1", "domain_name": "a.example"}, values{"id": "z2", "domain_name": "b.example"}
	mount := values{"mount_type": "sfs", "mount_resource": "fs-1", "local_mount_path": "/mnt/b"}
	share := values{
		"mount_type": "ecs", "mount_resource": "server-1", "mount_share_path": "10.0.0.1:/data", "local_mount_path": "/mnt/a",
	}
	place := values{"group_id": "g-1", "group_name": "group", "stream_id": "s-1", "stream_name": "stream"}
	logs := []any{nil, place, place.with(values{"stream_id": "s-2", "stream_name": "other",
		"custom_tags": map[string]string{}})}
	if !v1 {
		logs = append(logs, place.with(values{"custom_tags": map[string]string{"a": "1"}}))
	}
	return []attribute{
		{"handler", map[string][]any{
			"Python3.9": {"index.handler", "main.run"}, "Java11": {"com.shop.Main.run", "com.shop.Main.handle"},
			"Custom": {"bootstrap", "start.sh"}, "Custom Image": {nil, "-"},
		}[runtime]},
		{"timeout", []any{3, 30, 259200}},
		{"memory_size", []any{128, 256, 4096}},
		{"description", []any{nil, "", "first", "zweite ü"}},
		{"code", codes},
		{"image_config", onlyFor("Custom Image",
			nil, values{}, values{"command": []string{"/bin/sh", "-c"}, "user_id": 1},
			values{"args": []string{"x"}, "working_dir": "/app", "group_id": 65534},
		)},
		{"dependency_version_ids", []any{
			nil, []string{}, []string{"dep-1"}, []string{"dep-3", "dep-2", "dep-1"}, []string{"dep-1", "dep-3", "dep-2"},
		}},
		{"user_data", []any{nil, map[string]string{}, map[string]string{"A": ""}, map[string]string{"A": "1", "B": `"<&>\`}}},
		{"encrypted_user_data", []any{
			nil, map[string]string{}, map[string]string{"S": "1"}, map[string]string{"S": "2", "T": `"<&>\`},
		}},
		{"user_data_kms_key_id", []any{nil, "", "key-1", "key-2"}},
		{"agency", []any{nil, "", "agency-1", "agency-2"}},
		{"app_agency", []any{nil, "", "app-1", "app-2"}},
		{"vpc", []any{
			nil, values{"vpc_id": "vpc-1", "subnet_id": "subnet-1"},
			values{"vpc_id": "vpc-1", "subnet_id": "subnet-1", "security_group_ids": []string{"sg-2", "sg-1"}},
			values{"vpc_id": "vpc-2", "subnet_id": "subnet-2", "security_group_ids": []string{}},
		}},
		{"domain_names", []any{nil, []values{}, []values{zone}, []values{otherZone, zone}}},
		{"peering_cidrs", []any{nil, []string{}, []string{"10.1.0.0/16"}, []string{"10.2.0.0/16", "10.1.0.0/16"}}},
		{"network_controller", []any{
			nil, values{}, values{"disable_public_network": false, "trigger_access_vpcs": []values{}},
			values{"disable_public_network": true},
			values{"trigger_access_vpcs": []values{{"vpc_id": "vpc-2"}, {"vpc_id": "vpc-1"}}},
		}},
		{"mount_config", []any{
			nil, values{"mounts": []values{mount}}, values{"user_id": -1, "group_id": 1001, "mounts": []values{mount, share}},
			values{"user_id": 65534, "mounts": []values{share}},
		}},
		{"initializer", hooks("index", 90)},
		{"pre_stop", hooks("index", 90)},
		{"restore_hook", onlyFor("Java11", hooks("com.shop.Main", 300)...)},
		{"heartbeat_handler", onlyFor("Java11", nil, "", "com.shop.Main.beat", "com.shop.Main.pulse")},
		{"enable_class_isolation", onlyFor("Java11", nil, false, true)},
		{"enable_auth_in_header", onlyFor("Custom Image", nil, false, true)},
		{"gpu", onlyFor("Custom",
			nil, values{"type": "nvidia-t4", "memory": 1024}, values{"type": "nvidia-t4", "memory": 16384},
		)},
		{"ephemeral_storage", []any{nil, 512, 10240}},
		{"concurrency_num", map[bool][]any{true: {nil, 1}, false: {nil, 1, 5, 1000}}[v1]},
		{"max_instance_num", map[bool][]any{true: {nil, -1, 0}, false: {nil, -1, 0, 1, 400, 1000}}[v1]},
		{"is_stateful_function", map[bool][]any{true: {nil, false}, false: {nil, false, true}}[v1]},
		{"enable_dynamic_memory", []any{nil, false, true}},
		{"log", logs},
		{"enterprise_project_id", []any{nil, "0", "ep-1", "ep-2"}},
		{"tags", []any{nil, map[string]string{}, map[string]string{"a": ""}, map[string]string{"a": "1", "b": "2"}}},
	}
}

// hooks are code of that file or class, with times up to the most.
func hooks(file string, most int) []any {
	return []any{nil, values{"handler": file + ".one", "timeout": 1}, values{"handler": file + ".two", "timeout": most}}
}

// config is a random function. About half of what can be left out is.
func (g generator) config() values {
	runtime := []string{"Python3.9", "Java11", "Custom", "Custom Image"}[g.IntN(4)]
	generation := []string{"v2", "v2", "v1"}[g.IntN(3)]
	out := values{"name": "orders", "runtime": runtime, "type": generation}
	if g.IntN(2) == 0 {
		out["package"] = "shop"
	}
	if generation == "v2" && g.IntN(2) == 0 {
		delete(out, "type")
	}
	for _, a := range g.attributes(runtime, generation) {
		if len(a.values) == 0 || a.values[0] == nil && g.IntN(2) == 0 {
			continue
		}
		if v := a.values[g.IntN(len(a.values))]; v != nil {
			out[a.name] = v
		}
	}
	return valid(out)
}

// valid adds the agency that a VPC needs.
func valid(config values) values {
	if agency, _ := config["agency"].(string); config["vpc"] != nil && agency == "" {
		config["agency"] = "agency-1"
	}
	return config
}

// mutate changes one attribute, and says which.
func (g generator) mutate(config values) (string, values) {
	generation, _ := config["type"].(string)
	all := g.attributes(config["runtime"].(string), generation)
	for {
		a := all[g.IntN(len(all))]
		if len(a.values) == 0 {
			continue
		}
		out := maps.Clone(config)
		delete(out, a.name)
		if v := a.values[g.IntN(len(a.values))]; v != nil {
			out[a.name] = v
		}
		if agency, _ := out["agency"].(string); out["vpc"] != nil && agency == "" || same(config[a.name], out[a.name]) {
			continue
		}
		return a.name, out
	}
}

func same(a, b any) bool { return fmt.Sprintf("%#v", a) == fmt.Sprintf("%#v", b) }

// zeros are the attributes whose configured value means the same as none: an import shows them as none.
func zeros(config values) (names []string) {
	for name, v := range config {
		switch v := v.(type) {
		case string:
			if v == "" {
				names = append(names, name)
			}
		case bool:
			if !v {
				names = append(names, name)
			}
		case map[string]string, []string, []values, values:
			names = append(names, name) // within an object, too
		}
	}
	return slices.Sorted(slices.Values(names))
}

// notGenerated are the attributes that the generator does not change, with what tests them.
var notGenerated = map[string]string{
	"encrypted_user_data_wo":         "its values are in no plan: internal/function, TestAccAttributes",
	"encrypted_user_data_wo_version": "goes with it",
	"ignore_code_drift":              "the service does not know it: internal/function, TestAccAttributes",
	"name":                           "another one replaces the function",
	"package":                        "another one replaces the function; config draws it",
	"runtime":                        "another one replaces the function; config draws it",
	"type":                           "another one replaces the function; config draws it",
}

// generated are the names of the generator's rows.
func generated() (names []string) {
	g := generator{codes: []string{"first.zip", "second.zip"}}
	for _, a := range g.attributes("Python3.9", "v2") {
		names = append(names, a.name)
	}
	return names
}

// TestGeneratorHasEveryAttribute: each attribute that can be configured has a row, and no row is of another name.
func TestGeneratorHasEveryAttribute(t *testing.T) {
	t.Parallel()
	known := append(generated(), slices.Collect(maps.Keys(notGenerated))...)
	for _, a := range schemas().ResourceSchemas[functionType].Block.Attributes {
		if !a.Required && !a.Optional || isRefused(a) {
			continue
		}
		i := slices.Index(known, a.Name)
		if i < 0 {
			t.Errorf("the generator has no row for the attribute %s", a.Name)
			continue
		}
		known = slices.Delete(known, i, i+1)
	}
	if len(known) > 0 {
		t.Errorf("there are no attributes %v", known)
	}
}

// isRefused says that an attribute takes nothing but null (TestRenamed).
func isRefused(a *tfprotov6.SchemaAttribute) bool {
	return strings.HasPrefix(a.Description, "Refused: ")
}
