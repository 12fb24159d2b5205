// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const dependencies = "/v2/" + emulator.DefaultProjectID + "/fgs/dependencies"

func dependencyBody(t *testing.T, change object) object {
	t.Helper()
	return changed(object{
		"depend_type": "zip", "depend_file": b64(zipText(t, "lib.py", "x")), "runtime": "Python3.9", "name": "requests",
	}, change)
}

func (b *bench) createDependency(change object) response {
	b.t.Helper()
	return b.want(200, "", "POST", dependencies+"/version", dependencyBody(b.t, change))
}

func TestDependencyVersions(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	first := b.createDependency(object{"description": "d"})
	archive := zipText(t, "lib.py", "x")
	sum := md5.Sum([]byte(archive))
	for name, want := range map[string]any{
		"version": 1.0, // O9
		"owner":   emulator.DefaultDomainID, "runtime": "Python3.9", "name": "requests", "description": "d",
		"etag": hex.EncodeToString(sum[:]), "size": float64(len(archive)), "file_name": "requests.zip",
		"last_modified": 1767323045.0,
	} {
		if first.body[name] != want {
			t.Errorf("%s = %v, want %v", name, first.body[name], want)
		}
	}
	second := b.createDependency(object{"depend_file": absent{}, "depend_type": "obs", "depend_link": "https://b/lib.zip"})
	if second.body["version"] != 2.0 || second.text("dep_id") != first.text("dep_id") ||
		second.text("id") == first.text("id") {
		t.Fatalf("second version: %s", second.raw)
	}
	if link := second.text("link"); !strings.HasSuffix(link, "/"+second.text("id")+".zip") {
		t.Errorf("link %s is not the service's own copy (O26)", link)
	}
	if _, ok := second.body["file_name"]; ok {
		t.Error("file_name is for zip only (contract 2.4)")
	}
	versions := dependencies + "/" + first.text("dep_id") + "/version"
	list := b.want(200, "", "GET", versions, nil)
	if got := rowsOf(list, "id"); got != first.text("id")+" "+second.text("id") || list.body["count"] != 2.0 {
		t.Errorf("list: %s", list.raw)
	}
	one := b.want(200, "", "GET", versions+"/1", nil)
	if one.text("id") != first.text("id") || one.text("download_link") == "" || one.body["is_shared"] != false {
		t.Errorf("one: %s", one.raw)
	}
	file := b.want(200, "", "GET", strings.TrimPrefix(one.text("download_link"), b.url), nil)
	if string(file.raw) != archive || one.text("link") != one.text("download_link") {
		t.Errorf("download: %d bytes from %s", len(file.raw), one.text("link"))
	}
	for _, path := range []string{versions + "/3", versions + "/x", dependencies + "/nobody/version"} {
		b.want(404, "FSS.1056", "GET", path, nil)
	}
	b.want(204, "", "DELETE", versions+"/2", nil)
	b.want(404, "FSS.1056", "GET", versions+"/2", nil)
	b.want(204, "", "DELETE", versions+"/1", nil)
	b.want(404, "FSS.1056", "GET", versions, nil) // the last version takes the dependency along
	b.want(404, "FSS.1056", "DELETE", versions+"/1", nil)
}

// rowsOf is one member of each row of a list of dependencies.
func rowsOf(list response, name string) string {
	rows, _ := list.body["dependencies"].([]any)
	out := []string{}
	for _, row := range rows {
		item, _ := row.(object)
		out = append(out, fmt.Sprint(item[name]))
	}
	return strings.Join(out, " ")
}

