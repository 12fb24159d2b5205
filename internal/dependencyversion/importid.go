// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// importID names a version.
type importID struct {
	dependency string // its name or its id
	version    int64  // 0 is the newest
}

func (id importID) String() string { return fmt.Sprintf("%s/%d", id.dependency, id.version) }

var errImportID = errors.New(
	"write the id or the name of the dependency, \"/\" and the number of the version; or the name alone, for the newest " +
		"version")

func parseImportID(text string) (importID, error) {
	dependency, number, numbered := strings.Cut(text, "/")
	if dependency == "" {
		return importID{}, errImportID
	}
	if !numbered {
		return importID{dependency: dependency}, nil
	}
	version, err := strconv.ParseInt(number, 10, 64)
	if err != nil || version < 1 {
		return importID{}, fmt.Errorf("%q is not the number of a version: %w", number, errImportID)
	}
	return importID{dependency, version}, nil
}

// find looks the version up: by the id of the dependency, then by its name. What the service says of a name in the
// place of an id is not documented.
func (id importID) find(ctx context.Context, client *functiongraph.Client) (*functiongraph.DependencyVersion, error) {
	rows, err := client.DependencyVersions(ctx, id.dependency)
	if functiongraph.IsNotFound(err) || functiongraph.IsRefusal(err) || err == nil && len(rows) == 0 {
		rows, err = id.named(ctx, client)
	}
	if err != nil {
		return nil, err
	}
	return pick(rows, id.version)
}

// named are the versions of the one dependency of the name. That there are several may be (contract Q39).
func (id importID) named(
	ctx context.Context, client *functiongraph.Client,
) ([]functiongraph.DependencyVersion, error) {
	found, err := ownDependencies(ctx, client, id.dependency)
	switch {
	case err != nil || len(found) == 0:
		return nil, err
	case len(found) == 1:
		return client.DependencyVersions(ctx, found[0].ID)
	}
	var ids []string
	for _, d := range found {
		ids = append(ids, fmt.Sprintf("%s (runtime %s)", importID{d.ID, max(id.version, 1)}, d.Runtime))
	}
	return nil, fmt.Errorf("there are %d dependencies of that name: write the id of one of them, as in %s", len(found),
		strings.Join(ids, " or "))
}

func ownDependencies(
	ctx context.Context, client *functiongraph.Client, name string,
) ([]functiongraph.Dependency, error) {
	return client.Dependencies(ctx, functiongraph.DependencyFilter{Name: name, Kind: "private"})
}

// ownVersions are the versions of the account's own dependencies of that very name, the newest first.
func ownVersions(
	ctx context.Context, client *functiongraph.Client, name string,
) ([]functiongraph.DependencyVersion, error) {
	dependencies, err := ownDependencies(ctx, client, name)
	if err != nil {
		return nil, err
	}
	var out []functiongraph.DependencyVersion
	for _, dependency := range dependencies {
		rows, err := client.DependencyVersions(ctx, dependency.ID)
		if err != nil && !functiongraph.IsNotFound(err) { // it may go between the lists
			return nil, err
		}
		out = append(out, rows...)
	}
	newestFirst(out)
	return out, nil
}
