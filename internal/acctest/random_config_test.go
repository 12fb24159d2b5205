// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// generator makes random valid configurations of a function, from values that lie close together, so that changes hit
// the same ones often. nil leaves an attribute out.
type generator struct {
	*rand.Rand
	codes []string // archives
}

// attributeValues are what an attribute may be in a function of that runtime and type; nil for an attribute that such a
// function does not have. Values that mean the same as none are among them.
func (g generator) attributeValues(name, runtime, generation string) []any {
	v1 := generation == "v1"
	switch name {
	case "handler":
		return map[string][]any{
			"Python3.9": {"index.handler", "main.run"}, "Java11": {"com.shop.Main.run", "com.shop.Main.handle"},
			"Custom": {"bootstrap", "start.sh"}, "Custom Image": {nil, "-"},
		}[runtime]
	case "timeout":
		return []any{3, 30, 259200}
	case "memory_size":
		return []any{128, 256, 4096}
	case "description":
		return []any{nil, "", "first", "zweite ü"}
	case "code":
		if runtime == "Custom Image" {
			return []any{values{"image": "swr.example/shop/orders:1"}, values{"image": "swr.example/shop/orders:2"}}
		}
		return []any{values{"zip_file": g.codes[0]}, values{"zip_file": g.codes[1]}}
	case "image_config":
		return map[string][]any{"Custom Image": {
			nil, values{}, values{"command": []string{"/bin/sh", "-c"}, "user_id": 1}, values{"args": []string{"x"}, "working_dir": "/app", "group_id": 65534},
		}}[runtime]
	case "encrypted_user_data":
		return []any{nil, map[string]string{}, map[string]string{"S": "1"}, map[string]string{"S": "2", "T": `"<&>\`}}
	case "dependency_version_ids":
		return []any{nil, []string{}, []string{"dep-1"}, []string{"dep-3", "dep-2", "dep-1"}}
	case "user_data":
		return []any{nil, map[string]string{}, map[string]string{"A": ""}, map[string]string{"A": "1", "B": `"<&>\`}}
	case "user_data_kms_key_id":
		return []any{nil, "", "key-1", "key-2"}
	case "agency":
		return []any{nil, "", "agency-1", "agency-2"}
	case "app_agency":
		return []any{nil, "", "app-1", "app-2"}
	case "vpc":
		return []any{
			nil, values{"vpc_id": "vpc-1", "subnet_id": "subnet-1"},
			values{"vpc_id": "vpc-1", "subnet_id": "subnet-1", "security_group_ids": []string{"sg-2", "sg-1"}},
			values{"vpc_id": "vpc-2", "subnet_id": "subnet-2", "security_group_ids": []string{}},
		}
	case "domain_names":
		one := values{"id": "z1", "domain_name": "a.example"}
		return []any{nil, []values{}, []values{one}, []values{{"id": "z2", "domain_name": "b.example"}, one}}
	case "peering_cidrs":
		return []any{nil, []string{}, []string{"10.1.0.0/16"}, []string{"10.2.0.0/16", "10.1.0.0/16"}}
	case "network_controller":
		return []any{
			nil, values{}, values{"disable_public_network": false, "trigger_access_vpcs": []values{}},
			values{"disable_public_network": true}, values{"trigger_access_vpcs": []values{{"vpc_id": "vpc-2"}, {"vpc_id": "vpc-1"}}},
		}
	case "mount_config":
		mount := values{"mount_type": "sfs", "mount_resource": "fs-1", "local_mount_path": "/mnt/b"}
		share := values{
			"mount_type": "ecs", "mount_resource": "server-1", "mount_share_path": "10.0.0.1:/data", "local_mount_path": "/mnt/a",
		}
		return []any{
			nil, values{"mounts": []values{mount}}, values{"user_id": -1, "group_id": 1001, "mounts": []values{mount, share}},
			values{"user_id": 65534, "mounts": []values{share}},
		}
	case "initializer", "pre_stop":
		return []any{nil, values{"handler": "index.one", "timeout": 1}, values{"handler": "index.two", "timeout": 90}}
	case "restore_hook", "heartbeat_handler", "enable_class_isolation":
		return map[string]map[string][]any{"Java11": {
			"restore_hook":           {nil, values{"handler": "com.shop.Main.r", "timeout": 1}, values{"handler": "com.shop.Main.s", "timeout": 300}},
			"heartbeat_handler":      {nil, "", "com.shop.Main.beat", "com.shop.Main.pulse"},
			"enable_class_isolation": {nil, false, true},
		}}[runtime][name]
	case "gpu":
		return map[string][]any{"Custom": {
			nil, values{"type": "nvidia-t4", "memory": 1024}, values{"type": "nvidia-t4", "memory": 16384},
		}}[runtime]
	case "ephemeral_storage":
		return []any{nil, 512, 10240}
	case "concurrency_num":
		return map[bool][]any{true: {nil, 1}, false: {nil, 1, 5, 1000}}[v1]
	case "max_instance_num":
		return map[bool][]any{true: {nil, -1, 0}, false: {nil, -1, 0, 1, 400, 1000}}[v1]
	case "is_stateful_function":
		return map[bool][]any{true: {nil, false}, false: {nil, false, true}}[v1]
	case "enable_dynamic_memory":
		return []any{nil, false, true}
	case "log":
		place := values{"group_id": "g-1", "group_name": "group", "stream_id": "s-1", "stream_name": "stream"}
		logs := []any{nil, place, place.with(values{"stream_id": "s-2", "stream_name": "other", "custom_tags": map[string]string{}})}
		if !v1 {
			logs = append(logs, place.with(values{"custom_tags": map[string]string{"a": "1"}}))
		}
		return logs
	case "enterprise_project_id":
		return []any{nil, "0", "ep-1", "ep-2"}
	case "tags":
		return []any{nil, map[string]string{}, map[string]string{"a": ""}, map[string]string{"a": "1", "b": "2"}}
	}
	return nil
}

// changeable are the attributes that change in place.
var changeable = []string{
	"handler", "timeout", "memory_size", "description", "code", "image_config", "dependency_version_ids", "user_data",
	"encrypted_user_data", "user_data_kms_key_id",
	"agency", "app_agency", "vpc", "domain_names", "peering_cidrs", "network_controller", "mount_config", "initializer",
	"pre_stop", "restore_hook", "heartbeat_handler", "enable_class_isolation", "gpu", "ephemeral_storage", "concurrency_num",
	"max_instance_num", "is_stateful_function", "enable_dynamic_memory", "log", "enterprise_project_id", "tags",
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
	for _, name := range changeable {
		all := g.attributeValues(name, runtime, generation)
		if len(all) == 0 || all[0] == nil && g.IntN(2) == 0 {
			continue
		}
		if v := all[g.IntN(len(all))]; v != nil {
			out[name] = v
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
	for {
		name := changeable[g.IntN(len(changeable))]
		all := g.attributeValues(name, config["runtime"].(string), generation)
		if len(all) == 0 {
			continue
		}
		out := maps.Clone(config)
		delete(out, name)
		if v := all[g.IntN(len(all))]; v != nil {
			out[name] = v
		}
		if agency, _ := out["agency"].(string); out["vpc"] != nil && agency == "" || same(config[name], out[name]) {
			continue
		}
		return name, out
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