func TestDependencyRules_large(t *testing.T) {
	t.Parallel()
	pad := strings.Repeat("\x00", 40<<20)
	archive := zipText(t, "a", "b")
	for _, rule := range []rulePair{
		{"name_first", 400, "FSS.1024", object{"name": "1a"}, object{"name": "a1"}},
		{"name_last", 400, "FSS.1024", object{"name": "a."}, object{"name": "a.b_c-d"}},
		{"name_length", 400, "FSS.1024", object{"name": strings.Repeat("a", 97)}, object{"name": strings.Repeat("a", 96)}},
		{"F3_runtime", 400, "FSS.1005", object{"runtime": absent{}}, object{"runtime": "Java11"}},
		{"description", 400, "FSS.1019", object{"description": strings.Repeat("d", 513)},
			object{"description": strings.Repeat("d", 512)}},
		{"type", 400, "FSS.1032", object{"depend_type": "jar"}, object{"depend_type": "zip"}},
		{"type_missing", 400, "FSS.1032", object{"depend_type": absent{}}, object{}},
		{"image", 400, "FSS.1005", object{"runtime": "Custom Image"}, object{"runtime": "http"}},
		{"file_name", 400, "FSS.1024", object{"depend_file": b64(zipText(t, "lib/a.py~", "x"))}, object{"depend_file": b64(zipText(t, "~/a.py", "x"))}},
		{"files", 400, "FSS.1024", object{"depend_file": b64(manyFiles(t, 30_001))}, object{"depend_file": b64(manyFiles(t, 30_000))}},
		{"file_not_base64", 400, "FSS.1024", object{"depend_file": "%"}, object{}},
		{"file_not_zip", 400, "FSS.1024", object{"depend_file": b64("x")}, object{}},
		{"file_size", 413, "FSS.0413", object{"depend_file": b64(pad + archive)},
			object{"depend_file": b64(pad[len(archive):] + archive)}},
		{"obs_link", 400, "FSS.1010", object{"depend_type": "obs", "depend_link": "b/x.zip"},
			object{"depend_type": "obs", "depend_link": "https://b/x.zip"}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.want(rule.status, rule.code, "POST", dependencies+"/version", dependencyBody(t, rule.rejected))
			if got := rowsOf(b.want(200, "", "GET", dependencies+"?dependency_type=private", nil), "name"); got != "" {
				t.Fatalf("a refused create left %s", got)
			}
			b.createDependency(rule.accepted)
		})
	}
	b := newBench(t, emulator.Options{})
	b.createDependency(object{})
	b.want(409, "FSS.1065", "POST", dependencies+"/version", dependencyBody(t, object{"runtime": "Java11"}))
	public := b.want(200, "", "GET", dependencies+"?ispublic=true", nil)
	own := b.createDependency(object{"name": rowsOf(public, "name")}) // names are the owner's
	if own.body["version"] != 1.0 || own.text("dep_id") == rowsOf(public, "id") {
		t.Errorf("a version of somebody else's dependency: %s", own.raw)
	}
}

func TestListDependencies(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for _, change := range []object{{"name": "b"}, {"name": "a", "runtime": "Java11"}, {"name": "b"}} {
		b.createDependency(change)
	}
	for _, test := range []struct {
		query string
		names string
		next  float64
		count float64
	}{
		{"", "a b public-library", 3, 3}, {"?dependency_type=all", "a b public-library", 3, 3},
		{"?dependency_type=private", "a b", 2, 2}, {"?dependency_type=public", "public-library", 1, 1},
		{"?ispublic=true", "public-library", 1, 1}, {"?ispublic=false", "a b public-library", 3, 3},
		{"?runtime=Java11", "a", 1, 1}, {"?name=lib", "public-library", 1, 1},
		{"?limit=1", "a", 1, 3}, {"?maxitems=2&limit=1", "a b", 2, 3}, {"?marker=1&maxitems=1", "b", 2, 3},
		{"?marker=9", "", 3, 3}, {"?maxitems=0", "a b public-library", 3, 3},
	} {
		got := b.want(200, "", "GET", dependencies+test.query, nil)
		if rowsOf(got, "name") != test.names || got.body["next_marker"] != test.next || got.body["count"] != test.count {
			t.Errorf("%s: %s", test.query, got.raw)
		}
	}
	b.want(400, "FSS.0400", "GET", dependencies+"?dependency_type=x", nil)
	b.want(400, "FSS.0400", "GET", dependencies+"?limit=-1", nil)
	b.want(400, "FSS.1005", "GET", dependencies+"?runtime=Java", nil) // O25
	got := b.want(200, "", "GET", dependencies+"?name=b&dependency_type=private", nil)
	if rowsOf(got, "version") != "2" || rowsOf(got, "dep_id") != "<nil>" {
		t.Errorf("row: %s", got.raw)
	}
	b.want(200, "", "GET", dependencies+"/"+rowsOf(got, "id")+"/version/2", nil) // the id of a row is the dependency's
}

// TestDependencyO8InUse: by a function, or by one of its versions.
func TestDependencyO8InUse(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	made := b.createDependency(object{})
	path := dependencies + "/" + made.text("dep_id") + "/version/1"
	uses := func(ids ...string) object {
		return object{"code_type": "inline", "depend_version_list": append([]string{}, ids...)}
	}
	b.create(object{"depend_version_list": []string{made.text("id")}})
	b.want(412, "FSS.1033", "DELETE", path, nil)
	b.publish("v1")
	b.want(200, "", "PUT", demo+"/code", uses())
	b.want(412, "FSS.1033", "DELETE", path, nil)
	b.want(204, "", "DELETE", demo+":v1", nil)
	b.want(204, "", "DELETE", path, nil)
	b.want(404, "FSS.1056", "PUT", demo+"/code", uses(made.text("id"))) // F30
	public := b.want(200, "", "GET", dependencies+"?ispublic=true", nil)
	b.want(403, "FSS.1046", "DELETE", dependencies+"/"+rowsOf(public, "id")+"/version/1", nil)
}

