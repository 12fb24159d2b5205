// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestForeseen: what the service is going to refuse, and can be known, is an error of the plan. Nothing was sent then,
// and what the error advises works.
func TestForeseen(t *testing.T) {
	t.Parallel()
	again := func(more values) func(r *releases) values { // the code of v2
		return func(r *releases) values { return r.config("2", values{"version": "v2"}).with(more) }
	}
	next := func(more values) func(r *releases) values { // new code
		return func(r *releases) values {
			r.code("3")
			return r.config("3", values{"version": "v2"}).with(more)
		}
	}
	for name, test := range map[string]struct {
		given func(r *releases) values
		says  string
		more  values // what the error advises
	}{
		"the name is kept": {next(values{}), "There is a version v2", values{"version": "v3"}},
		// As in the plan that shows an upload, whose digest is not known yet.
		"the name is kept, digest late": {
			next(values{"digest": tftypes.UnknownValue}), "There is a version v2", values{"version": "v3", "digest": nil},
		},
		"the name of an older one": {next(values{"version": "v1"}), "There is a version v1", values{"version": nil}},
		"an older name, same code": {again(values{"version": "v1"}), "There is a version v1", values{"version": "v2"}},
		"renamed":                  {again(values{"version": "v3"}), "v2 holds exactly this code", values{"version": "v2"}},
		"described":                {again(values{"description": "x"}), "v2 holds exactly this code", values{"description": nil}},
		"renamed, unnamed before":  {again(values{"version": nil, "description": "x"}), "v2 holds exactly this code", values{"description": nil}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.started(values{})
				if d := r.apply(r.config("2", values{"version": "v2"})); d.failed() {
					r.t.Fatal(d)
				}
				r.wire.api.ResetRequests()
				before, given := r.state, test.given(r)
				d := r.apply(given)
				if !d.failed() || !d.has(test.says) || !r.state.Equal(before) || r.wire.api.Count("PublishVersion") > 0 {
					r.t.Errorf("%d publications: %s", r.wire.api.Count("PublishVersion"), d)
				}
				if d := r.apply(given.with(test.more)); d.failed() {
					r.t.Errorf("the advice does not work: %s", d)
				}
			})
		})
	}
}

// TestForeseen_taint: the same code under another name, as the error advises: the version goes first.
func TestForeseen_taint(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		config := r.config("1", values{"version": "v1", "retain_on_destroy": nil})
		if d := r.apply(config); d.failed() {
			r.t.Fatal(d)
		}
		config["version"] = "v2"
		if d := r.apply(config); !d.has("terraform taint") {
			r.t.Fatal(d)
		}
		r.tainted = true
		d := r.destroy(r.t.Context()) // what the CLI does first; it plans as if nothing was there
		if d = append(d, r.apply(config)...); d.failed() || r.text("version") != "v2" || len(r.published()) != 1 {
			r.t.Errorf("the service has %v: %s", r.published(), d)
		}
	})
}

// TestForeseen_settings: where settings differ, it depends on the region whether the same code is published again: a
// warning.
func TestForeseen_settings(t *testing.T) {
	t.Parallel()
	for name, counts := range map[string]bool{"code alone": false, "code and settings": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				config := r.config("1", values{"version": "v1"})
				if d := r.apply(config); d.failed() {
					r.t.Fatal(d)
				}
				r.edit(func(f *emulator.Function) { f.UserData = `{"LOG_LEVEL":"debug"}` })
				d := r.apply(config.with(values{"version": "v2"}))
				if !d.has("Code Is Published Already") || d.failed() == counts {
					r.t.Error(d)
				}
				if !counts && (!d.has("set version = \"v1\"") || r.text("version") != "v1") {
					r.t.Error(d)
				}
			}, func(s *emulator.Switches) { s.UnchangedNeedsAll = counts })
		})
	}
}

// TestForeseen_unlisted: a region without the list of versions. The name of the version in the state is known all the
// same; the rest is left to the apply.
func TestForeseen_unlisted(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.started(values{})
		config := r.config("2", values{"version": "v1"})
		if d := r.apply(config); !d.has("There is a version v1") || r.wire.api.Count("PublishVersion") > 1 {
			r.t.Error(d)
		}
		if d := r.apply(config.with(values{"version": "v2"})); d.failed() {
			r.t.Error(d)
		}
		if d := r.apply(r.config("2", values{"version": "v3"})); !d.has("Code Is Published Already") ||
			r.text("version") != "v2" {
			r.t.Error(d)
		}
	}, func(s *emulator.Switches) { s.NoListVersions = true })
}
