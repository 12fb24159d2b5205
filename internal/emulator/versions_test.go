// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestPublishRules(t *testing.T) {
	t.Parallel()
	for _, rule := range []rulePair{
		{"V1_name_length", 400, "FSS.1015", object{"version": strings.Repeat("v", 43)},
			object{"version": strings.Repeat("v", 42)}},
		{"V1_name_last", 400, "FSS.1015", object{"version": "v1."}, object{"version": "v1.0"}},
		{"V1_name_first", 400, "FSS.1015", object{"version": "-1"}, object{"version": "1-"[:1]}},
		{"V2_latest", 400, "FSS.1015", object{"version": "latest"}, object{"version": "latest1"}},
		{"V6_digest", 400, "FSS.0400", object{"digest": sha("other")},
			object{"digest": sha("def handler(e, c):\n    return e\n")}},
		{"V6_digest_empty", 400, "FSS.0400", object{"digest": "x"}, object{"digest": ""}},
		{"V7_description", 400, "FSS.1019", object{"description": strings.Repeat("d", 513)},
			object{"description": strings.Repeat("d", 512)}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			b.want(rule.status, rule.code, "POST", demo+"/versions", rule.rejected)
			if got := len(b.function().Versions); got != 0 {
				t.Fatalf("a refused publish left %d versions", got)
			}
			b.want(200, "", "POST", demo+"/versions", rule.accepted)
		})
	}
}

func TestPublishState(t *testing.T) {
	t.Parallel()
	t.Run("V4_name_exists", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.publish("v1")
		b.deploy("new")
		b.want(409, "FSS.1062", "POST", demo+"/versions", object{"version": "v1"})
		b.publish("v2")
	})
	t.Run("V5_unchanged", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.publish("v1")
		b.update(object{"description": "changed settings are not changed code"})
		b.want(400, "FSS.1016", "POST", demo+"/versions", object{"version": "v2"})
		b.deploy("new")
		b.publish("v2")
	})
	for name, steps := range publishable(t) {
		t.Run("V5_"+name, func(t *testing.T) {
			t.Parallel()
			for _, sw := range []emulator.Switches{{}, {HideOBSDigest: true, ImageDigest: true}, {InlineDigestOverZip: true}} {
				askPublishable(t, sw, steps)
			}
		})
	}
	t.Run("V5_file_name", func(t *testing.T) { // a zip that the service makes of the text has the name in it
		t.Parallel()
		for zipped, want := range map[bool]string{false: "400 FSS.1016", true: "200"} {
			b := withSwitches(t, emulator.Switches{InlineDigestOverZip: zipped})
			b.publish("v1")
			b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "code_filename": "other.py"})
			if got := code(b.do("POST", demo+"/versions", object{"version": "v2"})); got != want {
				t.Errorf("zipped %t: %s, want %s", zipped, got, want)
			}
		}
	})
	t.Run("V5_A_B_A", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		for i, code := range []string{"A", "B", "A"} { // Q19: only the youngest counts
			b.deploy(code)
			b.publish(fmt.Sprintf("v%d", i))
		}
	})
	t.Run("V5_after_deletion", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.publish("v1")
		b.want(400, "FSS.1016", "POST", demo+"/versions", object{"version": "v2"})
		b.want(204, "", "DELETE", demo+":v1", nil)
		b.publish("v1") // V17: the name is free again
	})
	t.Run("V5_after_deletion_of_the_youngest", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.deploy("A")
		b.publish("v1")
		b.deploy("B")
		b.publish("v2")
		b.deploy("A")
		b.want(204, "", "DELETE", demo+":v2", nil)
		b.want(400, "FSS.1016", "POST", demo+"/versions", object{"version": "v3"})
	})
	t.Run("V5_image", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, emulator.Options{})
		b.create(image(object{}))
		b.publish("v1")
		b.want(400, "FSS.1016", "POST", demo+"/versions", object{"version": "v2"})
		b.update(object{"runtime": "Custom Image", "handler": "-",
			"custom_image": object{"enabled": true, "image": "swr.x/a:2"}})
		b.publish("v2")
	})
	t.Run("V8_quota", func(t *testing.T) {
		t.Parallel()
		b := withSwitches(t, emulator.Switches{VersionQuota: 3})
		for i := range 2 {
			b.deploy(fmt.Sprint("code ", i))
			b.publish(fmt.Sprint("v", i))
		}
		b.deploy("one more")
		b.want(403, "FSS.0403", "POST", demo+"/versions", object{"version": "v2"})
		b.want(204, "", "DELETE", demo+":v0", nil)
		b.publish("v2")
	})
	t.Run("V20_on_a_version", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.publish("v1")
		b.deploy("new")
		b.want(400, "FSS.0400", "POST", demo+":v1/versions", object{"version": "v2"})
		b.want(200, "", "POST", demo+":latest/versions", object{"version": "v2"})
		b.want(404, "FSS.1051", "POST", functions+"/"+urnPrefix+"default:x/versions", object{"version": "v2"})
	})
}

