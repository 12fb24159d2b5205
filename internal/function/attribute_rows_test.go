// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// attributeRow is one attribute on its way through everything that can happen to it.
type attributeRow struct {
	name          string
	of            string // kind of function: "" for Python, else java, custom or image
	first, second string // two values, in HCL
	zero          string // the empty value that means the same as none; "" where there is no such value
	alone         bool   // does not go together with the others
	required      bool   // cannot be removed
	keeps         bool   // null keeps what is there
	own           bool   // the service does not know it
	byKey         bool   // keys that are not configured are somebody else's

	members []string // on the wire
	get     func(f emulator.Function) string
	holds   [2]string // what get says with the two values; without one it says ""
	drift   func(f *emulator.Function)
}

// functionKinds are the attributes that each kind of function has.
var functionKinds = map[string]map[string]string{
	"":       {"runtime": `"Python3.9"`, "handler": `"index.handler"`},
	"java":   {"runtime": `"Java11"`, "handler": `"com.shop.Main.run"`},
	"custom": {"runtime": `"Custom"`, "handler": `"bootstrap"`},
	"image":  {"runtime": `"Custom Image"`, "handler": `"-"`},
}

// attributeRows are the attributes in the order of the table. path and other are two archives.
func attributeRows(path, other string) []attributeRow {
	return []attributeRow{
		{
			name: "name", alone: true, first: `"orders"`, second: `"orders2"`, required: true, members: []string{"func_name"},
			get: func(f emulator.Function) string { return f.Name }, holds: [2]string{"orders", "orders2"},
		},
		{
			name: "package", alone: true, first: `"shop"`, second: `"store"`, keeps: true, members: []string{"package"},
			get: func(f emulator.Function) string { return f.Package }, holds: [2]string{"shop", "store"},
		},
		{
			name: "type", alone: true, first: `"v2"`, second: `"v1"`, keeps: true, members: []string{"type"},
			get: func(f emulator.Function) string { return f.Type }, holds: [2]string{"v2", "v1"},
		},
		{
			name: "runtime", alone: true, first: `"Python3.9"`, second: `"Python3.12"`, required: true,
			members: []string{"runtime"},
			get:     func(f emulator.Function) string { return f.Runtime }, holds: [2]string{"Python3.9", "Python3.12"},
		},
		{
			name: "handler", first: `"index.handler"`, second: `"main.run"`, required: true, members: []string{"handler"},
			get: func(f emulator.Function) string { return f.Handler }, holds: [2]string{"index.handler", "main.run"},
			drift: func(f *emulator.Function) { f.Handler = "foreign.run" },
		},
		{
			name: "timeout", first: `3`, second: `900`, required: true, members: []string{"timeout"},
			get: func(f emulator.Function) string { return fmt.Sprint(f.Timeout) }, holds: [2]string{"3", "900"},
			drift: func(f *emulator.Function) { f.Timeout = 5 },
		},
		{
			name: "memory_size", first: `128`, second: `512`, required: true, members: []string{"memory_size"},
			get: func(f emulator.Function) string { return fmt.Sprint(f.MemorySize) }, holds: [2]string{"128", "512"},
			drift: func(f *emulator.Function) { f.MemorySize = 1024 },
		},
		{
			name: "description", first: `"first"`, second: `"zweite ü"`, zero: `""`, members: []string{"description"},
			get: func(f emulator.Function) string { return f.Description }, holds: [2]string{"first", "zweite ü"},
			drift: func(f *emulator.Function) { f.Description = "foreign" },
		},
		{
			name: "code", alone: true, first: fmt.Sprintf("{ zip_file = %q }", path),
			second: fmt.Sprintf("{ zip_file = %q }", other),
			keeps:  true, members: []string{"func_code"}, get: entry,
			holds: [2]string{"first", "second"}, drift: func(f *emulator.Function) { f.Code = []byte("foreign") },
		},
		{
			name: "ignore_code_drift", alone: true, own: true, first: `true`, second: `false`,
			get: func(emulator.Function) string { return "" },
		},
		{
			name: "dependency_version_ids", first: `["dep-2", "dep-1"]`, second: `["dep-1", "dep-2"]`, zero: `[]`,
			members: []string{"depend_version_list"}, holds: [2]string{"dep-2 dep-1", "dep-1 dep-2"},
			get: func(f emulator.Function) string { return strings.Join(f.DependVersionList, " ") },
			drift: func(f *emulator.Function) { // another order, or one where there was none
				if slices.Reverse(f.DependVersionList); len(f.DependVersionList) == 0 {
					f.DependVersionList = []string{"dep-1"}
				}
			},
		},
		{
			name: "user_data", first: `{ STAGE = "dev", QUOTED = "\"<&>\\" }`, second: `{ STAGE = "prod", EMPTY = "" }`,
			zero:    `{}`,
			members: []string{"user_data"}, get: func(f emulator.Function) string { return f.UserData },
			holds: [2]string{`{"QUOTED":"\"<&>\\","STAGE":"dev"}`, `{"EMPTY":"","STAGE":"prod"}`},
			drift: func(f *emulator.Function) { f.UserData = `{"FOREIGN":"x"}` },
		},
		{
			name: "encrypted_user_data", first: `{ TOKEN = "one" }`, second: `{ TOKEN = "two", MORE = "" }`, zero: `{}`,
			members: []string{"encrypted_user_data"}, get: func(f emulator.Function) string { return f.EncryptedUserData },
			holds: [2]string{`{"TOKEN":"one"}`, `{"MORE":"","TOKEN":"two"}`},
			drift: func(f *emulator.Function) { f.EncryptedUserData = `{"FOREIGN":"x"}` },
		},
		writeOnlyRow("encrypted_user_data_wo", nil),
		// Where it is not configured, what somebody adds shows in encrypted_user_data.
		writeOnlyRow("encrypted_user_data_wo_version",
			func(f *emulator.Function) { f.EncryptedUserData = `{"FOREIGN":"x"}` }),
		{
			name: "user_data_kms_key_id", first: `"key-1"`, second: `"key-2"`, zero: `""`,
			members: []string{"user_data_encrypt_kms_key_id"},
			get:     func(f emulator.Function) string { return f.UserDataKMSKeyID }, holds: [2]string{"key-1", "key-2"},
			drift: func(f *emulator.Function) { f.UserDataKMSKeyID = "foreign" },
		},
		{
			name: "agency", first: `"agency-1"`, second: `"agency-2"`, members: []string{"xrole"},
			get: func(f emulator.Function) string { return f.XRole }, holds: [2]string{"agency-1", "agency-2"},
			drift: func(f *emulator.Function) { f.XRole = "foreign" },
		},
		{
			name: "app_agency", first: `"agency-1"`, second: `"agency-2"`, zero: `""`, members: []string{"app_xrole"},
			get: func(f emulator.Function) string { return f.AppXRole }, holds: [2]string{"agency-1", "agency-2"},
			drift: func(f *emulator.Function) { f.AppXRole = "foreign" },
		},
		{
			name:    "vpc",
			first:   `{ vpc_id = "vpc-1", subnet_id = "subnet-1", security_group_ids = ["sg-2", "sg-1"] }`,
			second:  `{ vpc_id = "vpc-2", subnet_id = "subnet-2" }`,
			members: []string{"func_vpc"}, holds: [2]string{"vpc-1/subnet-1 sg-1 sg-2", "vpc-2/subnet-2 "},
			get: func(f emulator.Function) string {
				if f.FuncVPC == nil {
					return ""
				}
				return f.FuncVPC.VPCID + "/" + f.FuncVPC.SubnetID + " " + words(f.FuncVPC.SecurityGroups)
			},
			drift: func(f *emulator.Function) {
				f.FuncVPC = &emulator.FuncVPC{VPCID: "vpc-2", SubnetID: "foreign", SecurityGroups: []string{"sg-9"}}
			},
		},
		{
			name: "domain_names", first: `[{ id = "z2", domain_name = "b.example" }, { id = "z1", domain_name = "a.example" }]`,
			second: `[{ id = "z1", domain_name = "a.example" }]`, zero: `[]`, members: []string{"domain_names"},
			get:   func(f emulator.Function) string { return zones(f.DomainNames) },
			holds: [2]string{"z1=a.example z2=b.example", "z1=a.example"},
			drift: func(f *emulator.Function) { f.DomainNames = `[{"domain_name":"foreign.example","id":"z9"}]` },
		},
		{
			name: "peering_cidrs", first: `["10.2.0.0/16", "10.1.0.0/16"]`, second: `["10.3.0.0/16"]`, zero: `[]`,
			members: []string{"peering_cidr"}, holds: [2]string{"10.1.0.0/16 10.2.0.0/16", "10.3.0.0/16"},
			get:   func(f emulator.Function) string { return words(strings.FieldsFunc(f.PeeringCIDR, isSemicolon)) },
			drift: func(f *emulator.Function) { f.PeeringCIDR = "10.9.0.0/16" },
		},
		{
			name: "network_controller", zero: `{}`, members: []string{"network_controller"},
			first:  `{ disable_public_network = true, trigger_access_vpcs = [{ vpc_id = "vpc-2" }, { vpc_id = "vpc-1" }] }`,
			second: `{ disable_public_network = false, trigger_access_vpcs = [{ vpc_id = "vpc-3" }] }`,
			get: func(f emulator.Function) string {
				if c := f.NetworkController; c != nil && (c.DisablePublicNetwork || len(c.TriggerAccessVPCs) > 0) {
					ids := []string{}
					for _, vpc := range c.TriggerAccessVPCs {
						ids = append(ids, vpc.VPCID)
					}
					return fmt.Sprint(c.DisablePublicNetwork, " ", words(ids))
				}
				return ""
			},
			holds: [2]string{"true vpc-1 vpc-2", "false vpc-3"},
			drift: func(f *emulator.Function) {
				f.NetworkController = &emulator.NetworkController{TriggerAccessVPCs: []emulator.VPCConfig{{VPCID: "foreign"}}}
			},
		},
		{
			name: "mount_config", members: []string{"mount_config"},
			first: `{ user_id = 1001, group_id = 1003, mounts = [
			  { mount_type = "sfsTurbo", mount_resource = "fs-1", mount_share_path = "/share", local_mount_path = "/mnt/b" },
			  { mount_type = "ecs", mount_resource = "server-1", mount_share_path = "10.0.0.1:/data",
			    local_mount_path = "/mnt/a" }] }`,
			second: `{ mounts = [{ mount_type = "sfs", mount_resource = "fs-2", local_mount_path = "/mnt/c" }] }`,
			get:    mounts, holds: [2]string{
				"1001:1003 ecs server-1 10.0.0.1:/data /mnt/a, sfsTurbo fs-1 /share /mnt/b", "-1:-1 sfs fs-2  /mnt/c",
			},
			drift: func(f *emulator.Function) {
				user := 77
				f.MountConfig = &emulator.MountConfig{
					MountUser:  &emulator.MountUser{UserID: &user, UserGroupID: &user},
					FuncMounts: []emulator.FuncMount{{MountType: "sfs", MountResource: "foreign", LocalMountPath: "/mnt/c"}},
				}
			},
		},
		hookRow("initializer", "", "initializer", "index.init", "index.warm",
			func(f *emulator.Function) (*string, *int) { return &f.InitializerHandler, &f.InitializerTimeout }),
		hookRow("pre_stop", "", "pre_stop", "index.stop", "index.flush",
			func(f *emulator.Function) (*string, *int) { return &f.PreStopHandler, &f.PreStopTimeout }),
		hookRow("restore_hook", "java", "restore_hook", "com.shop.Main.restore", "com.shop.Main.again",
			func(f *emulator.Function) (*string, *int) { return &f.RestoreHookHandler, &f.RestoreHookTimeout }),
		{
			name: "heartbeat_handler", of: "java", first: `"com.shop.Main.beat"`, second: `"com.shop.Main.pulse"`, zero: `""`,
			members: []string{"heartbeat_handler"}, holds: [2]string{"com.shop.Main.beat", "com.shop.Main.pulse"},
			get:   func(f emulator.Function) string { return f.HeartbeatHandler },
			drift: func(f *emulator.Function) { f.HeartbeatHandler = "com.shop.Main.foreign" },
		},
		switchRow("enable_class_isolation", "java", func(f *emulator.Function) *bool { return &f.EnableClassIsolation }),
		switchRow("enable_dynamic_memory", "", func(f *emulator.Function) *bool { return &f.EnableDynamicMemory }),
		switchRow("is_stateful_function", "", func(f *emulator.Function) *bool { return &f.IsStatefulFunction }),
		{
			name: "image_config", of: "image", zero: `{}`, members: []string{"custom_image"},
			first:  `{ command = ["/bin/sh", "-c"], args = ["serve"], working_dir = "/app", user_id = 1001, group_id = 1002 }`,
			second: `{ command = ["/serve"] }`, holds: [2]string{"/bin/sh,-c serve /app 1001 1002", "/serve"},
			get: func(f emulator.Function) string {
				i := f.CustomImage
				own := strings.NewReplacer("-1", "", " / ", " ")
				return strings.TrimSpace(own.Replace(strings.Join([]string{i.Command, i.Args, i.WorkingDir, i.UID, i.GID}, " ")))
			},
			drift: func(f *emulator.Function) {
				f.CustomImage = &emulator.CustomImage{Enabled: true, Image: testImage, Command: "/foreign"}
			},
		},
		switchRow("enable_auth_in_header", "image", func(f *emulator.Function) *bool { return &f.EnableAuthInHeader }),
		{
			name: "gpu", of: "custom", first: `{ type = "nvidia-t4", memory = 1024 }`,
			second:  `{ type = "nvidia-x9", memory = 16384 }`,
			members: []string{"gpu_type", "gpu_memory"}, holds: [2]string{"nvidia-t4 1024", "nvidia-x9 16384"},
			get: func(f emulator.Function) string {
				if f.GPUType == "" && f.GPUMemory == 0 {
					return ""
				}
				return fmt.Sprint(f.GPUType, " ", f.GPUMemory)
			},
			drift: func(f *emulator.Function) { f.GPUType, f.GPUMemory = "nvidia-x9", 2048 },
		},
		{
			name: "max_instance_num", first: `10`, second: `-1`, keeps: true, members: []string{"max_instance_num"},
			get: func(f emulator.Function) string { return fmt.Sprint(f.Concurrency) }, holds: [2]string{"10", "-1"},
			drift: func(f *emulator.Function) { f.Concurrency = 7 },
		},
		{
			name: "concurrency_num", first: `5`, second: `1`, keeps: true, members: []string{"strategy_config"},
			get: func(f emulator.Function) string { return fmt.Sprint(f.ConcurrentNum) }, holds: [2]string{"5", "1"},
			drift: func(f *emulator.Function) { f.ConcurrentNum = 7 },
		},
		{
			name: "ephemeral_storage", first: `10240`, second: `512`, keeps: true, members: []string{"ephemeral_storage"},
			get: func(f emulator.Function) string { return fmt.Sprint(f.EphemeralStorage) }, holds: [2]string{"10240", "512"},
			drift: func(f *emulator.Function) { f.EphemeralStorage = 10240 },
		},
		{
			name: "log", members: []string{"enable_lts_log", "log_config", "lts_custom_tag"},
			first: `{ group_id = "g-1", group_name = "group", stream_id = "s-1", stream_name = "stream",
			  custom_tags = { team = "a", gone = "x" } }`,
			second: `{ group_id = "g-2", group_name = "group 2", stream_id = "s-2", stream_name = "stream 2" }`,
			get: func(f emulator.Function) string {
				if !f.EnableLTSLog {
					return ""
				}
				return fmt.Sprint(*f.LogConfig, words(slices.Collect(maps.Keys(f.LTSCustomTag))))
			},
			holds: [2]string{"{group g-1 stream s-1}gone team", "{group 2 g-2 stream 2 s-2}"},
			drift: func(f *emulator.Function) {
				f.EnableLTSLog, f.LogConfig = true,
					&emulator.LogConfig{GroupName: "f", GroupID: "g-9", StreamName: "f", StreamID: "s-9"}
				f.LTSCustomTag = map[string]string{"foreign": "x"}
			},
		},
		{
			name: "enterprise_project_id", first: `"ep-1"`, second: `"0"`, keeps: true,
			members: []string{"enterprise_project_id"},
			get:     func(f emulator.Function) string { return f.EnterpriseProjectID }, holds: [2]string{"ep-1", "0"},
			drift: func(f *emulator.Function) { f.EnterpriseProjectID = "ep-9" },
		},
		{
			name: "tags", byKey: true, first: `{ team = "a", gone = "x" }`, second: `{ team = "b", empty = "" }`, zero: `{}`,
			members: []string{"tags"},
			get: func(f emulator.Function) string {
				if len(f.Tags) == 0 {
					return ""
				}
				return fmt.Sprint(f.Tags)
			},
			holds: [2]string{"map[gone:x team:a]", "map[empty: team:b]"},
			drift: func(f *emulator.Function) {
				if _, ok := f.Tags["team"]; ok { // other keys are somebody else's
					f.Tags["team"] = "foreign"
				}
			},
		},
	}
}

