// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// dependencyPageSize is the largest page (contract 1.8).
const dependencyPageSize = 400

// DependencyVersions lists the versions of a dependency, with all pages read: GET
// /v2/{project_id}/fgs/dependencies/{dependency_id}/version (contract 3.22). IsNotFound is true for the error if there
// is no such dependency. Rows lack what the service leaves out.
func (c *Client) DependencyVersions(ctx context.Context, dependencyID string) ([]DependencyVersion, error) {
	if !isPathName(dependencyID) {
		return nil, fmt.Errorf("%q is not the id of a dependency", dependencyID)
	}
	rows, err := listing[DependencyVersion]{
		client: c, member: "dependencies", counts: true,
		query: url.Values{"maxitems": {strconv.Itoa(dependencyPageSize)}},
		request: request{
			method: http.MethodGet, route: routeDependencyVersions, absent: dependencyAbsent,
			names: pathNames{"dependency_id": dependencyID},
		},
		key: func(d DependencyVersion) string { return d.ID },
		check: func(d DependencyVersion) error {
			if d.DependencyID != "" && d.DependencyID != dependencyID {
				return fmt.Errorf("it lists a version of the dependency %q", printable.Line(d.DependencyID, maxID))
			}
			return nil
		},
		keep: (*DependencyVersion).keep,
	}.all(ctx)
	for i := range rows {
		rows[i].DependencyID = dependencyID
	}
	return rows, err
}

// Dependency is a row of the list of dependencies: what they are called, and their newest version.
type Dependency struct {
	ID      string // of the dependency, not of a version: functions cannot name it
	Name    string
	Runtime string
	Owner   string // PublicOwner for public ones; for others of no use (contract X42)
	Version int64  // the newest
}

// DependencyFilter selects dependencies; empty members select all.
type DependencyFilter struct {
	Name    string // the exact name: whether the service matches parts of it is not known
	Runtime string // one that the service does not know is refused with FSS.1005 (contract O25)
	Kind    string // public, private; both for ""
}

// Dependencies lists dependencies, with all pages read: GET /v2/{project_id}/fgs/dependencies (contract 3.22). What the
// service gives beyond the filter is left out.
func (c *Client) Dependencies(ctx context.Context, filter DependencyFilter) ([]Dependency, error) {
	out := []Dependency{}
	rows, err := c.dependencies(filter).all(ctx)
	for _, d := range rows {
		if filter.fits(d) {
			out = append(out, d.dependency())
		}
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// EachDependency is Dependencies page by page, as EachFunction is Functions.
func (c *Client) EachDependency(ctx context.Context, filter DependencyFilter) iter.Seq2[Dependency, error] {
	return func(yield func(Dependency, error) bool) {
		for d, err := range c.dependencies(filter).each(ctx) {
			if (err != nil || filter.fits(d)) && !yield(d.dependency(), err) {
				return
			}
		}
	}
}

func (c *Client) dependencies(filter DependencyFilter) listing[DependencyVersion] {
	query := url.Values{"maxitems": {strconv.Itoa(dependencyPageSize)}}
	for name, value := range map[string]string{
		"name": filter.Name, "runtime": filter.Runtime, "dependency_type": filter.Kind,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return listing[DependencyVersion]{
		client: c, member: "dependencies", counts: true, query: query,
		request: request{method: http.MethodGet, route: routeDependencies},
		key:     func(d DependencyVersion) string { return d.ID },
		check:   func(DependencyVersion) error { return nil },
		keep:    (*DependencyVersion).keep,
	}
}

// dependency is what a row of the list of dependencies says, whose id is the dependency's, as long as it has no other.
func (d DependencyVersion) dependency() Dependency {
	id := firstOf(d.DependencyID, d.ID)
	return Dependency{ID: id, Name: d.Name, Runtime: d.Runtime, Owner: d.Owner, Version: d.Version}
}

// fits compares again what the service may compare in another way.
func (filter DependencyFilter) fits(d DependencyVersion) bool {
	isPublic := d.Owner == PublicOwner
	return (filter.Name == "" || d.Name == filter.Name) && (filter.Runtime == "" || d.Runtime == filter.Runtime) &&
		(filter.Kind == "" || isPublic == (filter.Kind == "public"))
}
