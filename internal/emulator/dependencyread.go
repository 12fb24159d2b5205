// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// listDependencies shows each dependency once, by its youngest version. `id` is that of the dependency here, and there
// is no dep_id (contract 3.22).
func (s *Server) listDependencies(c *call) (any, *Error) {
	if kind := c.query.Get("dependency_type"); !slices.Contains([]string{"", "all", "public", "private"}, kind) {
		return nil, invalid("dependency_type %q is unknown", kind)
	}
	if runtime := c.query.Get("runtime"); runtime != "" && checkRuntime(s, runtime) != nil {
		return nil, badRequest("FSS.1005", "Invalid runtime.") // O25
	}
	youngest := []dependency{}
	for _, d := range s.dependencyVersions(func(d dependency) bool { return d.matches(c.query) }) {
		if last := len(youngest) - 1; last >= 0 && youngest[last].DepID == d.DepID {
			youngest[last] = d
			continue
		}
		youngest = append(youngest, d)
	}
	rows, err := s.dependencyPage(c, youngest)
	if err != nil {
		return nil, err
	}
	return s.listedDependencies(rows), nil
}

// matches applies the filters of the list. The name is matched as a part, like that of functions (assumption).
func (d *dependency) matches(query url.Values) bool {
	isPublic, kind, runtime := d.Owner == publicOwner, query.Get("dependency_type"), query.Get("runtime")
	if publicOnly := kind == "public" || query.Get("ispublic") == "true"; publicOnly && !isPublic {
		return false
	}
	return (kind != "private" || !isPublic) && (runtime == "" || runtime == d.Runtime) &&
		strings.Contains(d.Name, query.Get("name"))
}

// dependencyList is the answer of both lists.
type dependencyList struct {
	Dependencies []dependency `json:"dependencies"`
	NextMarker   int          `json:"next_marker"`
	Count        int          `json:"count"`
}

// dependencyPage cuts a page; its size is called maxitems or limit (contract 1.8).
func (s *Server) dependencyPage(c *call, found []dependency) (dependencyList, *Error) {
	query := maps.Clone(c.query)
	if !query.Has("maxitems") {
		query["maxitems"] = query["limit"]
	}
	marker, size, err := page(query)
	if err != nil {
		return dependencyList{}, err
	}
	if size == 0 || size > maxPage {
		size = maxPage
	}
	start := min(marker, len(found))
	end := min(start+size, len(found))
	out := dependencyList{Dependencies: []dependency{}, NextMarker: end, Count: len(found)}
	for _, d := range found[start:end] {
		out.Dependencies = append(out.Dependencies, s.linked(d, c.http))
	}
	return out, nil
}

func (s *Server) listDependencyVersions(c *call) (any, *Error) {
	id := c.params["depend_id"]
	found := s.dependencyVersions(func(d dependency) bool { return d.DepID == id })
	if len(found) == 0 {
		return nil, dependencyNotFound(id)
	}
	return s.dependencyPage(c, found)
}

// findDependency is for the calls about one version.
func (s *Server) findDependency(c *call) (dependency, *Error) {
	id, version := c.params["depend_id"], c.params["version"]
	found := s.dependencyVersions(func(d dependency) bool {
		return d.DepID == id && strconv.FormatInt(d.Version, 10) == version
	})
	if len(found) == 0 {
		return dependency{}, dependencyNotFound(id + ", version " + version)
	}
	return found[0], nil
}

func (s *Server) getDependencyVersion(c *call) (any, *Error) {
	d, err := s.findDependency(c)
	if err != nil {
		return nil, err
	}
	d = s.linked(d, c.http)
	return struct {
		dependency
		DownloadLink string `json:"download_link"`
		IsShared     bool   `json:"is_shared"`
	}{dependency: d, DownloadLink: d.Link}, nil
}

// deleteDependencyVersion: with the last version the dependency is gone, too (contract 3.22).
func (s *Server) deleteDependencyVersion(c *call) (any, *Error) {
	d, err := s.findDependency(c)
	if err != nil {
		return nil, err
	}
	if d.Owner == publicOwner {
		return nil, forbidden("FSS.1046", "The dependency %s is public", d.Name)
	}
	if s.isUsed(d.ID) {
		return nil, &Error{Status: http.StatusPreconditionFailed, Code: "FSS.1033", Message: "The dependency is in use"} // O8
	}
	delete(s.dependencies, d.ID)
	return noContent, nil
}

// downloadDependency serves the link.
func (s *Server) downloadDependency(c *call) (any, *Error) {
	id, _ := strings.CutSuffix(c.params["file_name"], ".zip")
	d := s.dependencies[id]
	if d.content == nil {
		return nil, dependencyNotFound(id)
	}
	return reply{http.StatusOK, http.Header{"Content-Type": {"application/zip"}}, d.content}, nil
}
