// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// theirs publishes a version behind Terraform's back.
func (r *releases) theirs(name, description string) {
	r.t.Helper()
	if err := r.wire.api.Publish("default", "orders", name, description); err != nil {
		r.t.Fatal(err)
	}
}

// edit changes the function behind Terraform's back.
func (r *releases) edit(change func(f *emulator.Function)) {
	r.t.Helper()
	if err := r.wire.api.Edit("default", "orders", change); err != nil {
		r.t.Fatal(err)
	}
}

// TestTakenOver: a version that is there is taken over if it has the asked name (or none was asked for), exactly this
// code, the settings and dependencies of the function, and the asked description. It is neither changed nor doubled.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]values{
		"name": {"version": "v2"}, "no name": {"version": nil}, "not retained": {"version": "v2", "retain_on_destroy": false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(values{})
				r.edit(func(f *emulator.Function) { f.UserData, f.DependVersionList = `{"A":"1"}`, []string{"dep-2", "dep-1"} })
				r.theirs("v2", "second")
				config := r.config("2", more).with(values{"description": "second"})
				if d := r.apply(config); d.failed() || !d.has("Existing Version Taken Over") || r.text("version") != "v2" {
					r.t.Errorf("the state has %s: %s", r.text("version"), d)
				}
				if err := r.empty(r.t.Context(), config); err != nil {
					r.t.Error(err)
				}
				if len(r.published()) != 2 {
					r.t.Errorf("the service has %v", r.published())
				}
			})
		})
	}
}

// TestTakenOver_not: what differs is named, nothing is taken over or changed, and what the error advises works.
func TestTakenOver_not(t *testing.T) {
	t.Parallel()
	newCode := func(r *releases, _ values) values {
		r.code("3")
		return r.config("3", values{"version": "v3"})
	}
	for name, test := range map[string]struct {
		differ  func(r *releases) // makes v2 and the function differ
		asked   values
		says    []string
		advised func(r *releases, config values) values
	}{
		"code": {
			func(r *releases) { r.code("3") }, values{"version": "v2"}, []string{"v2 holds other code.", "Choose another name."},
			func(_ *releases, config values) values { return config.with(values{"version": "v3"}) },
		},
		"variables": {
			func(r *releases) {
				r.edit(func(f *emulator.Function) { f.UserData = `{"LOG_LEVEL":"debug","KEPT":"s3cret"}` })
			},
			values{"version": "v2"}, []string{"v2 holds this code with other settings: user_data (LOG_LEVEL)",
				"together with a change of the code", "stamp_settings = true"}, newCode,
		},
		"settings": {
			func(r *releases) { r.edit(func(f *emulator.Function) { f.MemorySize, f.Timeout = 512, 9 }) },
			values{"version": "v2"}, []string{"other settings: memory_size, timeout."}, newCode,
		},
		"dependencies": {
			func(r *releases) { r.edit(func(f *emulator.Function) { f.DependVersionList = []string{"dep-1"} }) },
			values{"version": "v2"}, []string{"other settings: dependency_version_ids."}, newCode,
		},
		"description": {
			func(*releases) {}, values{"version": "v2", "description": "asked"},
			[]string{`v2 holds this code with the description "theirs".`, `set description = "theirs"`},
			func(_ *releases, config values) values { return config.with(values{"description": "theirs"}) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(values{})
				r.edit(func(f *emulator.Function) {
					f.UserData, f.DependVersionList = `{"LOG_LEVEL":"info","KEPT":"s3cret"}`, []string{"dep-2"}
				})
				theirs := ""
				if test.asked["description"] != nil {
					theirs = "theirs"
				}
				r.theirs("v2", theirs)
				test.differ(r)
				before, config := r.state, r.config("2", test.asked)
				if name == "code" { // nothing in the plan tells
					config["digest"] = nil
				}
				d := r.applyUnseen(config)
				for _, says := range test.says {
					if !d.has(says) {
						r.t.Errorf("it does not say %q: %s", says, d)
					}
				}
				if !r.state.Equal(before) || d.has("import {") || strings.Contains(d.String(), "s3cret") {
					r.t.Errorf("the state has %s: %s", r.text("version"), d)
				}
				f := r.function()
				if v, _ := f.Version("v2"); v.VersionDescription != theirs {
					r.t.Error("somebody else's version was changed")
				}
				if d := r.apply(test.advised(r, config)); d.failed() {
					r.t.Errorf("the advice does not work: %s", d)
				}
			})
		})
	}
}

// applyUnseen applies what the plan could not look at: somebody was at work after it.
func (r *releases) applyUnseen(given values) diagnostics {
	r.t.Helper()
	r.wire.api.Inject(emulator.Fault{Op: "ListVersions", Status: 404, Code: "APIGW.0101"})
	return r.apply(given)
}

