// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestUpdateCodeRules(t *testing.T) {
	t.Parallel()
	archive := zipText(t, "index.py", "y")
	for _, rule := range []rulePair{
		{"F7_missing", 400, "FSS.1006", object{"func_code": object{"file": b64("x")}},
			object{"code_type": "inline", "func_code": object{"file": b64("x")}}},
		{"F7_unknown", 400, "FSS.1006", object{"code_type": "tar"}, object{"code_type": "inline"}},
		{"F8_obs", 400, "FSS.1010", object{"code_type": "obs", "code_url": "b/x.zip"},
			object{"code_type": "obs", "code_url": "https://b/x.zip"}},
		{"F11_base64", 400, "FSS.1011", object{"code_type": "inline", "func_code": object{"file": "%"}},
			object{"code_type": "inline", "func_code": object{"file": "YQ=="}}},
		{"F11_zip", 400, "FSS.1011", object{"code_type": "zip", "func_code": object{"file": b64("x")}},
			object{"code_type": "zip", "func_code": object{"file": b64(archive)}}},
		{"F13_inline", 413, "FSS.1072",
			object{"code_type": "inline", "func_code": object{"file": b64(strings.Repeat("a", 10241))}},
			object{"code_type": "inline", "func_code": object{"file": b64(strings.Repeat("a", 10240))}}},
		{"F30_dependency", 404, "FSS.1056", object{"code_type": "inline", "depend_version_list": []string{"x"}},
			object{"code_type": "inline", "depend_version_list": []string{emulator.PublicDependency}}},
		{"F12_image", 400, "FSS.1034", object{"code_type": "Custom-Image-Swr"}, object{"code_type": "inline"}},
		{"no_code_of_the_new_type", 400, "FSS.1012", object{"code_type": "zip"}, object{"code_type": "inline"}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			before := b.function()
			b.want(rule.status, rule.code, "PUT", demo+"/code", rule.rejected)
			if after := b.function(); after.Digest != before.Digest || after.CodeType != before.CodeType {
				t.Fatal("a refused update changed the code")
			}
			b.want(200, "", "PUT", demo+"/code", rule.accepted)
			b.want(404, "FSS.1051", "PUT", functions+"/"+urnPrefix+"default:x/code", rule.accepted)
		})
	}
}

func TestUpdateCodeF32Stores(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	archive := zipText(t, "index.py", "z")
	got := b.want(200, "", "PUT", demo+"/code", object{
		"code_type": "zip", "code_filename": "index.zip", "func_code": object{"file": b64(archive)}})
	if got.text("digest") != sha(archive) || got.body["code_size"] != float64(len(archive)) {
		t.Fatalf("digest %s, size %v", got.text("digest"), got.body["code_size"])
	}
	echo, _ := got.body["func_code"].(object)
	if echo["file"] != b64(archive) || echo["link"] != "" {
		t.Fatalf("func_code = %.80v", echo)
	}
	if f := b.function(); string(f.Code) != archive || f.CodeType != "zip" || f.CodeFilename != "index.zip" {
		t.Fatalf("stored %s %s, %d bytes", f.CodeType, f.CodeFilename, len(f.Code))
	}
	if got := b.config(); got.text("digest") != sha(archive) || got.text("code_filename") != "index.zip" {
		t.Fatalf("config: %s %s", got.text("digest"), got.text("code_filename"))
	}
}

func TestUpdateCodeOmissions(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	before := b.function()
	list := object{"code_type": "inline", "depend_version_list": []string{emulator.PublicDependency}}
	got := b.want(200, "", "PUT", demo+"/code", list)
	if f := b.function(); f.Digest != before.Digest || f.ImageName != before.ImageName {
		t.Fatal("a change of dependencies alone changed the code")
	}
	if rows, _ := got.body["dependencies"].([]any); len(rows) != 1 {
		t.Fatalf("dependencies = %v", got.body["dependencies"])
	}
	b.deploy("x")
	if got := b.function().DependVersionList; len(got) != 1 {
		t.Fatalf("omitted list: %v, want it kept", got)
	}
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "depend_version_list": []string{}})
	if got := b.function().DependVersionList; len(got) != 0 {
		t.Fatalf("empty list: %v, want it cleared", got)
	}
	if got := b.function(); string(got.Code) != "x" {
		t.Fatalf("code = %q", got.Code)
	}
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "func_code": object{"file": ""}})
	if f := b.function(); len(f.Code) == 0 || string(f.Code) == "x" {
		t.Fatalf("an empty file left %q, want template code", f.Code)
	}
}

