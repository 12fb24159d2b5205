// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// Somebody else is at work while a version is published. Each ends in a correct state or a clear error, never in a
// version of other code that is taken for ours, and never with a version of somebody else deleted.

// TestReleaseRace_code: the code changes at the last moments before the publication. No version of it remains.
func TestReleaseRace_code(t *testing.T) {
	t.Parallel()
	image := func(tag string) func(*emulator.Function) {
		return func(f *emulator.Function) {
			f.CodeType, f.Code, f.Runtime, f.Handler = "Custom-Image-Swr", nil, "Custom Image", "-"
			f.CustomImage = &emulator.CustomImage{Enabled: true, Image: "swr.example/orders:" + tag}
		}
	}
	inline := func(text string) func(*emulator.Function) {
		return func(f *emulator.Function) { f.Code = []byte(text) }
	}
	for name, change := range map[string][2]func(*emulator.Function){
		"code": {inline("1"), inline("foreign")}, "image": {image("1"), image("foreign")},
	} {
		for _, op := range []string{"GetConfig", "PublishVersion"} {
			t.Run(name+" before "+op, func(t *testing.T) {
				t.Parallel()
				release(t, func(r *releases) {
					edit := func(change func(*emulator.Function)) {
						if err := r.wire.api.Edit("default", "orders", change); err != nil {
							r.t.Fatal(err)
						}
					}
					edit(change[0])
					r.wire.api.Inject(emulator.Fault{Op: op, Before: func() { edit(change[1]) }})
					source := map[string]string{"code": "1", "image": "image:swr.example/orders:1"}[name]
					d := r.apply(r.config(source, values{"version": "v1", "digest": r.reported()}))
					if !d.has("runs other code than the one to be published") || !r.state.IsNull() {
						r.t.Errorf("want the guard's error: %s, state %v", d, r.state)
					}
					if got := r.published(); len(got) > 0 {
						r.t.Errorf("the service has %v", got)
					}
				})
			})
		}
	}
}

// TestReleaseRace_after: the code changes right after the publication, which is not touched by that.
func TestReleaseRace_after(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		config := r.config("1", values{"version": "v1"})
		r.wire.api.Inject(emulator.Fault{Op: "PublishVersion", After: func() {
			if err := r.wire.api.SetCode("default", "orders", "", "", []byte("foreign")); err != nil {
				r.t.Error(err)
			}
		}})
		if d := r.apply(config); d.failed() {
			r.t.Fatal(d)
		}
		f := r.function()
		if v, _ := f.Version("v1"); string(v.Code) != "1" || r.text("digest") != v.Digest {
			r.t.Errorf("v1 has the code %q", v.Code)
		}
	})
}

// TestReleaseRace_name: somebody publishes under the same name between plan and apply.
func TestReleaseRace_name(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		config := r.config("1", values{"version": "v1"})
		r.wire.api.Inject(emulator.Fault{Op: "PublishVersion", Before: func() {
			if err := r.wire.api.Publish("default", "orders", "v1", "theirs"); err != nil {
				r.t.Error(err)
			}
			if err := r.wire.api.SetCode("default", "orders", "", "", []byte("1")); err != nil {
				r.t.Error(err)
			}
		}})
		d := r.apply(config)
		if !d.has("Function Version Already Exists") || !d.has(`set description = "theirs" to have that version here`) ||
			!r.state.IsNull() {
			r.t.Errorf("want the error with its advice: %s", d)
		}
		f := r.function()
		if v, ok := f.Version("v1"); !ok || v.VersionDescription != "theirs" {
			r.t.Error("somebody else's version is gone")
		}
		if d := r.apply(config.with(values{"description": "theirs"})); d.failed() || !d.has("Existing Version Taken Over") {
			r.t.Errorf("the advice does not work: %s", d)
		}
	})
}

// TestReleaseRace_published: somebody publishes the same code first. With retain_on_destroy and no name of our own
// their version is taken over, with a warning; else it is an error. It is never deleted.
func TestReleaseRace_published(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		more values
		says string
		ours bool
	}{
		"retained":     {values{}, "Existing Version Taken Over", true},
		"named":        {values{"version": "v1"}, "is published already, as theirs", false},
		"not retained": {values{"retain_on_destroy": false}, "is published already, as theirs", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				config := r.config("1", test.more)
				r.wire.api.Inject(emulator.Fault{Op: "PublishVersion", Before: func() {
					if err := r.wire.api.Publish("default", "orders", "theirs", ""); err != nil {
						r.t.Error(err)
					}
				}})
				d := r.apply(config)
				if !d.has(test.says) || r.state.IsNull() == test.ours {
					r.t.Errorf("want %q: %s", test.says, d)
				}
				if !r.state.IsNull() {
					r.destroy(r.t.Context())
				}
				if got := r.published(); !slices.Equal(got, []string{"theirs"}) {
					r.t.Errorf("the service has %v", got)
				}
			})
		})
	}
}

// TestReleaseRace_two: two resources publish the same function in one apply. One does; the other stands for the same
// version if it may, and fails if it may not. Destroying both deletes what one of them published, once.
func TestReleaseRace_two(t *testing.T) {
	t.Parallel()
	for name, retain := range map[string]bool{"retained": true, "not retained": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				config := r.config("1", values{"retain_on_destroy": retain})
				other := newCore(r.t, r.server, versionType)
				var first, second diagnostics
				var group sync.WaitGroup
				group.Go(func() { first = r.core.apply(r.t.Context(), config) })
				group.Go(func() { second = other.apply(r.t.Context(), config) })
				group.Wait()
				both := append(first, second...)
				if n := len(r.published()); n != 1 {
					r.t.Errorf("the service has %d versions", n)
				}
				switch {
				case retain && (both.failed() || !both.has("Existing Version Taken Over")):
					r.t.Errorf("want one to take over: %s", both)
				case !retain && (both.errors() != 1 || r.state.IsNull() == other.state.IsNull()):
					r.t.Errorf("want one to fail: %s", both)
				}
			})
		})
	}
}
