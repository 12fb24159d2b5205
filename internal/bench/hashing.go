// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/sha512"
	"os"
	"path/filepath"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
)

// hashing compares the one pass over a source, which gives content hash and SHA-512, with a plain SHA-512 of the bytes
// that would be uploaded. Reported only: the pass also unpacks, or packs.
func hashing(_, _, dir string) ([]result, error) {
	zipped, folder := filepath.Join(dir, "hash.zip"), filepath.Join(dir, "hash")
	if err := writeZip(zipped, 49*megabyte); err != nil {
		return nil, err
	}
	if err := writeFolder(folder, 10_000, 5_000); err != nil {
		return nil, err
	}
	archive, err := os.ReadFile(zipped)
	if err != nil {
		return nil, err
	}
	var results []result
	for _, pass := range []struct {
		what string
		scan func() (*codepack.Scan, error)
	}{
		{"one pass over a zip of 50 MB, over a plain SHA-512", func() (*codepack.Scan, error) {
			return codepack.ScanArchive(zipped, codepack.TypeZip)
		}},
		{"one pass over a folder of 50 MB in 10,000 files, over a plain SHA-512", func() (*codepack.Scan, error) {
			return codepack.ScanFolder(folder, nil)
		}},
	} {
		took, err := fastest(func() error { _, err := pass.scan(); return err })
		if err != nil {
			return nil, err
		}
		plain, err := fastest(func() error { _, err := sha512.New().Write(archive); return err })
		if err != nil {
			return nil, err
		}
		results = append(results, result{pass.what, float64(took) / float64(plain), 0, "×"})
	}
	return results, nil
}

// fastest is the shortest of three runs.
func fastest(run func() error) (shortest time.Duration, err error) {
	for range 3 {
		began := time.Now()
		if err := run(); err != nil {
			return 0, err
		}
		if took := time.Since(began); shortest == 0 || took < shortest {
			shortest = took
		}
	}
	return shortest, nil
}
