// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// AsyncSettings says that a version or an alias has settings for asynchronous calls (contract 3.19).
type AsyncSettings struct {
	FunctionURN string `json:"func_urn"` // names the version or the alias
}

// asyncPageSize is the largest page (contract 1.8).
const asyncPageSize = 100

// AsyncSettings lists what of a function has settings for asynchronous calls, with all pages read: GET
// .../{urn}/async-invoke-configs (contract 3.19).
func (c *Client) AsyncSettings(ctx context.Context, urn URN) ([]AsyncSettings, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	return listing[AsyncSettings]{
		client: c, member: "async_invoke_configs", query: url.Values{"limit": {strconv.Itoa(asyncPageSize)}},
		counts: false, nulls: true, // not every answer has a count
		request: request{
			method: http.MethodGet, route: routeAsync, urn: urn.Function(), absent: []string{CodeFunctionNotFound},
		},
		key:   func(a AsyncSettings) string { return a.FunctionURN },
		check: func(a AsyncSettings) error { return inFunction(urn, a.FunctionURN) },
	}.all(ctx)
}