// writeOnlyRow is one of the two attributes that go together.
func writeOnlyRow(name string, drift func(*emulator.Function)) attributeRow {
	other, value, of := "encrypted_user_data_wo_version", `{ TOKEN = %[1]q }`, `%[1]q`
	if name == other {
		other, value, of = "encrypted_user_data_wo", of, value
	}
	both := func(text string) string { return fmt.Sprintf(value+"\n  "+other+" = "+of, text) }
	return attributeRow{
		name: name, alone: true, first: both("one"), second: both("two"), members: []string{"encrypted_user_data"},
		get:   func(f emulator.Function) string { return f.EncryptedUserData },
		holds: [2]string{`{"TOKEN":"one"}`, `{"TOKEN":"two"}`}, drift: drift, byKey: true,
	}
}

func hookRow(name, of, members, first, second string, fields func(*emulator.Function) (*string, *int)) attributeRow {
	return attributeRow{
		name: name, of: of, members: []string{members + "_handler", members + "_timeout"},
		first:  fmt.Sprintf("{ handler = %q, timeout = 1 }", first),
		second: fmt.Sprintf("{ handler = %q, timeout = 90 }", second), holds: [2]string{first + " 1", second + " 90"},
		get: func(f emulator.Function) string {
			handler, timeout := fields(&f)
			if *handler == "" && *timeout == 0 {
				return ""
			}
			return fmt.Sprint(*handler, " ", *timeout)
		},
		drift: func(f *emulator.Function) {
			handler, timeout := fields(f)
			*handler, *timeout = "com.foreign", 7
		},
	}
}

