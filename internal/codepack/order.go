// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"cmp"
	"slices"
)

// readingOrder gives the indices of files by their position in the archive. The directory may have another order.
func readingOrder(files []entry) []int {
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(files[a].position, files[b].position) })
	return order
}
