// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"testing"
)

// someCode compresses to about half, as code does not quite.
func someCode(random *rand.ChaCha8, size int) string {
	content := make([]byte, size/2)
	_, _ = random.Read(content)
	return hex.EncodeToString(content)
}

func largeArchive(b *testing.B) []byte {
	random := rand.NewChaCha8([32]byte{})
	var members []member
	for i := range 1000 {
		members = append(members, member{name: fmt.Sprint(i), content: someCode(random, 88<<10), method: zip.Deflate})
	}
	return zipOf(b, members...)
}

func BenchmarkScanArchive(b *testing.B) {
	content := largeArchive(b)
	path := writeFile(b, content)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := ScanArchive(path, TypeZip); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSHA512 is the time below which no scan of the same bytes can be.
func BenchmarkSHA512(b *testing.B) {
	content := largeArchive(b)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		sha512.Sum512(content)
	}
}
