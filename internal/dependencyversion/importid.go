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

// find looks the version up: by the id of the dependency, then by its name.
func (id importID) find(ctx context.Context, client *functiongraph.Client) (*functiongraph.DependencyVersion, error) {
	rows, err := client.DependencyVersions(ctx, id.dependency)
	if functiongraph.IsNotFound(err) {
		rows, err = ownVersions(ctx, client, id.dependency)
	}
	if err != nil {
		return nil, err
	}
	return pick(rows, id.version)
}

// ownVersions are the versions of the account's own dependencies of that very name, the newest first.
func ownVersions(
	ctx context.Context, client *functiongraph.Client, name string,
) ([]functiongraph.DependencyVersion, error) {
	dependencies, err := client.Dependencies(ctx, functiongraph.DependencyFilter{Name: name, Kind: "private"})
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
