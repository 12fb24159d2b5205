// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// The two values of Trigger.Status.
const (
	TriggerActive   = "ACTIVE"
	TriggerDisabled = "DISABLED"
)

// CreateTriggerRequest is the body of create trigger (contract 3.21.2).
type CreateTriggerRequest struct {
	Type      string   // TIMER, APIG, OBS ...; any that the region has
	Status    string   // TriggerActive, TriggerDisabled; "" is the default of the type (contract O16)
	EventData any      // becomes a JSON object, and is sent as it is
	Secrets   []string // what no text may show of EventData, beside the members for which IsSecretMember is true
}

// CreateTrigger makes a trigger of what the URN names, latest where it names no version or alias: POST
// /v2/{project_id}/fgs/triggers/{urn} (contract 3.21.1). It sends once, apart from tries that provably did nothing; a
// lost answer is an *AmbiguousError: most types take the same trigger twice, so look before it is sent again (see
// SendOnce). The answer's status may not be the one that was asked for (contract Q27, Q28). IsNotFound is true for the
// error if there is no such function, version or alias.
func (c *Client) CreateTrigger(ctx context.Context, urn URN, in CreateTriggerRequest) (*Trigger, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	data, secrets, err := eventData(in.EventData)
	if err != nil {
		return nil, err
	}
	body, err := jsonBody(struct {
		Type   string          `json:"trigger_type_code"`
		Status string          `json:"trigger_status,omitempty"`
		Data   json.RawMessage `json:"event_data"`
	}{in.Type, in.Status, data})
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{
		method: http.MethodPost, route: routeTriggers, urn: urn, body: body, once: true, absent: ownerGone(urn),
		secrets: append(secrets, in.Secrets...),
	}, func(t *Trigger) error { return errors.Join(aboutTrigger(in.Type, "")(t), t.hasStatus()) })
}

// IsTriggerThere says whether the service refuses to make a trigger because of one that is there: of the same name,
// topic or path, or with a bucket's configuration that clashes.
func IsTriggerThere(err error) bool { return HasCode(err, triggerExists...) }

// Trigger reads one trigger: GET .../{urn}/{type}/{id} (contract 3.21.1). IsNotFound is true for the error if it, or
// what it is bound to, is not there. urn is the one that it was made with: whether another one finds it is contract
// Q31.
func (c *Client) Trigger(ctx context.Context, urn URN, kind, id string) (*Trigger, error) {
	return c.readTrigger(ctx, urn, kind, id, false)
}

// ReadBackTrigger reads a trigger that was made a moment before: "not found" is "not yet" for 30 seconds.
func (c *Client) ReadBackTrigger(ctx context.Context, urn URN, kind, id string) (*Trigger, error) {
	return c.readTrigger(ctx, urn, kind, id, true)
}

func (c *Client) readTrigger(ctx context.Context, urn URN, kind, id string, written bool) (got *Trigger, err error) {
	r, err := c.triggerRequest(ctx, http.MethodGet, urn, kind, id)
	if err != nil {
		return nil, err
	}
	r.written = written
	err = c.ofTriggers(ctx, r, func(r request) error {
		got, err = fetch(ctx, c, r, wholeTrigger(kind, id))
		return err
	})
	if err != nil {
		return nil, err
	}
	c.Hide(got.EventData.secrets()...)
	return got, nil
}

// UpdateTriggerRequest is the body of update trigger. What is empty or nil is not sent.
type UpdateTriggerRequest struct {
	Status    string
	EventData any // the complete data: members that are left out stay or go (contract Q25), and most never change (Q26)
	Secrets   []string
	JustMade  bool // the trigger was made a moment before: "not found" is "not yet" for 30 seconds
}

// UpdateTrigger changes the status of a trigger, its data or both: PUT .../{urn}/{type}/{id} (contract 3.21.1). Of the
// answer only that it is about the trigger counts, or that there is none; else a read decides. The service may ignore
// what it does not change, and a change of status may take its time: a read tells. IsNotFound is as for Trigger.
func (c *Client) UpdateTrigger(ctx context.Context, urn URN, kind, id string, in UpdateTriggerRequest) error {
	r, err := c.triggerRequest(ctx, http.MethodPut, urn, kind, id)
	if err != nil {
		return err
	}
	wire := struct {
		Status string          `json:"trigger_status,omitempty"`
		Data   json.RawMessage `json:"event_data,omitempty"`
	}{Status: in.Status}
	if in.EventData != nil {
		if wire.Data, r.secrets, err = eventData(in.EventData); err != nil {
			return err
		}
	}
	r.written = in.JustMade
	r.secrets = append(r.secrets, in.Secrets...)
	put := func() error {
		if r.body, err = jsonBody(wire); err != nil {
			return err
		}
		return c.putTrigger(ctx, r, func(got *Trigger) bool {
			return (in.Status == "" || got.Status == in.Status) && got.EventData.shows(wire.Data)
		})
	}
	refusal := put()
	var api *Error
	if !errors.As(refusal, &api) || api.Status != http.StatusBadRequest {
		return refusal
	}
	if wire.Data = sdkForm(wire.Data); wire.Data == nil || put() != nil {
		return refusal
	}
	return nil
}

