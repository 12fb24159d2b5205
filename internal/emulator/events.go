// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"regexp"
	"slices"
	"time"
)

// Event is a test event of a function (contract 3.23).
type Event struct {
	ID       string
	Name     string
	Content  string    // Base64, as it was sent
	Modified time.Time // zero before the first change
}

// The bounds of contract 3.23; the number is an assumption (Q52).
const (
	maxEvents       = 10
	maxEventContent = 4096 // bytes of the text (Q52)
)

// eventName is contract 3.23, X35.
var eventName = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]{0,23}[A-Za-z0-9])?$`)

// PutEvent makes a test event with an empty content; names are unique in a function (contract 3.23).
func (s *Server) PutEvent(pkg, name, event string) error {
	return s.change(pkg, name, func(f *Function) error {
		if f.eventIndex(func(e Event) bool { return e.Name == event }) >= 0 {
			return errors.New("the test event exists")
		}
		f.Events = append(f.Events, Event{ID: s.newUUID(), Name: event})
		return nil
	})
}

func (f *Function) eventIndex(is func(Event) bool) int { return slices.IndexFunc(f.Events, is) }

// listEvents is contract 3.23: all at once, without contents. A function that is not there is 404 FSS.1051 (O24).
func (s *Server) listEvents(c *call) (any, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, e := range f.Events {
		rows = append(rows, s.eventRow(e))
	}
	return map[string]any{"events": rows, "count": len(rows), "next_marker": len(rows)}, nil
}

// eventRow: before the first change the time is absent or 0 (contract 3.23).
func (s *Server) eventRow(e Event) map[string]any {
	row := map[string]any{"id": e.ID, "name": e.Name}
	switch {
	case !e.Modified.IsZero():
		row["last_modified"] = e.Modified.Unix()
	case s.opts.Switches.ShowUnset:
		row["last_modified"] = 0
	}
	return row
}

// eventBody reads the body of a write. A name that PUT has is taken and has no effect (Q52).
func (s *Server) eventBody(c *call) (name, content string, err *Error) {
	m, err := s.members(c, []string{"name", "content"})
	if err != nil {
		return "", "", err
	}
	if err := s.takeAll(m, map[string]any{"name": &name, "content": &content}); err != nil {
		return "", "", err
	}
	text, bad := c.body.decode(content)
	switch {
	case bad != nil || len(text) == 0:
		return "", "", badRequest("FSS.1074", "The content of the test event is invalid")
	case len(text) > maxEventContent:
		return "", "", forbidden("FSS.1069", "The test event is larger than %d bytes", maxEventContent)
	}
	return name, content, nil
}

func (s *Server) createEvent(c *call) (any, *Error) {
	name, content, err := s.eventBody(c)
	if err != nil {
		return nil, err
	}
	f, err := s.findLatest(c.params["function_urn"])
	switch {
	case err != nil:
		return nil, err
	case !eventName.MatchString(name):
		return nil, badRequest("FSS.1074", "The name %q of the test event is invalid", name)
	case f.eventIndex(func(e Event) bool { return e.Name == name }) >= 0:
		return nil, forbidden("FSS.1073", "The test event %s has existed", name)
	case len(f.Events) >= maxEvents:
		return nil, forbidden("FSS.1068", "The function has %d test events", maxEvents)
	}
	made := Event{ID: s.newUUID(), Name: name, Content: content}
	f.Events = append(f.Events, made)
	return map[string]any{"id": made.ID, "name": made.Name}, nil
}

// findEvent answers with one code for all that is missing, the function too (O24).
func (s *Server) findEvent(c *call) (*Function, int, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	i := -1
	if err == nil {
		i = f.eventIndex(func(e Event) bool { return e.ID == c.params["event_id"] })
	}
	if i < 0 {
		return nil, -1, notFound("FSS.1070", "Not found the test event")
	}
	return f, i, nil
}

func (s *Server) getEvent(c *call) (any, *Error) {
	f, i, err := s.findEvent(c)
	if err != nil {
		return nil, err
	}
	row := s.eventRow(f.Events[i])
	row["content"] = f.Events[i].Content
	return row, nil
}

func (s *Server) updateEvent(c *call) (any, *Error) {
	_, content, err := s.eventBody(c)
	if err != nil {
		return nil, err
	}
	f, i, err := s.findEvent(c)
	if err != nil {
		return nil, err
	}
	f.Events[i].Content, f.Events[i].Modified = content, s.nowSeconds()
	return map[string]any{"id": f.Events[i].ID, "name": f.Events[i].Name}, nil
}

func (s *Server) deleteEvent(c *call) (any, *Error) {
	f, i, err := s.findEvent(c)
	if err != nil {
		return nil, err
	}
	f.Events = slices.Delete(f.Events, i, i+1)
	return noContent, nil
}
