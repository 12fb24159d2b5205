// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// oldState is the recorded state of a function of another provider.
func oldState(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "moved", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

const project = "0123456789abcdef0123456789abcdef"

// placed is what the id of a state says.
func placed(region, pkg, name string, more map[string]any) map[string]any {
	urn := "urn:fss:" + region + ":" + project + ":function:" + pkg + ":" + name
	out := map[string]any{
		"id": urn, "urn": urn, "region": region, "project_id": project, "package": pkg, "name": name,
	}
	maps.Copy(out, more)
	return out
}

// TestMove_states: what each source's state becomes. Nothing is requested, by a provider that is not configured. Two
// states are recorded from the huaweicloud provider.
func TestMove_states(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		oldType string
		want    map[string]any
	}{
		"recorded-1": {"huaweicloud_fgs_function", placed("cn-north-4", "default", "ver", map[string]any{
			"type": "v2", "runtime": "Python3.9", "handler": "index.handler", "timeout": "30", "memory_size": "128",
			"initializer": map[string]any{"handler": "index.init", "timeout": "30"}, "concurrency_num": "1",
		})},
		"recorded-2": {"huaweicloud_fgs_function", placed("cn-north-4", "default", "hello", map[string]any{
			"type": "v2", "runtime": "Python3.9", "handler": "index.handler", "timeout": "31", "memory_size": "128",
			"concurrency_num": "5", "enterprise_project_id": "0",
			"mount_config": map[string]any{"mounts": []any{map[string]any{
				"mount_type": "sfs", "mount_resource": "r", "mount_share_path": "1.2.3.4:/", "local_mount_path": "/mnt/a",
			}}},
			"tags": map[string]any{"foo": "bar"}, "tags_all": map[string]any{"foo": "bar"},
		})},
		"full": {"huaweicloud_fgs_function_v2", placed("cn-north-4", "shop", "orders", map[string]any{
			"type": "v2", "runtime": "Python3.9", "handler": "index.handler", "timeout": "30", "memory_size": "256",
			"description": "takes orders", "agency": "reader", "app_agency": "worker", "enterprise_project_id": "0",
			"user_data": map[string]any{"STAGE": "prod"}, "encrypted_user_data": map[string]any{"KEY": "s3cret"},
			"user_data_kms_key_id": "kms-1",
			"vpc":                  map[string]any{"vpc_id": "vpc-1", "subnet_id": "net-1"},
			"network_controller": map[string]any{
				"disable_public_network": true, "trigger_access_vpcs": []any{map[string]any{"vpc_id": "vpc-2"}},
			},
			"domain_names":  []any{map[string]any{"id": "zone-1", "domain_name": "a.example.com."}},
			"peering_cidrs": []any{"10.0.0.0/16", "10.1.0.0/16"},
			"mount_config": map[string]any{"user_id": "1001", "mounts": []any{map[string]any{
				"mount_type": "sfs", "mount_resource": "fs-1", "mount_share_path": "1.2.3.4:/", "local_mount_path": "/mnt/a",
			}}},
			"initializer":      map[string]any{"handler": "index.init", "timeout": "10"},
			"pre_stop":         map[string]any{"handler": "index.stop", "timeout": "5"},
			"max_instance_num": "400", "enabled": true, "concurrency_num": "10", "ephemeral_storage": "512",
			"enable_dynamic_memory": true,
			"log": map[string]any{
				"group_id": "g-1", "group_name": "group", "stream_id": "s-1", "stream_name": "stream",
				"custom_tags": map[string]any{"team": "shop"},
			},
			"tags": map[string]any{"owner": "shop"}, "tags_all": map[string]any{"owner": "shop"},
			"timeouts": map[string]any{"create": "20m"},
		})},
		"image": {"flexibleengine_fgs_function", placed("cn-north-4", "default", "shop", map[string]any{
			"runtime": "Custom Image", "handler": "-", "timeout": "30", "memory_size": "512", "agency": "swr-reader",
			"image_config": map[string]any{
				"command": []any{"/bin/sh", "-c"}, "args": []any{"run"}, "working_dir": "/app", "user_id": "1003",
			},
			"gpu": map[string]any{"type": "nvidia-t4", "memory": "8192"}, "enable_dynamic_memory": true,
		})},
		"opentelekomcloud": {"opentelekomcloud_fgs_function_v2", placed("eu-de", "default", "orders", map[string]any{
			"type": "v2", "runtime": "Node.js18.15", "handler": "index.handler", "timeout": "30", "memory_size": "128",
			"max_instance_num": "10", "enabled": true, "ephemeral_storage": "512",
			"log": map[string]any{"group_id": "g-1", "group_name": "group", "stream_id": "s-1", "stream_name": "stream"},
		})},
		"first": {"sbercloud_fgs_function", placed("ru-moscow-1", "default", "orders", map[string]any{
			"runtime": "Python3.9", "handler": "index.handler", "timeout": "3", "memory_size": "128",
		})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			provider, _, _ := strings.Cut(v.oldType, "_")
			moved, diags := p.Move("fgs_function", "registry.terraform.io/any/"+provider, v.oldType, oldState(t, name))
			expectNone(t, diags)
			got := p.Values(moved)
			for _, name := range slices.Sorted(maps.Keys(got)) {
				if !reflect.DeepEqual(got[name], v.want[name]) {
					t.Errorf("%s is %v, want %v", name, got[name], v.want[name])
				}
				delete(v.want, name)
			}
			if len(v.want) > 0 {
				t.Errorf("not in the state: %v", v.want)
			}
			expectSilence(t, e)
		})
	}
}

