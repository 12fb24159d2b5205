// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// codeSource is one way to give code, and what the service holds then.
type codeSource struct {
	name   string
	code   values
	holds  heldCode
	common values // what else such a function needs
}

// heldCode is all that a function holds of its code.
type heldCode struct {
	codeType, url, image, key, content string
	stamped                            bool
}

func heldCodeOf(f emulator.Function) heldCode {
	h := heldCode{codeType: f.CodeType, url: f.CodeURL, key: f.CodeKMSKeyID, content: string(f.Code)}
	if f.CodeType == "zip" || f.CodeType == "jar" {
		h.content, h.stamped = firstEntry(f.Code), hasStamp(f.Code)
	}
	if f.CodeType == "obs" {
		h.content = string(f.Object)
	}
	if f.CustomImage != nil {
		h.image = f.CustomImage.Image
	}
	return h
}

// firstEntry is what the first file of an archive holds.
func firstEntry(code []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(code), int64(len(code)))
	if err != nil {
		return err.Error()
	}
	file, err := archive.File[0].Open()
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return err.Error()
	}
	return string(content)
}

const (
	objectURL  = "https://shop.obs.cn-north-4.myhuaweicloud.com/orders.zip"
	imageOne   = "swr.cn-north-4.myhuaweicloud.com/shop/orders:1"
	sourceType = "Custom-Image-Swr"
)

// codeSources are the seven, each with code of its own, and three of them with a stamp.
func codeSources(t *testing.T) []codeSource {
	t.Helper()
	dir := acctest.NewDir(t)
	folder := filepath.Join(t.TempDir(), "src")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "index.py"), []byte("of the folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	code := func(source string, value any) values { return values{source: value, "kms_key_id": "key-of-" + source} }
	python := values{"runtime": "Python3.9", "handler": "index.handler"}
	pkg := dir.Package("export.zip", nil, acctest.File{Name: "index.py", Content: "of the package"})
	held := func(source, codeType, content string) heldCode {
		return heldCode{codeType: codeType, key: "key-of-" + source, content: content}
	}
	stamped := func(s codeSource) codeSource {
		s.code, s.name, s.holds.stamped = s.code.with(values{"stamp_settings": true}), s.name+", stamped", true
		return s
	}
	zipped := codeSource{"zip_file", code("zip_file", dir.Code("code.zip", "of the zip")),
		held("zip_file", "zip", "of the zip"), python}
	jar := codeSource{"jar_file", code("jar_file", dir.Code("code.jar", "of the jar")),
		held("jar_file", "jar", "of the jar"), python}
	ofFolder := codeSource{"source_dir", code("source_dir", folder), held("source_dir", "zip", "of the folder"), python}
	return []codeSource{
		{"inline", code("inline", "in line"), held("inline", "inline", "in line"), python},
		zipped, jar, ofFolder, stamped(zipped), stamped(jar), stamped(ofFolder),
		{
			"obs_url", code("obs_url", objectURL),
			heldCode{codeType: "obs", url: objectURL, key: "key-of-obs_url", content: "of the object"}, python,
		},
		{"image", values{"image": imageOne}, heldCode{codeType: sourceType, image: imageOne}, values{}},
		{"package_file", code("package_file", pkg), held("package_file", "inline", "of the package"), python},
	}
}

// TestTransitions goes from each source of code to each other one. The service then holds what the new source says and
// nothing of the old one, all that is not code is as it was, and the next plan is empty. Only from and to an image the
// function is replaced: its runtime changes.
func TestTransitions(t *testing.T) {
	t.Parallel()
	sources := codeSources(t)
	for _, from := range sources {
		for _, to := range sources {
			if from.name == to.name {
				continue
			}
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { transition(t, newAPI(), from, to) })
			})
		}
	}
}

// TestTransitions_readings is the same at services that read the open questions of the documents as they like.
func TestTransitions_readings(t *testing.T) {
	t.Parallel()
	sources := codeSources(t)
	for n := range *randomLives / 10 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(*randomSeed, uint64(n))) // repeatable on purpose
			from, to := sources[dice.IntN(len(sources))], sources[dice.IntN(len(sources))]
			synctest.Test(t, func(t *testing.T) { transition(t, newAPI(anyReading(dice)), from, to) })
		})
	}
}

