// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// The readings of PUT code without the code (contract Q44).
var omittedCode = map[string]emulator.CodeOmitted{
	"kept": emulator.OmittedCodeKept, "refused": emulator.OmittedCodeRefused, "template": emulator.OmittedCodeTemplate,
}

func omitting(reading emulator.CodeOmitted) func(*emulator.Switches) {
	return func(s *emulator.Switches) { s.CodeOmitted = reading }
}

// depending is a function with these dependencies, in this order.
func depending(code values, ids ...string) values {
	return values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128, "code": code,
		"dependency_version_ids": ids,
	}
}

// TestDependencies: where the bytes that run are at hand, they go along with another order of the dependencies, so that
// it does not matter what the service does without them. The code, its digest and its key stay.
func TestDependencies(t *testing.T) {
	t.Parallel()
	for _, source := range codeSources(t) {
		if source.holds.stamped {
			continue // dependencies are a part of its code, which goes up
		}
		for name, reading := range omittedCode {
			t.Run(source.name+", "+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					api := newAPI(omitting(reading))
					api.PutObject(objectURL, []byte("of the object"))
					c := newCore(t, newServer(t, &wire{api: api}), functionType)
					config := func(ids ...string) values {
						return depending(source.code, ids...).with(values{"runtime": nil, "handler": nil}).with(source.common)
					}
					brings := func(ids ...string) {
						t.Helper()
						digest := c.text("digest")
						if d := c.apply(t.Context(), config(ids...)); d.failed() {
							t.Fatal(d)
						}
						f, _ := api.Function("default", "orders")
						if got := heldCodeOf(f); got != source.holds || !slices.Equal(f.DependVersionList, ids) {
							t.Errorf("the service holds %+v with %v, want %+v with %v", got, f.DependVersionList, source.holds, ids)
						}
						if digest != "" && c.text("digest") != digest {
							t.Errorf("the digest is another one in the state: %s", c.text("digest"))
						}
						if err := c.empty(t.Context(), config(ids...)); err != nil {
							t.Error(err)
						}
					}
					brings("dep-2", "dep-1")
					brings("dep-1", "dep-2")
					brings("dep-3")
				})
			})
		}
	}
}

// TestDependencies_notAtHand: without the file the list goes alone. A service that then puts its template in the place
// of the code is found out at once, and the next plan, with the file, repairs; one that wants the code is asked in
// vain, and the error says what it wants.
func TestDependencies_notAtHand(t *testing.T) {
	t.Parallel()
	for name, reading := range omittedCode {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newAPI(omitting(reading))
			c := newCore(t, newServer(t, &wire{api: api}), functionType)
			file := acctest.NewDir(t).Code("code.zip", "ours")
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			marked := values{"zip_file": file, "source_hash": "1"}
			if d := c.apply(t.Context(), depending(marked, "dep-1")); d.failed() {
				t.Fatal(d)
			}
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			d := c.apply(t.Context(), depending(marked, "dep-2", "dep-1"))
			for _, want := range map[string][]string{
				"refused": {"FSS.1012", "Make the source that code names available"}, "template": {"other code runs than before"},
			}[name] {
				if !d.failed() || !d.has(want) {
					t.Errorf("without %q: %s", want, d)
				}
			}
			if name == "kept" && d.failed() {
				t.Error(d)
			}
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if d := c.apply(t.Context(), depending(marked, "dep-2", "dep-1")); d.failed() ||
				d.has("Code Changed Outside Terraform") != (name == "template") {
				t.Error(d)
			}
			f, _ := api.Function("default", "orders")
			if !bytes.Equal(f.Code, content) || !slices.Equal(f.DependVersionList, []string{"dep-2", "dep-1"}) {
				t.Errorf("the service has %d bytes of code and %v", len(f.Code), f.DependVersionList)
			}
			if err := c.empty(t.Context(), depending(marked, "dep-2", "dep-1")); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestDependencies_unmanaged: code that something else deploys is never sent. If the service replaces it, the error
// says so, and the state has what runs.
func TestDependencies_unmanaged(t *testing.T) {
	t.Parallel()
	for name, reading := range omittedCode {
		for digest, hide := range map[string]bool{"with a digest": false, "without": true} {
			t.Run(name+", "+digest, func(t *testing.T) {
				t.Parallel()
				api := newAPI(omitting(reading), func(s *emulator.Switches) { s.NoUpdateCodeDigest = hide })
				api.Put(emulator.Function{
					Name: "orders", Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3,
						MemorySize: 128},
					CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("theirs")},
				})
				c := newCore(t, newServer(t, &wire{api: api}), functionType)
				if d := c.importID(t.Context(), functionURN); d.failed() {
					t.Fatal(d)
				}
				d := c.apply(t.Context(), depending(nil, "dep-1").with(values{"code": nil}))
				if d.failed() != (name != "kept") || d.has("other code runs than before") != (name == "template") {
					t.Error(d)
				}
				f, _ := api.Function("default", "orders")
				if name == "template" && c.text("digest") != f.Digest {
					t.Errorf("the state has %s, the service %s", c.text("digest"), f.Digest)
				}
				if name != "template" && string(f.Code) != "theirs" {
					t.Errorf("the service has the code %q", f.Code)
				}
			})
		}
	}
}

// TestDependencies_rebuilt: an archive of the same files is not the one that runs: its bytes would bring another digest
// than the plan has said.
func TestDependencies_rebuilt(t *testing.T) {
	t.Parallel()
	api := newAPI(omitting(emulator.OmittedCodeKept))
	c := newCore(t, newServer(t, &wire{api: api}), functionType)
	dir := acctest.NewDir(t)
	first := dir.Code("code.zip", "ours")
	again := dir.Write("again.zip",
		acctest.Zip(t, time.Unix(1000000000, 0), acctest.File{Name: "index.py", Content: "ours"}))
	if d := c.apply(t.Context(), depending(values{"zip_file": first}, "dep-1")); d.failed() {
		t.Fatal(d)
	}
	before := c.text("digest")
	if d := c.apply(t.Context(), depending(values{"zip_file": again}, "dep-2")); d.failed() || c.text("digest") != before {
		t.Errorf("digest %s: %s", c.text("digest"), d)
	}
	if f, _ := api.Function("default", "orders"); f.Digest != before ||
		!slices.Equal(f.DependVersionList, []string{"dep-2"}) {
		t.Errorf("the service has %s with %v", f.Digest, f.DependVersionList)
	}
}