// TestDependencyRowsOfFunctions: depend_list has ids of dependencies, depend_version_list those of their versions.
func TestDependencyRowsOfFunctions(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.createDependency(object{})
	made := b.createDependency(object{"description": "second"})
	b.server.PutDependency("mine", "library")
	b.create(object{"depend_version_list": []string{made.text("id"), "mine"}})
	got := b.config()
	if rowsOf(got, "id") != made.text("id")+" mine" || rowsOf(got, "dep_id") != made.text("dep_id")+" dep-mine" ||
		rowsOf(got, "version") != "2 1" || rowsOf(got, "name") != "requests library" ||
		!strings.HasPrefix(rowsOf(got, "link"), b.url+"/functionstorage/depends/") {
		t.Errorf("dependencies: %v", got.body["dependencies"])
	}
	if list := fmt.Sprint(got.body["depend_list"]); list != "["+made.text("dep_id")+" dep-mine]" {
		t.Errorf("depend_list = %s", list)
	}
	seeded := b.want(200, "", "GET", dependencies+"/dep-mine/version/1", nil)
	if seeded.text("id") != "mine" || !strings.HasSuffix(seeded.text("download_link"), "/depends/mine.zip") {
		t.Errorf("seeded: %s", seeded.raw)
	}
	b.want(404, "FSS.1056", "GET", strings.TrimPrefix(seeded.text("download_link"), b.url), nil)
	b.server.DeleteDependency("mine")
	b.want(404, "FSS.1056", "GET", dependencies+"/dep-mine/version/1", nil)
}

// TestLargeDependency is above the size from which a body is split; the log keeps a note in its place.
func TestLargeDependency(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	archive := strings.Repeat("\x00", 200_000) + zipText(t, "a", "b")
	sum := md5.Sum([]byte(archive))
	if got := b.createDependency(object{"depend_file": b64(archive)}); got.text("etag") != hex.EncodeToString(sum[:]) {
		t.Errorf("another file was stored: %s", got.raw)
	}
	if logged := b.server.Requests("CreateDependencyVersion")[0]; len(logged.Body) > 1024 {
		t.Errorf("%d bytes of the body are in the log", len(logged.Body))
	}
}

// manyFiles is an archive of so many empty files.
func manyFiles(t *testing.T, n int) string {
	t.Helper()
	pairs := make([]string, 0, 2*n)
	for i := range n {
		pairs = append(pairs, fmt.Sprint(i), "")
	}
	return zipText(t, pairs...)
}

// TestDependencyWithoutFile is Q40: an empty package.
func TestDependencyWithoutFile(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	got := b.createDependency(object{"depend_file": absent{}})
	if got.body["size"] != 0.0 || got.text("etag") != "d41d8cd98f00b204e9800998ecf8427e" ||
		got.text("file_name") != "requests.zip" {
		t.Errorf("made: %s", got.raw)
	}
}

// TestDependencyFromOBS: the object is copied, so that a later change of it has no effect; two dependencies cannot be
// made from one object, two versions can.
func TestDependencyFromOBS(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	const link = "https://b.obs.example.com/lib.zip"
	b.server.PutObject(link, []byte("first"))
	from := func(name string) object {
		return object{"name": name, "depend_type": "obs", "depend_link": link, "depend_file": absent{}}
	}
	first := b.createDependency(from("one"))
	b.server.PutObject(link, []byte("second!"))
	second := b.createDependency(from("one"))
	for want, made := range map[string]response{"first": first, "second!": second} {
		sum := md5.Sum([]byte(want))
		file := b.want(200, "", "GET", strings.TrimPrefix(made.text("link"), b.url), nil)
		if string(file.raw) != want || made.text("etag") != hex.EncodeToString(sum[:]) ||
			made.body["size"] != float64(len(want)) {
			t.Errorf("%s: %s", want, made.raw)
		}
	}
	b.want(400, "FSS.1031", "POST", dependencies+"/version", dependencyBody(t, from("two")))
}

// TestDependencyNumbers is DV4 and DV3: a number is free again when no higher one is there, and with the last version
// the dependency is gone.
func TestDependencyNumbers(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	versions := dependencies + "/" + b.createDependency(object{}).text("dep_id") + "/version"
	b.createDependency(object{})
	b.want(204, "", "DELETE", versions+"/1", nil)
	if got := b.createDependency(object{}).body["version"]; got != 3.0 {
		t.Errorf("after 2: %v", got)
	}
	for _, n := range []string{"/3", "/2"} {
		b.want(204, "", "DELETE", versions+n, nil)
	}
	if got := b.createDependency(object{"runtime": "Java11"}); got.body["version"] != 1.0 ||
		strings.Contains(versions, got.text("dep_id")) {
		t.Errorf("a new dependency of the name: %s", got.raw)
	}
}

// TestDependencyRoom: all dependencies together have a bound (contract 2.6); what is deleted makes room, and the public
// ones take none.
func TestDependencyRoom(t *testing.T) {
	t.Parallel()
	size := len(zipText(t, "lib.py", "x"))
	b := newBench(t, emulator.Options{DependencyBytes: int64(2 * size)})
	made := b.createDependency(object{})
	b.createDependency(object{})
	b.want(403, "FSS.1045", "POST", dependencies+"/version", dependencyBody(t, object{}))
	b.want(204, "", "DELETE", dependencies+"/"+made.text("dep_id")+"/version/1", nil)
	b.createDependency(object{})
}
