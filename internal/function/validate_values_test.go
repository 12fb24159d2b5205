// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"maps"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

func vpc(change attributes) attributes {
	out := attributes{"vpc_id": "vpc-1", "subnet_id": "subnet-1"}
	maps.Copy(out, change)
	return out
}

func mount(local string, change attributes) attributes {
	out := attributes{"mount_type": "sfs", "mount_resource": "fs-1", "local_mount_path": local}
	maps.Copy(out, change)
	return out
}

// mounted is a mount_config of n file systems.
func mounted(n int) attributes {
	list := []any{}
	for i := range n {
		list = append(list, mount(fmt.Sprintf("/mnt/%d", i), nil))
	}
	return attributes{"mounts": list}
}

func mountedBy(user attributes) attributes {
	out := mounted(1)
	maps.Copy(out, user)
	return out
}

func hook(handler string, timeout int) attributes {
	return attributes{"handler": handler, "timeout": timeout}
}

func gpu(memory int) attributes { return attributes{"type": "nvidia-t4", "memory": memory} }

// java and custom are functions of these runtimes.
func java(change attributes) attributes {
	out := attributes{"runtime": "Java11", "handler": "com.shop.Main.run"}
	maps.Copy(out, change)
	return out
}

func custom(change attributes) attributes {
	out := attributes{"runtime": "Custom", "handler": "bootstrap"}
	maps.Copy(out, change)
	return out
}

// partlyUnknown are values with something within that is not known, and values that hang on another one that is not.
func partlyUnknown() []attributes {
	u := acctest.Unknown
	return []attributes{
		{"vpc": vpc(nil), "agency": u}, {"vpc": vpc(attributes{"vpc_id": u}), "agency": "a"},
		{"vpc": vpc(attributes{"security_group_ids": u}), "agency": "a"},
		{"vpc": vpc(attributes{"security_group_ids": []any{u, "x"}}), "agency": "a"},
		{"network_controller": attributes{"disable_public_network": u, "trigger_access_vpcs": u}},
		{"network_controller": attributes{"trigger_access_vpcs": []any{attributes{"vpc_id": u}}}},
		{"domain_names": []any{attributes{"id": u, "domain_name": "a.example"}}}, {"peering_cidrs": []any{u, "10.1.0.0/16"}},
		{"mount_config": attributes{"mounts": u, "user_id": u}}, {"mount_config": mountedBy(attributes{"group_id": u})},
		{"mount_config": attributes{"mounts": []any{mount("/a", attributes{"local_mount_path": u}), mount("/a", nil)}}},
		{"mount_config": attributes{"mounts": []any{
			mount("/a", attributes{"local_mount_path": u}), mount("/b", attributes{"local_mount_path": u}),
		}}},
		{"mount_config": attributes{"mounts": []any{mount("/a", attributes{"mount_type": "ecs", "mount_share_path": u})}}},
		{"mount_config": attributes{"mounts": []any{mount("/a", attributes{"mount_type": u})}}},
		{"initializer": attributes{"handler": u, "timeout": u}}, {"initializer": hook("no-dot-yet", 1), "runtime": u},
		{"restore_hook": hook("a.b", 1), "runtime": u}, {"heartbeat_handler": "a.b", "runtime": u}, {"gpu": gpu(1024), "runtime": u},
		{"gpu": attributes{"type": u, "memory": u}, "runtime": "Custom", "handler": "x"}, {"enable_class_isolation": true, "runtime": u},
		{"enable_auth_in_header": true, "runtime": u}, {"concurrency_num": 5, "type": u}, {"is_stateful_function": true, "type": u},
		{"max_instance_num": 5, "type": u}, {"type": "v1", "concurrency_num": u, "max_instance_num": u, "is_stateful_function": u},
		{"log": attributes{"group_id": u}}, {"log": attributes{"group_id": u, "stream_id": "s"}}, {"log": attributes{"group_name": u}},
		{"log": attributes{"custom_tags": u}}, {"log": attributes{"custom_tags": attributes{"a": u}}, "type": u},
		{"dependency_version_ids": []any{u}},
	}
}
