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
)

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
	setDefault(&d.DepID, s.newUUID())
	d.ID = s.newUUID()
	d.Version++ // O9: from 1 on
	d.LastModified = s.opts.Now().Unix()
	s.dependencies[d.ID] = d
	return s.linked(d, c.http), nil
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
	if err := checkDescription(s, d.Description); err != nil {
		return d, err
	}
	switch kind {
	case codeZip:
		return d, d.takeFile(&c.body, file)
	case codeOBS:
		return d, d.takeLink(link)
	default:
		return d, badRequest("FSS.1032", "The dependency type %q is invalid", kind)
	}
}

func (d *dependency) takeFile(body *body, file string) *Error {
	content, badBase64 := body.decode(file)
	if badBase64 != nil {
		return badRequest("FSS.1024", "depend_file is not Base64")
	}
	if len(content) > maxDependency {
		return tooLarge("FSS.0413", "The dependency is larger than 40 MB")
	}
	if _, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err != nil {
		return badRequest("FSS.1024", "depend_file is not a zip archive")
	}
	d.content, d.FileName = content, d.Name+".zip"
	d.count(content)
	return nil
}

// takeLink: no object store is modelled; the address stands for the object, as with code.
func (d *dependency) takeLink(link string) *Error {
	if address, err := url.Parse(link); err != nil || address.Host == "" {
		return badRequest("FSS.1010", "The URL %q is invalid", link)
	}
	d.count([]byte(link))
	return nil
}

func (d *dependency) count(content []byte) {
	sum := md5.Sum(content) // the service's etag (contract 2.4)
	d.ETag, d.Size = hex.EncodeToString(sum[:]), int64(len(content))
}
