// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime/debug"
)

// The collector's target. Every operation of the protocol decodes and encodes whole objects: garbage of some hundred
// kilobytes over a live heap of a few megabytes, which the default target collects after every few operations. Twice
// the target takes most of that away; more would show in the peak of a folder with many files. memoryLimit gives it
// back as the heap grows: near it the collector works as often as it must, whatever the percentage says.
const (
	collectPercent = 200
	memoryLimit    = 36 << 20 // bytes, of all that the runtime holds
)

// TuneCollector sets the collector's target, unless the environment has one (GOGC, GOMEMLIMIT).
func TuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