// putTrigger sends an update. taken says of a read that it shows the update. A success without a body is one, of a
// trigger that can be read: what comes of it, and when, the caller reads.
func (c *Client) putTrigger(ctx context.Context, r request, taken func(*Trigger) bool) error {
	kind, id := r.names["trigger_type"], r.names["trigger_id"]
	silent := false
	about := func(data []byte) error {
		silent = len(bytes.TrimSpace(data)) == 0
		return passes(aboutTrigger(kind, id))(data)
	}
	return c.ofTriggers(ctx, r, func(r request) error {
		return c.assured(ctx, r, about, func(ctx context.Context) (bool, error) {
			got, err := c.Trigger(ctx, r.urn, kind, id)
			if err != nil {
				return false, unconfirmed(err)
			}
			return silent || taken(got), nil
		})
	})
}

// DeleteTrigger deletes a trigger: DELETE .../{urn}/{type}/{id} (contract 3.21.1). One that is gone already is fine,
// and so is one whose function, version or alias is gone. An answer other than the promised 204 is not believed: a read
// decides. Reads may show it for some seconds more (contract Q32).
func (c *Client) DeleteTrigger(ctx context.Context, urn URN, kind, id string) error {
	r, err := c.triggerRequest(ctx, http.MethodDelete, urn, kind, id)
	if err != nil {
		return err
	}
	r.promises = http.StatusNoContent
	err = c.ofTriggers(ctx, r, func(r request) error {
		return c.assured(ctx, r, nil, func(ctx context.Context) (bool, error) {
			_, err := c.Trigger(ctx, urn, kind, id)
			return isGone(err)
		})
	})
	if IsNotFound(err) {
		return nil
	}
	return err
}

// triggerRequest is a call about one trigger.
func (c *Client) triggerRequest(ctx context.Context, method string, urn URN, kind, id string) (request, error) {
	if !isPathName(kind) || !isPathName(id) {
		return request{}, fmt.Errorf("%q of type %q is not a trigger", id, kind)
	}
	return request{
		method: method, route: routeTrigger, urn: urn, names: pathNames{"trigger_type": kind, "trigger_id": id},
		absent: slices.Concat(goneCodes(urn), triggerAbsent),
	}, c.CheckURN(ctx, urn)
}

// ownerGone are the codes that say that what triggers are bound to does not exist. Where no trigger is named, the
// general code may be about anything.
func ownerGone(urn URN) []string {
	return slices.DeleteFunc(goneCodes(urn), func(code string) bool { return code == CodeNotFound || code == CodeGone })
}

// ofTriggers makes a call that may say by 500 FSS.0500 or 401 FSS.0401 that the function is gone (contract O14, O15).
// Both may mean something else, so the function is asked for. Is it gone, the error is one for which IsNotFound is
// true; else the answer is taken at its word: a refusal stands, and a fault of the service is asked again.
func (c *Client) ofTriggers(ctx context.Context, r request, do func(request) error) error {
	plain := r
	r.doubts = []string{CodeInternal, CodeUnauthorized}
	err := do(r)
	if !HasCode(err, r.doubts...) {
		return err
	}
	_, readErr := c.Function(ctx, r.urn)
	switch {
	case IsNotFound(readErr):
		return fmt.Errorf("%w (asked after: %w)", readErr, err)
	case readErr != nil:
		return fmt.Errorf("%w; whether the function is there could not be read: %w", err, readErr)
	case HasCode(err, CodeInternal):
		return do(plain)
	}
	return err
}

// aboutTrigger asks that an answer is about a trigger; an empty id is one that the service has just made up.
func aboutTrigger(kind, id string) func(*Trigger) error {
	return func(t *Trigger) error {
		if err := t.odd.need("trigger_id", "trigger_type_code"); err != nil {
			return err
		}
		switch {
		case t.ID == "":
			return errors.New("it has no trigger_id")
		case t.Type != kind:
			return fmt.Errorf("it is about a trigger of type %q", printable.Line(t.Type, maxID))
		case id != "" && t.ID != id:
			return fmt.Errorf("it is about the trigger %q", printable.Line(t.ID, maxID))
		}
		return nil
	}
}

func (t *Trigger) hasStatus() error {
	if t.Status == "" {
		return errors.Join(t.odd.need("trigger_status"), errors.New("it has no trigger_status"))
	}
	return nil
}

// wholeTrigger asks for status and data, too.
func wholeTrigger(kind, id string) func(*Trigger) error {
	return func(t *Trigger) error {
		if err := errors.Join(aboutTrigger(kind, id)(t), t.hasStatus(), t.odd.need("event_data")); err != nil {
			return err
		}
		if t.EventData == nil {
			return errors.New("it has no event_data")
		}
		return nil
	}
}
