// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestMarker_settings: the settings are mixed into source_hash, so that a change of them releases. The service does not
// publish unchanged code: the error says what differs, with every name, and with the code the release works. Under a
// name of its own, the service may publish after all.
func TestMarker_settings(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		more  values
		works bool // in a region that counts settings
	}{
		"kept": {values{"version": "v1"}, false}, "none": {values{"version": nil}, false}, "new": {values{"version": "v2"}, true},
	} {
		for region, counts := range map[string]bool{"code": false, "code and settings": true} {
			t.Run(name+", "+region, func(t *testing.T) {
				t.Parallel()
				release(t, func(r *releases) {
					r.code("1")
					config := r.config("1, info", values{"version": "v1"})
					if d := r.apply(config); d.failed() {
						r.t.Fatal(d)
					}
					r.edit(func(f *emulator.Function) { f.UserData, f.MemorySize = `{"LOG_LEVEL":"s3cret"}`, 512 })
					before := r.state
					d := r.apply(config.with(values{"source_hash": "1, debug"}).with(test.more))
					if works := test.works && counts; works != !d.failed() || works == r.state.Equal(before) {
						r.t.Fatalf("the state has %s %s: %s", r.text("version"), r.text("source_hash"), d)
					}
					if d.failed() && (!d.has("with other settings: memory_size, user_data (LOG_LEVEL).") || d.has("s3cret")) {
						r.t.Error(d)
					}
					r.code("2")
					if d := r.apply(r.config("2, debug", values{"version": "v3"})); d.failed() || r.text("version") != "v3" {
						r.t.Errorf("the advice does not work: %s", d)
					}
				}, func(s *emulator.Switches) { s.UnchangedNeedsAll = counts })
			})
		}
	}
}

// TestMarker_spelling: the marker is written in another way, of the same code and settings: nothing is sent. Where the
// settings cannot be read, nothing is recorded either.
func TestMarker_spelling(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		config := r.config("1", values{"version": "v1"})
		if d := r.apply(config); d.failed() {
			r.t.Fatal(d)
		}
		respelled := config.with(values{"source_hash": "one"})
		r.wire.api.Inject(emulator.Fault{Op: "GetConfig", Skip: 1, Status: 403, Code: "FSS.0403"})
		if d := r.apply(respelled); !d.has("could not be found out") || r.text("source_hash") != "1" {
			r.t.Error(d)
		}
		if d := r.apply(respelled); len(d) > 0 || r.text("source_hash") != "one" || r.wire.api.Count("PublishVersion") != 1 {
			r.t.Error(d)
		}
		if err := r.empty(r.t.Context(), respelled); err != nil {
			r.t.Error(err)
		}
	})
}
