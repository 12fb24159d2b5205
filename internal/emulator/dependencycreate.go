// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"
)

// maxDependencyFiles is the bound of one archive (contract 2.6).
const maxDependencyFiles = 30_000

// maxDependency is the bound of a direct upload: 40 MB by the SDK, 10 MB by the guide (contract 2.6).
const maxDependency = 40 << 20

var dependencyName = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_.-]{0,94}[A-Za-z0-9])?$`)

// createDependencyVersion is contract 3.22: the first version of a new name, or one more.
func (s *Server) createDependencyVersion(c *call) (any, *Error) {
	d, err := s.parseDependency(c)
	if err != nil {
		return nil, err
	}
	for _, other := range s.dependencyVersions(func(other dependency) bool {
		return other.Name == d.Name && other.Owner == d.Owner
	}) {
		if other.Runtime != d.Runtime {
			return nil, conflict("FSS.1065", "The dependency %s has existed with another runtime", d.Name) // assumption
		}
		d.DepID, d.Version = other.DepID, other.Version
	}
	if err := s.checkDependencySource(d); err != nil {
		return nil, err
	}
	if s.dependencySize()+d.Size > s.opts.DependencyBytes {
		return nil, forbidden("FSS.1045", "There is no room for more dependencies")
	}
	setDefault(&d.DepID, s.newUUID())
	d.ID = s.newUUID()
	d.Version++ // O9: from 1 on
	d.LastModified = s.opts.Now().Unix()
	s.dependencies[d.ID] = d
	return s.linked(d, c.http), nil
}

// checkDependencySource: two dependencies cannot be made from one object (contract 3.22; the code is an assumption).
func (s *Server) checkDependencySource(d dependency) *Error {
	for _, other := range s.dependencies {
		if d.source != "" && other.source == d.source && other.DepID != d.DepID {
			return badRequest("FSS.1031", "The dependency has existed: %s", other.Name)
		}
	}
	return nil
}

// dependencySize is that of all that is the account's own.
func (s *Server) dependencySize() (total int64) {
	for _, d := range s.dependencies {
		if d.Owner != publicOwner {
			total += d.Size
		}
	}
	return total
}

// parseDependency reads the request. The codes of a bad name and a bad file are assumptions: FSS.1024.
func (s *Server) parseDependency(c *call) (dependency, *Error) {
	d := dependency{Owner: s.opts.DomainID}
	m, err := s.members(c, []string{"depend_type", "depend_file", "depend_link", "runtime", "name", "description"})
	if err != nil {
		return d, err
	}
	var kind, file, link string
	err = s.takeAll(m, map[string]any{
		"depend_type": &kind, "depend_file": &file, "depend_link": &link,
		"runtime": &d.Runtime, "name": &d.Name, "description": &d.Description,
	})
	if err != nil {
		return d, err
	}
	if !dependencyName.MatchString(d.Name) {
		return d, badRequest("FSS.1024", "The dependency name %q is invalid", d.Name)
	}
	if err := checkRuntime(s, d.Runtime); err != nil {
		return d, err
	}
	if d.Runtime == imageRuntime {
		return d, badRequest("FSS.1005", "The runtime %q has no dependencies", d.Runtime)
	}
	if err := checkDescription(s, d.Description); err != nil {
		return d, err
	}
	switch kind {
	case codeZip:
		err = s.takeDependencyFile(&d, &c.body, file)
	case codeOBS:
		err = s.takeDependencyLink(&d, link)
	default:
		err = badRequest("FSS.1032", "The dependency type %q is invalid", kind)
	}
	return d, err
}

// takeDependencyFile: without a file the archive is an empty one (Q40).
func (s *Server) takeDependencyFile(d *dependency, body *body, file string) *Error {
	content, badBase64 := body.decode(file)
	if badBase64 != nil {
		return badRequest("FSS.1024", "depend_file is not Base64")
	}
	if len(content) > maxDependency {
		return tooLarge("FSS.0413", "The dependency is larger than 40 MB")
	}
	if err := checkDependencyArchive(content); err != nil && len(content) > 0 {
		return err
	}
	d.FileName = d.Name + ".zip"
	s.storeDependency(d, content)
	return nil
}

func checkDependencyArchive(content []byte) *Error {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return badRequest("FSS.1024", "depend_file is not a zip archive")
	}
	if len(archive.File) > maxDependencyFiles {
		return badRequest("FSS.1024", "depend_file has more than %d files", maxDependencyFiles)
	}
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "~") {
			return badRequest("FSS.1024", "The name of the file %q ends in ~", file.Name)
		}
	}
	return nil
}

// takeDependencyLink copies the object that a test has put there (PutObject). Without one the address stands for the
// object, as with code.
func (s *Server) takeDependencyLink(d *dependency, link string) *Error {
	if address, err := url.Parse(link); err != nil || address.Host == "" {
		return badRequest("FSS.1010", "The URL %q is invalid", link)
	}
	content, there := s.objects[link]
	if !there {
		content = []byte(link)
	}
	d.source = link
	s.storeDependency(d, content)
	return nil
}

// storeDependency: the etag is the MD5 of the bytes, or the object store's mark of an upload in parts (Q41).
func (s *Server) storeDependency(d *dependency, content []byte) {
	sum := md5.Sum(content)
	d.content, d.Size, d.ETag = content, int64(len(content)), hex.EncodeToString(sum[:])
	if s.opts.Switches.MultipartETag {
		d.ETag += "-1"
	}
}
