// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
)

// Event is a test event of a function (contract 3.23).
type Event struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Events lists the test events of a function, without their contents: GET .../{urn}/events (contract 3.23). They belong
// to the function, not to a version. All come at once.
func (c *Client) Events(ctx context.Context, urn URN) ([]Event, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	return listing[Event]{
		client: c, member: "events", counts: true,
		request: request{method: http.MethodGet, route: routeEvents, urn: urn.Function(),
			absent: []string{CodeFunctionNotFound}},
		key:   func(e Event) string { return e.ID },
		check: func(Event) error { return nil },
	}.all(ctx)
}
