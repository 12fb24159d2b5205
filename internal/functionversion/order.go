// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"cmp"
	"slices"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// newestFirst returns the rows with latest first and then the newest versions; the order of the service is not
// documented (contract Q20). Rows of the same second are ordered by name, the greater first.
func newestFirst(rows []functiongraph.Function) []functiongraph.Function {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b functiongraph.Function) int {
		if (a.Version == latest) != (b.Version == latest) {
			if a.Version == latest {
				return -1
			}
			return 1
		}
		return cmp.Or(published(b).Compare(published(a)), cmp.Compare(b.Version, a.Version))
	})
	return sorted
}

// published is when a version was last modified. A time without zone is taken for one of +08:00, the zone of the times
// that have one (contract 1.9): where all are without, it does not matter which zone they are in; where both forms
// occur in one list, as after an update of a region, the other reading, UTC, would put old versions hours before new
// ones.
func published(row functiongraph.Function) time.Time {
	if readings := functiongraph.ParseTime(row.LastModified); len(readings) > 0 {
		return readings[len(readings)-1]
	}
	return time.Time{}
}
