// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"cmp"
	"fmt"
	"slices"
)

const localHeaderSize = 30 // bytes of an entry's header in front of its name

// readingOrder gives the indices of files by their position in the archive. The directory may have another order.
func readingOrder(files []entry) []int {
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(files[a].position, files[b].position) })
	return order
}

// checkOverlap refuses files that share bytes. Only bombs and damage have them: with a hundred thousand records of the
// same 50 MiB the reading would never end, and what is unpacked may still be nothing. Names and extra fields, of which
// the directory may state other lengths than the entry, are left out of account.
func checkOverlap(files []entry) error {
	order := readingOrder(files)
	for i := 1; i < len(order); i++ {
		file, next := files[order[i-1]], files[order[i]]
		room := next.position - file.position - localHeaderSize
		if room < 0 || file.CompressedSize64 > uint64(room) {
			return fmt.Errorf("%w: entries %s and %s overlap", ErrDamaged, quote(file.File.Name), quote(next.File.Name))
		}
	}
	return nil
}
