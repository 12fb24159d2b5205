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

// contractTable reads contract 5: the members of each column, by its head. A cell whose only source are other recorded
// answers (o) is left out.
func contractTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../contract/5-attributes.md")
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	out := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(line, "| \n"), " | ")
		switch {
		case cells[0] == "Field":
			heads = cells[:len(cells)-1] // without the provider's note
		case len(cells) <= len(heads) || len(heads) == 0 || slices.Contains(notModelled, cells[0]):
			continue
		default:
			for i, head := range heads[1:] {
				if sources := cells[i+1]; sources != "–" && sources != "o" {
					out[head] = append(out[head], cells[0])
				}
			}
		}
	}
	if len(out) != 13 || len(out["create req"]) < 30 {
		t.Fatalf("contract 5 was not understood: %v", out)
	}
	return out
}

// TestAnswersFollowTheMatrix sets everything that can be set and compares the names of each answer with contract 5.
func TestAnswersFollowTheMatrix(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{Switches: emulator.Switches{ShowUnset: true}})
	vpc := object{"vpc_id": "v", "subnet_id": "s"}
	everything := object{
		"xrole": "agency", "func_vpc": vpc, "runtime": "Custom Image", "handler": "-",
		"network_controller": object{"disable_public_network": true, "trigger_access_vpcs": []object{{"vpc_id": "v"}}},
		"custom_image":       object{"enabled": true, "image": "swr.x/a:1"},
	}
	maps.Copy(everything, mounts(object{"user_id": -1, "user_group_id": -1}, "/mnt"))
	got := map[string]object{}
	got["create resp"] = b.create(everything).body
	got["upd. config resp"] = b.update(everything).body
	got["get config"] = b.config().body
	got["get code"] = b.want(200, "", "GET", demo+"/code", nil).body
	got["upd. code resp"] = b.want(200, "", "PUT", demo+"/code",
		object{"code_type": "inline", "func_code": object{"file": b64("x")}}).body
	got["max inst."] = b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 5}).body
	got["publish"] = b.publish("v1").body
	got["list versions"] = b.versions("")[0]
	list := b.want(200, "", "GET", functions, nil)
	rows, _ := list.body["functions"].([]any)
	got["list"], _ = rows[0].(object)
	archive := zipText(t, "f.yaml", document("f"), "index.py", "x")
	got["import"] = b.want(200, "", "POST", functions+"/import", importBody(archive, object{"func_name": "i"})).body
	// A version has no mounts (V10) and an imported function no network: they are absent, not empty.
	unset := map[string][]string{"publish": {"mount_config"}, "import": {"func_vpc"}}
	table := contractTable(t)
	for call, body := range got {
		want := slices.DeleteFunc(table[call], func(name string) bool { return slices.Contains(unset[call], name) })
		for _, name := range want {
			if _, ok := body[name]; !ok {
				t.Errorf("%s lacks %s", call, name)
			}
		}
		for name := range body {
			if !slices.Contains(want, name) {
				t.Errorf("%s answers %s, which contract 5 does not have there", call, name)
			}
		}
	}
}

// TestRequestsFollowTheMatrix: each call knows exactly the members of its column. A null has no effect, so that what is
// refused is the name.
func TestRequestsFollowTheMatrix(t *testing.T) {
	t.Parallel()
	table, every := contractTable(t), map[string]bool{}
	for _, name := range slices.Concat(slices.Concat(slices.Collect(maps.Values(table))...), emulator.SettingNames()) {
		every[name] = true
	}
	b := withSwitches(t, emulator.Switches{RejectUnknown: true})
	for name := range every {
		null := object{name: nil}
		for call, got := range map[string]response{
			"create req":      b.do("POST", functions, null),
			"upd. config req": b.do("PUT", demo+"/config", null),
			"upd. code req":   b.do("PUT", demo+"/code", null),
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
	publish := b.want(200, "", "POST", demo+"/versions", object{"version": "v1"})
	if publish.text("func_urn") != demoURN || !strings.Contains(string(list.raw), `"`+demoURN+`"`) {
		t.Error("publish and list answer with 7 fields (contract 2.1, V22)")
	}
	for _, got := range []response{update, most, b.config()} {
		if got.text("func_urn") != demoURN+":latest" {
			t.Errorf("8 fields (contract 2.1): %s", got.text("func_urn"))
		}
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
