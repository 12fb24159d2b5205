// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
)

// Trigger invokes a function (contract 3.21).
type Trigger struct {
	ID        string `json:"trigger_id"`
	Type      string `json:"trigger_type_code"` // TIMER, APIG, OBS, ...
	EventData struct {
		Name string `json:"name"` // most types have none
	} `json:"event_data"`
}

// Triggers lists the triggers of a function: GET /v2/{project_id}/fgs/triggers/{urn} (contract 3.21). Of a function
// that is gone the service says 500 FSS.0500, not "not found".
func (c *Client) Triggers(ctx context.Context, urn URN) ([]Trigger, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	return listing[Trigger]{
		client: c, request: request{method: http.MethodGet, route: routeTriggers, urn: urn},
		key:   func(t Trigger) string { return t.ID },
		check: func(Trigger) error { return nil },
	}.all(ctx)
}