func transition(t *testing.T, api *emulator.Server, from, to codeSource) {
	t.Helper()
	w := &wire{api: api}
	w.api.PutObject(objectURL, []byte("of the object"))
	c := newCore(t, newServer(t, w), functionType)
	config := func(s codeSource) values {
		return values{
			"name": "orders", "timeout": 3, "memory_size": 128, "description": "orders", "code": s.code,
			"user_data": map[string]string{"A": "1"}, "dependency_version_ids": []string{"dep-1"},
		}.with(s.common)
	}
	apply := func(s codeSource) emulator.Function {
		if d := c.apply(t.Context(), config(s)); d.failed() {
			t.Fatal(d)
		}
		if err := c.emptyPlan(t.Context(), config(s)); err != nil {
			t.Errorf("%s, without a refresh: %v", s.name, err)
		}
		if err := c.empty(t.Context(), config(s)); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
		f, _ := w.api.Function("default", "orders")
		if got := heldCodeOf(f); got != s.holds {
			t.Errorf("with %s the service holds %+v, want %+v", s.name, got, s.holds)
		}
		if f.Description != "orders" || f.UserData != `{"A":"1"}` || !slices.Equal(f.DependVersionList, []string{"dep-1"}) {
			t.Errorf("with %s other settings are lost: %q, %q, %v", s.name, f.Description, f.UserData, f.DependVersionList)
		}
		return f
	}
	before, after := apply(from), apply(to)
	runtimes := (from.name == "image") != (to.name == "image")
	if replaced, want := before.ID != after.ID, runtimes; replaced != want {
		t.Errorf("replaced: %t, want %t", replaced, want)
	}
	if d := c.destroy(t.Context()); d.failed() {
		t.Error(d)
	}
}

