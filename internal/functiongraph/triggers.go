// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// Trigger invokes a function (contract 3.21).
type Trigger struct {
	ID        string `json:"trigger_id"`
	Type      string `json:"trigger_type_code"` // TIMER, APIG, OBS, ...
	EventData struct {
		Name string `json:"name"` // most types have none
	} `json:"event_data"`
	// FunctionURN is what the trigger belongs to, with the version or alias. Only rows of a project's list have it.
	FunctionURN string `json:"func_urn"`
}

// triggerPageSize is how many triggers of a project are asked for at once (contract 1.8).
const triggerPageSize = 500

// Triggers lists the triggers of a function: GET /v2/{project_id}/fgs/triggers/{urn} (contract 3.21). Of a function
// that is gone the service says 500 FSS.0500, not "not found".
func (c *Client) Triggers(ctx context.Context, urn URN) ([]Trigger, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	return listing[Trigger]{
		client: c, request: request{method: http.MethodGet, route: routeTriggers, urn: urn},
		key:   func(t Trigger) string { return t.ID },
		check: func(Trigger) error { return nil },
	}.all(ctx)
}

// ProjectTriggers lists the triggers of all functions of the project, of their versions and of their aliases, with all
// pages read: GET /v2/{project_id}/fgs/triggers (contract 3.21). Each has its FunctionURN. The answer says how many there
// are to nobody: the end is a page that brings nothing new.
func (c *Client) ProjectTriggers(ctx context.Context) ([]Trigger, error) {
	return listing[Trigger]{
		client: c, request: request{method: http.MethodGet, route: routeAllTriggers}, member: "triggers",
		query: url.Values{"maxitems": {strconv.Itoa(triggerPageSize)}},
		// An id alone tells no two triggers apart (contract 3.21.2).
		key:   func(t Trigger) string { return t.FunctionURN + "/" + t.Type + "/" + t.ID },
		check: func(t Trigger) error { return namesFunction(t.FunctionURN) },
	}.all(ctx)
}
