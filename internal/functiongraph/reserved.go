// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// ReservedInstance says how many instances a version or an alias has that are kept ready (contract 3.18).
type ReservedInstance struct {
	FunctionURN   string `json:"function_urn"`
	QualifierType string `json:"qualifier_type"` // version or alias
	QualifierName string `json:"qualifier_name"`
	MinCount      int64  `json:"min_count"`
}

// reservedPageSize is how many rows are asked for at once.
const reservedPageSize = 100

// ReservedInstances lists those of a function, of its versions and aliases, with all pages read: GET
// /v2/{project_id}/fgs/functions/reservedinstanceconfigs (contract 3.18). Where there are none, the list may be null.
func (c *Client) ReservedInstances(ctx context.Context, urn URN) ([]ReservedInstance, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	query := url.Values{
		"function_urn": {urn.Function().WithQualifier(VersionLatest).String()}, "limit": {strconv.Itoa(reservedPageSize)},
	}
	var all []ReservedInstance
	seen := map[[2]string]bool{}
	for {
		// The marker is the number of rows so far; a service that ignores it answers the same again.
		query.Set("marker", strconv.Itoa(len(all)))
		page, err := fetch[struct {
			Rows []ReservedInstance `json:"reserved_instances"`
		}](ctx, c, request{method: http.MethodGet, route: routeReserved, query: query})
		if err != nil {
			return nil, err
		}
		before := len(all)
		for _, row := range page.Rows {
			if key := [2]string{row.QualifierType, row.QualifierName}; !seen[key] {
				seen[key] = true
				all = append(all, row)
			}
		}
		if len(all) == before || len(page.Rows) < reservedPageSize {
			return all, nil
		}
	}
}
