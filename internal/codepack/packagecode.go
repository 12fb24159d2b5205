// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// scanCode scans the code file of the package at path.
func scanCode(path string, file entry, codeType string) (*Scan, error) {
	scan := scanArchiveCode
	if codeType == TypeInline {
		scan = scanPlainCode
	}
	code, err := scan(file)
	if err != nil {
		return nil, err
	}
	code.Type = codeType
	code.Open = func() (io.ReadCloser, error) { return openCode(path, file) }
	return code, nil
}

// scanPlainCode needs one pass and no copy.
func scanPlainCode(file entry) (*Scan, error) {
	content, digest := sha256.New(), sha512.New()
	size, err := unpackCode(file, io.MultiWriter(content, digest))
	if err != nil {
		return nil, err
	}
	return &Scan{Hash: plainLineHash(size, [sha256.Size]byte(content.Sum(nil))), Digest: hexSum(digest), Size: size}, nil
}

// scanArchiveCode reads an archive inside the package: that needs to jump in its bytes, which an entry cannot, so they
// are put into a temporary file and not into memory. Its name is removed at once where the system allows that, so that
// a killed run leaves nothing; Windows does not, there it goes when the scan ends.
func scanArchiveCode(file entry) (*Scan, error) {
	copied, err := os.CreateTemp("", "fgs-code-*.zip")
	if err != nil {
		return nil, fmt.Errorf("no temporary file for the code: %w", err)
	}
	_ = os.Remove(copied.Name())
	defer func() {
		_ = copied.Close()
		_ = os.Remove(copied.Name())
	}()
	digest := sha512.New()
	size, err := unpackCode(file, io.MultiWriter(copied, digest))
	if err != nil {
		return nil, err
	}
	contentHash, err := archiveHash(copied, size)
	if err != nil {
		return nil, err
	}
	return &Scan{Hash: contentHash, Digest: hexSum(digest), Size: size}, nil
}

// unpackCode refuses an empty code file as ScanArchive does an empty file, and one that is too long before anything of
// it is unpacked. The entry cannot be longer than it says: that is damage.
func unpackCode(file entry, w io.Writer) (int64, error) {
	if file.UncompressedSize64 > MaxPackageSize {
		return 0, fmt.Errorf("%w: %d bytes, at most %d (%d MiB) are allowed",
			ErrTooLarge, file.UncompressedSize64, MaxPackageSize, MaxPackageSize>>20)
	}
	size, err := file.copyTo(w, MaxPackageSize, make([]byte, copyBufferSize))
	switch {
	case err != nil:
		return 0, err
	case size == 0:
		return 0, fmt.Errorf("%w: it has 0 bytes", ErrEmpty)
	}
	return size, nil
}

func hexSum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// openCode opens the package anew: the upload may start long after the scan, and start again after a failure.
func openCode(path string, file entry) (io.ReadCloser, error) {
	src, err := openRegular(path, "a zip archive")
	if err != nil {
		return nil, err
	}
	content, err := openEntry(src, file)
	if err != nil {
		_ = src.Close() // only read
		return nil, fmt.Errorf("code file %s: %w", quote(file.name), err)
	}
	return &codeReader{ReadCloser: content, file: src}, nil
}

func openEntry(src *os.File, want entry) (io.ReadCloser, error) {
	info, err := src.Stat()
	if err != nil {
		return nil, withoutPath(err)
	}
	archive, err := openZip(src, info.Size())
	if err != nil {
		return nil, err
	}
	file, found := sameEntry(archive, want)
	if !found {
		return nil, ErrChanged
	}
	return file.open()
}

// codeReader closes the package's file with the entry.
type codeReader struct {
	io.ReadCloser
	file *os.File
}

// Close closes both, also when the first fails.
func (r *codeReader) Close() error {
	return errors.Join(r.ReadCloser.Close(), r.file.Close())
}
