// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
)

// earlierVersion was the manifest's first line when it said of a file where it lies, whether anybody may execute it,
// and its content.
const earlierVersion = "fgs-content-v1\n"

// earlierHash is the content hash of these files as it was then. States from then have it: they are not to show a
// change for it. It can go as soon as no such state can be left.
func earlierHash(files []fileLine) string {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b fileLine) int { return cmp.Compare(a.place, b.place) })
	hash := sha256.New()
	_, _ = io.WriteString(hash, earlierVersion) // a hash never fails
	for _, l := range files {
		_, _ = fmt.Fprintf(hash, "file %s %s %d:%s %d %x\n",
			flag(l.runnable, 'x'), flag(l.symlink, 'l'), len(l.place), l.place, l.size, l.sum)
	}
	return hex.EncodeToString(hash.Sum(nil))
}
