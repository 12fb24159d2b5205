// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"reflect"
	"slices"
)

// publishVersion is contract 3.9. The order of the refusals follows contract 4: validation, existence, the guard,
// conflict, unchanged code, quota.
func (s *Server) publishVersion(c *call) (any, *Error) {
	m, err := s.members(c, []string{"digest", "version", "description"})
	if err != nil {
		return nil, err
	}
	var digest, name, description string
	err = s.takeAll(m, map[string]any{"digest": &digest, "version": &name, "description": &description})
	if err != nil {
		return nil, err
	}
	if name != "" && (name == latest || !versionName.MatchString(name)) {
		return nil, badRequest("FSS.1015", "The version name %q is invalid", name) // V1, V2
	}
	if err := checkDescription(s, description); err != nil {
		return nil, err // V7
	}
	f, err := s.findLatest(c.params["function_urn"]) // V20
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = s.timeName()
	}
	if err := s.checkPublish(f, name, digest); err != nil {
		return nil, err
	}
	published := s.addVersion(f, name, description)
	return s.functionBody(c, target{f, published}, inPublish), nil
}

// timeName is V3.
func (s *Server) timeName() string {
	name := s.opts.Now().In(s.zone).Format("20060102-150405")
	if s.opts.Switches.PlainVersionNames {
		return name
	}
	return "v" + name
}

func (s *Server) checkPublish(f *Function, name, digest string) *Error {
	if digest != "" && digest != f.Digest && !s.opts.Switches.IgnorePublishDigest {
		return invalid("digest is not that of the latest code") // V6
	}
	if f.versionIndex(name) >= 0 {
		return conflict("FSS.1062", "The version %s has existed", name) // V4, V17
	}
	if s.unchanged(f) {
		return badRequest("FSS.1016",
			"The function cannot be published: code is unchanged since the last publication.") // V5
	}
	if limit := orDefault(s.opts.Switches.VersionQuota, 20); len(f.Versions)+2 > limit {
		return forbidden("FSS.0403", "The function has %d versions already, latest included", len(f.Versions)+1) // V8
	}
	return nil
}

// unchanged is V5: against the youngest published version that still exists; older ones do not count (Q19).
func (s *Server) unchanged(f *Function) bool {
	if len(f.Versions) == 0 {
		return false
	}
	last := &f.Versions[len(f.Versions)-1]
	if !s.sameCode(last, f) {
		return false
	}
	if s.opts.Switches.DependenciesCount && !slices.Equal(last.DependVersionList, f.DependVersionList) {
		return false // V21
	}
	return !s.opts.Switches.UnchangedNeedsAll || reflect.DeepEqual(last.Settings, publishable(f.Settings))
}

// sameCode looks at what the code is, not at its digest: the service need not report one for every type (Q12). The
// bytes that it counts are compared as well, since a zip that it makes of a text has the file name in it.
func (s *Server) sameCode(last *Version, f *Function) bool {
	zipInline := s.opts.Switches.InlineDigestOverZip
	return last.sameSource(&f.CodeState) && imageOf(&last.Settings) == imageOf(&f.Settings) &&
		bytes.Equal(last.countedBytes(zipInline), f.countedBytes(zipInline))
}

func imageOf(st *Settings) string {
	if st.CustomImage == nil {
		return ""
	}
	return st.CustomImage.Image
}

// publishable is what a version takes over: everything but the mounts (V9, V10). Triggers belong to what they name.
func publishable(st Settings) Settings {
	st = deepCopy(st)
	st.MountConfig = nil
	return st
}

// addVersion appends a version; it is the youngest.
func (s *Server) addVersion(f *Function, name, description string) *Version {
	f.Versions = append(f.Versions, Version{
		Name: name, VersionDescription: description, Settings: publishable(f.Settings), CodeState: f.CodeState,
		ImageName: s.newImageName(name), LastModified: s.nowSeconds(),
	})
	return &f.Versions[len(f.Versions)-1]
}

// listVersions is contract 3.10: latest first, then in the order of publication (1.8).
func (s *Server) listVersions(c *call) (any, *Error) {
	if s.opts.Switches.NoListVersions {
		return nil, noSuchAPI()
	}
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{s.functionBody(c, target{f: f}, inListVersions)}
	for i := range f.Versions {
		rows = append(rows, s.functionBody(c, target{f, &f.Versions[i]}, inListVersions))
	}
	start, end := 0, len(rows)
	if s.opts.Switches.PageVersions { // V19
		marker, size, err := page(c.query)
		if err != nil {
			return nil, err
		}
		start = min(marker, len(rows))
		if size > 0 {
			end = min(start+size, len(rows))
		}
	}
	return map[string]any{"versions": rows[start:end], "next_marker": end, "count": len(rows)}, nil
}

// removeVersion applies V13, V14 and V16.
func (s *Server) removeVersion(f *Function, name string) *Error {
	i := f.versionIndex(name)
	if i < 0 {
		return versionNotFound(name)
	}
	for _, alias := range f.Aliases {
		if alias.additional() == name {
			return forbidden("FSS.1094", "The version %s is an additional version of the alias %s", name, alias.Name)
		}
	}
	f.removeTriggers(name)
	f.removeReservations(name)
	s.dropAsync(f, name) // AI1
	for _, alias := range f.Aliases {
		if alias.Version == name {
			f.removeTriggers("!" + alias.Name)
			f.removeReservations("!" + alias.Name)
			s.dropAsync(f, "!"+alias.Name)
		}
	}
	f.Aliases = slices.DeleteFunc(f.Aliases, func(a Alias) bool { return a.Version == name })
	f.Versions = slices.Delete(f.Versions, i, i+1)
	return nil
}
