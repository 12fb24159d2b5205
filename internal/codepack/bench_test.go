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

// fillRandom gives bytes that do not compress.
func fillRandom(content []byte) { _, _ = rand.NewChaCha8([32]byte{}).Read(content) }

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

// largeFolder has 10,000 files with 50 MB in all.
func largeFolder(b *testing.B) string {
	random := rand.NewChaCha8([32]byte{})
	files := tree{}
	for i := range 10_000 {
		files[fmt.Sprintf("%d/%d/%d.py", i%10, i%100, i)] = someCode(random, 5000)
	}
	return files.make(b)
}

func BenchmarkScanFolder(b *testing.B) {
	root := largeFolder(b)
	b.SetBytes(50_000_000)
	for b.Loop() {
		if _, err := ScanFolder(root, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWalk is the part of it that finds the files.
func BenchmarkWalk(b *testing.B) {
	root := largeFolder(b)
	for b.Loop() {
		if _, err := filesIn(root, nil, MaxEntries); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSHA512_folder is for the bytes of the folder's archive.
func BenchmarkSHA512_folder(b *testing.B) {
	scan, err := ScanFolder(largeFolder(b), nil)
	if err != nil {
		b.Fatal(err)
	}
	content := readAll(b, *scan)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		sha512.Sum512(content)
	}
}