// TestTransitions_same: where archive, folder and package hold the same files, nothing is sent.
func TestTransitions_same(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "index.py"), []byte("same"), 0o644); err != nil { // as in the archive
		t.Fatal(err)
	}
	inner := acctest.File{Name: "index.zip",
		Content: string(acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "index.py", Content: "same"}))}
	sources := []values{
		{"zip_file": dir.Code("code.zip", "same")},
		{"source_dir": folder},
		{"package_file": dir.Package("export.zip", map[string]string{"CodeType": "zip", "CodeFileName": "index.zip"}, inner)},
	}
	for i, from := range sources {
		for j, to := range sources {
			if i == j {
				continue
			}
			t.Run(fmt.Sprint(i, " to ", j), func(t *testing.T) {
				t.Parallel()
				w := &wire{api: newAPI()}
				c := newCore(t, newServer(t, w), functionType)
				config := func(code values) values {
					return values{
						"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
						"code": code,
					}
				}
				if d := c.apply(t.Context(), config(from)); d.failed() {
					t.Fatal(d)
				}
				w.api.ResetRequests()
				if d := c.apply(t.Context(), config(to)); d.failed() {
					t.Fatal(d)
				}
				for _, r := range w.api.Requests() {
					if r.Op != "GetConfig" {
						t.Errorf("the same files made the request %s", r.Op)
					}
				}
				if err := c.empty(t.Context(), config(to)); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestTransitions_object: another object under the same address is deployed by another marker, somebody's deployment of
// it is seen, and a change of the dependencies, which names the address again, is no drift.
func TestTransitions_object(t *testing.T) {
	t.Parallel()
	w := &wire{api: newAPI()}
	c := newCore(t, newServer(t, w), functionType)
	apply := func(marker string, dependencies []string, want string) {
		t.Helper()
		config := values{
			"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
			"code": values{"obs_url": objectURL, "source_hash": marker}, "dependency_version_ids": dependencies,
		}
		if d := c.apply(t.Context(), config); d.failed() || d.has("Code Changed Outside Terraform") {
			t.Fatal(d)
		}
		if err := c.empty(t.Context(), config); err != nil {
			t.Error(err)
		}
		if f, _ := w.api.Function("default", "orders"); string(f.Object) != want {
			t.Errorf("the service runs %q, want %q", f.Object, want)
		}
	}
	w.api.PutObject(objectURL, []byte("one"))
	apply("1", nil, "one")
	w.api.PutObject(objectURL, []byte("two"))
	apply("1", nil, "one")
	apply("2", nil, "two")
	w.api.PutObject(objectURL, []byte("three"))
	apply("2", []string{"dep-1"}, "three")
	apply("2", []string{}, "three")
}

// TestTransitions_objectDrift: somebody deployed another address, or other code, which the plan says.
func TestTransitions_objectDrift(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*emulator.Function){
		"other address": func(f *emulator.Function) { f.CodeURL = "https://x.obs.cn-north-4.myhuaweicloud.com/foreign.zip" },
		"other code":    func(f *emulator.Function) { f.CodeType, f.CodeURL, f.Code = "inline", "", []byte("foreign") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wire{api: newAPI()}
			c := newCore(t, newServer(t, w), functionType)
			config := values{
				"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
				"code": values{"obs_url": objectURL},
			}
			if d := c.apply(t.Context(), config); d.failed() {
				t.Fatal(d)
			}
			if err := w.api.Edit("default", "orders", change); err != nil {
				t.Fatal(err)
			}
			if d := c.apply(t.Context(), config); d.failed() || !d.has("Code Changed Outside Terraform") {
				t.Errorf("the drift is not named: %s", d)
			}
			if f, _ := w.api.Function("default", "orders"); f.CodeURL != objectURL {
				t.Errorf("the service has %q", f.CodeURL)
			}
			if err := c.empty(t.Context(), config); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestTransitions_lostAnswer: whatever the code is, a creation whose answer was lost is recognised, and made once.
func TestTransitions_lostAnswer(t *testing.T) {
	t.Parallel()
	for _, source := range codeSources(t) {
		t.Run(source.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := &wire{api: newAPI()}
				op := "CreateFunction"
				if source.name == "package_file" {
					op = "ImportFunction"
				}
				w.api.Inject(emulator.Fault{Op: op, Kind: emulator.DropAfter})
				c := newCore(t, newServer(t, w), functionType)
				config := values{
					"name": "orders", "timeout": 3, "memory_size": 128, "code": source.code,
					"encrypted_user_data": map[string]string{"A": "1"},
				}.with(source.common)
				d := c.apply(t.Context(), config)
				if d.failed() {
					t.Fatal(d)
				}
				if n := w.api.Count(op); n != 1 {
					t.Errorf("%d calls created", n)
				}
				if err := c.empty(t.Context(), config); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestTransitions_packages: a package brings inline, zip or jar code; another package is applied in place, whatever it
// brings.
func TestTransitions_packages(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{"inline": "index.py", "zip": "index.zip", "jar": "orders.jar"}
	pack := func(dir acctest.Dir, kind, content string) string {
		code := content
		if kind != "inline" {
			code = string(acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "index.py", Content: content}))
		}
		return dir.Package(kind+content+".zip",
			map[string]string{"CodeType": kind, "CodeFileName": kinds[kind], "MemorySize": "256"},
			acctest.File{Name: kinds[kind], Content: code})
	}
	for from := range kinds {
		for to := range kinds {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				dir, w := acctest.NewDir(t), &wire{api: newAPI()}
				c := newCore(t, newServer(t, w), functionType)
				apply := func(kind, content string) {
					t.Helper()
					config := values{"name": "orders", "code": values{"package_file": pack(dir, kind, content)}}
					if d := c.apply(t.Context(), config); d.failed() {
						t.Fatal(d)
					}
					f, _ := w.api.Function("default", "orders")
					if got := heldCodeOf(f); got != (heldCode{codeType: kind, content: content}) || f.CodeFilename != kinds[kind] ||
						f.MemorySize != 256 {
						t.Errorf("the service holds %+v, %s, %d MB", got, f.CodeFilename, f.MemorySize)
					}
					if err := c.empty(t.Context(), config); err != nil {
						t.Error(err)
					}
				}
				apply(from, "one")
				apply(to, "two")
				if n := w.api.Count("ImportFunction") + w.api.Count("UpdateCode"); n != 2 {
					t.Errorf("%d calls brought code", n)
				}
			})
		}
	}
}
