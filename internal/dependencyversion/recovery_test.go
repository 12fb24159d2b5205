// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const resourceType = "fgs_dependency_version"

type values = map[string]any

// protocol is a configured provider.
func protocol(t *testing.T, e *acctest.Env) *acctest.Protocol {
	t.Helper()
	p := e.Protocol(t)
	if diags := p.Configure(values{}); diags.Failed() {
		t.Fatal(diags)
	}
	return p
}

func libs(path string, more values) values {
	out := values{"name": "libs", "runtime": "Python3.9", "code": values{"zip_file": path}}
	for name, value := range more {
		out[name] = value
	}
	return out
}

// TestRecovery: after a lost answer the version is looked up by name, and is in the state exactly if it is as it was
// sent and was made since; it is never made twice.
func TestRecovery(t *testing.T) {
	t.Parallel()
	archive := acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "lib.py", Content: "x"})
	same := append([]byte{}, archive...)
	same[len(same)-1] ^= 0 // the same bytes
	other := append([]byte{}, archive...)
	other[0] ^= 1 // as many bytes
	add := func(name, runtime, description string, content []byte) func(*emulator.Server) {
		return func(api *emulator.Server) { addTo(api, name, runtime, description, content) }
	}
	for name, v := range map[string]struct {
		kind    emulator.FaultKind
		before  func(*emulator.Server) // somebody else, right before the request is processed
		etag    bool                   // the etag is no MD5
		calls   int
		version string // in the state
		held    string
	}{
		"lost answer":                          {kind: emulator.DropAfter, calls: 1, version: "1", held: "1:"},
		"cut answer":                           {kind: emulator.TruncateAfter, calls: 1, version: "1", held: "1:"},
		"lost request":                         {kind: emulator.DropBefore, calls: 2, version: "1", held: "1:"},
		"lost answer, no MD5":                  {kind: emulator.DropAfter, etag: true, calls: 1, version: "1", held: "1:"},
		"lost request, the very same there":    {emulator.DropBefore, add("libs", "Python3.9", "", same), false, 1, "1", "1:"},
		"lost request, another size there":     {emulator.DropBefore, add("libs", "Python3.9", "", archive[:20]), false, 2, "2", "1: 2:"},
		"lost request, other bytes there":      {emulator.DropBefore, add("libs", "Python3.9", "", other), false, 2, "2", "1: 2:"},
		"lost request, other description":      {emulator.DropBefore, add("libs", "Python3.9", "d", same), false, 2, "2", "1:d 2:"},
		"lost request, a longer name there":    {emulator.DropBefore, add("libs-2", "Python3.9", "", same), false, 2, "1", "1: 1:"},
		"lost answer, another version between": {emulator.DropAfter, add("libs", "Python3.9", "", other), false, 1, "2", "1: 2:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.MultipartETag = v.etag }))
			fault := emulator.Fault{Op: "CreateDependencyVersion", Kind: v.kind}
			if v.before != nil {
				fault.Before = func() { v.before(e.Emulator) }
			}
			e.Emulator.Inject(fault)
			p := protocol(t, e)
			made, diags := p.Create(resourceType, libs(acctest.NewDir(t).Write("a.zip", archive), nil))
			if diags.Failed() || made.Tainted {
				t.Fatal(diags)
			}
			if got := e.Emulator.Count("CreateDependencyVersion"); got != v.calls {
				t.Errorf("sent %d times, want %d", got, v.calls)
			}
			if got := p.Text(made.Imported, "version"); got != v.version {
				t.Errorf("version %s in the state, want %s", got, v.version)
			}
			if got := strings.Join(held(e), " "); got != v.held {
				t.Errorf("the service holds %q, want %q", got, v.held)
			}
			id := p.Text(made.Imported, "id")
			for _, d := range e.Emulator.Dependencies() {
				if d.ID == id && (d.Name != "libs" || fmt.Sprint(d.Version) != v.version) {
					t.Errorf("the state has the id of %s, version %d", d.Name, d.Version)
				}
			}
		})
	}
}

// TestRecovery_old: a version that is the same and was there before is not ours.
func TestRecovery_old(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	archive := acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "lib.py", Content: "x"})
	e.Emulator.AddDependency(emulator.Dependency{
		Name: "libs", Runtime: "Python3.9", Content: archive, Modified: time.Now().Add(-time.Hour),
	})
	e.Emulator.Inject(emulator.Fault{Op: "CreateDependencyVersion", Kind: emulator.DropBefore})
	p := protocol(t, e)
	made, diags := p.Create(resourceType, libs(acctest.NewDir(t).Write("a.zip", archive), nil))
	if diags.Failed() || p.Text(made.Imported, "version") != "2" {
		t.Errorf("version %s; %s", p.Text(made.Imported, "version"), diags)
	}
}

// TestRefused: what the service refuses is explained, at the attribute that is to blame.
func TestRefused(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("a.zip", "x")
	for name, v := range map[string]struct {
		status        int
		code, at, say string
		more          values
	}{
		"another runtime": {409, "FSS.1065", "runtime", "Choose another name", nil},
		"runtime, 1031":   {400, "FSS.1031", "runtime", "Choose another name", nil},
		"no room":         {403, "FSS.1045", "code", "no room left", nil},
		"object used":     {400, "FSS.1031", "code.obs_url", "Copy it", values{"code": values{"obs_url": "https://b.obs.cn-north-4.myhuaweicloud.com/x.zip"}}},
		"anything else":   {403, "FSS.0403", "", "Creating libs failed.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			e.Emulator.Inject(emulator.Fault{Op: "CreateDependencyVersion", Status: v.status, Code: v.code, Message: "m"})
			made, diags := protocol(t, e).Create(resourceType, libs(path, v.more))
			last := diags[len(diags)-1]
			if made.InState || last.Severity != "ERROR" || last.Path != v.at || !diags.Has(v.say) || !diags.Has(v.code) {
				t.Errorf("want an error at %q with %q, got %s", v.at, v.say, diags)
			}
		})
	}
}

