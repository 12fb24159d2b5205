// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
)

// Files that the run itself writes, under names that nobody knows before. Packed, they would make each apply another
// source than its plan.

// savedPlanHead is how much of a file tells whether it is a saved plan.
const savedPlanHead = 36

// isSavedPlan knows a plan file by its beginning: it is a zip archive whose first entry is "tfplan", or, where OpenTofu
// encrypts it, an object that begins with how.
func isSavedPlan(start []byte) bool {
	const name = "tfplan"
	if bytes.HasPrefix(start, []byte(`{"meta":{"key_provider.`)) {
		return true
	}
	return len(start) >= savedPlanHead && bytes.HasPrefix(start, []byte("PK\x03\x04")) &&
		int(binary.LittleEndian.Uint16(start[26:])) == len(name) && string(start[30:]) == name
}

// runLog is the log that the CLI was told to write; nil for none. Its path is relative to where the CLI was started,
// which -chdir leaves.
func runLog() os.FileInfo {
	path := os.Getenv("TF_LOG_PATH")
	if path == "" {
		return nil
	}
	for _, candidate := range []string{path, filepath.Join(os.Getenv("PWD"), path)} {
		if info, err := os.Stat(candidate); err == nil {
			return info
		}
	}
	return nil
}
