// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestEdit(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	b.create(object{})
	before := b.function()
	err := b.server.Edit("default", "demo", func(f *emulator.Function) {
		f.Description = "somebody else"
		f.Name, f.Package = "x", "y" // the place stays
	})
	if err != nil {
		t.Fatal(err)
	}
	after := b.function()
	if after.Description != "somebody else" || after.Digest != before.Digest || after.ImageName != before.ImageName {
		t.Fatalf("after: %+v", after.Settings)
	}
	if !after.LastModified.After(before.LastModified) {
		t.Fatal("a change within the same second cannot be seen")
	}
	if err := b.server.Edit("default", "x", func(*emulator.Function) {}); !errors.Is(err, emulator.ErrNoFunction) {
		t.Fatalf("error: %v", err)
	}
}

func TestSetCode(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	before := b.function()
	if err := b.server.SetCode("default", "demo", "", "", []byte("other")); err != nil {
		t.Fatal(err)
	}
	after := b.function()
	if after.Digest != sha("other") || after.CodeSize != 5 || after.CodeFilename != "index.py" ||
		after.ImageName == before.ImageName {
		t.Fatalf("after: %+v", after.CodeState)
	}
	archive := zipText(t, "a", "b")
	if err := b.server.SetCode("default", "demo", "zip", "n.zip", []byte(archive)); err != nil {
		t.Fatal(err)
	}
	if got := b.config(); got.text("digest") != sha(archive) || got.text("code_type") != "zip" {
		t.Fatalf("config: %s", got.raw)
	}
}

func TestCopiesAreDeep(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.create(mounts(object{"user_id": 5, "user_group_id": 5}, "/mnt"))
	b.publish("v1")
	f := b.function()
	f.Code[0] = '!'
	f.Versions[0].Code[0] = '!'
	*f.MountConfig.MountUser.UserID = 7
	f.Tags["a"] = "b"
	f.Versions[0].Name = "x"
	now := b.function()
	if now.Code[0] == '!' || now.Versions[0].Code[0] == '!' || *now.MountConfig.MountUser.UserID != 5 ||
		len(now.Tags) != 0 || now.Versions[0].Name != "v1" {
		t.Fatal("a copy shares memory with the emulator")
	}
}

