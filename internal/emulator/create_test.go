// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestCreateConflictsAndQuota(t *testing.T) {
	t.Parallel()
	t.Run("F18_duplicate_name", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		before := b.function()
		b.want(409, "FSS.1061", "POST", functions, createBody(object{"description": "second"}))
		if after := b.function(); after.Description != before.Description || after.ID != before.ID {
			t.Fatal("a refused create changed the function that is there")
		}
		b.create(object{"func_name": "demo2"})
	})
	t.Run("F19_same_name_in_another_package", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.create(object{"package": "shop"})
	})
	t.Run("F20_function_quota", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, emulator.Options{Switches: emulator.Switches{FunctionQuota: 2}})
		b.create(object{"func_name": "a"})
		b.create(object{"func_name": "b"})
		b.want(403, "FSS.1041", "POST", functions, createBody(object{"func_name": "c"}))
	})
	t.Run("validation_before_conflict", func(t *testing.T) {
		t.Parallel()
		b := withDemo(t)
		b.want(400, "FSS.1008", "POST", functions, createBody(object{"timeout": 1}))
	})
}

func TestCreateF13ZipSize_large(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	// A prefix makes the archive exactly as large as wanted: zip readers look from the end.
	archive := zipText(t, "index.py", "x")
	pad := strings.Repeat("\x00", 50<<20-len(archive))
	body := object{"code_type": "zip", "func_code": object{"file": b64(pad + "\x00" + archive)}}
	b.want(413, "FSS.1071", "POST", functions, createBody(body))
	body["func_code"] = object{"file": b64(pad + archive)}
	got := b.create(body)
	if size := got.body["code_size"]; size != float64(50<<20) {
		t.Fatalf("code_size = %v", size)
	}
	if f := b.function(); sha(string(f.Code)) != f.Digest || f.Digest != sha(pad+archive) {
		t.Fatal("the code that was stored is not the code that was sent")
	}
}

func TestCreateAnswer(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	got := b.create(object{"encrypted_user_data": `{"password":"1234"}`})
	for name, want := range map[string]any{
		"func_urn": demoURN + ":latest", "version": "latest", "cpu": 300.0, "code_size": 32.0,
		"digest": "c34b9d7f9e68556f446a8429b35ad2391b7c9686cbae3417deeff6e4e7d26458e7ee7402665ea204bb9fb09fd90c0ffb6dbcdd" +
			"b62bebd25f80dc179df8f74e71", // the sample of contract 3.1
		"type": "v2", "enterprise_project_id": "0", "code_filename": "index.py", "package": "default",
		"last_modified": "2026-01-02T11:04:05+08:00", "project_name": "cn-north-4",
		"namespace":           emulator.DefaultProjectID,
		"encrypted_user_data": `{"password":""}`, // F31
	} {
		if got.body[name] != want {
			t.Errorf("%s = %v, want %v", name, got.body[name], want)
		}
	}
	if strategy := fmt.Sprint(got.body["strategy_config"]); strategy != "map[concurrency:400 concurrent_num:1]" {
		t.Errorf("strategy_config = %s", strategy)
	}
	if id := got.header.Get("X-Request-Id"); len(id) != 32 {
		t.Errorf("X-Request-Id = %q", id)
	}
	if date := got.header.Get("Date"); date != "Fri, 02 Jan 2026 03:04:05 GMT" {
		t.Errorf("Date = %q, want that of the emulator's clock", date)
	}
	if f := b.function(); f.EncryptedUserData != `{"password":"1234"}` {
		t.Errorf("stored %q", f.EncryptedUserData)
	}
}

func TestCreateF22UnknownPackage(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	if got := b.create(object{"package": "never-seen"}).text("package"); got != "never-seen" {
		t.Fatalf("package = %q", got)
	}
}

// TestF31SecretsAreBlanked looks for the value in the answer of every call that returns the member, and in all others;
// at both poles of all switches but the one that takes away a call.
func TestF31SecretsAreBlanked(t *testing.T) {
	t.Parallel()
	second := emulator.SecondWorld()
	second.NoListVersions = false
	for _, sw := range []emulator.Switches{{}, second} {
		b := newBench(t, emulator.Options{Switches: sw})
		secret := object{"encrypted_user_data": `{"password":"canary"}`}
		with := []response{
			b.create(secret), b.update(secret), b.config(), b.publish("v1"),
			b.want(200, "", "GET", demo+"/versions", nil), b.want(200, "", "GET", functions, nil),
			b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 1}),
			b.want(200, "", "GET", demo+":v1/config", nil),
		}
		without := []response{
			b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"}),
			b.want(200, "", "GET", demo+"/code", nil), b.want(200, "", "GET", demo+":v1/code", nil),
			b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "func_code": object{"file": b64("x")}}),
			b.want(200, "", "GET", demo+"/aliases", nil),
		}
		with = append(with, b.want(200, "", "GET", demo+":!prod/config", nil))
		for i, got := range append(with, without...) {
			if strings.Contains(string(got.raw), "canary") {
				t.Errorf("answer %d has the value: %s", i, got.raw)
			}
			if i < len(with) && !strings.Contains(string(got.raw), `{\"password\":\"\"}`) {
				t.Errorf("answer %d lacks the key: %s", i, got.raw)
			}
		}
	}
}

