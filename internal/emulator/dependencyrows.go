// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "time"

// listedDependency is a row of GET dependencies. Its id is that of the dependency, and there is no dep_id (contract
// 3.22).
type listedDependency struct {
	dependency

	IsShared     bool `json:"is_shared"`
	LastModified any  `json:"last_modified"`
}

// listedDependencies makes rows of the list of what other calls answer: as they were seen, with a time as text, and the
// project as the owner of private ones; or, by the switch dependency-times, as the documents have them (O28, X42).
func (s *Server) listedDependencies(list dependencyList) any {
	rows := []listedDependency{}
	for _, d := range list.Dependencies {
		row := listedDependency{dependency: d, LastModified: d.LastModified}
		row.ID, row.DepID = d.DepID, ""
		if !s.opts.Switches.NumberDependencyTimes {
			row.LastModified = time.Unix(d.LastModified, 0).In(s.zone).Format("2006-01-02T15:04:05-07:00")
			if row.Owner != publicOwner {
				row.Owner = s.opts.ProjectID
			}
		}
		rows = append(rows, row)
	}
	return struct {
		Dependencies []listedDependency `json:"dependencies"`
		NextMarker   int                `json:"next_marker"`
		Count        int                `json:"count"`
	}{rows, list.NextMarker, list.Count}
}