func TestPublishV3DefaultName(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	b.create(object{})
	got := b.want(200, "", "POST", demo+"/versions", object{})
	if got.text("version") != "v20260102-110405" || got.text("func_urn") != demoURN { // V22
		t.Fatalf("version %q, URN %q", got.text("version"), got.text("func_urn"))
	}
	b.deploy("new")
	b.want(409, "FSS.1062", "POST", demo+"/versions", object{}) // within one second
	clock.now = clock.now.Add(time.Second)
	b.want(200, "", "POST", demo+"/versions", object{})
}

func TestPublishV9V10Copies(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(mounts(object{"user_id": -1, "user_group_id": -1}, "/mnt"))
	b.update(object{"timeout": 30, "description": "then"})
	b.update(object{"timeout": 30, "description": "then",
		"mount_config": object{"mount_user": object{"user_id": 5, "user_group_id": 5}, "func_mounts": []object{}}})
	got := b.want(200, "", "POST", demo+"/versions", object{"version": "v1", "description": "first"})
	if got.text("version_description") != "first" || got.text("description") != "then" {
		t.Fatalf("descriptions: %q %q", got.text("version_description"), got.text("description"))
	}
	b.deploy("new")
	b.update(object{"timeout": 60})
	version := b.want(200, "", "GET", demo+":v1/config", nil)
	if version.body["timeout"] != 30.0 || version.text("digest") != sha("def handler(e, c):\n    return e\n") {
		t.Fatalf("V9: timeout %v, digest %s", version.body["timeout"], version.text("digest"))
	}
	if _, ok := version.body["mount_config"]; ok {
		t.Fatal("V10: the version has mounts")
	}
	if version.text("version") != "v1" || version.text("func_urn") != demoURN+":v1" {
		t.Fatalf("version %q, URN %q", version.text("version"), version.text("func_urn"))
	}
}

func TestPublishedVersionsAreFixed(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	code := object{"code_type": "inline", "func_code": object{"file": b64("x")}}
	for _, qualifier := range []string{":v1", ":!prod"} {
		b.want(400, "FSS.0400", "PUT", demo+qualifier+"/code", code)                   // V11
		b.want(400, "FSS.0400", "PUT", demo+qualifier+"/config", updateBody(object{})) // V12
	}
	b.want(404, "FSS.1052", "PUT", demo+":v9/code", code)
	b.want(200, "", "PUT", demo+":latest/code", code)
	b.want(200, "", "PUT", demo+":latest/config", updateBody(object{}))
}

func TestPublishV18Disabled(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0})
	if got := b.publish("v1"); got.body["status"] != 1.0 {
		t.Fatalf("status = %v", got.body["status"])
	}
	b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 9})
	status := []any{}
	for _, row := range b.versions("") {
		status = append(status, row["status"])
	}
	if fmt.Sprint(status) != "[0 1]" {
		t.Fatalf("status of latest and v1: %v", status)
	}
}

