// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// Trigger invokes a function (contract 3.21.2).
type Trigger struct {
	ID          string    `json:"trigger_id"`
	Type        string    `json:"trigger_type_code"` // TIMER, APIG, OBS, ...
	Status      string    `json:"trigger_status"`    // ACTIVE or DISABLED
	EventData   EventData `json:"event_data"`
	CreatedTime string    `json:"created_time"` // SMN has none
	LastUpdated string    `json:"last_updated_time"`
	// FunctionURN is what the trigger belongs to, with the version or alias. Only rows of a project's list have it.
	FunctionURN string `json:"func_urn"`

	odd oddMembers
}

func (t *Trigger) keep(odd oddMembers) { t.odd = odd }

// UnmarshalJSON also takes numbers for the times (contract 1.9: a client must parse a plain integer).
func (t *Trigger) UnmarshalJSON(data []byte) error {
	type members Trigger // without this method
	wire := struct {
		*members
		CreatedTime scalarText `json:"created_time"`
		LastUpdated scalarText `json:"last_updated_time"`
	}{members: (*members)(t)}
	err := json.Unmarshal(data, &wire)
	t.CreatedTime, t.LastUpdated = string(wire.CreatedTime), string(wire.LastUpdated)
	return err
}

// triggerPageSize is how many triggers of a project are asked for at once (contract 1.8).
const triggerPageSize = 500

// Triggers lists the triggers of what the URN names: GET /v2/{project_id}/fgs/triggers/{urn} (contract 3.21.1). The
// list of a function or of latest may have those of its versions and aliases, too, and its rows do not say whose they
// are (contract Q30). IsNotFound is true for the error if there is no such function, version or alias.
func (c *Client) Triggers(ctx context.Context, urn URN) (all []Trigger, err error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	r := request{method: http.MethodGet, route: routeTriggers, urn: urn, absent: ownerGone(urn)}
	err = c.ofTriggers(ctx, r, func(r request) error {
		all, err = listing[Trigger]{
			client: c, request: r,
			key:   func(t Trigger) string { return t.Type + "/" + t.ID },
			check: c.readTriggerRow, keep: (*Trigger).keep,
		}.all(ctx)
		return err
	})
	return all, err
}

// readTriggerRow makes the client hide the secrets of a row.
func (c *Client) readTriggerRow(t Trigger) error {
	c.Hide(t.EventData.secrets()...)
	return nil
}

// ProjectTriggers lists the triggers of all functions of the project, of their versions and of their aliases, with all
// pages read: GET /v2/{project_id}/fgs/triggers (contract 3.21). Each should have its FunctionURN, which nobody has
// looked at. The answer says how many there are to nobody: the end is a page that brings nothing new.
func (c *Client) ProjectTriggers(ctx context.Context) ([]Trigger, error) {
	return c.projectTriggers().all(ctx)
}

// SomeProjectTriggers lists those that take few requests to list: the first page that is not full is taken for the last
// one. So a trigger that is not in it may be there.
func (c *Client) SomeProjectTriggers(ctx context.Context) ([]Trigger, error) {
	list := c.projectTriggers()
	list.full = triggerPageSize
	return list.all(ctx)
}

// EachProjectTrigger is ProjectTriggers page by page, as EachFunction is Functions.
func (c *Client) EachProjectTrigger(ctx context.Context) iter.Seq2[Trigger, error] {
	return c.projectTriggers().each(ctx)
}

func (c *Client) projectTriggers() listing[Trigger] {
	return listing[Trigger]{
		client: c, request: request{method: http.MethodGet, route: routeAllTriggers}, member: "triggers",
		query: url.Values{"maxitems": {strconv.Itoa(triggerPageSize)}}, nulls: true, // nothing else says that there are none
		// An id alone tells no two triggers apart (contract 3.21.2).
		key:   func(t Trigger) string { return t.FunctionURN + "/" + t.Type + "/" + t.ID },
		check: c.readTriggerRow,
		keep:  (*Trigger).keep,
	}
}
