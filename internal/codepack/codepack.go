// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package codepack reads the sources of a function's code and answers two questions about them: which source is this
// (the content hash), and which bytes would be uploaded (their SHA-512). Why there are two: internal/architecture.md.
package codepack

import (
	"crypto/sha512"
	"encoding/hex"
	"io"
	"strings"
)

// The values of code_type that carry the code in the request (contract 2.3).
const (
	TypeInline = "inline" // the text of one source file
	TypeZip    = "zip"    // a zip archive
	TypeJar    = "jar"    // a Java archive, which is a zip archive too
)

// Scan is what one pass over a source of code found.
type Scan struct {
	// Hash is the content hash: lower-case hex of the SHA-256 over the canonical manifest of the source (manifest.go).
	// Two archives of the same files have the same Hash, whatever their order, times and compression, and so has a folder.
	// It is empty for Package.Archive.
	Hash string
	// Earlier is the Hash that states of an earlier form have of this source; "" where there was no other form.
	Earlier string
	// Digest is the lower-case hex SHA-512 of the bytes that Open gives: what the service calls digest (contract 2.7).
	Digest string
	// Size is the length of those bytes.
	Size int64
	// Open gives the bytes to upload, as a stream, from the start on each call. The source is read anew: a file that was
	// changed after the scan gives other bytes, so that whoever sends them compares their SHA-512 with Digest.
	Open func() (io.ReadCloser, error)
	// Doubts are what an unpacker may stumble over.
	Doubts Doubts
	// Type is the wire's code_type: TypeInline, TypeZip or TypeJar.
	Type string
}

// Inline scans the text of one source file. The bytes are those of the text, unchanged, and may be none.
// Its limit, MaxInlineSize, is for the caller to check: the text is configuration and has an attribute's path.
func Inline(text string) Scan {
	digest := sha512.Sum512([]byte(text))
	return Scan{
		Hash:   plainHash([]byte(text)),
		Digest: hex.EncodeToString(digest[:]),
		Size:   int64(len(text)),
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
		Type:   TypeInline,
	}
}