func TestSeeding(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.server.Put(emulator.Function{Name: "demo", CodeState: emulator.CodeState{Code: []byte("x")}})
	got := b.config()
	if got.text("digest") != sha("x") || got.text("package") != "default" || got.text("runtime") != "Python3.9" ||
		got.text("func_id") == "" || got.body["timeout"] != 3.0 {
		t.Fatalf("config: %s", got.raw)
	}
	b.update(object{}) // what was filled in is valid
	for _, err := range []error{
		b.server.Publish("default", "demo", "v1", "first"),
		b.server.Publish("default", "demo", "v2", ""), // unlike the call it does not mind unchanged code
		b.server.PutAlias("default", "demo", "prod", "v1", map[string]int{"v2": 5}),
		b.server.SetTags("default", "demo", map[string]string{"a": "b"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	f := b.function()
	alias, _ := f.Alias("prod")
	if len(f.Versions) != 2 || alias.Weights["v2"] != 5 || f.Tags["a"] != "b" {
		t.Fatalf("function: %+v", f)
	}
	if err := b.server.Publish("default", "demo", "v1", ""); err == nil {
		t.Fatal("a version was published twice")
	}
	if err := b.server.DeleteVersion("default", "demo", "v2"); err == nil || !strings.Contains(err.Error(), "FSS.1094") {
		t.Fatalf("delete an additional version: %v", err)
	}
	if err := b.server.DeleteVersion("default", "demo", "v1"); err != nil {
		t.Fatal(err)
	}
	if err := b.server.Delete("default", "demo"); err != nil {
		t.Fatal(err)
	}
	b.want(404, "FSS.1051", "GET", demo+"/config", nil)
	for _, err := range []error{
		b.server.Delete("default", "demo"), b.server.SetTags("default", "demo", nil),
		b.server.Publish("default", "demo", "v1", ""), b.server.SetCode("default", "demo", "", "", nil),
	} {
		if !errors.Is(err, emulator.ErrNoFunction) {
			t.Fatalf("error: %v", err)
		}
	}
}

func TestFunctionsAreSorted(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for _, at := range [][2]string{{"b", "a"}, {"a", "z"}, {"a", "b"}} {
		b.create(object{"package": at[0], "func_name": at[1]})
	}
	names := []string{}
	for _, f := range b.server.Functions() {
		names = append(names, f.Package+"/"+f.Name)
	}
	if got := strings.Join(names, " "); got != "a/b a/z b/a" {
		t.Fatal(got)
	}
}

func TestPutDependency(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	body := object{"code_type": "inline", "depend_version_list": []string{"mine"}}
	b.want(404, "FSS.1056", "PUT", demo+"/code", body)
	b.server.PutDependency("mine", "library")
	b.want(200, "", "PUT", demo+"/code", body)
}

// TestAddDependency: somebody else's version is the next of its name, and is seen by calls and tests alike.
func TestAddDependency(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	made := b.createDependency(object{"description": "d"})
	added := b.server.AddDependency(emulator.Dependency{
		Name: "requests", Runtime: "Python3.9", Content: []byte("other"), Modified: time.Unix(1767323045, 0),
	})
	one := b.want(200, "", "GET", dependencies+"/"+made.text("dep_id")+"/version/2", nil)
	if one.text("id") != added.ID || one.text("etag") != added.ETag || one.body["size"] != 5.0 ||
		one.body["last_modified"] != 1767323045.0 {
		t.Errorf("added: %s", one.raw)
	}
	all := b.server.Dependencies()
	if len(all) != 2 || all[0].ID != made.text("id") || all[0].Description != "d" || all[1].ID != added.ID ||
		string(all[1].Content) != "other" {
		t.Errorf("seen: %+v", all)
	}
	fresh := b.server.AddDependency(emulator.Dependency{Name: "new", Runtime: "Java11"})
	if fresh.Version != 1 || fresh.DependencyID == added.DependencyID || time.Since(fresh.Modified) > time.Minute {
		t.Errorf("fresh: %+v", fresh)
	}
	again := b.server.AddDependency(emulator.Dependency{ID: "i-1", DependencyID: "d-1", Name: "again", Runtime: "Java11"})
	if again.ID != "i-1" || again.DependencyID != "d-1" || again.Version != 1 {
		t.Errorf("with ids: %+v", again)
	}
}

func TestRequestLog(t *testing.T) {
	t.Parallel()
	seen := []string{}
	b := newBench(t, emulator.Options{OnRequest: func(r emulator.Request) { seen = append(seen, r.Op) }})
	b.create(object{"description": "<&>"})
	b.config()
	b.want(404, "FSS.1052", "DELETE", demo+":v1", nil)
	log := b.server.Requests()
	if len(log) != 3 || strings.Join(seen, " ") != "CreateFunction GetConfig DeleteVersion" {
		t.Fatalf("log: %v", seen)
	}
	get := log[1]
	if get.Path != demo+"/config" || get.Route != "/v2/{project_id}/fgs/functions/{function_urn}/config" ||
		get.Method != "GET" || get.Status != 200 || time.Since(get.Time) > time.Minute {
		t.Fatalf("entry: %+v", get)
	}
	if get.Header.Get("X-Auth-Token") != "" || log[0].Header.Get("Content-Type") != "application/json" {
		t.Fatalf("header: %v", get.Header)
	}
	if log[2].Code != "FSS.1052" || !strings.Contains(string(log[0].Body), "func_code") {
		t.Fatalf("entry: %+v", log[2])
	}
	if b.server.Count("GetConfig", "DeleteVersion") != 2 || b.server.Count() != 3 {
		t.Fatal("count")
	}
	b.server.ResetRequests()
	if b.server.Count() != 0 {
		t.Fatal("reset")
	}
}

func TestProviderBlock(t *testing.T) {
	t.Parallel()
	block := emulator.New(emulator.Options{AccessKey: "ak"}).ProviderBlock("http://127.0.0.1:1")
	for _, want := range []string{
		`source = "registry.terraform.io/functiongraph/fgs"`, `endpoint     = "http://127.0.0.1:1"`, `access_key   = "ak"`,
		`region       = "cn-north-4"`, `project_id   = "` + emulator.DefaultProjectID + `"`,
	} {
		if !strings.Contains(block, want) {
			t.Errorf("%s is missing in\n%s", want, block)
		}
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	done := make(chan error)
	for range 8 {
		go func() {
			_, err := b.try("PUT", demo+"/config", updateBody(object{"description": "x"}))
			b.server.Functions()
			b.server.Count()
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