// switchRow: of the two values one is the default, so that there is nothing third to find at the service.
func switchRow(name, of string, field func(*emulator.Function) *bool) attributeRow {
	return attributeRow{
		name: name, of: of, first: `true`, second: `false`, zero: `false`, members: []string{name},
		get: func(f emulator.Function) string {
			if *field(&f) {
				return "on"
			}
			return ""
		},
		holds: [2]string{"on", ""}, drift: func(f *emulator.Function) { *field(f) = true },
	}
}

// entry is what the one file of the archive holds.
func entry(f emulator.Function) string {
	archive, err := zip.NewReader(bytes.NewReader(f.Code), int64(len(f.Code)))
	if err != nil {
		return string(f.Code)
	}
	file, err := archive.Open("index.py")
	if err != nil {
		return err.Error()
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return err.Error()
	}
	return string(content)
}

func words(texts []string) string {
	return strings.Join(slices.Sorted(slices.Values(texts)), " ")
}

func isSemicolon(r rune) bool { return r == ';' || r == ' ' }

func zones(text string) string {
	var list []struct {
		ID   string `json:"id"`
		Name string `json:"domain_name"`
	}
	if text != "" && json.Unmarshal([]byte(text), &list) != nil {
		return text
	}
	var out []string
	for _, zone := range list {
		out = append(out, zone.ID+"="+zone.Name)
	}
	return words(out)
}

func mounts(f emulator.Function) string {
	m := f.MountConfig
	if m == nil || len(m.FuncMounts) == 0 {
		return ""
	}
	var list []string
	for _, mount := range m.FuncMounts {
		list = append(list, strings.Join([]string{
			mount.MountType, mount.MountResource, mount.MountSharePath, mount.LocalMountPath,
		}, " "))
	}
	slices.Sort(list)
	return fmt.Sprintf("%d:%d %s", *m.MountUser.UserID, *m.MountUser.UserGroupID, strings.Join(list, ", "))
}
