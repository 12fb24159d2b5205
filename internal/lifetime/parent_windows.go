// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package lifetime

import (
	"os"
	"syscall"
)

// WatchParent returns a function that says whether the process that started this one has ended since. A parent that
// cannot be watched counts as one that lives: the CLI ends the process then, as it always does unless it is killed.
func WatchParent() func() bool {
	parent, err := syscall.OpenProcess(syscall.SYNCHRONIZE, false, uint32(os.Getppid()))
	if err != nil {
		return func() bool { return false }
	}
	return func() bool {
		event, err := syscall.WaitForSingleObject(parent, 0)
		return err == nil && event == syscall.WAIT_OBJECT_0
	}
}