// TestMove_sources: a source is known by its type and the last part of its provider's address. The error for all others
// names the other way.
func TestMove_sources(t *testing.T) {
	t.Parallel()
	const wrong, other = "Unable to Move Function", "removed {"
	for name, v := range map[string]struct {
		address, oldType, state string
		says                    []string // of the error; nil for none
	}{
		"huaweicloud":              {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_fgs_function", "", nil},
		"its older name":           {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_fgs_function_v2", "", nil},
		"OpenTofu's registry":      {"registry.opentofu.org/huaweicloud/huaweicloud", "huaweicloud_fgs_function", "", nil},
		"a fork":                   {"mirror.example.com/platform/huaweicloud", "huaweicloud_fgs_function", "", nil},
		"sbercloud":                {"registry.terraform.io/sbercloud-terraform/sbercloud", "sbercloud_fgs_function", "", nil},
		"flexibleengine":           {"registry.terraform.io/flexibleenginecloud/flexibleengine", "flexibleengine_fgs_function", "", nil},
		"g42cloud":                 {"registry.terraform.io/g42cloud-terraform/g42cloud", "g42cloud_fgs_function", "", nil},
		"hcs":                      {"registry.terraform.io/huaweicloud/hcs", "hcs_fgs_function", "", nil},
		"opentelekomcloud":         {"registry.terraform.io/opentelekomcloud/opentelekomcloud", "opentelekomcloud_fgs_function_v2", "", nil},
		"a cloud without it":       {"registry.terraform.io/flexibleenginecloud/flexibleengine", "flexibleengine_fgs_function_v2", "", []string{other}},
		"another type":             {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_fgs_trigger", "", []string{"huaweicloud_fgs_function, ", "This one is of huaweicloud_fgs_trigger from the provider registry.terraform.io/huaweicloud/huaweicloud", other, "from = huaweicloud_fgs_trigger.x", "to = fgs_function.x"}},
		"a type that we never saw": {"registry.terraform.io/acme/acme", "acme_fgs_function", "", []string{"acme_fgs_function", other}},
		"another provider's name":  {"registry.terraform.io/huaweicloud/huaweicloudstack", "huaweicloud_fgs_function", "", []string{other}},
		"no type":                  {"", "", "", []string{other}},
		"no id":                    {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_fgs_function", `{"name":"orders"}`, []string{"it has no id"}},
		"a wrong id":               {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_fgs_function", `{"id":"orders"}`, []string{`invalid function URN "orders"`}},
		"no object":                {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_fgs_function", `[]`, []string{"it is no object in JSON"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := v.state
			if state == "" {
				state = string(oldState(t, "recorded-1"))
			}
			p := acctest.New(t).Protocol(t)
			moved, diags := p.Move("fgs_function", v.address, v.oldType, []byte(state))
			if v.says != nil {
				expectOne(t, diags, "ERROR", "", wrong, v.says...)
				return
			}
			expectNone(t, diags)
			if got := p.Text(moved, "name"); got != "ver" {
				t.Errorf("the state is of %q", got)
			}
		})
	}
}

// TestMove_readOnly: what the huaweicloud provider configures, and here only shows what is, says where it is written.
func TestMove_readOnly(t *testing.T) {
	t.Parallel()
	for attribute, says := range map[string]string{
		"region": "write it into the provider block", "code_type": `code = { zip_file = "…" }`,
		"code_filename": `filename = "…"`,
	} {
		config := map[string]any{
			"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
			attribute: "x",
		}
		expectOne(t, acctest.New(t).Protocol(t).Validate("fgs_function", config), "ERROR", attribute,
			"Attribute Is Written Elsewhere", says)
		delete(config, attribute)
		config["digest"] = "x"
		expectOne(t, acctest.New(t).Protocol(t).Validate("fgs_function", config), "ERROR", "digest",
			"Invalid Configuration for Read-Only Attribute", "read-only")
	}
	trigger := map[string]any{
		"function_urn": "urn:fss:cn-north-4:p:function:default:orders", "type": "TIMER",
		"timer": map[string]any{"name": "nightly", "rate": "1h"},
	}
	expectOne(t, acctest.New(t).Protocol(t).Validate("fgs_function_trigger", trigger), "ERROR", "type",
		"Attribute Is Written Elsewhere", "timer = { … }")
}
