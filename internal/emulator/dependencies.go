// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"slices"
)

// publicOwner is the owner of public dependencies (contract 2.4).
const publicOwner = "public"

// publicLibrary is a dependency that is there from the start. Nobody may delete it.
var publicLibrary = dependency{
	ID: PublicDependency, DepID: "edbd67fa-f107-40b3-af75-a85f0577ad61", Owner: publicOwner, Runtime: "Python3.9",
	Name: "public-library", FileName: "public-library.zip", Version: 1,
}

// dependency is one version of a dependency (contract 2.4, 3.22), as answers show it.
type dependency struct {
	ID           string `json:"id"`               // of the version; functions name it in depend_version_list
	DepID        string `json:"dep_id,omitempty"` // of the dependency
	Owner        string `json:"owner"`
	Link         string `json:"link"` // the service's own copy
	Runtime      string `json:"runtime"`
	ETag         string `json:"etag"`
	Size         int64  `json:"size"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	FileName     string `json:"file_name,omitempty"` // there if made from a zip
	Version      int64  `json:"version"`
	LastModified int64  `json:"last_modified"` // epoch seconds (contract 1.9)

	content []byte // what the link serves; nil for one that a test has put there
	source  string // the address of the object that it was made from
}

// checkDependencies is F30.
func (s *Server) checkDependencies(ids []string) *Error {
	for _, id := range ids {
		if _, ok := s.dependencies[id]; !ok {
			return dependencyNotFound(id)
		}
	}
	return nil
}

func dependencyNotFound(id string) *Error {
	return notFound("FSS.1056", "Not found the dependency %s", id)
}

// linked is a dependency with the address of the service's own copy, whatever it was made from (O26).
func (s *Server) linked(d dependency, r *http.Request) dependency {
	d.Link = s.storage(r) + "depends/" + d.ID + ".zip"
	return d
}

// dependencyRows is the member `dependencies` of a function.
func (s *Server) dependencyRows(ids []string, r *http.Request) []dependency {
	rows := []dependency{}
	for _, id := range ids {
		known := s.dependencies[id]
		known.ID = id
		rows = append(rows, s.linked(known, r))
	}
	return rows
}

// dependencyIDs is depend_list: ids of dependencies, not of versions (contract 2.3).
func (s *Server) dependencyIDs(ids []string) []string {
	out := []string{}
	for _, id := range ids {
		out = append(out, s.dependencies[id].DepID)
	}
	return out
}

// isUsed is for O8: by a function or, unless the switch dependency-use says otherwise (Q42), by one of its versions.
func (s *Server) isUsed(id string) bool {
	for _, f := range s.functions {
		used := slices.Contains(f.DependVersionList, id)
		for _, version := range f.Versions {
			used = used || !s.opts.Switches.VersionsUseNothing && slices.Contains(version.DependVersionList, id)
		}
		if used {
			return true
		}
	}
	return false
}

// dependencyVersions are the versions for which keep holds, by name, owner and version.
func (s *Server) dependencyVersions(keep func(dependency) bool) []dependency {
	found := []dependency{}
	for _, d := range s.dependencies {
		if keep(d) {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b dependency) int {
		return cmp.Or(
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.DepID, b.DepID), cmp.Compare(a.Version, b.Version),
			cmp.Compare(a.ID, b.ID))
	})
	return found
}
