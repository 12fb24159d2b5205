// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestTimesOfRegions: times, and names made of them, are those of the region's wall clock, summer time included.
func TestTimesOfRegions(t *testing.T) {
	t.Parallel()
	if _, err := time.LoadLocation("Europe/Berlin"); err != nil {
		t.Logf("this machine knows no zones: %v", err)
		return
	}
	june := time.Date(2026, 6, 15, 10, 48, 27, 0, time.UTC)
	for region, want := range map[string]string{
		"cn-north-4": "2026-06-15T18:48:27+08:00 v20260615-184827", "eu-de": "2026-06-15T12:48:27+02:00 v20260615-124827",
		"eu-west-101":      "2026-06-15T11:48:27+01:00 v20260615-114827",
		"la-south-2":       "2026-06-15T06:48:27-04:00 v20260615-064827",
		"my-kualalumpur-1": "2026-06-15T18:48:27+08:00 v20260615-184827",
	} {
		b := newBench(t, emulator.Options{Region: region, Now: func() time.Time { return june }})
		made := b.create(object{})
		version := b.want(200, "", "POST", functions+"/demo/versions", object{})
		if got := made.text("last_modified") + " " + version.text("version"); got != want {
			t.Errorf("%s: %s, want %s", region, got, want)
		}
	}
}
