// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
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
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	body, err := jsonBody(in)
	if err != nil {
		return nil, err
	}
	return fetch[Function](ctx, c, request{
		method: http.MethodPost, route: routeVersions, urn: urn, body: body, once: true,
	})
}

// Versions lists the versions of a function, latest among them, each once: GET .../{urn}/versions (contract 3.10). It
// makes one request where the service returns all rows at once, and follows the markers where it pages.
func (c *Client) Versions(ctx context.Context, urn URN) ([]Function, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	read := func(marker int64) (functionPage, error) {
		var query url.Values
		if marker > 0 {
			query = url.Values{"marker": {strconv.FormatInt(marker, 10)}}
		}
		page, err := fetch[struct {
			Rows *[]Function `json:"versions"`
			pageInfo
		}](ctx, c, request{method: http.MethodGet, route: routeVersions, urn: urn, query: query})
		if err != nil {
			return functionPage{}, err
		}
		return functionPage{page.Rows, page.pageInfo}, nil
	}
	return allPages(read, func(f Function) string { return f.Version })
}
