// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestValidate: each rule refuses a value at its attribute and accepts its nearest neighbour.
func TestValidate(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for name, v := range map[string]struct {
		refused, accepted values
		at                string
	}{
		"name, first":      {values{"name": "1a"}, values{"name": "a1"}, "name"},
		"name, last":       {values{"name": "a."}, values{"name": "a.b_c-d"}, "name"},
		"name, length":     {values{"name": strings.Repeat("a", 97)}, values{"name": strings.Repeat("a", 96)}, "name"},
		"name, empty":      {values{"name": ""}, values{"name": "a"}, "name"},
		"runtime, image":   {values{"runtime": "Custom Image"}, values{"runtime": "Custom"}, "runtime"},
		"runtime, empty":   {values{"runtime": ""}, values{"runtime": "http"}, "runtime"},
		"runtime, unknown": {values{"runtime": "Python9"}, values{"runtime": "Python3.12"}, "runtime"},
		"description":      {values{"description": strings.Repeat("ü", 513)}, values{"description": strings.Repeat("ü", 512)}, "description"},
		"two sources":      {values{"code": values{"zip_file": "a", "source_dir": "b"}}, values{"code": values{"source_dir": "b"}}, "code"},
		"no source":        {values{"code": values{"source_hash": "x"}}, values{"code": values{"zip_file": acctest.Unknown}}, "code"},
		"exclude": {
			values{"code": values{"zip_file": "a", "exclude": []any{"b"}}},
			values{"code": values{"source_dir": "a", "exclude": []any{"b"}}}, "code.exclude",
		},
		"a pattern": {
			values{"code": values{"source_dir": "a", "exclude": []any{"["}}},
			values{"code": values{"source_dir": "a", "exclude": []any{"[a]"}}}, "code.exclude[0]",
		},
		"an address": {
			values{"code": values{"obs_url": "b"}},
			values{"code": values{"obs_url": "https://b.obs.cn-north-4.myhuaweicloud.com/x.zip"}}, "code.obs_url",
		},
		"an empty path": {values{"code": values{"zip_file": ""}}, values{"code": values{"zip_file": "", "source_dir": "a"}}, "code"},
		"keep":          {values{"prune": values{"keep": 0}}, values{"prune": values{"keep": 1}}, "prune.keep"},
	} {
		severity := "ERROR"
		if name == "runtime, unknown" {
			severity = "WARNING"
		}
		got := p.Validate(resourceType, libs("a.zip", v.refused))
		if len(got) != 1 || got[0].Path != v.at || got[0].Severity != severity {
			t.Errorf("%s: want %s at %s, got %s", name, severity, v.at, got)
		}
		if got := p.Validate(resourceType, libs("a.zip", v.accepted)); len(got) != 0 {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestPlan_noCode: what is to be made needs its content, which a plan says; without it a configuration is that of an
// imported version, and valid.
func TestPlan_noCode(t *testing.T) {
	t.Parallel()
	p := protocol(t, acctest.New(t))
	config := libs("a.zip", values{"code": nil})
	if got := p.Validate(resourceType, config); len(got) > 0 {
		t.Errorf("of an imported version it would be right: %s", got)
	}
	got := p.PlanCreate(resourceType, config)
	if len(got) != 1 || got[0].Path != "code" || got[0].Summary != "Missing Code" {
		t.Errorf("got %s", got)
	}
}

// TestPlan_large: what is wrong with the content is an error of the plan, at the attribute, and what the service may
// refuse a warning; nothing is sent.
func TestPlan_large(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithVariable("HW_ACCESS_KEY", ""), acctest.WithVariable("HW_SECRET_KEY", ""),
		acctest.WithVariable("HW_AUTH_TOKEN", "token"))
	p := protocol(t, e)
	dir := acctest.NewDir(t)
	folder := func(name string, files ...string) string {
		if err := os.Mkdir(dir.Path(name), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			dir.Write(filepath.Join(name, file), []byte("x"))
		}
		return dir.Path(name)
	}
	const url = "https://b.obs.eu-west-0.myhuaweicloud.com/x.zip"
	for name, v := range map[string]struct {
		code     values
		severity string
		at, says string
	}{
		"a zip":             {values{"zip_file": dir.Code("a.zip", "x")}, "", "", ""},
		"no file":           {values{"zip_file": dir.Path("none.zip")}, "ERROR", "code.zip_file", "there is no file"},
		"no folder":         {values{"source_dir": dir.Path("none")}, "ERROR", "code.source_dir", "there is no folder"},
		"no archive":        {values{"zip_file": dir.Write("text.zip", []byte("text"))}, "ERROR", "code.zip_file", "zip archive"},
		"a backup":          {values{"zip_file": dir.Write("backup.zip", zipOf(t, "lib/a.py~"))}, "ERROR", "code.zip_file", `"lib/a.py~"`},
		"a ~ in a folder":   {values{"zip_file": dir.Write("tilde.zip", zipOf(t, "lib~/a.py"))}, "", "", ""},
		"a backup's folder": {values{"source_dir": folder("backup", "a.py", "a.py~")}, "ERROR", "code.source_dir", `"a.py~"`},
		"excluded":          {values{"source_dir": folder("out", "a.py", "a.py~"), "exclude": []any{"*~"}}, "", "", ""},
		"files":             {values{"zip_file": dir.Write("files.zip", manyFiles(t, 30_000))}, "", "", ""},
		"too many files":    {values{"zip_file": dir.Write("many.zip", manyFiles(t, 30_001))}, "ERROR", "code.zip_file", "30001 files"},
		"large":             {values{"zip_file": large(t, dir, "large.zip", 11<<20)}, "WARNING", "code.zip_file", "11 MB"},
		"too large":         {values{"zip_file": large(t, dir, "huge.zip", 41<<20)}, "ERROR", "code.zip_file", "40 MB"},
		"another region":    {values{"obs_url": url}, "WARNING", "code.obs_url", "eu-west-0"},
		"not known yet":     {values{"zip_file": acctest.Unknown}, "", "", ""},
	} {
		got := p.PlanCreate(resourceType, libs("", values{"code": v.code}))
		switch {
		case v.severity == "" && len(got) > 0:
			t.Errorf("%s: %s", name, got)
		case v.severity != "" && (len(got) != 1 || got[0].Severity != v.severity || got[0].Path != v.at || !got.Has(v.says)):
			t.Errorf("%s: want %s at %s with %q, got %s", name, v.severity, v.at, v.says, got)
		}
	}
	if n := e.Emulator.Count(); n != 0 {
		t.Errorf("%d requests", n)
	}
	signed := protocol(t, acctest.New(t))
	if got := signed.PlanCreate(resourceType, libs(dir.Path("large.zip"), nil)); !got.Has("Signed Request") ||
		!got.Has("obs_url") {
		t.Errorf("signed: %s", got)
	}
}

// TestChanged: the content must be what the plan saw, and what came to light only at apply is checked then.
func TestChanged(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := protocol(t, e)
	dir := acctest.NewDir(t)
	path := dir.Code("a.zip", "one")
	p.Between = func() { dir.Code("a.zip", "two") }
	made, diags := p.Create(resourceType, libs(path, nil))
	if made.InState || !diags.Has("Code Changed Since the Plan") || e.Emulator.Count("CreateDependencyVersion") != 0 {
		t.Errorf("in the state: %t; %s", made.InState, diags)
	}
}

// TestImport: by the id of the dependency or by its name. Content that is provably the same is recorded without a
// request; else the plan replaces the version, and says that it could not be compared.
func TestImport(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	path := dir.Code("a.zip", "one")
	archive, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.MultipartETag = false }))
	first := addTo(e.Emulator, "libs", "Python3.9", "d", []byte("old"))
	addTo(e.Emulator, "libs", "Python3.9", "d", archive)
	addTo(e.Emulator, "libs-2", "Python3.9", "", archive) // the list matches parts of names
	p := protocol(t, e)
	for id, want := range map[string]string{
		"libs": "2", "libs/1": "1", "libs/2": "2", first.DependencyID: "2", first.DependencyID + "/1": "1",
	} {
		got, diags := p.Import(resourceType, id)
		if len(diags) > 0 || p.Text(got, "version") != want || p.Text(got, "description") != "d" ||
			p.Text(got, "source_hash") != "" {
			t.Errorf("%s: version %s; %s", id, p.Text(got, "version"), diags)
		}
	}
	for id, says := range map[string]string{
		"": "write the id or the name", "/1": "write the id or the name", "libs/x": "is not the number",
		"libs/0": "is not the number",
		"libs/3": "there are: 2, 1", "lib": "no dependency of that name", "public-library": "no dependency of that name",
		publicParent + "/1": "is public",
	} {
		if _, diags := p.Import(resourceType, id); !diags.Failed() || !diags.Has(says) {
			t.Errorf("%q: %s", id, diags)
		}
	}
	newest, _ := p.Import(resourceType, "libs")
	e.Emulator.ResetRequests()
	same, diags := p.Update(resourceType, newest, libs(path, values{"description": "d", "retain_on_destroy": true}))
	if len(diags) > 0 || p.Text(same.Imported, "source_hash") == "" ||
		e.Emulator.Count("CreateDependencyVersion", "DeleteDependencyVersion") != 0 {
		t.Errorf("the same: %s", diags)
	}
	oldest, _ := p.Import(resourceType, "libs/1")
	obs := values{"code": values{"obs_url": "https://b.obs.cn-north-4.myhuaweicloud.com/x.zip"}, "description": "d"}
	for name, v := range map[string]struct {
		prior  acctest.Imported
		config values
		says   string
	}{
		"another":   {oldest, libs(path, values{"description": "d"}), "is another one than that of libs, version 1"},
		"an object": {newest, libs("", obs), "does not tell what is in a version"},
	} {
		diags := p.PlanUpdate(resourceType, v.prior, v.config)
		if len(diags) != 1 || diags[0].Severity != "WARNING" || diags[0].Path != "code" || !diags.Has(v.says) ||
			!diags.Has("leave code out") {
			t.Errorf("%s: %s", name, diags)
		}
	}
}

