// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"fmt"
	"io"
	"slices"
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
	scan, err := scanArchive(src.forwardFile)
	if err != nil {
		return nil, err
	}
	scan.Open, scan.Type = reopen(path), codeType
	if seam := src.seam; seam != nil {
		scan.Size, scan.Open = scan.Size+seam.growth(), reopenSpliced(path, seam)
	}
	if scan.Size > MaxArchiveSize {
		return nil, tooLarge(scan.Size, MaxArchiveSize)
	}
	return scan, nil
}

// scanArchive reads all of a zip archive once. The digest is that of the bytes with the stamp.
func scanArchive(file *forwardFile) (*Scan, error) {
	found, err := zipContents(file, file.size)
	if err != nil {
		return nil, err
	}
	if err := file.stampEnd(); err != nil {
		return nil, err
	}
	file.start()
	scan, err := found.scan(file, MaxUnpackedSize)
	if err != nil {
		return nil, err
	}
	scan.Digest, err = file.finish()
	if err != nil {
		return nil, err
	}
	scan.Size = file.size
	return scan, nil
}

// archiveHash is the content hash of a zip archive.
func archiveHash(file io.ReaderAt, size int64) (string, error) {
	found, err := zipContents(file, size)
	if err != nil {
		return "", err
	}
	scan, err := found.scan(file, MaxUnpackedSize)
	if err != nil {
		return "", err
	}
	return scan.Hash, nil
}

// scan gives the content hash, and what is doubtful in the archive. It unpacks at most budget bytes in all, whatever
// the directory says of their number. It reads the files by their position, between what is before and behind the
// archive, and lists them in the directory's order, which decides between files of one name.
func (c *contents) scan(file io.ReaderAt, budget int64) (*Scan, error) {
	before, err := c.around.before(file)
	if err != nil {
		return nil, err
	}
	lines := make([]fileLine, len(c.files))
	buffer := make([]byte, copyBufferSize)
	for _, i := range readingOrder(c.files) {
		line, err := c.files[i].line(budget, buffer)
		if err != nil {
			return nil, err
		}
		budget -= line.size
		lines[i] = line
	}
	behind, err := c.around.behind(file)
	if err != nil {
		return nil, err
	}
	earlier := earlierHash(lines)
	lines = slices.Concat(lines, c.telling())
	return &Scan{Hash: manifestHash(lines, before, behind), Earlier: earlier, Doubts: doubtsOf(lines)}, nil
}
