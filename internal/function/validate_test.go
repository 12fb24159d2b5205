// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// attributes is a configuration, or what is changed in one.
type attributes = map[string]any

// with is a small valid function with some attributes changed; nil removes one.
func with(change attributes) attributes {
	config := attributes{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": attributes{"inline": "print()"},
	}
	maps.Copy(config, change)
	return config
}

// variables are n environment variables.
func variables(n int) attributes {
	all := attributes{}
	for i := range n {
		all[fmt.Sprintf("KEY_%d", i)] = "x"
	}
	return all
}

// expectOne demands that there is nothing but one diagnostic: of the severity, at the path, with the summary, and with
// each of the words in its detail.
func expectOne(t *testing.T, got acctest.Diagnostics, severity, path, summary string, says ...string) {
	t.Helper()
	if len(got) != 1 {
		t.Fatalf("want one diagnostic, got %d: %s", len(got), got)
	}
	if got[0].Severity != severity || got[0].Path != path || got[0].Summary != summary {
		t.Errorf("want %s at %q: %s, got %s", severity, path, summary, got)
	}
	for _, words := range says {
		if !strings.Contains(got[0].Detail, words) {
			t.Errorf("the detail does not say %q: %s", words, got[0].Detail)
		}
	}
}

func expectNone(t *testing.T, got acctest.Diagnostics) {
	t.Helper()
	if len(got) > 0 {
		t.Errorf("want no diagnostics, got %s", got)
	}
}

// expectSilence demands that nothing was requested.
func expectSilence(t *testing.T, e *acctest.Env) {
	t.Helper()
	if requests := e.Emulator.Requests(); len(requests) > 0 {
		t.Errorf("%d requests were made, the first %s", len(requests), requests[0].Op)
	}
}