// TestImport_byName: whatever the service answers where a name stands in the place of an id, the name is looked up; of
// two dependencies of one name (contract Q39) none is taken.
func TestImport_byName(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]emulator.Fault{
		"no such id": {Status: 400, Code: "FSS.0400"}, "bad id": {Status: 400, Code: "FSS.1024"},
		"none": {Status: 200, RawBody: []byte(`{"dependencies":[],"count":0}`)},
	} {
		e := acctest.New(t)
		addTo(e.Emulator, "libs", "Python3.9", "", []byte("one"))
		fault.Op = "ListDependencyVersions"
		e.Emulator.Inject(fault)
		p := protocol(t, e)
		if got, diags := p.Import(resourceType, "libs"); diags.Failed() || p.Text(got, "version") != "1" {
			t.Errorf("%s: %s", name, diags)
		}
	}
	e := acctest.New(t)
	one := addTo(e.Emulator, "libs", "Python3.9", "", []byte("one"))
	other := addTo(e.Emulator, "others", "Java11", "", []byte("one"))
	row := `{"id":%q,"name":"libs","runtime":%q,"owner":"x","version":1}`
	e.Emulator.Inject(emulator.Fault{Op: "ListDependencies", Status: 200, RawBody: fmt.Appendf(nil,
		`{"dependencies":[`+row+`,`+row+`],"count":2}`, one.DependencyID, "Python3.9", other.DependencyID, "Java11")})
	_, diags := protocol(t, e).Import(resourceType, "libs/1")
	if !diags.Failed() || !diags.Has(one.DependencyID+"/1 (runtime Python3.9)") || !diags.Has(other.DependencyID) {
		t.Errorf("two of the name: %s", diags)
	}
}

