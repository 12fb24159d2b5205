// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"unicode"
	"unicode/utf8"
)

// looks tells by a file's first bytes what was given instead of a zip archive. The offset is 0 except for tar.
var looks = []struct {
	offset int
	magic  string
	what   string
}{
	{0, "\x1f\x8b", "gzip data"},
	{0, "BZh", "bzip2 data"},
	{0, "\xfd7zXZ\x00", "xz data"},
	{0, "\x28\xb5\x2f\xfd", "zstd data"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{0, "Rar!", "a RAR archive"},
	{257, "ustar", "a tar archive"},
	{0, "\xca\xfe\xba\xbe", "a Java class"},
	{0, "\x7fELF", "an ELF program"},
	{0, "MZ", "a Windows program"},
	{0, "version https://git-lfs.github.com/", "a Git LFS pointer, not the file itself"},
	{0, "<!DOCTYPE", "an HTML page"},
	{0, "<html", "an HTML page"},
	{0, "<?xml", "XML"},
}

// notZip says why an archive cannot be opened: the file is something else, or a zip archive of which the end is
// missing, or it cannot be read at all.
func notZip(file io.ReaderAt, cause error) error {
	var pathError *fs.PathError
	if errors.As(cause, &pathError) {
		return withoutPath(cause)
	}
	head := make([]byte, 512)
	n, _ := file.ReadAt(head, 0) // what could be read is enough for a guess
	head = head[:n]
	if bytes.HasPrefix(head, []byte("PK")) {
		return fmt.Errorf("%w: the list of its entries is missing or broken, the file may be incomplete", ErrDamaged)
	}
	return fmt.Errorf("%w: the file looks like %s", ErrNotZip, lookOf(head))
}

func lookOf(head []byte) string {
	for _, look := range looks {
		if len(head) > look.offset && bytes.HasPrefix(head[look.offset:], []byte(look.magic)) {
			return look.what
		}
	}
	if isText(head) {
		return "plain text"
	}
	return fmt.Sprintf("unknown data that starts with % x", head[:min(len(head), 8)])
}

// isText forgives a character that the end of head cuts.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 {
			return len(head) < utf8.UTFMax && !utf8.FullRune(head)
		}
		if !unicode.IsPrint(r) && !unicode.IsSpace(r) && r != '\ufeff' {
			return false
		}
		head = head[size:]
	}
	return true
}
