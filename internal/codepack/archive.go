// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"fmt"
	"io"
)

// ScanArchive reads the zip archive at path: its bytes for Digest and Size, its entries for Hash. codeType is TypeZip
// or TypeJar. The file is at most MaxArchiveSize long and unpacks to at most MaxUnpackedSize; memory does not grow
// with it. The errors are those of files and of archives above; fs.ErrNotExist when there is none.
func ScanArchive(path, codeType string) (*Scan, error) {
	return ScanStampedArchive(path, codeType, "")
}

// ScanStampedArchive is ScanArchive for an upload with a stamp (lower-case hex; "" for none) in the archive's comment.
// The stamp is in Digest, Size and the bytes of Open, and not in Hash, which is of the files. The comment that is there
// stays before the stamp as long as both have room; an earlier stamp goes.
func ScanStampedArchive(path, codeType, stamp string) (*Scan, error) {
	if codeType != TypeZip && codeType != TypeJar {
		return nil, fmt.Errorf("%w: %q, an archive is %q or %q", ErrCodeType, codeType, TypeZip, TypeJar)
	}
	src, err := openSource(path, MaxArchiveSize)
	if err != nil {
		return nil, err
	}
	defer src.close()
	src.stamp = stamp
	hash, digest, err := scanArchive(src.forwardFile)
	if err != nil {
		return nil, err
	}
	scan := &Scan{Hash: hash, Digest: digest, Size: src.size, Open: reopen(path), Type: codeType}
	if seam := src.seam; seam != nil {
		scan.Size, scan.Open = scan.Size+seam.growth(), reopenSpliced(path, seam)
	}
	if scan.Size > MaxArchiveSize {
		return nil, tooLarge(scan.Size, MaxArchiveSize)
	}
	return scan, nil
}

// scanArchive gives the content hash of a zip archive and the SHA-512 of its bytes, with the stamp.
func scanArchive(file *forwardFile) (hash, digest string, err error) {
	files, err := zipFiles(file, file.size)
	if err != nil {
		return "", "", err
	}
	if err := file.stampEnd(); err != nil {
		return "", "", err
	}
	file.start()
	hash, err = filesHash(files, MaxUnpackedSize)
	if err != nil {
		return "", "", err
	}
	digest, err = file.finish()
	if err != nil {
		return "", "", err
	}
	return hash, digest, nil
}

// archiveHash is the content hash of a zip archive.
func archiveHash(file io.ReaderAt, size int64) (string, error) {
	files, err := zipFiles(file, size)
	if err != nil {
		return "", err
	}
	return filesHash(files, MaxUnpackedSize)
}

// filesHash unpacks at most budget bytes in all, whatever the directory says of their number. It reads the files by
// their position, and lists them in the directory's order, which decides between files of one name.
func filesHash(files []entry, budget int64) (string, error) {
	lines := make([]fileLine, len(files))
	buffer := make([]byte, copyBufferSize)
	for _, i := range readingOrder(files) {
		line, err := files[i].line(budget, buffer)
		if err != nil {
			return "", err
		}
		budget -= line.size
		lines[i] = line
	}
	return manifestHash(lines), nil
}
