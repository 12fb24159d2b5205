// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const objectURL = "https://bucket.obs.cn-north-4.myhuaweicloud.com/demo.zip"

// fromOBS is code of type obs, as a change of a create request or as a PUT code request.
func fromOBS() object {
	return object{"code_type": "obs", "code_url": objectURL, "func_code": absent{}}
}

// deployOBS sends the address once more.
func (b *bench) deployOBS() {
	b.t.Helper()
	b.want(200, "", "PUT", demo+"/code", changed(object{}, fromOBS()))
}

// wantContent compares digest and size of the function with those of a content.
func (b *bench) wantContent(when, content string) {
	b.t.Helper()
	got := b.config()
	if got.text("digest") != sha(content) || got.codeSize() != float64(len(content)) {
		b.t.Fatalf("%s: digest %.8s, size %v, want those of %q", when, got.text("digest"), got.codeSize(), content)
	}
}

// TestObjectsOfOBS: code is what the object was when the code was sent (contract 2.7).
func TestObjectsOfOBS(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	content := []byte("one")
	b.server.PutObject(objectURL, content)
	content[0] = '?'
	b.create(fromOBS())
	b.wantContent("create", "one")
	b.publish("v1")
	b.server.PutObject(objectURL, []byte("second"))
	b.wantContent("another object", "one")
	b.want(400, "FSS.1016", "POST", demo+"/versions", object{"version": "v2"})
	before := b.function().ImageName
	b.deployOBS()
	b.wantContent("sent again", "second")
	sent := b.function().ImageName
	if sent == before {
		t.Error("image_name did not follow the code")
	}
	b.deployOBS()
	if b.function().ImageName != sent {
		t.Error("the same object counts as other code")
	}
	b.publish("v2")
	if got := b.do("GET", demo+":v1/config", nil).text("digest"); got != sha("one") {
		t.Errorf("v1 has become %.8s", got)
	}
	b.server.PutObject(objectURL, nil)
	b.deployOBS()
	b.wantContent("an empty object", "")
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "code_url": objectURL,
		"func_code": object{"file": b64("text")}})
	b.wantContent("inline", "text")
	if f := b.function(); f.Object != nil {
		t.Errorf("inline code has the object %q", f.Object)
	}
}

// TestAddressWithoutObject: the text stands for it.
func TestAddressWithoutObject(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.server.PutObject(objectURL+"?", []byte("of another address"))
	b.create(fromOBS())
	b.wantContent("create", objectURL)
	b.server.PutObject(objectURL, []byte(objectURL)) // the bytes are the same, the source is another
	b.deployOBS()
	if f := b.function(); string(f.Object) != objectURL {
		t.Errorf("object %q", f.Object)
	}
	b.server.Put(emulator.Function{Name: "demo", CodeState: emulator.CodeState{CodeType: "obs", CodeURL: "https://b/x"}})
	b.wantContent("Put", "https://b/x")
	b.server.PutObject("https://b/x", nil)
	b.want(200, "", "PUT", demo+"/code", object{"code_type": "obs", "code_url": "https://b/x"})
	b.wantContent("an empty object", "")
}

// publishable are ways to have other code, each as a code request to start with and one that makes it another.
func publishable(t *testing.T) map[string][2]object {
	inline := object{"code_type": "inline", "func_code": object{"file": b64("x")}}
	archive := object{"file": b64(zipText(t, "a", "b"))}
	return map[string][2]object{
		"bytes":   {inline, {"code_type": "inline", "func_code": object{"file": b64("y")}}},
		"address": {{"code_type": "obs", "code_url": objectURL}, {"code_type": "obs", "code_url": objectURL + "2"}},
		"object":  {{"code_type": "obs", "code_url": objectURL}, {"code_type": "obs", "code_url": objectURL}},
		"type":    {{"code_type": "inline", "func_code": archive}, {"code_type": "zip", "func_code": archive}},
		"place":   {inline, {"code_type": "obs", "code_url": objectURL}},
	}
}

// askPublishable publishes the first code, fails to publish it again, and publishes the second.
func askPublishable(t *testing.T, sw emulator.Switches, steps [2]object) {
	t.Helper()
	b := withSwitches(t, sw)
	b.server.PutObject(objectURL, []byte("one"))
	b.server.PutObject(objectURL+"2", []byte("one"))
	b.want(200, "", "PUT", demo+"/code", steps[0])
	b.publish("v1")
	b.want(200, "", "PUT", demo+"/code", steps[0])
	b.want(400, "FSS.1016", "POST", demo+"/versions", object{"version": "v2"})
	b.server.PutObject(objectURL, []byte("two"))
	b.want(200, "", "PUT", demo+"/code", steps[1])
	b.publish("v2")
}

// TestObjectsBehindTheBack: Put, Edit and import take the object as a request does.
func TestObjectsBehindTheBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.server.PutObject(objectURL, []byte("one"))
	put := emulator.Function{Name: "demo"}
	put.CodeType, put.CodeURL = "obs", objectURL
	b.server.Put(put)
	b.wantContent("Put", "one")
	put.Object = []byte("what it is elsewhere")
	b.server.Put(put)
	b.wantContent("Put with an object", "what it is elsewhere")
	edit := func(url string) {
		if err := b.server.Edit("default", "demo", func(f *emulator.Function) { f.CodeURL = url }); err != nil {
			t.Fatal(err)
		}
	}
	edit("https://b/x.zip")
	b.wantContent("Edit to an address without object", "https://b/x.zip")
	edit(objectURL)
	b.wantContent("Edit", "one")
	archive := zipText(t, "f.yaml", document("f", "CodeType: obs", "CodeFileName: demo.zip", "CodeUrl: "+objectURL))
	got := b.want(200, "", "POST", functions+"/import", importBody(archive, object{"func_name": "i"}))
	if got.text("digest") != sha("one") {
		t.Errorf("import: %s", got.raw)
	}
}

// TestEditOfAnImage: where images have digests, they follow an image that was changed behind everybody's back.
func TestEditOfAnImage(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{Switches: emulator.Switches{ImageDigest: true}})
	b.create(image(object{}))
	err := b.server.Edit("default", "demo", func(f *emulator.Function) { f.CustomImage.Image = "swr.x/a:2" })
	if got := b.config().text("digest"); err != nil || got != sha("swr.x/a:2") {
		t.Errorf("digest %.8s, %v", got, err)
	}
}