const (
	summaryLength = "Invalid Attribute Value Length"
	summaryMatch  = "Invalid Attribute Value Match"
	summaryValue  = "Invalid Attribute Value"
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

// TestValidate: each rule refuses a value and accepts its nearest neighbour. Nothing is requested.
func TestValidate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, summary string
		says          string
		bad, good     attributes
	}{
		// Contract F1.
		"name too long": {
			"name", summaryLength, "at most 60",
			attributes{"name": "a" + strings.Repeat("b", 60)}, attributes{"name": "a" + strings.Repeat("b", 59)},
		},
		"name begins with a digit": {
			"name", summaryMatch, "begin with a letter", attributes{"name": "1orders"}, attributes{"name": "o1rders"},
		},
		"name ends with a hyphen": {
			"name", summaryMatch, "end with a letter or digit", attributes{"name": "orders-"},
			attributes{"name": "orders-1"},
		},
		"name with a dot": {
			"name", summaryMatch, "letters, digits, '_' and '-'", attributes{"name": "or.ders"},
			attributes{"name": "or_ders"},
		},
		"name empty": {
			"name", summaryMatch, "begin with a letter", attributes{"name": ""}, attributes{"name": "o"},
		},
		// Contract F2.
		"package too long": {
			"package", summaryLength, "at most 60",
			attributes{"package": strings.Repeat("p", 61)}, attributes{"package": strings.Repeat("p", 60)},
		},
		"package with a slash": {
			"package", summaryMatch, "letters, digits, '_' and '-'",
			attributes{"package": "shop/a"}, attributes{"package": "shop-a"},
		},
		"package empty": {
			"package", summaryMatch, "letters, digits, '_' and '-'", attributes{"package": ""},
			attributes{"package": nil},
		},
		"type": {
			"type", summaryMatch, `"v1" "v2"`, attributes{"type": "v3"}, attributes{"type": "v2"},
		},
		// Contract F4 and F5.
		"timeout too short": {
			"timeout", summaryValue, "between 3 and 259200", attributes{"timeout": 2}, attributes{"timeout": 3},
		},
		"timeout too long": {
			"timeout", summaryValue, "between 3 and 259200", attributes{"timeout": 259201},
			attributes{"timeout": 259200},
		},
		"memory": {
			"memory_size", summaryValue, "at least 1", attributes{"memory_size": 0}, attributes{"memory_size": 128},
		},
		"runtime empty": {
			"runtime", summaryLength, "at least 1", attributes{"runtime": ""}, attributes{"runtime": "Python3.10"},
		},
		// Contract F6.
		"handler without a dot": {
			"handler", "Invalid Handler", "for example index.handler",
			attributes{"handler": "index"}, attributes{"handler": "index.handler"},
		},
		"handler of Java": {
			"handler", "Invalid Handler", "Java11",
			attributes{"runtime": "Java11", "handler": "Main"},
			attributes{"runtime": "Java11", "handler": "com.shop.Main.run"},
		},
		"handler of an image for Python": {
			"handler", "Invalid Handler", "container images",
			attributes{"handler": "-"}, attributes{"runtime": "Custom Image", "handler": "-"},
		},
		"handler of an image for Custom": {
			"handler", "Invalid Handler", "container images",
			attributes{"runtime": "Custom", "handler": "-"}, attributes{"runtime": "Custom", "handler": "bootstrap"},
		},
		"handler of an image for http": {
			"handler", "Invalid Handler", "container images",
			attributes{"runtime": "http", "handler": "-"}, attributes{"runtime": "http", "handler": "bootstrap"},
		},
		"handler too long": {
			"handler", summaryLength, "between 1 and 128",
			attributes{"handler": "i." + strings.Repeat("h", 127)},
			attributes{"handler": "i." + strings.Repeat("h", 126)},
		},
		"handler empty": {
			"handler", summaryLength, "between 1 and 128", attributes{"handler": ""}, attributes{"handler": "a.b"},
		},
		// Contract F17: characters, not bytes.
		"description": {
			"description", "Invalid Attribute Value Length", "512",
			attributes{"description": strings.Repeat("ü", 513)}, attributes{"description": strings.Repeat("ü", 512)},
		},
		// Contract F15 and F16.
		"21 variables": {
			"user_data", summaryValue, "at most 20", attributes{"user_data": variables(21)},
			attributes{"user_data": variables(20)},
		},
		"4 KB of variables": {
			"user_data", "Environment Too Large", "4096",
			attributes{"user_data": attributes{"K": strings.Repeat("x", 4096-7)}},
			attributes{"user_data": attributes{"K": strings.Repeat("x", 4096-8)}},
		},
		"variable without a name": {
			`user_data[""]`, summaryLength, "at least 1",
			attributes{"user_data": attributes{"": "x"}}, attributes{"user_data": attributes{"x": ""}},
		},
		"21 tags": {
			"tags", summaryValue, "at most 20", attributes{"tags": variables(21)}, attributes{"tags": variables(20)},
		},
		"tag key": {
			`tags["` + strings.Repeat("k", 129) + `"]`, summaryLength, "128",
			attributes{"tags": attributes{strings.Repeat("k", 129): ""}},
			attributes{"tags": attributes{strings.Repeat("k", 128): ""}},
		},
		"tag value": {
			`tags["k"]`, summaryLength, "255",
			attributes{"tags": attributes{"k": strings.Repeat("v", 256)}},
			attributes{"tags": attributes{"k": strings.Repeat("v", 255)}},
		},
		"too few instances": {
			"max_instance_num", summaryValue, "between -1 and 1000",
			attributes{"max_instance_num": -2}, attributes{"max_instance_num": -1},
		},
		"too many instances": {
			"max_instance_num", summaryValue, "between -1 and 1000",
			attributes{"max_instance_num": 1001}, attributes{"max_instance_num": 1000},
		},
		// Contract F23.
		"vpc without agency": {
			"vpc", "Missing Agency", "IAM agency",
			attributes{"vpc": vpc(nil)}, attributes{"vpc": vpc(nil), "agency": "vpc-agency"},
		},
		"vpc with an empty agency": {
			"vpc", "Missing Agency", "IAM agency", attributes{"vpc": vpc(nil), "agency": ""}, attributes{"agency": ""},
		},
		"vpc without an id": {
			"vpc.vpc_id", summaryLength, "at least 1",
			attributes{"agency": "a", "vpc": vpc(attributes{"vpc_id": ""})}, attributes{"agency": "a", "vpc": vpc(attributes{"vpc_id": "v"})},
		},
		"empty security group": {
			`vpc.security_group_ids[""]`, summaryLength, "at least 1",
			attributes{"agency": "a", "vpc": vpc(attributes{"security_group_ids": []any{""}})},
			attributes{"agency": "a", "vpc": vpc(attributes{"security_group_ids": []any{"sg"}})},
		},
		"trigger VPC without an id": {
			`network_controller.trigger_access_vpcs[{vpc_id: ""}].vpc_id`, summaryLength, "at least 1",
			attributes{"network_controller": attributes{"trigger_access_vpcs": []any{attributes{"vpc_id": ""}}}},
			attributes{"network_controller": attributes{"trigger_access_vpcs": []any{attributes{"vpc_id": "v"}}}},
		},
		"zone without a name": {
			`domain_names[{domain_name: "", id: "z"}].domain_name`, summaryLength, "at least 1",
			attributes{"domain_names": []any{attributes{"id": "z", "domain_name": ""}}},
			attributes{"domain_names": []any{attributes{"id": "z", "domain_name": "a.example"}}},
		},
		// Contract 2.3: up to 5.
		"six peered ranges": {
			"peering_cidrs", summaryValue, "at most 5",
			attributes{"peering_cidrs": []any{"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16", "10.6.0.0/16"}},
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
			attributes{"mount_config": mountedBy(attributes{"user_id": 0})}, attributes{"mount_config": mountedBy(attributes{"user_id": 1})},
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
			"mount_config.mounts", summaryValue, "at least 1 elements and at most 5",
			attributes{"mount_config": mounted(6)}, attributes{"mount_config": mounted(5)},
		},
		"no mounts": {
			"mount_config.mounts", summaryValue, "at least 1 elements and at most 5",
			attributes{"mount_config": mounted(0)}, attributes{"mount_config": mounted(1)},
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
		"initializer without a handler": {
			"initializer.handler", summaryLength, "between 1 and 128", attributes{"initializer": hook("", 1)},
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
			attributes{"enable_auth_in_header": true, "runtime": "Custom Image", "handler": "-"},
		},
		// Contract F28.
		"gpu of Python": {
			"gpu", "Not for This Runtime", "Custom", attributes{"gpu": gpu(1024)},
			attributes{"gpu": gpu(1024), "runtime": "Custom", "handler": "bootstrap"},
		},
		"gpu of http": {
			"gpu", "Not for This Runtime", "Custom Image", attributes{"gpu": gpu(1024), "runtime": "http", "handler": "x"},
			attributes{"gpu": gpu(1024), "runtime": "Custom Image", "handler": "-"},
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
			"gpu.type", summaryLength, "at least 1", custom(attributes{"gpu": attributes{"type": "", "memory": 1024}}),
			custom(attributes{"gpu": attributes{"type": "x", "memory": 1024}}),
		},
		"ephemeral storage": {
			"ephemeral_storage", summaryMatch, "512", attributes{"ephemeral_storage": 1024}, attributes{"ephemeral_storage": 512},
		},
		"large ephemeral storage": {
			"ephemeral_storage", summaryMatch, "10240", attributes{"ephemeral_storage": 10239},
			attributes{"ephemeral_storage": 10240},
		},
		"no requests": {
			"concurrency_num", summaryValue, "between 1 and 1000", attributes{"concurrency_num": 0}, attributes{"concurrency_num": 1},
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
			"log.custom_tags", summaryValue, "at most 10",
			attributes{"log": attributes{"custom_tags": variables(11)}}, attributes{"log": attributes{"custom_tags": variables(10)}},
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
		"enterprise project": {
			"enterprise_project_id", summaryLength, "at least 1", attributes{"enterprise_project_id": ""},
			attributes{"enterprise_project_id": "0"},
		},
		"empty dependency": {
			`dependency_version_ids[""]`, summaryLength, "at least 1", attributes{"dependency_version_ids": []any{""}},
			attributes{"dependency_version_ids": []any{}},
		},
		"null among variables": {
			"user_data", "Null Map Value", "null value", attributes{"user_data": attributes{"A": nil}},
			attributes{"user_data": attributes{"A": ""}},
		},
		"null among tags": {
			"tags", "Null Map Value", "null value", attributes{"tags": attributes{"A": nil}}, attributes{"tags": attributes{"A": ""}},
		},
		"null among log tags": {
			"log.custom_tags", "Null Map Value", "null value",
			attributes{"log": attributes{"custom_tags": attributes{"A": nil}}},
			attributes{"log": attributes{"custom_tags": attributes{"A": ""}}},
		},
		"null among dependencies": {
			"dependency_version_ids", "Null Set Value", "null value",
			attributes{"dependency_version_ids": []any{nil}}, attributes{"dependency_version_ids": []any{"d"}},
		},
		"two sources": {
			"code", "Conflicting Code Sources", "inline and zip_file are set together",
			attributes{"code": attributes{"inline": "x", "zip_file": "a.zip"}},
			attributes{"code": attributes{"zip_file": "a.zip"}},
		},
		"four sources": {
			"code", "Conflicting Code Sources", "inline and zip_file and jar_file and package_file",
			attributes{"code": attributes{"inline": "x", "zip_file": "a", "jar_file": "b", "package_file": "c"}},
			attributes{"code": attributes{"package_file": "c"}},
		},
		"no source": {
			"code", "Missing Code Source", "exactly one of inline, zip_file, jar_file, package_file",
			attributes{"code": attributes{"filename": "index.py"}},
			attributes{"code": attributes{"inline": "x", "filename": "index.py"}},
		},
		"empty path": {
			"code.zip_file", summaryLength, "at least 1",
			attributes{"code": attributes{"zip_file": ""}}, attributes{"code": attributes{"zip_file": "x"}},
		},
		"empty file name": {
			"code.filename", summaryLength, "at least 1",
			attributes{"code": attributes{"inline": "x", "filename": ""}},
			attributes{"code": attributes{"inline": "x", "filename": "f"}},
		},
		"empty marker": {
			"code.source_hash", summaryLength, "at least 1",
			attributes{"code": attributes{"inline": "x", "source_hash": ""}},
			attributes{"code": attributes{"inline": "x", "source_hash": "1"}},
		},
		"inline empty": {
			"code.inline", "Empty Code", "template", attributes{"code": attributes{"inline": ""}},
			attributes{"code": attributes{"inline": "#"}},
		},
		// Contract F13: bytes, not characters.
		"inline too large": {
			"code.inline", "Inline Code Too Large", "zip_file",
			attributes{"code": attributes{"inline": "#" + strings.Repeat("ü", 5120)}},
			attributes{"code": attributes{"inline": strings.Repeat("ü", 5120)}},
		},
		"timeouts": {
			"timeouts.create", "Invalid Attribute Value Time Duration", "must be a string",
			attributes{"timeouts": attributes{"create": "5 minutes"}},
			attributes{"timeouts": attributes{"create": "5m"}},
		},
		"runtime missing": {
			"runtime", "Missing Required Argument", "package_file", attributes{"runtime": nil},
			attributes{"runtime": nil, "code": attributes{"package_file": "p.zip"}},
		},
		"handler missing": {
			"handler", "Missing Required Argument", "package_file", attributes{"handler": nil},
			attributes{"handler": nil, "code": attributes{"package_file": "p.zip"}},
		},
		"timeout missing": {
			"timeout", "Missing Required Argument", "package_file", attributes{"timeout": nil},
			attributes{"timeout": nil, "code": attributes{"package_file": "p.zip"}},
		},
		"memory missing": {
			"memory_size", "Missing Required Argument", "package_file", attributes{"memory_size": nil},
			attributes{"memory_size": nil, "code": attributes{"package_file": "p.zip"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectOne(t, p.Validate("fgs_function", with(test.bad)), "ERROR", test.path, test.summary, test.says)
			expectNone(t, p.Validate("fgs_function", with(test.good)))
			expectSilence(t, e)
		})
	}
}

// TestValidate_catalogues: lists that grow by region and date only warn, and what is on them does not. Rules that hang
// on the runtime leave an unknown one alone.
func TestValidate_catalogues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, summary string
		says          string
		strange, good attributes
	}{
		"runtime": {
			"runtime", "Unknown Runtime", "Python3.13", attributes{"runtime": "Python3.13"},
			attributes{"runtime": "Python3.12"},
		},
		"runtime with a handler of another form": {
			"runtime", "Unknown Runtime", "Bun1.2",
			attributes{"runtime": "Bun1.2", "handler": "start"}, attributes{"runtime": "Custom", "handler": "start"},
		},
		"memory between": {
			"memory_size", "Unknown Memory Size", "700 MB", attributes{"memory_size": 700},
			attributes{"memory_size": 768},
		},
		"memory beyond": {
			"memory_size", "Unknown Memory Size", "8192 MB", attributes{"memory_size": 8192},
			attributes{"memory_size": 4096},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := acctest.New(t).Protocol(t)
			expectOne(t, p.Validate("fgs_function", with(test.strange)), "WARNING", test.path, test.summary, test.says)
			expectNone(t, p.Validate("fgs_function", with(test.good)))
		})
	}
}

