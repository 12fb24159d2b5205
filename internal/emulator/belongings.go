// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"slices"
)

// AsyncSettings are those of asynchronous calls of a version or an alias (contract 3.19). Tests put them there; no call
// here makes them.
type AsyncSettings struct {
	Qualifier string // as that of a Reservation
	MaxAge    int    // seconds
	Retries   int
}

// Event is a test event of a function (contract 3.23). Tests put it there; no call here makes it.
type Event struct {
	ID   string
	Name string
}

// PutAsyncSettings makes asynchronous settings or replaces those of the same qualifier. What they are for has to be
// there.
func (s *Server) PutAsyncSettings(pkg, name string, settings AsyncSettings) error {
	return s.change(pkg, name, func(f *Function) error {
		if err := f.checkQualifier(settings.Qualifier); err != nil {
			return asError(err)
		}
		f.removeAsync(settings.Qualifier)
		f.Async = append(f.Async, settings)
		return nil
	})
}

// PutEvent makes a test event; names are unique in a function (contract 3.23).
func (s *Server) PutEvent(pkg, name, event string) error {
	return s.change(pkg, name, func(f *Function) error {
		if slices.ContainsFunc(f.Events, func(e Event) bool { return e.Name == event }) {
			return errors.New("the test event exists")
		}
		f.Events = append(f.Events, Event{ID: s.newUUID(), Name: event})
		return nil
	})
}

// removeAsync goes with what they are for: AI1.
func (f *Function) removeAsync(qualifier string) {
	f.Async = slices.DeleteFunc(f.Async, func(a AsyncSettings) bool { return a.Qualifier == qualifier })
}

// listEvents is contract 3.23: all at once, without contents. A function that is not there is 404 FSS.1051 (O24).
func (s *Server) listEvents(c *call) (any, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, e := range f.Events {
		rows = append(rows, map[string]any{"id": e.ID, "name": e.Name})
	}
	return map[string]any{"events": rows, "count": len(rows), "next_marker": len(rows)}, nil
}

// The pages of the list of asynchronous settings (contract 1.8).
const (
	asyncPage    = 10
	maxAsyncPage = 100
)

// listAsyncSettings is the list of contract 3.19: a row for each version and alias that has settings.
func (s *Server) listAsyncSettings(c *call) (any, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	marker, limit := countOf(c.query.Get("marker"), 0), min(countOf(c.query.Get("limit"), asyncPage), maxAsyncPage)
	start := min(marker, len(f.Async))
	rows := []map[string]any{}
	for _, a := range f.Async[start:min(start+limit, len(f.Async))] {
		rows = append(rows, map[string]any{
			"func_urn":                       s.functionURN(f.place()) + ":" + a.Qualifier,
			"max_async_event_age_in_seconds": a.MaxAge, "max_async_retry_attempts": a.Retries,
			"destination_config": map[string]any{}, "enable_async_status_log": false,
		})
	}
	return map[string]any{
		"async_invoke_configs": rows, "count": len(f.Async),
		"page_info": map[string]any{"next_marker": start + len(rows), "previous_marker": 0, "current_count": len(rows)},
	}, nil
}
