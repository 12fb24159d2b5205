// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// withSets is a function whose lists all have two entries.
func withSets(t *testing.T, sw emulator.Switches) *bench {
	t.Helper()
	b := withSwitches(t, sw)
	b.server.PutDependency("dep-1", "one")
	b.server.PutDependency("dep-2", "two")
	change := mounts(object{"user_id": -1, "user_group_id": -1}, "/a", "/b")
	maps.Copy(change, object{
		"xrole": "x", "func_vpc": object{"vpc_id": "v", "subnet_id": "s", "security_groups": []string{"sg-1", "sg-2"}},
		"network_controller": object{"trigger_access_vpcs": []object{{"vpc_id": "v1"}, {"vpc_id": "v2"}}},
		"peering_cidr":       "10.1.0.0/16;10.2.0.0/16",
		"domain_names":       `[{"id":"1","domain_name":"a."},{"id":"2","domain_name":"b."}]`,
	})
	b.update(change)
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "depend_version_list": []string{"dep-1", "dep-2"}})
	return b
}

// orders shows the order of each list in GET config.
func (b *bench) orders() object {
	b.t.Helper()
	config := b.config()
	out := object{
		"depend_version_list": fmt.Sprint(config.body["depend_version_list"]),
		"depend_list":         fmt.Sprint(config.body["depend_list"]),
		"dependencies":        rowsOf(config, "id"),
		"peering_cidr":        config.text("peering_cidr"),
		"domain_names":        config.text("domain_names"),
	}
	for _, at := range [][3]string{
		{"func_vpc", "security_groups", ""}, {"network_controller", "trigger_access_vpcs", "vpc_id"},
		{"mount_config", "func_mounts", "local_mount_path"},
	} {
		parent, _ := config.body[at[0]].(object)
		items, _ := parent[at[1]].([]any)
		text := ""
		for _, item := range items {
			if row, ok := item.(object); ok {
				item = row[at[2]]
			}
			text += fmt.Sprint(item, " ")
		}
		out[at[1]] = text
	}
	return out
}

// TestObjectOrder: every list that is a set in sense comes back as it was sent, or the other way round; domain_names is
// then written anew. The order of dependencies has a meaning, and is kept (DV9).
func TestObjectOrder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sw   emulator.Switches
		want object
	}{
		{emulator.Switches{}, object{
			"depend_version_list": "[dep-1 dep-2]", "depend_list": "[dep-dep-1 dep-dep-2]", "dependencies": "dep-1 dep-2",
			"peering_cidr": "10.1.0.0/16;10.2.0.0/16", "security_groups": "sg-1 sg-2 ", "trigger_access_vpcs": "v1 v2 ",
			"func_mounts": "/a /b ", "domain_names": `[{"id":"1","domain_name":"a."},{"id":"2","domain_name":"b."}]`,
		}},
		{emulator.Switches{ReverseOrder: true}, object{
			"depend_version_list": "[dep-1 dep-2]", "depend_list": "[dep-dep-1 dep-dep-2]", "dependencies": "dep-1 dep-2",
			"peering_cidr": "10.2.0.0/16;10.1.0.0/16", "security_groups": "sg-2 sg-1 ", "trigger_access_vpcs": "v2 v1 ",
			"func_mounts": "/b /a ",
			"domain_names": "[\n {\n  \"domain_name\": \"b.\",\n  \"id\": \"2\"\n },\n " +
				"{\n  \"domain_name\": \"a.\",\n  \"id\": \"1\"\n }\n]",
		}},
	} {
		b := withSets(t, test.sw)
		got := b.orders()
		for name, want := range test.want {
			if got[name] != want {
				t.Errorf("%+v: %s = %q, want %q", test.sw, name, got[name], want)
			}
		}
		if f := b.function(); fmt.Sprint(f.DependVersionList, f.FuncVPC.SecurityGroups) != "[dep-1 dep-2] [sg-1 sg-2]" {
			t.Errorf("the state does not keep the order: %v %v", f.DependVersionList, f.FuncVPC.SecurityGroups)
		}
	}
}

// TestObjectOrderOfNothing: what is not set stays as it is.
func TestObjectOrderOfNothing(t *testing.T) {
	t.Parallel()
	b := withSwitches(t, emulator.Switches{ReverseOrder: true, ShowUnset: true})
	if got := askMembers(b, "peering_cidr", "domain_names", "depend_version_list"); got != `"" "" []` {
		t.Errorf("unset: %s", got)
	}
}
