// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"fmt"
	"io"
	"io/fs"
	"os"
)

// source is an open regular file that is read once.
type source struct {
	*forwardFile
	file *os.File
}

// openSource opens a regular file that has at least one and at most limit bytes. It looks at the length only, so that a
// file that is far too long is not read.
func openSource(path string, limit int64) (*source, error) {
	file, err := openRegular(path, "a zip archive")
	if err != nil {
		return nil, err
	}
	size, err := lengthOf(file, limit)
	if err != nil {
		_ = file.Close() // only read
		return nil, err
	}
	return &source{forwardFile: newForwardFile(file, size, limit), file: file}, nil
}

func lengthOf(file *os.File, limit int64) (int64, error) {
	info, err := file.Stat()
	switch {
	case err != nil:
		return 0, withoutPath(err)
	case info.Size() == 0:
		return 0, fmt.Errorf("%w: the file has 0 bytes, a zip archive is needed", ErrEmpty)
	case info.Size() > limit:
		return 0, tooLarge(info.Size(), limit)
	}
	return info.Size(), nil
}

// openRegular asks what the path is before it opens it: opening a named pipe would wait for a writer for ever.
func openRegular(path, needed string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: this is %s, %s is needed", ErrNotRegular, kindOf(info.Mode()), needed)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	return file, nil
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return "a file"
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}

func tooLarge(size, limit int64) error {
	return fmt.Errorf("%w: %d bytes, at most %d (%d MiB) are allowed", ErrTooLarge, size, limit, limit>>20)
}

// close ends the reading; nothing was written that could be lost.
func (s *source) close() { _ = s.file.Close() }

// reopen gives the bytes of a path for an upload.
func reopen(path string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		file, err := openRegular(path, "a zip archive")
		if err != nil {
			return nil, err
		}
		return file, nil
	}
}
