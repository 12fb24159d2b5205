// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// notModelled are members that no answer has, because what they show is not modelled or is not there when unset.
var notModelled = []string{"function_async_config"}

// readTable reads columns of contract 5: a call, then its members.
func readTable(t *testing.T, file string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		call, members, _ := strings.Cut(strings.TrimSpace(line), ": ")
		out[call] = slices.DeleteFunc(strings.Fields(members), func(name string) bool {
			return slices.Contains(notModelled, name)
		})
	}
	return out
}

// TestAnswersFollowTheMatrix sets everything that can be set and compares the names of each answer with contract 5.
func TestAnswersFollowTheMatrix(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	vpc := object{"vpc_id": "v", "subnet_id": "s"}
	everything := object{
		"xrole": "agency", "func_vpc": vpc, "runtime": "Custom Image", "handler": "-",
		"network_controller": object{"disable_public_network": true, "trigger_access_vpcs": []object{{"vpc_id": "v"}}},
		"custom_image":       object{"enabled": true, "image": "swr.x/a:1"},
	}
	maps.Copy(everything, mounts(object{"user_id": -1, "user_group_id": -1}, "/mnt"))
	got := map[string]object{}
	got["create"] = b.create(everything).body
	got["update_config"] = b.update(everything).body
	got["get_config"] = b.config().body
	got["get_code"] = b.want(200, "", "GET", demo+"/code", nil).body
	got["update_code"] = b.want(200, "", "PUT", demo+"/code",
		object{"code_type": "inline", "func_code": object{"file": b64("x")}}).body
	got["max_instances"] = b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 5}).body
	got["publish"] = b.publish("v1").body
	got["list_versions"] = b.versions("")[0]
	list := b.want(200, "", "GET", functions, nil)
	rows, _ := list.body["functions"].([]any)
	got["list"], _ = rows[0].(object)
	archive := zipText(t, "f.yaml", document("f"), "index.py", "x")
	got["import"] = b.want(200, "", "POST", functions+"/import", importBody(archive, object{"func_name": "i"})).body
	// A version has no mounts (V10) and an imported function no network: they are absent, not empty.
	unset := map[string][]string{"publish": {"mount_config"}, "import": {"func_vpc"}}
	for call, want := range readTable(t, "testdata/answers.txt") {
		names := slices.Sorted(maps.Keys(got[call]))
		want = slices.DeleteFunc(want, func(name string) bool { return slices.Contains(unset[call], name) })
		slices.Sort(want)
		if !slices.Equal(names, want) {
			t.Errorf("%s answers %v\nwant %v", call, names, want)
		}
	}
}

// TestRequestsFollowTheMatrix: each call knows exactly the members of its column. A null has no effect, so that what is
// refused is the name.
func TestRequestsFollowTheMatrix(t *testing.T) {
	t.Parallel()
	table, every := readTable(t, "testdata/requests.txt"), map[string]bool{}
	for _, members := range table {
		for _, name := range members {
			every[name] = true
		}
	}
	for _, members := range readTable(t, "testdata/answers.txt") {
		for _, name := range members {
			every[name] = true
		}
	}
	b := withSwitches(t, emulator.Switches{RejectUnknown: true})
	for name := range every {
		null := object{name: nil}
		for call, got := range map[string]response{
			"create":        b.do("POST", functions, null),
			"update_config": b.do("PUT", demo+"/config", null),
			"update_code":   b.do("PUT", demo+"/code", null),
		} {
			refused := strings.Contains(got.text("error_msg"), "unknown member "+name)
			if known := slices.Contains(table[call], name); known == refused {
				t.Errorf("%s and %s: in contract 5 %t, the answer %.100s", call, name, known, got.raw)
			}
		}
	}
}

func TestAnswerURNForms(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	update := b.update(object{})
	most := b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 1})
	list := b.want(200, "", "GET", functions, nil)
	if update.text("func_urn") != demoURN || most.text("func_urn") != demoURN ||
		!strings.Contains(string(list.raw), `"`+demoURN+`"`) {
		t.Error("update config, max instances and list answer with 7 fields (contract 2.1)")
	}
	if b.config().text("func_urn") != demoURN+":latest" {
		t.Error("get config answers with 8 fields (contract 2.1)")
	}
}

// TestListVersionsIsPublic: the image has one member more there (contract 2.4).
func TestListVersionsIsPublic(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(image(object{}))
	for name, row := range map[string]object{"list versions": b.versions("")[0], "config": b.config().body} {
		img, _ := row["custom_image"].(object)
		if _, ok := img["is_public"]; ok != (name == "list versions") || img["enabled"] != true {
			t.Errorf("%s: %v", name, img)
		}
	}
}

func TestCPUFormula(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]float64{128: 300, 256: 400, 512: 600} { // contract 2.2, the values of 001
		b := newBench(t, emulator.Options{})
		if got := b.create(object{"memory_size": size}).body["cpu"]; got != want {
			t.Errorf("%d MB: cpu %v, want %v", size, got, want)
		}
	}
}