// TestUpdateCodeOfDependenciesAlone: code, its digest and its name stay, whatever kind of code it is (contract 3.6).
func TestUpdateCodeOfDependenciesAlone(t *testing.T) {
	t.Parallel()
	archive := b64(zipText(t, "a", "b"))
	for _, code := range []object{
		{"code_type": "inline", "func_code": object{"file": b64("x")}, "code_filename": "n.py"},
		{"code_type": "zip", "func_code": object{"file": archive}, "code_filename": "n.zip"},
		{"code_type": "jar", "func_code": object{"file": archive}},
		{"code_type": "obs", "code_url": "https://b/x.zip", "code_filename": "n.zip"},
	} {
		b := withDemo(t)
		b.want(200, "", "PUT", demo+"/code", code)
		before := b.function()
		delete(code, "func_code")
		delete(code, "code_filename")
		code["depend_version_list"] = []string{emulator.PublicDependency}
		got := b.want(200, "", "PUT", demo+"/code", code)
		after := b.function()
		after.DependVersionList, after.LastModified = before.DependVersionList, before.LastModified
		if !reflect.DeepEqual(after, before) || got.text("code_filename") != before.CodeFilename {
			t.Errorf("%v: before %+v, after %+v", code["code_type"], before.CodeState, after.CodeState)
		}
	}
}

// TestF13InlineZip: the bound of inline code is for text only.
func TestF13InlineZip(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	noise := ""
	for i := range 1000 {
		noise += sha(fmt.Sprint(i))[:32] // which does not get smaller
	}
	archive := zipText(t, "index.py", noise)
	b.deploy(archive)
	if f := b.function(); f.CodeSize <= 10240 || f.Digest != sha(archive) {
		t.Errorf("%d bytes, digest %s", f.CodeSize, f.Digest)
	}
}

// TestCodeURLIsForOBS: empty for every other type (contract 2.3).
func TestCodeURLIsForOBS(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	body := object{"code_type": "obs", "code_url": "https://b/x.zip", "func_code": object{"file": b64("x")}}
	if got := b.want(200, "", "PUT", demo+"/code", body); got.text("code_url") != "https://b/x.zip" {
		t.Fatalf("obs: %s", got.raw)
	}
	body["code_type"] = "inline"
	if got := b.want(200, "", "PUT", demo+"/code", body); got.text("code_url") != "" || got.text("digest") != sha("x") {
		t.Fatalf("inline: %s", got.raw)
	}
}

// TestUpdateCodeKMSKey: the documents do not say what omission does; it is as with dependencies. A key is not code.
func TestUpdateCodeKMSKey(t *testing.T) {
	t.Parallel()
	for _, nullOmitted := range []bool{false, true} {
		b := newBench(t, emulator.Options{Switches: emulator.Switches{NullOmitted: nullOmitted}})
		if got := b.create(object{"code_encrypt_kms_key_id": "k1"}).text("code_encrypt_kms_key_id"); got != "k1" {
			t.Fatalf("create: %q", got)
		}
		b.publish("v1")
		afterNull := map[bool]string{true: "k2", false: ""}[nullOmitted]
		before := b.function()
		for _, step := range []struct {
			key  any
			want string
		}{{absent{}, "k1"}, {"k2", "k2"}, {absent{}, "k2"}, {nil, afterNull}, {"k3", "k3"}, {"", ""}, {absent{}, ""}} {
			body := changed(object{"code_type": "inline"}, object{"code_encrypt_kms_key_id": step.key})
			update := b.want(200, "", "PUT", demo+"/code", body).text("code_encrypt_kms_key_id")
			if read := b.config().text("code_encrypt_kms_key_id"); update != step.want || read != step.want {
				t.Fatalf("%v: update %q, config %q, want %q", step.key, update, read, step.want)
			}
		}
		f := b.function()
		if v, _ := f.Version("v1"); v.CodeKMSKeyID != "k1" || f.ImageName != before.ImageName || f.Digest != before.Digest {
			t.Fatalf("version %q, function %+v", v.CodeKMSKeyID, f.CodeState)
		}
	}
}

func TestUpdateCodeFilename(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	archive := b64(zipText(t, "a", "b"))
	for _, step := range []struct {
		body object
		want string
	}{
		{object{"code_type": "inline", "func_code": object{"file": archive}}, "index.zip"},
		{object{"code_type": "inline", "func_code": object{"file": b64("x")}}, "index.py"},
		{object{"code_type": "inline", "func_code": object{"file": b64("x")}, "code_filename": "n.py"}, "n.py"},
		{object{"code_type": "inline", "depend_version_list": []string{}}, "n.py"},
		{object{"code_type": "zip", "func_code": object{"file": archive}}, "demo.zip"},
		{object{"code_type": "zip", "func_code": object{"file": archive}, "code_filename": "n.zip"}, "n.zip"},
		{object{"code_type": "zip", "func_code": object{"file": archive}}, "n.zip"},
		{object{"code_type": "jar", "func_code": object{"file": archive}}, "demo.jar"},
		{object{"code_type": "obs", "code_url": "https://b/x.zip"}, "x.zip"},
		{object{"code_type": "obs", "code_url": "https://b/y.zip"}, "y.zip"},
	} {
		if got := b.want(200, "", "PUT", demo+"/code", step.body).text("code_filename"); got != step.want {
			t.Fatalf("%v: %s, want %s", step.body["code_type"], got, step.want)
		}
	}
}

