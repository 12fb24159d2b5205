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
const manifestVersion = "fgs-content-v2\n"

// plainVersion is the same for one plain file.
const plainVersion = "fgs-content-v1\n"

// fileLine is what the manifest says of one file or folder, as whoever unpacks it sees it. The owner, who is not the
// one who runs the function, times, order and compression are not in it.
type fileLine struct {
	place      string // where it lies: slash-separated, relative
	name       string // as it is written in the archive
	alias      string // another name for it, which some unpackers prefer; "" for none
	utf8       bool   // the name has other than ASCII characters and is said to be UTF-8
	readable   bool   // for others
	executable bool   // for others
	runnable   bool   // executable for anybody, which is what earlier hashes count
	symlink    bool
	folder     bool
	size       int64
	sum        [sha256.Size]byte
}

// manifestHash is the content hash of an archive. Lines are sorted by place. Lines of the same place keep their order:
// an archive can hold a name twice (Gradle makes such jars), and then the order decides which of them is used. extra
// are more lines; empty ones do not count.
func manifestHash(lines []fileLine, extra ...string) string {
	slices.SortStableFunc(lines, func(a, b fileLine) int { return cmp.Compare(a.place, b.place) })
	hash := sha256.New()
	_, _ = io.WriteString(hash, manifestVersion) // a hash never fails
	for _, line := range lines {
		line.writeTo(hash)
	}
	for _, line := range extra {
		_, _ = io.WriteString(hash, line)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// writeTo puts the name's length before the name, so that no name can look like the rest of the line.
func (l fileLine) writeTo(w io.Writer) {
	kind := "file"
	if l.folder {
		kind = "folder"
	}
	_, _ = fmt.Fprintf(w, "%s %s%s%s%s %d:%s %d:%s %d %x\n", kind,
		flag(l.readable, 'r'), flag(l.executable, 'x'), flag(l.symlink, 'l'), flag(l.utf8, 'u'),
		len(l.name), l.name, len(l.alias), l.alias, l.size, l.sum)
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
	_, _ = fmt.Fprintf(hash, "%splain %d %x\n", plainVersion, size, sum)
	return hex.EncodeToString(hash.Sum(nil))
}
