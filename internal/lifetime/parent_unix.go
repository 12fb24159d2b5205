// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package lifetime

import "os"

// WatchParent returns a function that says whether the process that started this one has ended since: an orphan gets
// another parent.
func WatchParent() func() bool {
	parent := os.Getppid()
	return func() bool { return os.Getppid() != parent }
}
