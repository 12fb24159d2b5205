// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// dependencyRow is one row of `dependencies` (contract 2.4). What belongs to the dependency calls is made up.
type dependencyRow struct {
	ID           string `json:"id"`
	Owner        string `json:"owner"`
	Link         string `json:"link"`
	Runtime      string `json:"runtime"`
	ETag         string `json:"etag"`
	Size         int64  `json:"size"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	FileName     string `json:"file_name"`
	Version      int64  `json:"version"`
	DepID        string `json:"dep_id"`
	LastModified int64  `json:"last_modified"`
}

// checkDependencies is F30.
func (s *Server) checkDependencies(ids []string) *Error {
	for _, id := range ids {
		if _, ok := s.dependencies[id]; !ok {
			return notFound("FSS.1056", "Not found the dependency %s", id)
		}
	}
	return nil
}

func (s *Server) dependencyRows(code *CodeState) []dependencyRow {
	rows := []dependencyRow{}
	for _, id := range code.DependVersionList {
		known := s.dependencies[id]
		rows = append(rows, dependencyRow{
			ID: id, Owner: known.owner, Name: known.name, FileName: known.name + ".zip", Version: 1, DepID: "dep-" + id,
		})
	}
	return rows
}

func (s *Server) dependencyIDs(code *CodeState) []string {
	ids := []string{}
	for _, row := range s.dependencyRows(code) {
		ids = append(ids, row.DepID)
	}
	return ids
}