// TestValidate_unknown: what is not known yet never fails, neither alone nor together with all the rest, neither in
// validation nor in the plan of a creation.
func TestValidate_unknown(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	var all []attributes
	every := attributes{}
	for _, name := range []string{
		"name", "package", "type", "runtime", "handler", "timeout", "memory_size", "description", "user_data", "agency",
		"app_agency", "tags", "max_instance_num", "ignore_code_drift", "code", "dependency_version_ids", "user_data_kms_key_id",
		"vpc", "domain_names", "peering_cidrs", "network_controller", "mount_config", "initializer", "pre_stop", "restore_hook",
		"heartbeat_handler", "enable_class_isolation", "gpu", "concurrency_num", "ephemeral_storage", "enable_dynamic_memory",
		"is_stateful_function", "enable_auth_in_header", "log", "enterprise_project_id",
	} {
		every[name] = acctest.Unknown
		all = append(all, attributes{name: acctest.Unknown})
	}
	all = append(all, every,
		attributes{"user_data": attributes{"k": acctest.Unknown}}, attributes{"tags": attributes{"k": acctest.Unknown}})
	all = append(all, partlyUnknown()...)
	for _, name := range []string{"inline", "zip_file", "jar_file", "package_file"} {
		all = append(all,
			attributes{"code": attributes{name: acctest.Unknown}},
			attributes{"code": attributes{name: acctest.Unknown, "source_hash": acctest.Unknown, "filename": acctest.Unknown}},
			attributes{"code": attributes{name: acctest.Unknown, "source_hash": "1"}},
			attributes{"code": attributes{name: acctest.Unknown, "inline": "may be the only one"}},
			attributes{"code": attributes{name: acctest.Unknown}, "runtime": acctest.Unknown, "handler": "no-dot-yet"},
		)
	}
	for _, change := range all {
		if got := p.Validate("fgs_function", with(change)); len(got) > 0 {
			t.Errorf("validating %v: %s", change, got)
		}
		if got := p.PlanCreate("fgs_function", with(change)); len(got) > 0 {
			t.Errorf("planning %v: %s", change, got)
		}
	}
	expectSilence(t, e)
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

// TestValidate_opensNoFile: a file that is not there is the plan's business.
func TestValidate_opensNoFile(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for _, source := range []string{"zip_file", "jar_file", "package_file"} {
		expectNone(t, p.Validate("fgs_function", with(attributes{"code": attributes{source: "build/none"}})))
	}
}
