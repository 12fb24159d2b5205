// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"regexp"
	"strings"
)

const (
	latest         = "latest"
	defaultPackage = "default"
)

// urnCharacters is the sane reading of contract 2.1 and X2.
var urnCharacters = regexp.MustCompile(`^[A-Za-z0-9_.!:-]{1,269}$`)

// urn is a parsed function URN.
type urn struct {
	region, project string
	place
	qualifier string // empty, a version, or an alias with its exclamation mark
}

// parseURN reads 7 or 8 fields, and the short forms of contract 2.1 (F34).
func (s *Server) parseURN(text string) (urn, *Error) {
	bad := badRequest("FSS.1309", "The function URN is invalid")
	fields := strings.Split(text, ":")
	if fields[0] != "urn" {
		fields = s.fromShortForm(fields)
	}
	if !urnCharacters.MatchString(text) || len(fields) < 7 || len(fields) > 8 || fields[1] != "fss" ||
		fields[4] != "function" || fields[5] == "" || fields[6] == "" {
		return urn{}, bad
	}
	u := urn{region: fields[2], project: fields[3], place: place{fields[5], fields[6]}}
	if len(fields) == 8 {
		u.qualifier = fields[7]
		if strings.Trim(u.qualifier, "!") == "" {
			return urn{}, bad
		}
	}
	return u, nil
}

// fromShortForm completes `name`, `package:name`, `project:package:name`, and the last with a version or alias behind
// it.
func (s *Server) fromShortForm(fields []string) []string {
	whole := []string{"urn", "fss", s.opts.Region, s.opts.ProjectID, "function", defaultPackage, ""}
	switch len(fields) {
	case 1:
		whole[6] = fields[0]
	case 2:
		whole[5], whole[6] = fields[0], fields[1]
	case 3, 4:
		whole[3] = fields[0]
		whole = append(whole[:5], fields[1:]...)
	}
	return whole
}

// isLatest says whether the URN means the working copy.
func (u urn) isLatest() bool { return u.qualifier == "" || u.qualifier == latest }

// functionURN is the 7-field form.
func (s *Server) functionURN(at place) string {
	return strings.Join([]string{"urn", "fss", s.opts.Region, s.opts.ProjectID, "function", at.pkg, at.name}, ":")
}

// target is what a URN names: the working copy of a function or one of its versions.
type target struct {
	f       *Function
	version *Version // nil: the working copy
}

// name is the version's name, `latest` for the working copy.
func (t target) name() string {
	if t.version == nil {
		return latest
	}
	return t.version.Name
}

func (t target) settings() *Settings {
	if t.version == nil {
		return &t.f.Settings
	}
	return &t.version.Settings
}

func (t target) code() *CodeState {
	if t.version == nil {
		return &t.f.CodeState
	}
	return &t.version.CodeState
}

// find returns the function of a URN. Another region or project is 404 FSS.1051 (contract 2.1, assumption).
func (s *Server) find(text string) (*Function, urn, *Error) {
	u, err := s.parseURN(text)
	if err != nil {
		return nil, u, err
	}
	f := s.functions[u.place]
	if f == nil || u.region != s.opts.Region || u.project != s.opts.ProjectID {
		return nil, u, functionNotFound()
	}
	return f, u, nil
}

// findTarget resolves version and alias.
func (s *Server) findTarget(text string) (target, *Error) {
	f, u, err := s.find(text)
	if err != nil {
		return target{}, err
	}
	return f.target(u.qualifier)
}

// target is what the last field of a URN names; an alias stands for its version (Q16).
func (f *Function) target(qualifier string) (target, *Error) {
	version := qualifier
	if name, ok := strings.CutPrefix(qualifier, "!"); ok {
		alias, found := f.Alias(name)
		if !found {
			return target{}, aliasNotFound(name)
		}
		version = alias.Version
	}
	if version == "" || version == latest {
		return target{f: f}, nil
	}
	i := f.versionIndex(version)
	if i < 0 {
		return target{}, versionNotFound(version)
	}
	return target{f, &f.Versions[i]}, nil
}

// findLatest is for calls that only work on the function itself. The refusal of versions and aliases is 400 FSS.0400
// (V11, V20; the rest by analogy, assumption).
func (s *Server) findLatest(text string) (*Function, *Error) {
	f, u, err := s.find(text)
	if err != nil {
		return nil, err
	}
	if _, err := f.target(u.qualifier); err != nil {
		return nil, err
	}
	if !u.isLatest() {
		return nil, invalid("%s is not allowed on a version or alias", u.qualifier)
	}
	return f, nil
}
