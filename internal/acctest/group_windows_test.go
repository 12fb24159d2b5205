// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os/exec"
	"syscall"
)

// ownGroup does nothing: on Windows a process is ended alone.
func ownGroup(*exec.Cmd) {}

// signalGroup ends the process, whatever the signal: there are none.
func signalGroup(cmd *exec.Cmd, _ syscall.Signal) error { return cmd.Process.Kill() }