// TestDelete: gone is deleted, another version under the number is left alone, and who uses a version is named.
func TestDelete(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T) (*acctest.Env, *acctest.Protocol, acctest.Created) {
		e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
		p := protocol(t, e)
		made, diags := p.Create(resourceType, libs(acctest.NewDir(t).Code("a.zip", "x"), nil))
		if diags.Failed() {
			t.Fatal(diags)
		}
		return e, p, made
	}
	t.Run("gone", func(t *testing.T) {
		t.Parallel()
		e, p, made := setup(t)
		e.Emulator.DeleteDependency(p.Text(made.Imported, "id"))
		if diags := p.Destroy(resourceType, made.Imported); len(diags) > 0 ||
			e.Emulator.Count("DeleteDependencyVersion") != 0 {
			t.Error(diags)
		}
	})
	t.Run("another under its number", func(t *testing.T) {
		t.Parallel()
		e := acctest.New(t)
		addTo(e.Emulator, "libs", "Python3.9", "", []byte("first"))
		p := protocol(t, e)
		made, _ := p.Create(resourceType, libs(acctest.NewDir(t).Code("a.zip", "x"), nil))
		e.Emulator.DeleteDependency(p.Text(made.Imported, "id"))
		if other := addTo(e.Emulator, "libs", "Python3.9", "", []byte("second")); p.Text(made.Imported,
			"version") != fmt.Sprint(other.Version) {
			t.Fatal("it has another number")
		}
		if diags := p.Destroy(resourceType, made.Imported); len(diags) > 0 || len(e.Emulator.Dependencies()) != 2 {
			t.Error(diags, e.Emulator.Dependencies())
		}
	})
	t.Run("lost answer", func(t *testing.T) {
		t.Parallel()
		e, p, made := setup(t)
		e.Emulator.Inject(emulator.Fault{Op: "DeleteDependencyVersion", Kind: emulator.DropAfter})
		if diags := p.Destroy(resourceType, made.Imported); len(diags) > 0 || len(e.Emulator.Dependencies()) != 0 {
			t.Error(diags, e.Emulator.Dependencies())
		}
	})
	t.Run("used", func(t *testing.T) {
		t.Parallel()
		for _, refusal := range []emulator.Fault{
			{Op: "DeleteDependencyVersion", Status: 412, Code: "FSS.1033"}, {Op: "DeleteDependencyVersion", Status: 428, Code: "FSS.0428"},
		} {
			e, p, made := setup(t)
			uses := []string{p.Text(made.Imported, "id")}
			for name, runtime := range map[string]string{"orders": "Python3.9", "java": "Java11", "held": "Python3.9",
				"other": "Python3.9"} {
				f := emulator.Function{Name: name}
				if f.Runtime = runtime; name != "other" {
					f.DependVersionList = uses
				}
				e.Emulator.Put(f)
			}
			if err := e.Emulator.Publish("default", "held", "v1", ""); err != nil {
				t.Fatal(err)
			}
			if err := e.Emulator.Edit("default", "held", func(f *emulator.Function) { f.DependVersionList = nil }); err != nil {
				t.Fatal(err)
			}
			e.Emulator.Inject(refusal)
			diags := p.Destroy(resourceType, made.Imported)
			for _, want := range []string{":orders. Nothing", ":java, ", ":held:v1", "retain_on_destroy",
				"create_before_destroy"} {
				if !diags.Has(want) {
					t.Errorf("%s: no %q in %s", refusal.Code, want, diags)
				}
			}
			if diags.Has(":other") || diags.Has("at least") || len(e.Emulator.Dependencies()) != 1 {
				t.Errorf("%s: %s", refusal.Code, diags)
			}
		}
	})
	t.Run("used, and nobody can tell by whom", func(t *testing.T) {
		t.Parallel()
		e, p, made := setup(t)
		e.Emulator.Inject(emulator.Fault{Op: "DeleteDependencyVersion", Status: 412, Code: "FSS.1033"})
		if diags := p.Destroy(resourceType, made.Imported); !diags.Has("none of the functions of this project") {
			t.Error(diags)
		}
		e.Emulator.Put(emulator.Function{Name: "orders"})
		e.Emulator.Inject(emulator.Fault{Op: "DeleteDependencyVersion", Status: 412, Code: "FSS.1033"})
		e.Emulator.Inject(emulator.Fault{Op: "ListFunctions", Status: 403, Code: "FSS.0403", Times: -1})
		if diags := p.Destroy(resourceType, made.Imported); !diags.Has("could not be found out") {
			t.Error(diags)
		}
	})
}

// TestPrune: a failure is a warning, and the version is there.
func TestPrune(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	for range 3 {
		addTo(e.Emulator, "libs", "Python3.9", "", []byte("old"))
	}
	e.Emulator.Inject(emulator.Fault{Op: "DeleteDependencyVersion", Status: 403, Code: "FSS.0403"})
	p := protocol(t, e)
	made, diags := p.Create(resourceType, libs(acctest.NewDir(t).Code("a.zip", "x"), values{"prune": values{"keep": 2}}))
	if diags.Failed() || !diags.Has("prune deletes the versions 1, 2: it keeps the 2 newest versions") ||
		!diags.Has("not all old versions could be deleted") || !diags.Has("\nversion 1\n") {
		t.Error(diags)
	}
	if got := strings.Join(held(e), " "); got != "1: 3: 4:" || p.Text(made.Imported, "version") != "4" {
		t.Errorf("left: %s", got)
	}
}