// TestTakenOver_otherName: the code is published under another name. The error names it, and asking for it works.
func TestTakenOver_otherName(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.started(values{})
		r.theirs("theirs", "")
		config := r.config("2", values{"version": "v2"})
		d := r.applyUnseen(config)
		if !d.has("published already, as theirs") || !d.has(`set version = "theirs" to have that version here`) ||
			r.text("version") != "v1" {
			r.t.Error(d)
		}
		if d := r.apply(config.with(values{"version": "theirs"})); d.failed() || r.text("version") != "theirs" {
			r.t.Errorf("the advice does not work: %s", d)
		}
	}, func(s *emulator.Switches) { s.UnchangedNeedsAll = false })
}

// TestTakenOver_new: a new resource takes a version over with retain_on_destroy only: under create_before_destroy the
// object that it replaces may be this very version, and is deleted next.
func TestTakenOver_new(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		r.theirs("v1", "")
		config := r.config("1", values{"version": "v1", "retain_on_destroy": false})
		d := r.apply(config)
		if !d.has("takes a version over if it has retain_on_destroy = true") || !d.has(`id = "`+functionURN+`:v1"`) ||
			!r.state.IsNull() {
			r.t.Error(d)
		}
		if d := r.apply(config.with(values{"retain_on_destroy": true})); d.failed() || !d.has("Existing Version Taken Over") {
			r.t.Errorf("the advice does not work: %s", d)
		}
		if d := r.apply(config); d.failed() || len(d) > 0 {
			r.t.Errorf("it cannot be taken away again: %s", d)
		}
		if d := r.destroy(r.t.Context()); d.failed() || len(r.published()) > 0 {
			r.t.Errorf("the service has %v: %s", r.published(), d)
		}
	})
}

// TestTakenOver_newOther: a new resource that is not retained, and a version that is not quite what was asked. The
// import block of the error, with what it says to set, leaves nothing to do.
func TestTakenOver_newOther(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		differ func(r *releases)
		asked  values
		set    values
	}{
		"name":        {func(*releases) {}, values{"version": "ours"}, values{"version": "theirs"}},
		"description": {func(*releases) {}, values{"description": "ours"}, values{"description": "theirs"}},
		"settings":    {func(r *releases) { r.edit(func(f *emulator.Function) { f.MemorySize = 512 }) }, values{}, values{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				r.theirs("theirs", "theirs")
				test.differ(r)
				config := r.config("1", values{"version": "theirs", "description": "theirs",
					"retain_on_destroy": false}).with(test.asked)
				d := r.apply(config)
				id := importID.FindStringSubmatch(d.String())
				if !d.failed() || id == nil || !r.state.IsNull() {
					r.t.Fatal(d)
				}
				if d := r.importID(r.t.Context(), id[1]); d.failed() {
					r.t.Fatal(d)
				}
				config = config.with(test.set)
				if d := r.apply(config); d.failed() || r.wire.api.Count("PublishVersion") > 1 {
					r.t.Error(d)
				}
				if err := r.empty(r.t.Context(), config); err != nil {
					r.t.Error(err)
				}
			}, func(s *emulator.Switches) { s.UnchangedNeedsAll = false })
		})
	}
}

// TestTakenOver_older: the source goes back to that of an older version, under its name. It is taken over, and prune,
// whose turn it would be, spares it.
func TestTakenOver_older(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		for _, n := range []string{"1", "2", "3"} {
			r.code(n)
			if d := r.apply(r.config(n, values{"version": "v" + n})); d.failed() {
				r.t.Fatal(d)
			}
		}
		r.code("1")
		d := r.apply(r.config("1", keep(1)).with(values{"version": "v1"}))
		if d.failed() || !d.has("Existing Version Taken Over") || r.text("version") != "v1" {
			r.t.Error(d)
		}
		if got := r.published(); !slices.Equal(got, []string{"v1", "v3"}) {
			r.t.Errorf("the service has %v", got)
		}
	})
}

// TestTakenOver_unlisted: the code is published already, and no list tells under which name. No import block names a
// version that there is not; to set the name, as the error says, is enough.
func TestTakenOver_unlisted(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		r.theirs("theirs", "")
		config := r.config("1", values{})
		d := r.apply(config)
		if !d.has("FSS.1016") || !d.has("look up its name in the console, and set version to it") || d.has("import {") {
			r.t.Error(d)
		}
		if d := r.apply(config.with(values{"version": "theirs"})); d.failed() || r.text("version") != "theirs" {
			r.t.Errorf("the advice does not work: %s", d)
		}
	}, func(s *emulator.Switches) { s.NoListVersions = true })
}
