// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// replacingState is a version as the provider wrote it while another source still replaced the resource. Its digest and
// times are marks.
//
//go:embed testdata/version_state_replacing.json
var replacingState string

// TestGolden_version: state and configuration from before a version was published in place read on, with an empty plan,
// and the next release is one in place.
func TestGolden_version(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		r.theirs("v1", "first")
		state := strings.NewReplacer("DIGEST", r.digest(), "SIZE", "141").Replace(replacingState)
		upgraded, err := r.server.UpgradeResourceState(r.t.Context(), &tfprotov6.UpgradeResourceStateRequest{
			TypeName: versionType, Version: 0, RawState: &tfprotov6.RawState{JSON: []byte(state)},
		})
		if err != nil || len(upgraded.Diagnostics) > 0 {
			r.t.Fatal(err, diagnostics(upgraded.Diagnostics))
		}
		r.state = r.value(upgraded.UpgradedState)
		config := values{
			"function_urn": functionURN, "version": "v1", "description": "first", "retain_on_destroy": true,
			"prune":       values{"keep": 3},
			"source_hash": "1557274998b9795c262b1ad83eba46db781af0d7de2940b264b745f2043f83be", "digest": r.digest(),
			"timeouts": values{"create": "5m"},
		}
		if err := r.empty(r.t.Context(), config); err != nil {
			r.t.Error(err)
		}
		r.code("2")
		next := config.with(values{"version": "v2", "source_hash": "2", "digest": r.digest()})
		if _, replaces := r.planned(next); len(replaces) > 0 {
			r.t.Errorf("replaced for %v", replaces)
		}
		if d := r.apply(next); d.failed() || r.text("version") != "v2" || len(r.published()) != 2 {
			r.t.Errorf("the service has %v: %s", r.published(), d)
		}
	})
}
