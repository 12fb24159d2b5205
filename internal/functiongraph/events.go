// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Event is a test event of a function (contract 3.23).
type Event struct {
	ID           string
	Name         string
	Content      string // as text; empty in lists and answers to writes
	LastModified string // epoch seconds as text, "" before the first change

	whole bool // there is a content
}

// UnmarshalJSON decodes the content. One that is not Base64, which others may have made, is taken as it is.
func (e *Event) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID           string     `json:"id"`
		Name         string     `json:"name"`
		Content      *string    `json:"content"`
		LastModified scalarText `json:"last_modified"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*e = Event{ID: wire.ID, Name: wire.Name, LastModified: string(wire.LastModified), whole: wire.Content != nil}
	if e.whole {
		e.Content = decoded(*wire.Content)
	}
	if e.LastModified == "0" {
		e.LastModified = ""
	}
	return nil
}

// Events lists the test events of a function, without their contents: GET .../{urn}/events (contract 3.23). They belong
// to the function, not to a version. All come at once. IsNotFound is true for the error if there is no such function.
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

// EventNamed reads the test event of a name; nil if there is none, or no such function.
func (c *Client) EventNamed(ctx context.Context, urn URN, name string) (*Event, error) {
	rows, err := c.Events(ctx, urn)
	switch {
	case IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, err
	}
	for _, row := range rows {
		if row.Name != name {
			continue
		}
		got, err := c.Event(ctx, urn, row.ID)
		if IsNotFound(err) { // gone since
			return nil, nil
		}
		return got, err
	}
	return nil, nil
}

// Event reads a test event: GET .../{urn}/events/{id} (contract 3.23). IsNotFound is true for the error if it, or the
// function, is not there.
func (c *Client) Event(ctx context.Context, urn URN, id string) (*Event, error) {
	return c.readEvent(ctx, urn, id, false)
}

// ReadBackEvent reads a test event that was written a moment before: "not found" is "not yet" for 30 seconds.
func (c *Client) ReadBackEvent(ctx context.Context, urn URN, id string) (*Event, error) {
	return c.readEvent(ctx, urn, id, true)
}

func (c *Client) readEvent(ctx context.Context, urn URN, id string, written bool) (*Event, error) {
	r, err := c.eventRequest(ctx, http.MethodGet, urn, id)
	if err != nil {
		return nil, err
	}
	r.written = written
	return fetch(ctx, c, r, func(e *Event) error {
		if err := aboutEvent(id, "")(e); err != nil {
			return err
		}
		if !e.whole {
			return errors.New("it has no content")
		}
		return nil
	})
}

// CreateEvent makes a test event with a text as its content: POST .../{urn}/events (contract 3.23). It sends once,
// apart from tries that provably did nothing; a lost answer is an *AmbiguousError (see SendOnce). The code of a name
// that is taken is CodeEventExists.
func (c *Client) CreateEvent(ctx context.Context, urn URN, name, content string) (*Event, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	body, err := jsonBody(struct {
		Name    string `json:"name"`
		Content string `json:"content"`
	}{name, encoded(content)})
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{
		method: http.MethodPost, route: routeEvents, urn: urn.Function(), body: body, once: true,
		absent: []string{CodeFunctionNotFound},
	}, aboutEvent("", name))
}

// UpdateEvent changes the content of a test event: PUT .../{urn}/events/{id} (contract 3.23). It may be sent again. An
// answer that is not about the event is not believed: a read decides.
func (c *Client) UpdateEvent(ctx context.Context, urn URN, id, content string) error {
	r, err := c.eventRequest(ctx, http.MethodPut, urn, id)
	if err != nil {
		return err
	}
	if r.body, err = jsonBody(map[string]string{"content": encoded(content)}); err != nil {
		return err
	}
	return c.assured(ctx, r, passes(aboutEvent(id, "")), func(ctx context.Context) (bool, error) {
		got, err := c.Event(ctx, urn, id)
		if err != nil {
			return false, unconfirmed(err)
		}
		return got.Content == content, nil
	})
}

// DeleteEvent deletes a test event: DELETE .../{urn}/events/{id} (contract 3.23). One that is gone already, or its
// function, is fine. An answer other than the promised 204 is not believed: a read decides.
func (c *Client) DeleteEvent(ctx context.Context, urn URN, id string) error {
	r, err := c.eventRequest(ctx, http.MethodDelete, urn, id)
	if err != nil {
		return err
	}
	r.promises = http.StatusNoContent
	err = c.assured(ctx, r, nil, func(ctx context.Context) (bool, error) {
		_, err := c.Event(ctx, urn, id)
		return isGone(err)
	})
	if IsNotFound(err) { // before it is forgotten, a read has to say so, too
		gone, readErr := c.EventGone(ctx, urn, id)
		switch {
		case gone:
			return nil
		case readErr == nil:
			err = errors.New("the service says that " + id + " is not there, and yet answers for it")
		}
	}
	return err
}

// EventGone says that a test event, or its function, is not there now: "not found" is an answer.
func (c *Client) EventGone(ctx context.Context, urn URN, id string) (bool, error) {
	_, err := c.Event(atOnce(ctx), urn, id)
	return isGone(err)
}

// eventRequest is a call about one test event.
func (c *Client) eventRequest(ctx context.Context, method string, urn URN, id string) (request, error) {
	if !isPathName(id) {
		return request{}, fmt.Errorf("%q is not the id of a test event", id)
	}
	return request{
		method: method, route: routeEvent, urn: urn.Function(), names: pathNames{"event_id": id},
		absent: append(goneCodes(urn.Function()), CodeEventNotFound),
	}, c.CheckURN(ctx, urn)
}

// aboutEvent asks that an answer is about a test event, as far as its id and its name are known.
func aboutEvent(id, name string) func(*Event) error {
	return func(e *Event) error {
		if e.ID == "" {
			return errors.New("it has no id")
		}
		if e.Name == "" {
			return errors.New("it has no name")
		}
		return errors.Join(isAsked("id", e.ID, firstOf(id, e.ID)), isAsked("name", e.Name, firstOf(name, e.Name)))
	}
}

// decoded is the text of a content; Terraform has no room for what is none.
func decoded(content string) string {
	if text, err := base64.StdEncoding.DecodeString(content); err == nil {
		content = string(text)
	}
	return strings.ToValidUTF8(content, "\uFFFD")
}

func encoded(content string) string { return base64.StdEncoding.EncodeToString([]byte(content)) }
