// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"encoding/binary"
	"path"
	"strings"
	"unicode/utf8"
)

// extraUnicodeName is the extra field of a zip entry that holds its name in UTF-8, behind a version and a checksum.
const extraUnicodeName = 0x7075

// unicodeName is that name; "" where there is none.
func unicodeName(extra []byte) string {
	const head, before = 4, 5
	for len(extra) >= head {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		extra = extra[head:]
		if size > len(extra) {
			return ""
		}
		if id == extraUnicodeName && size > before {
			return string(extra[before:size])
		}
		extra = extra[size:]
	}
	return ""
}

func isASCII(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf })
}

// telling are the lines of the folders that say more than the files in them: those that are empty, and those that not
// everybody may enter. The others are made by unpacking the files.
func (c *contents) telling() []fileLine {
	filled := map[string]bool{".": true}
	for _, file := range c.files {
		// Backslashes separate nothing where functions run.
		for folder := path.Dir(path.Clean(file.File.Name)); !filled[folder]; folder = path.Dir(folder) {
			filled[folder] = true
		}
	}
	var lines []fileLine
	for _, folder := range c.folders {
		line := folder.head()
		line.folder = true
		if !hasModes(folder.File) {
			line.executable = true
		}
		if !line.readable || !line.executable || !filled[path.Clean(line.name)] {
			lines = append(lines, line)
		}
	}
	return lines
}

// Doubts are names in an archive that may not be found, or not be read, where the function runs.
type Doubts struct {
	Backslashes []string // which separate folders on Windows only
	Unreadable  []string // for others than their owner
	Terraform   []string // configurations, which belong to no function
}

func doubtsOf(lines []fileLine) (d Doubts) {
	for _, line := range lines {
		switch path.Ext(strings.TrimSuffix(line.name, ".json")) {
		case ".tf", ".tofu":
			d.Terraform = append(d.Terraform, line.name)
		}
		if strings.Contains(line.name, `\`) {
			d.Backslashes = append(d.Backslashes, line.name)
		}
		if !line.readable || line.folder && !line.executable {
			d.Unreadable = append(d.Unreadable, line.name)
		}
	}
	return d
}

// Few names the first few of many names, quoted.
func Few(names []string) string { return quoteAll(names) }
