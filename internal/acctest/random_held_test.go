// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// ownLog stands for a group and a stream that the service made by itself.
const ownLog = "the service's own"

// holding is all that a function is, by attribute, each in one plain text; "" for none.
type holding map[string]string

// holdingOf is what the emulator holds. Every field of its settings is in it: TestHeld.
func holdingOf(f emulator.Function) holding {
	h := holding{
		"runtime": f.Runtime, "handler": f.Handler, "timeout": fmt.Sprint(f.Timeout), "memory_size": fmt.Sprint(f.MemorySize),
		"description": f.Description, "code": heldDigest(f), "dependency_version_ids": strings.Join(f.DependVersionList, " "),
		"user_data": jsonPairs(f.UserData), "user_data_kms_key_id": f.UserDataKMSKeyID, "agency": f.XRole,
		"app_agency":    f.AppXRole,
		"peering_cidrs": texts(strings.FieldsFunc(f.PeeringCIDR, func(r rune) bool { return r == ';' || r == ' ' })),
		"initializer":   pair(f.InitializerHandler, f.InitializerTimeout),
		"pre_stop":      pair(f.PreStopHandler, f.PreStopTimeout),
		"restore_hook":  pair(f.RestoreHookHandler, f.RestoreHookTimeout), "heartbeat_handler": f.HeartbeatHandler,
		"gpu": pair(f.GPUType, f.GPUMemory), "ephemeral_storage": fmt.Sprint(f.EphemeralStorage),
		"concurrency_num": fmt.Sprint(f.ConcurrentNum), "max_instance_num": fmt.Sprint(f.Concurrency),
		"enable_class_isolation": on(f.EnableClassIsolation), "is_stateful_function": on(f.IsStatefulFunction),
		"enable_dynamic_memory": on(f.EnableDynamicMemory), "enable_auth_in_header": on(f.EnableAuthInHeader),
		"enterprise_project_id": f.EnterpriseProjectID, "tags": pairs(f.Tags),
		"encrypted_user_data": jsonPairs(f.EncryptedUserData),
		"extend_config":       f.ExtendConfig, "type": f.Type,
	}
	if f.FuncVPC != nil {
		h["vpc"] = strings.TrimSpace(f.FuncVPC.VPCID + "/" + f.FuncVPC.SubnetID + " " + texts(f.FuncVPC.SecurityGroups))
	}
	if c := f.NetworkController; c != nil {
		ids := []string{}
		for _, vpc := range c.TriggerAccessVPCs {
			ids = append(ids, vpc.VPCID)
		}
		h["network_controller"] = strings.TrimSpace(on(c.DisablePublicNetwork) + " " + texts(ids))
	}
	if m := f.MountConfig; m != nil && len(m.FuncMounts) > 0 {
		list := []string{}
		for _, mount := range m.FuncMounts {
			list = append(list, fmt.Sprint(mount))
		}
		h["mount_config"] = fmt.Sprintf("%d:%d %s", *m.MountUser.UserID, *m.MountUser.UserGroupID, texts(list))
	}
	if i := f.CustomImage; i != nil && i.Image != "" {
		h["code"] = strings.TrimSpace(i.Image + map[bool]string{true: "", false: " disabled"}[i.Enabled])
		h["image_config"] = imageConfig(i.Command, i.Args, i.WorkingDir, i.UID, i.GID)
	}
	if f.EnableLTSLog && f.LogConfig != nil {
		h["log"] = fmt.Sprint(*f.LogConfig, " ", pairs(f.LTSCustomTag))
		if f.LogConfig.GroupName == "functiongraph.log.group.1" {
			h["log"] = ownLog
		}
	}
	h["domain_names"] = zoneTexts(f.DomainNames)
	return h.withoutNone()
}

func (h holding) withoutNone() holding {
	maps.DeleteFunc(h, func(_, text string) bool { return text == "" })
	return h
}

