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

// manifestVersion is the manifest's first line. A change of the format changes it, and with it every content hash.
const manifestVersion = "fgs-content-v1\n"

// fileLine is what the manifest says of one file. Directories have none; times, order and compression are not in it.
type fileLine struct {
	name       string // slash-separated, relative
	executable bool
	symlink    bool
	size       int64
	sum        [sha256.Size]byte
}

// manifestHash is the content hash of an archive. Lines are sorted by name. Lines of the same name keep their order:
// an archive can hold a name twice (Gradle makes such jars), and then the order decides which of them is used.
func manifestHash(lines []fileLine) string {
	slices.SortStableFunc(lines, func(a, b fileLine) int { return cmp.Compare(a.name, b.name) })
	hash := sha256.New()
	_, _ = io.WriteString(hash, manifestVersion) // a hash never fails
	for _, line := range lines {
		line.writeTo(hash)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// writeTo puts the name's length before the name, so that no name can look like the rest of the line.
func (l fileLine) writeTo(w io.Writer) {
	_, _ = fmt.Fprintf(w, "file %s %s %d:%s %d %x\n",
		flag(l.executable, 'x'), flag(l.symlink, 'l'), len(l.name), l.name, l.size, l.sum)
}

func flag(set bool, letter rune) string {
	if set {
		return string(letter)
	}
	return "-"
}

// plainHash is the content hash of one plain file: its bytes, without a name.
func plainHash(content []byte) string {
	return plainLineHash(int64(len(content)), sha256.Sum256(content))
}

func plainLineHash(size int64, sum [sha256.Size]byte) string {
	hash := sha256.New()
	_, _ = fmt.Fprintf(hash, "%splain %d %x\n", manifestVersion, size, sum)
	return hex.EncodeToString(hash.Sum(nil))
}
