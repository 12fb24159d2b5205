// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Errors of files. Each is found by errors.Is; the text around it says what was given and what is allowed, in one
// sentence without the path of the file, which the caller adds. A missing file is fs.ErrNotExist.
var (
	ErrNotRegular = errors.New("not a regular file")
	ErrEmpty      = errors.New("empty")
	ErrTooLarge   = errors.New("too large")
	ErrChanging   = errors.New("changed while it was read")
)

// Errors of archives, and of folders, which become archives.
var (
	ErrNotZip         = errors.New("not a zip archive")
	ErrDamaged        = errors.New("damaged zip archive")
	ErrNoFiles        = errors.New("no files")
	ErrEncrypted      = errors.New("encrypted zip entry")
	ErrCompression    = errors.New("unknown zip compression")
	ErrUnsafeName     = errors.New("unsafe name of a zip entry")
	ErrTooManyEntries = errors.New("too many entries")
	ErrTooBig         = errors.New("too big when unpacked")
)

// Errors of folders.
var (
	ErrNotFolder = errors.New("not a folder")
	ErrPattern   = errors.New("unusable pattern")
	ErrFileName  = errors.New("unusable file name")
	ErrDeadLink  = errors.New("link that leads nowhere")
	ErrLinkCycle = errors.New("link to a folder that it is in")
)

// Errors of export packages. ErrChanged is given by Package.Code.Open only.
var (
	ErrNoYAML        = errors.New("package without YAML")
	ErrManyYAML      = errors.New("package with several YAML files") // contract O2
	ErrYAML          = errors.New("unusable YAML in the package")
	ErrNoFunction    = errors.New("package without a function") // contract O4
	ErrManyFunctions = errors.New("package with several functions")
	ErrNoCodeFile    = errors.New("package without a code file")
	ErrManyCodeFiles = errors.New("package with several code files")
	ErrChanged       = errors.New("the package was changed since it was read")
	ErrCodeType      = errors.New("unusable code type")
)

// withoutPath takes the path off an error of package os: the caller knows the path as the user wrote it.
func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return fmt.Errorf("cannot read the file: %w", pathError.Err)
	}
	return err
}

// quoteAll quotes and joins some names, the first few of many.
func quoteAll(names []string) string {
	const most = 5
	quoted := make([]string, 0, most)
	for _, name := range names[:min(len(names), most)] {
		quoted = append(quoted, quote(name))
	}
	text := strings.Join(quoted, ", ")
	if len(names) > most {
		text += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return text
}

// quote makes a name of an archive fit for an error text: names are foreign and may have 65,535 bytes.
func quote(name string) string {
	const longest = 100
	if len(name) <= longest {
		return strconv.Quote(name)
	}
	end := longest
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return strconv.Quote(name[:end]) + "…"
}