// TestImport_noMD5: an etag that is the store's own mark proves nothing.
func TestImport_noMD5(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	path := dir.Code("a.zip", "one")
	archive, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.MultipartETag = true }))
	addTo(e.Emulator, "libs", "Python3.9", "", archive)
	p := protocol(t, e)
	imported, _ := p.Import(resourceType, "libs")
	if diags := p.PlanUpdate(resourceType, imported, libs(path, nil)); len(diags) != 1 ||
		!diags.Has("Content Could Not Be Compared") {
		t.Error(diags)
	}
}

// TestMissing: where the file is not at hand the version stays; a marker of the user's own needs no file, and another
// one needs it in the plan already, while nothing was deleted.
func TestMissing(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := protocol(t, e)
	dir := acctest.NewDir(t)
	path := dir.Code("a.zip", "one")
	marked := func(marker string) values {
		return libs("", values{"code": values{"zip_file": path, "source_hash": marker}})
	}
	plain, _ := p.Create(resourceType, libs(path, nil))
	pinned, _ := p.Create(resourceType, marked("one"))
	dir.Remove("a.zip")
	if diags := p.PlanUpdate(resourceType, plain.Imported, libs(path, nil)); len(diags) != 1 ||
		diags[0].Severity != "WARNING" ||
		!diags.Has("the version stays as it is") {
		t.Errorf("no marker: %s", diags)
	}
	if diags := p.PlanUpdate(resourceType, pinned.Imported, marked("one")); len(diags) != 0 {
		t.Errorf("the same marker: %s", diags)
	}
	if diags := p.PlanUpdate(resourceType, pinned.Imported, marked("two")); diags.Failed() ||
		!diags.Has("there is no file") {
		t.Errorf("another marker: %s", diags)
	}
}