// wanted is what the service should hold after an apply of the configuration. before is what it held, nil for a new
// function: null keeps what the service fills in.
func wanted(t testing.TB, config values, before holding) holding {
	t.Helper()
	h := holding{}
	for _, name := range []string{
		"runtime", "handler", "timeout", "memory_size", "description", "user_data_kms_key_id", "agency", "app_agency",
		"heartbeat_handler",
	} {
		if v := config[name]; v != nil {
			h[name] = fmt.Sprint(v)
		}
	}
	for _, name := range []string{
		"enable_class_isolation", "enable_auth_in_header", "is_stateful_function", "enable_dynamic_memory",
	} {
		v, _ := config[name].(bool)
		h[name] = on(v)
	}
	for _, name := range []string{"initializer", "pre_stop", "restore_hook"} {
		if v, ok := config[name].(values); ok {
			h[name] = pair(v["handler"].(string), v["timeout"].(int))
		}
	}
	if v, ok := config["gpu"].(values); ok {
		h["gpu"] = pair(v["type"].(string), v["memory"].(int))
	}
	dependencies, _ := config["dependency_version_ids"].([]string)
	h["dependency_version_ids"] = strings.Join(dependencies, " ")
	blocks, _ := config["peering_cidrs"].([]string)
	h["peering_cidrs"] = texts(blocks)
	variables, _ := config["user_data"].(map[string]string)
	h["user_data"] = pairs(variables)
	tags, _ := config["tags"].(map[string]string)
	h["tags"] = pairs(tags)
	secrets, _ := config["encrypted_user_data"].(map[string]string)
	h["encrypted_user_data"] = pairs(secrets)
	h["code"], _ = config["code"].(values)["image"].(string)
	if h["code"] == "" {
		h["code"] = wantedCode(t, config)
	} else {
		h["handler"] = "-"
	}
	if v, ok := config["image_config"].(values); ok {
		joined := func(name string) string {
			list, _ := v[name].([]string)
			return strings.Join(list, ",")
		}
		text := func(name string) string {
			if v[name] == nil {
				return ""
			}
			return fmt.Sprint(v[name])
		}
		h["image_config"] = imageConfig(joined("command"), joined("args"), text("working_dir"), text("user_id"),
			text("group_id"))
	}
	wantedObjects(h, config, before)

	generation, _ := config["type"].(string)
	filled := map[string]string{ // contract 2.9
		"type": "v2", "ephemeral_storage": "512", "concurrency_num": "1", "max_instance_num": "400",
		"enterprise_project_id": "0",
	}
	if generation == "v1" {
		filled["max_instance_num"] = "-1"
	}
	for name, fallback := range filled {
		h[name] = fallback
		if before != nil {
			h[name] = before[name]
		}
		if v := config[name]; v != nil {
			h[name] = fmt.Sprint(v)
		}
	}
	return h.withoutNone()
}

func wantedObjects(h holding, config values, before holding) {
	if v, ok := config["vpc"].(values); ok {
		groups, _ := v["security_group_ids"].([]string)
		h["vpc"] = strings.TrimSpace(fmt.Sprint(v["vpc_id"], "/", v["subnet_id"], " ", texts(groups)))
	}
	if v, ok := config["network_controller"].(values); ok {
		private, _ := v["disable_public_network"].(bool)
		vpcs, _ := v["trigger_access_vpcs"].([]values)
		ids := []string{}
		for _, vpc := range vpcs {
			ids = append(ids, vpc["vpc_id"].(string))
		}
		h["network_controller"] = strings.TrimSpace(on(private) + " " + texts(ids))
	}
	if v, ok := config["mount_config"].(values); ok {
		user := func(name string) any {
			if v[name] == nil {
				return -1
			}
			return v[name]
		}
		list := []string{}
		for _, m := range v["mounts"].([]values) {
			share, _ := m["mount_share_path"].(string)
			list = append(list, fmt.Sprint(emulator.FuncMount{
				MountType: m["mount_type"].(string), MountResource: m["mount_resource"].(string), MountSharePath: share,
				LocalMountPath: m["local_mount_path"].(string),
			}))
		}
		h["mount_config"] = fmt.Sprintf("%v:%v %s", user("user_id"), user("group_id"), texts(list))
	}
	names, _ := config["domain_names"].([]values)
	list := []string{}
	for _, zone := range names {
		list = append(list, fmt.Sprint(zone["id"], "=", zone["domain_name"]))
	}
	h["domain_names"] = texts(list)
	if acctest.SecondWorld() && (before == nil || before["log"] == ownLog) { // until log is configured
		h["log"] = ownLog
	}
	if v, ok := config["log"].(values); ok {
		tags, _ := v["custom_tags"].(map[string]string)
		h["log"] = fmt.Sprint(emulator.LogConfig{
			GroupName: v["group_name"].(string), GroupID: v["group_id"].(string),
			StreamName: v["stream_name"].(string), StreamID: v["stream_id"].(string),
		}, " ", pairs(tags))
	}
}

