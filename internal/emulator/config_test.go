// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestUpdateConfigKeepsInitializer: both null and both zero clear, whatever null is elsewhere (contract 4.3, observed).
func TestUpdateConfigKeepsInitializer(t *testing.T) {
	t.Parallel()
	b := withSwitches(t, emulator.Switches{NullOmitted: true})
	for _, none := range []object{
		{"initializer_handler": "", "initializer_timeout": 0}, {"initializer_handler": nil, "initializer_timeout": nil},
	} {
		b.update(object{"initializer_handler": "a.b", "initializer_timeout": 9})
		if got := b.update(object{}).body; got["initializer_handler"] != "a.b" || got["initializer_timeout"] != 9.0 {
			t.Fatalf("omitted: %v %v", got["initializer_handler"], got["initializer_timeout"])
		}
		if b.update(none); b.function().InitializerHandler != "" || b.function().InitializerTimeout != 0 {
			t.Fatalf("%v leaves %v", none, b.function().InitializerHandler)
		}
	}
}

func TestUpdateConfigObjectsReplaceWhole(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(image(object{"xrole": "a"}))
	first := object{"enabled": true, "image": "swr.x/a:1", "command": "/bin/sh", "args": "-c"}
	imageUpdate := func(img object) object {
		return object{"runtime": "Custom Image", "handler": "-", "custom_image": img}
	}
	b.update(imageUpdate(first))
	b.update(imageUpdate(object{"enabled": true, "image": "swr.x/a:2"}))
	got, _ := b.config().body["custom_image"].(object)
	if got["image"] != "swr.x/a:2" || got["command"] != "" || got["args"] != "" {
		t.Fatalf("custom_image = %v", got)
	}
	b.update(changed(imageUpdate(first), object{"network_controller": object{"disable_public_network": true,
		"trigger_access_vpcs": []object{{"vpc_id": "v1"}, {"vpc_id": "v2"}}}}))
	b.update(changed(imageUpdate(first), object{"network_controller": object{
		"trigger_access_vpcs": []object{{"vpc_id": "v3"}}}}))
	if got := askMembers(b, "network_controller"); got !=
		`{"disable_public_network":false,"trigger_access_vpcs":[{"vpc_id":"v3","vpc_name":"vpc-v3"}]}` {
		t.Fatalf("network_controller = %s", got)
	}
	b.update(changed(imageUpdate(first), mounts(object{"user_id": 5, "user_group_id": 6}, "/a", "/b")))
	b.update(changed(imageUpdate(first), object{"mount_config": object{"mount_user": object{"user_id": 7}}}))
	if got := askMembers(b, "mount_config"); got != `{"func_mounts":[],"mount_user":{"user_group_id":-1,"user_id":7}}` {
		t.Fatalf("mount_config = %s", got)
	}
}

func TestUpdateConfigLenientMembers(t *testing.T) {
	t.Parallel()
	for _, value := range []any{absent{}, nil, ""} {
		b := withDemo(t)
		b.update(object{"func_name": value, "handler": value, "package": value})
		if f := b.function(); f.Handler != "index.handler" || f.Package != "default" {
			t.Fatalf("%v: handler %q, package %q", value, f.Handler, f.Package)
		}
	}
}

func TestUpdateConfigF36EnterpriseProject(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.update(object{"enterprise_project_id": "0aad9e6a"})
	if got := b.config().text("enterprise_project_id"); got != "0aad9e6a" {
		t.Fatalf("enterprise project %q", got)
	}
}

func TestUpdateConfigF33LastModified(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	b.create(object{})
	digest := b.function().Digest
	clock.now = clock.now.Add(90e9)
	b.update(object{"description": "x"})
	if got := b.config().text("last_modified"); got != "2026-01-02T11:05:35+08:00" {
		t.Errorf("after PUT config: %s", got)
	}
	clock.now = clock.now.Add(-600e9)
	b.deploy("other")
	if got := b.config().text("last_modified"); got != "2026-01-02T11:05:35+08:00" {
		t.Errorf("last_modified went back to %s", got)
	}
	if b.function().Digest == digest {
		t.Error("F33: digest did not follow the code")
	}
}

func TestGetConfigURNForms(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	for _, test := range []struct {
		urn    string
		status int
		code   string
	}{
		{demoURN, 200, ""}, {demoURN + ":latest", 200, ""}, {demoURN + ":v1", 200, ""}, {demoURN + ":!prod", 200, ""},
		{strings.ReplaceAll(demoURN, ":", "%3A") + "%3A%21prod", 200, ""},
		{demoURN + ":v2", 404, "FSS.1052"}, {demoURN + ":!test", 404, "FSS.1053"},
		{urnPrefix + "default:other", 404, "FSS.1051"}, {urnPrefix + "shop:demo", 404, "FSS.1051"},
		{strings.Replace(demoURN, "cn-north-4", "cn-east-3", 1), 404, "FSS.1051"},
		{strings.Replace(demoURN, emulator.DefaultProjectID, "f123456789abcdef0123456789abcdef", 1), 404, "FSS.1051"},
		{"urn:fss:cn-north-4", 400, "FSS.1309"}, {demoURN + ":v1:x", 400, "FSS.1309"}, {demoURN + ":", 400, "FSS.1309"},
	} {
		b.want(test.status, test.code, "GET", functions+"/"+test.urn+"/config", nil)
	}
	if got := b.do("GET", demo+":!prod/config", nil).text("func_urn"); got != demoURN+":v1" {
		t.Fatalf("Q16: func_urn of an alias = %s", got)
	}
}

func TestF34ShortForms(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.want(200, "", "POST", functions+"/demo/aliases", object{"name": "prod", "version": "v1"})
	project := emulator.DefaultProjectID
	for form, version := range map[string]string{
		"demo": "latest", "default:demo": "latest", project + ":default:demo": "latest",
		project + ":default:demo:latest": "latest", project + ":default:demo:v1": "v1",
		project + ":default:demo:!prod": "v1", "default%3Ademo": "latest",
	} {
		got := b.want(200, "", "GET", functions+"/"+form+"/config", nil)
		if got.text("func_urn") != demoURN+":"+version {
			t.Errorf("%s: %s", form, got.text("func_urn"))
		}
	}
	for form, code := range map[string]string{
		"other": "404 FSS.1051", "shop:demo": "404 FSS.1051", "x:default:demo": "404 FSS.1051",
		project + ":default:demo:v2": "404 FSS.1052", project + ":default:demo:!x": "404 FSS.1053",
		project + ":default:demo:": "400 FSS.1309", project + "::demo": "400 FSS.1309", ":demo": "400 FSS.1309",
		"a:b:c:d:e": "400 FSS.1309", "a%2Fb": "400 FSS.1309", "demo%20": "400 FSS.1309",
	} {
		if got := b.do("GET", functions+"/"+form+"/config", nil); fmt.Sprint(got.status, " ", got.code) != code {
			t.Errorf("%s: %d %s, want %s", form, got.status, got.code, code)
		}
	}
	b.want(204, "", "POST", strings.Replace(demoTags, demoURN, "demo", 1)+"/create",
		object{"tags": []object{{"key": "a", "value": "b"}}})
	b.want(200, "", "PUT", functions+"/demo/code", object{"code_type": "inline", "func_code": object{"file": b64("x")}})
	b.want(400, "FSS.0400", "DELETE", functions+"/"+project+":default:demo:latest", nil) // V15
	b.want(204, "", "DELETE", functions+"/demo", nil)
}
