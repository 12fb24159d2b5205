// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build !linux

package main

import (
	"os"
	"time"
)

// peak is not measured here: the systems count it in different units, or not at all.
func peak(*os.ProcessState) int64 { return 0 }

// ownTime is not measured here; it is some milliseconds, which then count as the CLI's.
func ownTime() time.Duration { return 0 }