// imageConfig leaves out what means the image's own.
func imageConfig(command, args, workingDir, user, group string) string {
	unless := func(text, own string) string { return strings.TrimPrefix(text, own) }
	out := []string{command, args, unless(workingDir, "/"), unless(user, "-1"), unless(group, "-1")}
	return strings.TrimRight(strings.Join(out, " "), " ")
}

func texts(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), " ") }

func pair(text string, number int) string {
	if text == "" && number == 0 {
		return ""
	}
	return fmt.Sprint(text, " ", number)
}

func on(v bool) string {
	if v {
		return "on"
	}
	return ""
}

func pairs(m map[string]string) string {
	if len(m) == 0 {
		return ""
	}
	return fmt.Sprintf("%q", m)
}

// jsonPairs are those of a JSON object of texts.
func jsonPairs(text string) string {
	var m map[string]string
	if text != "" && json.Unmarshal([]byte(text), &m) != nil {
		return text
	}
	return pairs(m)
}

func zoneTexts(text string) string {
	var zones []struct {
		ID         string `json:"id"`
		DomainName string `json:"domain_name"`
	}
	if text != "" && json.Unmarshal([]byte(text), &zones) != nil {
		return text
	}
	list := []string{}
	for _, zone := range zones {
		list = append(list, zone.ID+"="+zone.DomainName)
	}
	return texts(list)
}

// differ is the error that something is not as it should be.
func (h holding) differ(want holding) error {
	if diff := lineDiff(want, h); diff != "" {
		return fmt.Errorf("the service does not hold what is configured (-configured +service):%s", diff)
	}
	return nil
}

// others are the attributes that are not as wanted.
func (h holding) others(want holding) (names []string) {
	all := maps.Clone(h)
	maps.Copy(all, want)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if h[name] != want[name] {
			names = append(names, name)
		}
	}
	return names
}

// TestHeld: no field of the emulator's settings is overlooked, and what shows it is an attribute that the generator has
// a row for, or leaves to another test. extend_config is deprecated: no attribute is for it (contract 5).
func TestHeld(t *testing.T) {
	t.Parallel()
	known := append(generated(), "extend_config")
	user := 1
	full := emulator.Settings{
		EnableLTSLog: true, LogConfig: &emulator.LogConfig{}, MountConfig: &emulator.MountConfig{
			MountUser: &emulator.MountUser{UserID: &user, UserGroupID: &user}, FuncMounts: []emulator.FuncMount{{}},
		},
	}
	plain := holdingOf(emulator.Function{Settings: full})
	all := reflect.ValueOf(&full).Elem()
	for i := range all.NumField() {
		before := reflect.ValueOf(all.Field(i).Interface())
		field := all.Field(i)
		switch field.Interface().(type) {
		case string:
			field.SetString("x")
		case int:
			field.SetInt(7)
		case bool:
			field.SetBool(!field.Bool())
		case *emulator.FuncVPC:
			field.Set(reflect.ValueOf(&emulator.FuncVPC{VPCID: "x"}))
		case *emulator.NetworkController:
			field.Set(reflect.ValueOf(&emulator.NetworkController{DisablePublicNetwork: true}))
		case *emulator.CustomImage:
			field.Set(reflect.ValueOf(&emulator.CustomImage{Enabled: true, Image: "x"}))
		case map[string]string:
			field.Set(reflect.ValueOf(map[string]string{"x": "x"}))
		default:
			field.SetZero()
		}
		seen := holdingOf(emulator.Function{Settings: full}).others(plain)
		if len(seen) == 0 {
			t.Errorf("a change of %s is not seen", all.Type().Field(i).Name)
		}
		for _, name := range seen {
			if !slices.Contains(known, name) && notGenerated[name] == "" {
				t.Errorf("a change of %s shows as %s, which the generator has no row for", all.Type().Field(i).Name, name)
			}
		}
		field.Set(before)
	}
}
