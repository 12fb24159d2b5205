// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"io"
)

// HoldsText says that stored code is this text: as it is, or as the only file of an archive, which a service may make
// of the text of one source file (contract 2.7).
func HoldsText(stored []byte, text string) bool {
	if string(stored) == text {
		return true
	}
	archive, err := zip.NewReader(bytes.NewReader(stored), int64(len(stored)))
	if err != nil || len(archive.File) != 1 || archive.File[0].UncompressedSize64 != uint64(len(text)) {
		return false
	}
	file, err := archive.File[0].Open()
	if err != nil {
		return false
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, int64(len(text))+1))
	return err == nil && string(content) == text
}
