// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"net/http"
)

// Alias points at one or two versions of a function (contract 3.11).
type Alias struct {
	Name         string `json:"name"`
	Version      string `json:"version"`
	Description  string `json:"description"`
	LastModified string `json:"last_modified"`
	URN          string `json:"alias_urn"`
	// AdditionalVersionWeights maps the additional version to the percentage of calls that go to it.
	AdditionalVersionWeights map[string]int64 `json:"additional_version_weights"`
	// AdditionalVersionStrategy maps the additional version to its rules, as the service writes them.
	AdditionalVersionStrategy map[string]json.RawMessage `json:"additional_version_strategy"`
}

// Aliases lists the aliases of a function: GET .../{urn}/aliases (contract 3.12).
func (c *Client) Aliases(ctx context.Context, urn URN) ([]Alias, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	// The answer is a bare array, without paging.
	list, err := fetch[[]Alias](ctx, c, request{method: http.MethodGet, route: routeAliases, urn: urn})
	if err != nil {
		return nil, err
	}
	return *list, nil
}