// TestEncryptedUserDataIsStored: what is kept is what was sent, so a client that sends back what it has read loses it.
func TestEncryptedUserDataIsStored(t *testing.T) {
	t.Parallel()
	const secret, blank = `{"password":"canary"}`, `{"password":""}`
	for _, step := range []struct {
		name           string
		value          any
		replace, merge string
	}{
		{"sent again", secret, secret, secret}, {"read back", blank, blank, blank}, {"empty", "", "", ""},
		{"no entries", "{}", "{}", "{}"}, {"omitted", absent{}, "", secret}, {"null", nil, "", ""},
	} {
		for _, merge := range []bool{false, true} {
			b := newBench(t, emulator.Options{Switches: emulator.Switches{MergeConfig: merge}})
			b.create(object{"encrypted_user_data": secret})
			b.publish("v1")
			b.update(object{"encrypted_user_data": step.value})
			want := map[bool]string{false: step.replace, true: step.merge}[merge]
			f := b.function()
			if v, _ := f.Version("v1"); f.EncryptedUserData != want || v.EncryptedUserData != secret {
				t.Errorf("%s, merge %t: %q, version %q", step.name, merge, f.EncryptedUserData, v.EncryptedUserData)
			}
		}
	}
}

func TestCreateF21OneVersion(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	if got := b.want(200, "", "GET", demo+"/versions", nil); got.body["count"] != 1.0 {
		t.Fatalf("count = %v", got.body["count"])
	}
}

func TestCreateDefaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change object
		want   object
	}{
		{"package", object{"package": absent{}}, object{"package": "default"}},
		{"package_empty", object{"package": ""}, object{"package": "default"}},
		{"v1_strategy", object{"type": "v1"}, object{"strategy_config": object{"concurrency": -1.0, "concurrent_num": 1.0}}},
		{"image", image(object{"code_type": absent{}, "handler": absent{}}),
			object{"code_type": "Custom-Image-Swr", "handler": "-", "digest": "", "code_size": 0.0, "code_filename": ""}},
		{"F9_inline_without_code", object{"func_code": absent{}}, object{"code_filename": "index.py"}},
		{"F9_jar_without_code", object{"runtime": "Java11", "code_type": "jar", "func_code": absent{}},
			object{"code_filename": "demo.jar"}},
		{"image_without_url", image(object{"code_url": "https://b/x.zip"}), object{"code_url": ""}},
		{"X22_image_by_obs", image(object{"code_type": "obs", "code_url": "https://b/x.zip"}),
			object{"code_type": "obs", "code_url": "https://b/x.zip", "handler": "-"}},
		{"F10_zip_without_name", object{"code_type": "zip", "func_code": absent{}}, object{"code_filename": "demo.zip"}},
		{"zip_with_name", object{"code_type": "zip", "func_code": object{"file": b64(zipText(t, "a", "b"))},
			"code_filename": "index.zip"}, object{"code_filename": "index.zip"}},
		{"inline_zip", object{"func_code": object{"file": b64(zipText(t, "a", "b"))}},
			object{"code_filename": "index.zip", "digest": sha(zipText(t, "a", "b"))}},
		{"obs", object{"code_type": "obs", "code_url": "https://b.obs/x/y.zip"}, object{"code_filename": "y.zip"}},
		{"nodejs", object{"runtime": "Node.js18.15", "func_code": absent{}}, object{"code_filename": "index.js"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{Switches: emulator.Switches{ShowUnset: true}})
			b.create(test.change)
			got := b.config()
			for name, want := range test.want {
				if fmt.Sprint(got.body[name]) != fmt.Sprint(want) {
					t.Errorf("%s = %v, want %v", name, got.body[name], want)
				}
			}
		})
	}
}

func TestCreateF9TemplateCode(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for name, runtime := range map[string]string{"a": "Python3.9", "b": "Python2.7"} {
		got := b.create(object{"func_name": name, "runtime": runtime, "code_type": "zip", "func_code": object{"file": ""}})
		if !strings.HasPrefix(got.text("digest"), "f233be6d5b0f") || got.body["code_size"] != 286.0 {
			t.Errorf("%s: %v bytes, digest %s", runtime, got.body["code_size"], got.text("digest"))
		}
	}
	for codeType, magic := range map[string]string{"zip": "PK", "jar": "PK", "inline": "exports"} {
		got := b.create(object{"func_name": codeType, "runtime": "Node.js18.15", "code_type": codeType,
			"func_code": absent{}})
		f, _ := b.server.Function("default", codeType)
		if !strings.HasPrefix(string(f.Code), magic) || got.text("digest") != sha(string(f.Code)) {
			t.Errorf("%s: %q", codeType, f.Code)
		}
	}
}

func TestCreateIgnoresUnknownMembers(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	// Wrong case is another name: the service's decoder is not Go's.
	b.create(object{"nonsense": 1, "Description": "x", "ephemeral_storage": 10240,
		"mount_config": object{"mount_user": object{"mount_user_id": 5, "User_id": 5}}})
	f := b.function()
	if f.Description != "" || f.EphemeralStorage != 512 {
		t.Errorf("description %q, ephemeral storage %d", f.Description, f.EphemeralStorage)
	}
	if *f.MountConfig.MountUser.UserID != -1 {
		t.Errorf("user id %d, want -1 for a member under a wrong name", *f.MountConfig.MountUser.UserID)
	}
}

func TestCreateTags(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(object{"tags": `[{"key":"owner","value":"shop"}]`})
	if got := b.function().Tags["owner"]; got != "shop" {
		t.Fatalf("tag owner = %q", got)
	}
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for _, body := range []string{"", "{", "[]", "null", `{"func_name":"a"} x`} {
		b.want(400, "FSS.0400", "POST", functions, body)
	}
	req := b.request("POST", functions, createBody(object{}))
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	req.Header.Set("Content-Type", "text/plain")
	if got, err := roundTrip(req); err != nil || got.status != 406 {
		t.Fatalf("text/plain: %d %v", got.status, err)
	}
}

func sha(text string) string {
	sum := sha512.Sum512([]byte(text))
	return hex.EncodeToString(sum[:])
}
