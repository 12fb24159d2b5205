// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"slices"
)

// VersionLatest is the name of a function's working copy among its versions.
const VersionLatest = "latest"

// PublishVersionRequest is the body of publish (contract 3.9). Empty members are not sent.
type PublishVersionRequest struct {
	Version     string `json:"version,omitempty"`     // "": the service names it by the time
	Description string `json:"description,omitempty"` // at most 512 characters
	Digest      string `json:"digest,omitempty"`      // the digest that latest must have
}

// PublishVersion makes a version of what latest holds: POST .../{urn}/versions (contract 3.9). It sends once, apart
// from tries that provably did nothing; a lost answer is an *AmbiguousError.
func (c *Client) PublishVersion(ctx context.Context, urn URN, in PublishVersionRequest) (*Function, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	body, err := jsonBody(in)
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{
		method: http.MethodPost, route: routeVersions, urn: urn, body: body, once: true, absent: goneCodes(urn),
		makes: urn.WithQualifier(in.Version),
	}, published(urn, in.Version))
}

// published asks that an answer is about a version that was just published: of the function, complete, and of the name
// that was asked for.
//
// Only for X13: some samples show "latest" in its place.
func published(function URN, name string) func(*Function) error {
	return func(f *Function) error {
		if err := ofFunction(function)(f); err != nil {
			return err
		}
		got, _ := ParseURN(f.URN) // checked above
		for _, version := range []string{got.Version(), f.Version} {
			if name != "" && version != "" && version != name && version != VersionLatest {
				return aboutVersion(version)
			}
		}
		return complete(f)
	}
}

// Versions lists the versions of a function, latest among them, each once: GET .../{urn}/versions (contract 3.10). It
// makes one request where the service returns all rows at once, and follows the markers where it pages.
func (c *Client) Versions(ctx context.Context, urn URN) ([]Function, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	return listing[Function]{
		client: c, member: "versions", counts: true,
		request: request{method: http.MethodGet, route: routeVersions, urn: urn, absent: []string{CodeFunctionNotFound}},
		key:     func(f Function) string { return f.Version },
		check:   func(f Function) error { return inFunction(urn, f.URN) },
		whole:   hasLatest,
		keep:    nameVersion,
	}.all(ctx)
}

// nameVersion completes a row by its URN, which has 8 fields in most regions (contract 2.1).
func nameVersion(f *Function, odd oddMembers) {
	f.odd = odd
	if got, err := ParseURN(f.URN); err == nil && f.Version == "" {
		f.Version = got.Version()
	}
}

// hasLatest asks for the row that every function has (contract V19).
func hasLatest(rows []Function) error {
	if !slices.ContainsFunc(rows, func(f Function) bool { return f.Version == VersionLatest }) {
		return &incompleteError{"the list of versions is not complete: latest is missing"}
	}
	return nil
}
