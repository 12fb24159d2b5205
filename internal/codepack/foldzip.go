// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// firstDay is the time of every file in an archive that is made here: the first one that the format knows. The true
// ones change with every checkout.
var firstDay = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// packer writes the zip archive of a folder's files. The same files give the same bytes.
type packer struct {
	root     string
	archive  *zip.Writer
	most     int64 // bytes of content
	budget   int64 // what is left of them
	content  *bufio.Reader
	modeless bool // the modes of the files say nothing
	log      os.FileInfo
}

func newPacker(root string, most int64, w io.Writer) *packer {
	content := bufio.NewReaderSize(nil, copyBufferSize)
	return &packer{root: root, archive: zip.NewWriter(w), most: most, budget: most, content: content, log: runLog()}
}

// add packs a file, of which it reads each byte once, and gives its line of the manifest; nil for a file that the run
// itself writes.
func (p *packer) add(name string) (*fileLine, error) {
	file, err := openRegular(inRoot(p.root, name), "a file")
	if err != nil {
		return nil, inFolder(name, err)
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return nil, inFolder(name, err)
	}
	p.content.Reset(io.LimitReader(file, p.budget+1))
	start, _ := p.content.Peek(savedPlanHead) // an error comes again with the reading
	if isSavedPlan(start) || p.log != nil && os.SameFile(p.log, info) {
		return nil, nil // left out
	}
	if err := p.checkBudget(info.Size()); err != nil {
		return nil, err
	}
	mode := info.Mode()
	if p.modeless {
		mode = 0
	}
	line := fileLine{place: name, name: name, utf8: !isASCII(name), readable: true, executable: isExecutable(start, mode)}
	line.runnable = isExecutable(start, info.Mode())
	line.size, line.sum, err = p.copy(line)
	var pathError *fs.PathError
	if errors.As(err, &pathError) { // of the file; what is written to gives none
		return nil, inFolder(name, err)
	}
	return &line, err
}

// copy writes the header of an entry and the content that is at hand.
func (p *packer) copy(line fileLine) (size int64, sum [sha256.Size]byte, err error) {
	header := &zip.FileHeader{Name: line.name, Method: zip.Deflate, Modified: firstDay}
	header.SetMode(0o644)
	if line.executable {
		header.SetMode(0o755)
	}
	entry, err := p.archive.CreateHeader(header)
	if err != nil {
		return 0, sum, err
	}
	hash := sha256.New()
	size, err = p.content.WriteTo(io.MultiWriter(hash, entry))
	if err != nil {
		return 0, sum, err
	}
	if err := p.checkBudget(size); err != nil { // it may have grown
		return 0, sum, err
	}
	p.budget -= size
	hash.Sum(sum[:0])
	return size, sum, nil
}

func (p *packer) checkBudget(size int64) error {
	if size <= p.budget {
		return nil
	}
	found, most := p.most-p.budget+size, p.most
	return fmt.Errorf("%w: %d bytes were found before the end, at most %d (%d MiB) are allowed; "+
		"leave files out with exclude", ErrTooBig, found, most, most>>20)
}

// isExecutable goes by the first bytes, which say the same on Windows, where no file has a mode; else by the mode.
func isExecutable(start []byte, mode fs.FileMode) bool {
	return bytes.HasPrefix(start, []byte("\x7fELF")) || bytes.HasPrefix(start, []byte("#!")) || mode.Perm()&0o111 != 0
}

// allExecutable says that every file is executable by its mode. So are all files on drives that know no modes: those of
// Windows under WSL, and many on the network.
func allExecutable(root string, names []string) bool {
	for _, name := range names {
		info, err := os.Stat(inRoot(root, name))
		if err != nil || info.Mode().Perm()&0o111 == 0 {
			return false
		}
	}
	return true
}

// archiveMeter counts the bytes of an archive, and ends the packing as soon as they are too many.
type archiveMeter struct {
	to    io.Writer
	size  int64
	limit int64
}

func (m *archiveMeter) Write(p []byte) (int, error) {
	m.size += int64(len(p))
	if m.size > m.limit {
		return 0, fmt.Errorf("%w: the zip archive of the folder has %d bytes and more to come, at most %d (%d MiB) are "+
			"allowed; leave files out with exclude", ErrTooLarge, m.size, m.limit, m.limit>>20)
	}
	return m.to.Write(p)
}
