// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
)

// TestCount: one is not counted as several are.
func TestCount(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		diagnose.Count(0, "field"): "0 fields", diagnose.Count(1, "field"): "1 field", diagnose.Count(2, "field"): "2 fields",
		diagnose.Newest(1): "the newest version", diagnose.Newest(3): "the 3 newest versions",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