func TestUpdateCodeChangesImageName(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	before := b.function().ImageName
	b.update(object{"description": "x"})
	if got := b.function().ImageName; got != before {
		t.Fatal("PUT config changed image_name")
	}
	b.deploy("y")
	if got := b.function().ImageName; got == before {
		t.Fatal("PUT code did not change image_name")
	}
}

func TestGetCodeLink(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.publish("v1")
	b.deploy("new")
	for urn, want := range map[string]string{demo: "new", demo + ":v1": "def handler(e, c):\n    return e\n"} {
		got := b.want(200, "", "GET", urn+"/code", nil)
		code, _ := got.body["func_code"].(object)
		if code["file"] != "" {
			t.Errorf("file = %v, want none", code["file"])
		}
		link, _ := code["link"].(string)
		resp, err := http.Get(link)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.Body.Close() != nil || string(text) != want {
			t.Errorf("%s: %q, %v", link, text, err)
		}
	}
	b.want(404, "FSS.1051", "GET", functions+"/"+urnPrefix+"default:x/code", nil)
}

// TestLargeCodeIsTheSame sends code around the size from which the body is split, in every way to write it.
func TestLargeCodeIsTheSame(t *testing.T) {
	t.Parallel()
	for _, size := range []int{48 << 10, 49151, 49152, 49153, 49154, 200_001} {
		archive := strings.Repeat("\x00?>", size/3) + zipText(t, "a", "b") // base64 of this has / and +
		encoded := base64.StdEncoding.EncodeToString([]byte(archive))
		for name, text := range map[string]string{
			"plain":   `{"code_type":"zip","func_code":{"file":"` + encoded + `"}}`,
			"spaced":  `{ "func_code" : { "link":"", "file" : "` + encoded + `" } , "code_type" : "zip" }`,
			"escaped": `{"code_type":"zip","func_code":{"file":"` + escapeSome(encoded) + `"}}`,
		} {
			b := withDemo(t)
			b.want(200, "", "PUT", demo+"/code", text)
			if f := b.function(); string(f.Code) != archive || f.Digest != sha(archive) {
				t.Errorf("%s, %d bytes: another code was stored", name, size)
			}
			logged := b.server.Requests("UpdateCode")[0]
			if logged.BodySize != int64(len(text)) || len(encoded) > 64<<10 && len(logged.Body) > 1024 {
				t.Errorf("%s: logged %d bytes, size %d", name, len(logged.Body), logged.BodySize)
			}
		}
	}
}

func escapeSome(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "/", `\/`), "+", `\u002b`)
}

func TestLargeCodeNotBase64(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	bad := strings.Repeat("A", 100_000) + "-" + strings.Repeat("A", 100_000)
	b.want(400, "FSS.1011", "PUT", demo+"/code", object{"code_type": "zip", "func_code": object{"file": bad}})
	b.want(400, "FSS.0400", "PUT", demo+"/code", `{"code_type":"zip","func_code":{"file":"`+strings.Repeat("A", 100_000))
	// Other members are not taken out, however long they are.
	b.want(400, "FSS.1019", "PUT", demo+"/config", updateBody(object{"description": bad}))
}

// TestDownload: the link to the code serves what digest and size are taken of (2.7): of an inline text the text, or the
// archive that the service makes of it; of an archive the archive.
func TestDownload(t *testing.T) {
	t.Parallel()
	archive := zipText(t, "index.py", "y")
	for _, zipped := range []bool{false, true} {
		b := withSwitches(t, emulator.Switches{InlineDigestOverZip: zipped})
		for _, kind := range []object{
			{"code_type": "inline", "func_code": object{"file": b64("print(1)")}},
			{"code_type": "inline", "func_code": object{"file": b64(archive)}},
			{"code_type": "zip", "func_code": object{"file": b64(archive)}},
		} {
			b.want(200, "", "PUT", demo+"/code", kind)
			got := b.want(200, "", "GET", demo+"/code", nil)
			code, _ := got.body["func_code"].(object)
			link, _ := code["link"].(string)
			resp, err := http.Get(link)
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if sum := sha512.Sum512(content); err != nil || hex.EncodeToString(sum[:]) != got.text("digest") ||
				float64(len(content)) != got.body["code_size"] {
				t.Errorf("%v, %t: %d bytes, %v", kind, zipped, len(content), err)
			}
		}
	}
}
