// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

func newestFirst(rows []functiongraph.DependencyVersion) {
	slices.SortStableFunc(rows, func(a,
		b functiongraph.DependencyVersion) int {
		return cmp.Compare(b.Version, a.Version)
	})
}

// pick is the version of that number, the newest for 0.
func pick(rows []functiongraph.DependencyVersion, version int64) (*functiongraph.DependencyVersion, error) {
	newestFirst(rows)
	var numbers []string
	for i, row := range rows {
		if version == 0 || row.Version == version {
			return &rows[i], nil
		}
		numbers = append(numbers, fmt.Sprint(row.Version))
	}
	if len(numbers) == 0 {
		return nil, errors.New("there is no dependency of that name")
	}
	return nil, fmt.Errorf("there is no version %d; there are: %s", version, strings.Join(numbers, ", "))
}