// TestUnfit: content that cannot be used is a warning in the plan of a version that exists, since terraform destroy
// begins with such a plan. The apply fails on it, before anything is deleted or sent.
func TestUnfit(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := protocol(t, e)
	dir := acctest.NewDir(t)
	made, _ := p.Create(resourceType, libs(dir.Code("a.zip", "one"), nil))
	for name, v := range map[string]struct {
		config values
		says   string
	}{
		"no archive":          {libs(dir.Write("text.zip", []byte("text")), nil), "zip archive"},
		"a backup":            {libs(dir.Write("backup.zip", zipOf(t, "a.py~")), nil), `"a.py~"`},
		"too large":           {libs(large(t, dir, "huge.zip", 41<<20), nil), "40 MB"},
		"gone, and a marker":  {libs("", values{"code": values{"zip_file": dir.Path("none.zip"), "source_hash": "two"}}), "there is no file"},
		"unfit, another name": {libs(dir.Path("text.zip"), values{"name": "others"}), "zip archive"},
	} {
		e.Emulator.ResetRequests()
		if diags := p.PlanUpdate(resourceType, made.Imported, v.config); diags.Failed() || !diags.Has(v.says) ||
			!diags.Has("Apply fails on this.") {
			t.Errorf("%s: plan: %s", name, diags)
		}
		after, diags := p.Update(resourceType, made.Imported, v.config)
		if !diags.Failed() || !after.InState || p.Text(after.Imported, "id") != p.Text(made.Imported, "id") ||
			p.Text(after.Imported, "name") != "libs" ||
			e.Emulator.Count("CreateDependencyVersion", "DeleteDependencyVersion") != 0 {
			t.Errorf("%s: apply: %s", name, diags)
		}
	}
	p.Between = func() { dir.Code("b.zip", "two") }
	if _, diags := p.Update(resourceType, made.Imported, libs(dir.Write("b.zip", []byte("text")), nil)); !diags.Failed() ||
		!diags.Has("Plan again") {
		t.Errorf("mended between plan and apply: %s", diags)
	}
}

// TestReplaced: what a replacement may do that nobody expects is said, and what is to be said of the new version, too:
// Terraform shows no warning of the second plan, in which the new version is nothing but new.
func TestReplaced(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := protocol(t, e)
	dir := acctest.NewDir(t)
	path := dir.Code("a.zip", "one")
	made, _ := p.Create(resourceType, libs(path, nil))
	addTo(e.Emulator, "libs", "Python3.9", "", []byte("two"))
	read, _, _ := p.Refresh(resourceType, made.Imported)
	for name, v := range map[string]struct {
		config values
		says   string
	}{
		"prune":             {libs(dir.Code("c.zip", "three"), values{"prune": values{"keep": 1}}), "prune deletes the versions 1, 2"},
		"large":             {libs(large(t, dir, "large.zip", 11<<20), nil), "Too Large for a Signed Request"},
		"another region":    {libs("", values{"code": values{"obs_url": "https://b.obs.eu-west-0.myhuaweicloud.com/x.zip"}}), "eu-west-0"},
		"description alone": {libs(path, values{"description": "d"}), "takes a new version with a new id"},
		"retained too late": {libs(dir.Code("b.zip", "two"), values{"retain_on_destroy": true}), "retain_on_destroy is new in this plan"},
	} {
		if diags := p.PlanUpdate(resourceType, read, v.config); len(diags) != 1 || diags[0].Severity != "WARNING" ||
			!diags.Has(v.says) {
			t.Errorf("%s: %s", name, diags)
		}
	}
}

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := archive.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func manyFiles(t *testing.T, n int) []byte {
	t.Helper()
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	return zipOf(t, names...)
}

// large is an archive of about that many bytes.
func large(t *testing.T, dir acctest.Dir, name string, size int) string {
	t.Helper()
	content := make([]byte, size)
	_, _ = rand.Read(content) // never fails
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	file, err := archive.CreateHeader(&zip.FileHeader{Name: "lib.so", Method: zip.Store})
	if err == nil {
		_, err = file.Write(content)
	}
	if err != nil || archive.Close() != nil {
		t.Fatal(err)
	}
	return dir.Write(name, out.Bytes())
}