func (b *bench) versions(query string) []object {
	b.t.Helper()
	got := b.want(200, "", "GET", demo+"/versions"+query, nil)
	rows := []object{}
	list, _ := got.body["versions"].([]any)
	for _, row := range list {
		item, _ := row.(object)
		rows = append(rows, item)
	}
	return rows
}

func versionNames(rows []object) string {
	out := []string{}
	for _, row := range rows {
		out = append(out, fmt.Sprint(row["version"]))
	}
	return strings.Join(out, " ")
}

func TestListVersionsV19(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.want(200, "", "POST", demo+"/versions", object{"version": "b", "description": "first"})
	b.deploy("new")
	b.publish("a")
	rows := b.versions("?marker=1&maxitems=1") // without effect by default
	if got := versionNames(rows); got != "latest b a" {
		t.Fatalf("versions: %s", got)
	}
	if rows[1]["version_description"] != "first" || rows[1]["func_urn"] != demoURN+":b" {
		t.Fatalf("row: %v", rows[1])
	}
	if _, ok := rows[1]["description"]; ok {
		t.Fatal("Q17: rows have no description")
	}
	b.want(404, "FSS.1051", "GET", functions+"/"+urnPrefix+"default:x/versions", nil)
}

func TestDeleteVersion(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	for _, name := range []string{"v1", "v2", "v3"} {
		b.deploy(name)
		b.publish(name)
	}
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1",
		"additional_version_weights": object{"v2": 10}})
	b.want(403, "FSS.1094", "DELETE", demo+":v2", nil) // V14
	b.want(400, "FSS.0400", "DELETE", demo+":latest", nil)
	b.want(404, "FSS.1052", "DELETE", demo+":v9", nil) // V16
	b.want(404, "FSS.1053", "DELETE", demo+":!nobody", nil)
	b.want(204, "", "DELETE", demo+":v3", nil)
	b.want(404, "FSS.1052", "DELETE", demo+":v3", nil)
	b.want(204, "", "DELETE", demo+":v1", nil) // V13: with its alias
	if got := len(b.function().Aliases); got != 0 {
		t.Fatalf("%d aliases left", got)
	}
	b.want(204, "", "DELETE", demo+":v2", nil)
	b.want(200, "", "GET", demo+"/config", nil)
	if got := b.server.Count("DeleteVersion"); got != 8 {
		t.Fatalf("%d requests were logged as DeleteVersion", got)
	}
}

func TestDeleteVersionByAlias(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	b.want(200, "", "POST", demo+"/aliases", object{"name": "dev", "version": "latest"})
	b.want(400, "FSS.0400", "DELETE", demo+":!dev", nil) // V15
	b.want(204, "", "DELETE", demo+":!prod", nil)
	if f := b.function(); len(f.Versions) != 0 || len(f.Aliases) != 1 {
		t.Fatalf("left: %d versions, %d aliases", len(f.Versions), len(f.Aliases))
	}
}

func TestDeleteFunction(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.deploy("new")
	b.publish("v2")
	b.want(200, "", "POST", demo+"/aliases",
		object{"name": "prod", "version": "v1", "additional_version_weights": object{"v2": 1}})
	b.want(204, "", "POST", demoTags+"/create", object{"tags": []object{{"key": "a", "value": "b"}}})
	b.want(204, "", "DELETE", demo, nil)         // D1, D4
	b.want(404, "FSS.1051", "DELETE", demo, nil) // D2
	b.want(404, "FSS.1051", "GET", demo+":v1/config", nil)
	b.create(object{})
	if f := b.function(); len(f.Versions)+len(f.Aliases)+len(f.Tags) != 0 {
		t.Fatalf("a new function has something of the old one: %+v", f.Tags)
	}
}
