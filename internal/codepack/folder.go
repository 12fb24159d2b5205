// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"crypto/sha512"
	"io"
	"slices"
)

// folder is a folder to be packed.
type folder struct {
	path    string
	exclude []string
	stamp   string // in the archive's comment; "" for none
	limits  folderLimits
}

// folderLimits are the limits of a folder; tests have small ones.
type folderLimits struct {
	entries int   // files and folders that are looked at
	content int64 // bytes of its files
	archive int64 // bytes of its archive
}

// ScanFolder packs the folder at path into a zip archive that is the same for the same files, and scans that: its bytes
// for Digest and Size, its files for Hash, which is what ScanArchive gives for the same bytes. The archive is kept
// nowhere: Open packs the folder anew while it is read, so that what goes wrong in that comes out of Read, and Close
// ends it.
//
// Regular files are packed, in the order of their names, without times. A file is executable when it starts like a
// script or an ELF program, or when its mode says so: not where all modes do, as on drives that know none. A saved plan
// and the CLI's log, which change with each run, are not packed. Links are followed. exclude are patterns in the syntax
// of .dockerignore; they come after the built-in ones and those of IgnoreFile, and the last match wins.
//
// At most MaxEntries files and folders are looked at, the files have at most MaxUnpackedSize bytes and the archive
// MaxArchiveSize. The errors are those of files and folders above; ErrNotFolder for a path that is none, fs.ErrNotExist
// for one that is nothing. They name files relative to the folder, and never the folder.
func ScanFolder(path string, exclude []string) (*Scan, error) {
	return ScanStampedFolder(path, exclude, "")
}

// ScanStampedFolder is ScanFolder for an archive with a stamp (lower-case hex; "" for none) in its comment, which is in
// Digest, Size and the bytes of Open, and not in Hash.
func ScanStampedFolder(path string, exclude []string, stamp string) (*Scan, error) {
	f := newFolder(path, exclude)
	f.stamp = stamp
	return f.scan()
}

func newFolder(path string, exclude []string) folder {
	limits := folderLimits{entries: MaxEntries, content: MaxUnpackedSize, archive: MaxArchiveSize}
	return folder{path: path, exclude: slices.Clone(exclude), limits: limits}
}

func (f folder) scan() (*Scan, error) {
	digest := sha512.New()
	lines, size, err := f.pack(digest)
	if err != nil {
		return nil, err
	}
	return &Scan{
		Hash: manifestHash(lines), Earlier: earlierHash(lines), Digest: hexSum(digest), Size: size, Open: f.open,
		Type: TypeZip, Doubts: doubtsOf(lines),
	}, nil
}

// pack writes the archive, and gives its manifest and its length.
func (f folder) pack(w io.Writer) (lines []fileLine, size int64, err error) {
	names, err := filesIn(f.path, f.exclude, f.limits.entries)
	if err != nil {
		return nil, 0, err
	}
	meter := &archiveMeter{to: w, limit: f.limits.archive}
	packer := newPacker(f.path, f.limits.content, meter)
	packer.modeless = allExecutable(f.path, names)
	for _, name := range names {
		line, err := packer.add(name)
		if err != nil {
			return nil, 0, err
		}
		if line != nil {
			lines = append(lines, *line)
		}
	}
	if len(lines) == 0 {
		return nil, 0, noFiles()
	}
	if f.stamp != "" {
		if err := packer.archive.SetComment(string(stampedComment(nil, f.stamp, maxComment))); err != nil {
			return nil, 0, err
		}
	}
	if err := packer.archive.Close(); err != nil {
		return nil, 0, err
	}
	return lines, meter.size, nil
}

// open packs the folder into a pipe.
func (f folder) open() (io.ReadCloser, error) {
	reader, writer := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _, err := f.pack(writer)
		_ = writer.CloseWithError(err) // never fails
	}()
	return &folderReader{PipeReader: reader, done: done}, nil
}

// folderReader is the archive of a folder while it is packed.
type folderReader struct {
	*io.PipeReader
	done <-chan struct{}
}

// Close ends the packing, and returns when no file is open any more.
func (r *folderReader) Close() error {
	err := r.PipeReader.Close()
	<-r.done
	return err
}
