// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package codepack

import (
	"path/filepath"
	"syscall"
	"testing"
)

// Opening a named pipe without a writer would never return.
func TestScanArchive_namedPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := ScanArchive(path, TypeZip)
	checkError(t, err, ErrNotRegular, "a named pipe")
}

func TestScanArchive_device(t *testing.T) {
	t.Parallel()
	_, err := ScanArchive("/dev/null", TypeZip)
	checkError(t, err, ErrNotRegular, "a device")
}
