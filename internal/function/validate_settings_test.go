// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"slices"
	"testing"
)

// TestValidate_settings is TestValidate for network, files, hooks, capacity, logs and what else is not the core.
func TestValidate_settings(t *testing.T) {
	t.Parallel()
	refuses(t, map[string]inputRule{
		// Contract F23.
		"vpc without agency": {
			"vpc", "Missing Agency", "IAM agency",
			attributes{"vpc": vpc(nil)}, attributes{"vpc": vpc(nil), "agency": "vpc-agency"},
		},
		"vpc with an empty agency": {
			"vpc", "Missing Agency", "IAM agency", attributes{"vpc": vpc(nil), "agency": ""}, attributes{"agency": ""},
		},
		"vpc without an id": {
			"vpc.vpc_id", "Missing Required Argument", "vpc needs vpc_id",
			attributes{"agency": "a", "vpc": vpc(attributes{"vpc_id": ""})},
			attributes{"agency": "a", "vpc": vpc(attributes{"vpc_id": "v"})},
		},

		"zone without a name": {
			"domain_names.domain_name", "Missing Required Argument", "needs domain_name",
			attributes{"domain_names": []any{attributes{"id": "z", "domain_name": ""}}},
			attributes{"domain_names": []any{attributes{"id": "z", "domain_name": "a.example"}}},
		},
		// Contract 2.3: up to 5.
		"six peered ranges": {
			"peering_cidrs", summaryValue, "at most 5",
			attributes{"peering_cidrs": []any{"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16",
				"10.6.0.0/16"}},
			attributes{"peering_cidrs": []any{"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16"}},
		},
		"peered address": {
			`peering_cidrs["10.1.2.3"]`, "Invalid CIDR Block", "192.168.0.0/16", attributes{"peering_cidrs": []any{"10.1.2.3"}},
			attributes{"peering_cidrs": []any{"10.1.2.3/32"}},
		},
		"address within a peered range": {
			`peering_cidrs["10.1.2.3/16"]`, "Invalid CIDR Block", `Write "10.1.0.0/16"`,
			attributes{"peering_cidrs": []any{"10.1.2.3/16"}}, attributes{"peering_cidrs": []any{"10.1.0.0/16"}},
		},
		// Contract F26 and F27.
		"mount user 0": {
			"mount_config.user_id", summaryMatch, "none of",
			attributes{"mount_config": mountedBy(attributes{"user_id": 0})},
			attributes{"mount_config": mountedBy(attributes{"user_id": 1})},
		},
		"mount user 1000": {
			"mount_config.user_id", summaryMatch, "none of",
			attributes{"mount_config": mountedBy(attributes{"user_id": 1000})},
			attributes{"mount_config": mountedBy(attributes{"user_id": 1001})},
		},
		"mount group 1002": {
			"mount_config.group_id", summaryMatch, "none of",
			attributes{"mount_config": mountedBy(attributes{"group_id": 1002})},
			attributes{"mount_config": mountedBy(attributes{"group_id": 1003})},
		},
		"mount user too small": {
			"mount_config.user_id", summaryValue, "between -1 and 65534",
			attributes{"mount_config": mountedBy(attributes{"user_id": -2})},
			attributes{"mount_config": mountedBy(attributes{"user_id": -1})},
		},
		"mount user too large": {
			"mount_config.user_id", summaryValue, "between -1 and 65534",
			attributes{"mount_config": mountedBy(attributes{"user_id": 65535})},
			attributes{"mount_config": mountedBy(attributes{"user_id": 65534})},
		},
		"six mounts": {
			"mount_config.mounts", summaryValue, "at most 5",
			attributes{"mount_config": mounted(6)}, attributes{"mount_config": mounted(5)},
		},
		"path mounted twice": {
			"mount_config.mounts[1].local_mount_path", "Path Mounted Twice", `"/mnt/0"`,
			attributes{"mount_config": attributes{"mounts": []any{mount("/mnt/0", nil), mount("/mnt/0", nil)}}},
			attributes{"mount_config": attributes{"mounts": []any{mount("/mnt/0", nil), mount("/mnt/1", nil)}}},
		},
		"relative mount path": {
			"mount_config.mounts[0].local_mount_path", "Invalid Mount Path", "absolute",
			attributes{"mount_config": attributes{"mounts": []any{mount("mnt/0", nil)}}},
			attributes{"mount_config": attributes{"mounts": []any{mount("/mnt/0", nil)}}},
		},
		"root as mount path": {
			"mount_config.mounts[0].local_mount_path", "Invalid Mount Path", "absolute",
			attributes{"mount_config": attributes{"mounts": []any{mount("/", nil)}}},
			attributes{"mount_config": attributes{"mounts": []any{mount("/m", nil)}}},
		},
		"kind of mount": {
			"mount_config.mounts[0].mount_type", summaryMatch, `"sfsTurbo"`,
			attributes{"mount_config": attributes{"mounts": []any{mount("/m", attributes{"mount_type": "sfsTrubo"})}}},
			attributes{"mount_config": attributes{"mounts": []any{mount("/m", attributes{"mount_type": "sfsTurbo"})}}},
		},
		"server without a share": {
			"mount_config.mounts[0].mount_share_path", "Missing Share Path", "192.168.0.12:/data",
			attributes{"mount_config": attributes{"mounts": []any{mount("/m", attributes{"mount_type": "ecs"})}}},
			attributes{"mount_config": attributes{"mounts": []any{
				mount("/m", attributes{"mount_type": "ecs", "mount_share_path": "10.0.0.1:/"}),
			}}},
		},
		// Contract F24, F25 and 2.3: the pairs.
		"initializer too short": {
			"initializer.timeout", summaryValue, "between 1 and 300", attributes{"initializer": hook("index.init", 0)},
			attributes{"initializer": hook("index.init", 1)},
		},
		"initializer too long": {
			"initializer.timeout", summaryValue, "between 1 and 300", attributes{"initializer": hook("index.init", 301)},
			attributes{"initializer": hook("index.init", 300)},
		},
		"initializer without a dot": {
			"initializer.handler", "Invalid Handler", "index.handler", attributes{"initializer": hook("init", 1)},
			attributes{"initializer": hook("index.init", 1)},
		},
		"initializer of an image for Python": {
			"initializer.handler", "Invalid Handler", "container images", attributes{"initializer": hook("-", 1)},
			imaged(attributes{"initializer": hook("-", 1)}),
		},
		"initializer of an image for http": {
			"initializer.handler", "Invalid Handler", "container images",
			attributes{"initializer": hook("-", 1), "runtime": "http", "handler": "bootstrap"},
			imaged(attributes{"initializer": hook("-", 1), "runtime": "http"}),
		},
		"initializer without a handler": {
			"initializer.handler", "Missing Required Argument", "initializer needs handler",
			attributes{"initializer": hook("", 1)},
			attributes{"initializer": hook("i.i", 1)},
		},
		"pre_stop too short": {
			"pre_stop.timeout", summaryValue, "between 1 and 90", attributes{"pre_stop": hook("index.stop", 0)},
			attributes{"pre_stop": hook("index.stop", 1)},
		},
		"pre_stop too long": {
			"pre_stop.timeout", summaryValue, "between 1 and 90", attributes{"pre_stop": hook("index.stop", 91)},
			attributes{"pre_stop": hook("index.stop", 90)},
		},
		"pre_stop without a dot": {
			"pre_stop.handler", "Invalid Handler", "index.handler", attributes{"pre_stop": hook("stop", 1)},
			attributes{"pre_stop": hook("stop", 1), "runtime": "http", "handler": "bootstrap"},
		},
		"restore_hook too long": {
			"restore_hook.timeout", summaryValue, "between 1 and 300", java(attributes{"restore_hook": hook("a.B.c", 301)}),
			java(attributes{"restore_hook": hook("a.B.c", 300)}),
		},
		// Java only.
		"restore_hook of Python": {
			"restore_hook", "Not for This Runtime", "Java", attributes{"restore_hook": hook("a.b", 1)},
			java(attributes{"restore_hook": hook("a.b", 1)}),
		},
		"heartbeat_handler of Python": {
			"heartbeat_handler", "Not for This Runtime", "Java", attributes{"heartbeat_handler": "a.b"},
			java(attributes{"heartbeat_handler": "a.b"}),
		},
		"heartbeat_handler without a dot": {
			"heartbeat_handler", "Invalid Handler", "Java11", java(attributes{"heartbeat_handler": "beat"}),
			java(attributes{"heartbeat_handler": ""}),
		},
		"enable_class_isolation of Python": {
			"enable_class_isolation", "Not for This Runtime", "Java", attributes{"enable_class_isolation": true},
			attributes{"enable_class_isolation": false},
		},
		"enable_class_isolation of Go": {
			"enable_class_isolation", "Not for This Runtime", "Java",
			attributes{"enable_class_isolation": true, "runtime": "Go1.x"}, java(attributes{"enable_class_isolation": true}),
		},
		"enable_auth_in_header of Python": {
			"enable_auth_in_header", "Not for This Runtime", "Custom Image", attributes{"enable_auth_in_header": true},
			imaged(attributes{"enable_auth_in_header": true}),
		},
		"enable_auth_in_header of Custom": {
			"enable_auth_in_header", "Not for This Runtime", "http",
			attributes{"enable_auth_in_header": true, "runtime": "Custom", "handler": "bootstrap"},
			attributes{"enable_auth_in_header": true, "runtime": "http", "handler": "bootstrap"},
		},
		// Contract F28.
		"gpu of Python": {
			"gpu", "Not for This Runtime", "Custom", attributes{"gpu": gpu(1024)},
			attributes{"gpu": gpu(1024), "runtime": "Custom", "handler": "bootstrap"},
		},
		"gpu of http": {
			"gpu", "Not for This Runtime", "Custom Image", attributes{"gpu": gpu(1024), "runtime": "http", "handler": "x"},
			imaged(attributes{"gpu": gpu(1024)}),
		},
		"gpu too small": {
			"gpu.memory", summaryValue, "between 1024 and 16384",
			custom(attributes{"gpu": gpu(1023)}), custom(attributes{"gpu": gpu(1024)}),
		},
		"gpu too large": {
			"gpu.memory", summaryValue, "between 1024 and 16384",
			custom(attributes{"gpu": gpu(16385)}), custom(attributes{"gpu": gpu(16384)}),
		},
		"gpu between": {
			"gpu.memory", "Invalid GPU Memory", "multiple of 1024",
			custom(attributes{"gpu": gpu(2047)}), custom(attributes{"gpu": gpu(2048)}),
		},
		"gpu without a type": {
			"gpu.type", "Missing Required Argument", "gpu needs type",
			custom(attributes{"gpu": attributes{"type": "", "memory": 1024}}),
			custom(attributes{"gpu": attributes{"type": "x", "memory": 1024}}),
		},
		"ephemeral storage": {
			"ephemeral_storage", summaryMatch, "512", attributes{"ephemeral_storage": 1024},
			attributes{"ephemeral_storage": 512},
		},
		"large ephemeral storage": {
			"ephemeral_storage", summaryMatch, "10240", attributes{"ephemeral_storage": 10239},
			attributes{"ephemeral_storage": 10240},
		},
		"no requests": {
			"concurrency_num", summaryValue, "between 1 and 1000", attributes{"concurrency_num": 0},
			attributes{"concurrency_num": 1},
		},
		"too many requests": {
			"concurrency_num", summaryValue, "between 1 and 1000", attributes{"concurrency_num": 1001},
			attributes{"concurrency_num": 1000},
		},
		// Contract 2.3 and F29: what the old generation has not.
		"requests of v1": {
			"concurrency_num", "Not for This Type", "v2", attributes{"type": "v1", "concurrency_num": 2},
			attributes{"type": "v1", "concurrency_num": 1},
		},
		"instances of v1": {
			"max_instance_num", "Not for This Type", "-1", attributes{"type": "v1", "max_instance_num": 1},
			attributes{"type": "v1", "max_instance_num": 0},
		},
		"state of v1": {
			"is_stateful_function", "Not for This Type", "v2", attributes{"type": "v1", "is_stateful_function": true},
			attributes{"type": "v2", "is_stateful_function": true},
		},
		"log tags of v1": {
			"log.custom_tags", "Not for This Type", "v2",
			attributes{"type": "v1", "log": attributes{"custom_tags": attributes{"a": "b"}}},
			attributes{"type": "v1", "log": attributes{"custom_tags": attributes{}}},
		},
		"eleven log tags": {
			"log.custom_tags", "Too Many Entries", "at most 10",
			attributes{"log": attributes{"custom_tags": variables(11)}},
			attributes{"log": attributes{"custom_tags": variables(10)}},
		},
		"log group without a stream": {
			"log.stream_id", "Missing Log Group or Stream", "group_id is given without stream_id",
			attributes{"log": attributes{"group_id": "g"}}, attributes{"log": attributes{"group_id": "g", "stream_id": "s"}},
		},
		"log stream without a group": {
			"log.group_id", "Missing Log Group or Stream", "stream_id is given without group_id",
			attributes{"log": attributes{"stream_id": "s"}}, attributes{"log": attributes{}},
		},
		"log group by name alone": {
			"log.group_id", "Missing Log Group or Stream", "group_name is given without group_id",
			attributes{"log": attributes{"group_name": "g"}},
			attributes{"log": attributes{"group_name": "g", "group_id": "g", "stream_id": "s"}},
		},
		"log stream by name alone": {
			"log.stream_id", "Missing Log Group or Stream", "stream_name is given without stream_id",
			attributes{"log": attributes{"stream_name": "g"}},
			attributes{"log": attributes{"stream_name": "g", "group_id": "g", "stream_id": "s"}},
		},

		"dependencies": {
			"dependency_version_ids", "Invalid Attribute Value", "at most 20 elements",
			attributes{"dependency_version_ids": slices.Repeat([]any{"d"}, 21)},
			attributes{"dependency_version_ids": slices.Repeat([]any{"d"}, 20)},
		},
	})
}
