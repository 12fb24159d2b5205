// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

// Limits of the service. It says "50 MB" and "10 KB" without saying which (contract 2.6); the larger reading is taken,
// so that nothing is refused here that the service might accept.
const (
	// MaxArchiveSize is the length in bytes of the code that one request may carry, in a zip or jar file: 50 MiB.
	MaxArchiveSize = 50 << 20
	// MaxInlineSize is the length of inline code in bytes: 10 KiB.
	MaxInlineSize = 10 << 10
	// MaxPackageSize is the length of an export package in bytes, and of the code in it. The documents give 10, 50 and
	// 300 MB (contract X14): 300 MiB, since only the service knows which of them holds. Whoever sends the code alone,
	// through the call that changes a function's code, checks MaxArchiveSize too.
	MaxPackageSize = 300 << 20
)

// Bounds of the work that one archive or folder may cause, far beyond what the service runs.
const (
	// MaxEntries is the number of entries of an archive, or of files in a folder, directories included.
	MaxEntries = 100_000
	// MaxUnpackedSize is the total length of its files in bytes: 1.5 GiB.
	MaxUnpackedSize = 3 << 29
	// maxDirectorySize is the length of an archive's central directory in bytes, which is held in memory.
	maxDirectorySize = 32 << 20
	// maxYAMLSize is the length of an export package's YAML file in bytes.
	maxYAMLSize = 1 << 20
	// maxIgnoreSize is the length of a folder's IgnoreFile in bytes.
	maxIgnoreSize = 64 << 10
	// copyBufferSize is the memory with which files and entries are read.
	copyBufferSize = 64 << 10
)
