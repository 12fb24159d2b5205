// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"time"
)

// Trigger invokes a function, a version or an alias (contract 3.21). Triggers can be seeded and read; nothing fires.
type Trigger struct {
	ID          string         // trigger_id; PutTrigger and Put make one
	Qualifier   string         // latest, which empty stands for; a version; an alias with its exclamation mark
	Type        string         // TIMER, APIG, OBS ...
	Status      string         // ACTIVE or DISABLED; empty becomes the default of the type (O16)
	EventData   map[string]any // numbers become float64, as in any JSON
	Created     time.Time      // zero becomes now
	LastUpdated time.Time      // zero becomes now
}

func (t *Trigger) qualifier() string { return cmp.Or(t.Qualifier, latest) }

// setTrigger adds or replaces, by id.
func (s *Server) setTrigger(f *Function, trigger Trigger) error {
	if trigger.Type == "" {
		return errors.New("a trigger has a type, such as TIMER")
	}
	if _, err := f.target(trigger.qualifier()); err != nil {
		return err
	}
	trigger.EventData = deepCopy(trigger.EventData)
	s.completeTrigger(&trigger)
	if i := slices.IndexFunc(f.Triggers, func(t Trigger) bool { return t.ID == trigger.ID }); i >= 0 {
		f.Triggers[i] = trigger
		return nil
	}
	f.Triggers = append(f.Triggers, trigger)
	return nil
}

// completeTrigger gives a seeded trigger what every trigger has.
func (s *Server) completeTrigger(t *Trigger) {
	t.Qualifier = t.qualifier()
	setDefault(&t.ID, s.newUUID())
	if slices.Contains([]string{"DDS", "KAFKA"}, t.Type) {
		setDefault(&t.Status, "DISABLED") // O16
	}
	setDefault(&t.Status, "ACTIVE")
	now := s.nowSeconds()
	if t.Created.IsZero() {
		t.Created = now
	}
	if t.LastUpdated.IsZero() {
		t.LastUpdated = now
	}
}

// hasTriggers is for A9.
func (f *Function) hasTriggers(qualifier string) bool {
	return slices.ContainsFunc(f.Triggers, func(t Trigger) bool { return t.qualifier() == qualifier })
}

func (f *Function) removeTriggers(qualifier string) {
	f.Triggers = slices.DeleteFunc(f.Triggers, func(t Trigger) bool { return t.qualifier() == qualifier })
}

// listTriggers answers with the triggers of what the URN names, and of nothing else: 7 fields are latest, as in every
// read (contract 2.1). That latest stands for all versions and aliases is said of deletes only (3.21).
func (s *Server) listTriggers(c *call) (any, *Error) {
	f, u, err := s.find(c.params["function_urn"])
	if err != nil && err.Status == http.StatusNotFound {
		return nil, &Error{http.StatusInternalServerError, "FSS.0500", "Error getting associated function"} // O14
	}
	if err != nil {
		return nil, err
	}
	if _, err := f.target(u.qualifier); err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, trigger := range f.Triggers {
		if trigger.qualifier() == cmp.Or(u.qualifier, latest) {
			rows = append(rows, triggerRow(trigger))
		}
	}
	return rows, nil
}

// maxTriggerPage is the page that the official tools ask for, and the largest (contract 1.8; the bound is an assumption).
const maxTriggerPage = 500

// listProjectTriggers answers with the triggers of all functions, versions and aliases: the newest function first, as in
// the list of functions. Only here a row has func_urn, which names the qualifier; the answer has no count (contract 3.21).
func (s *Server) listProjectTriggers(c *call) (any, *Error) {
	marker, size, err := page(c.query)
	if err != nil {
		return nil, err
	}
	if size == 0 || size > maxTriggerPage {
		size = maxTriggerPage
	}
	rows := []map[string]any{}
	for _, f := range s.newestFirst() {
		for _, trigger := range f.Triggers {
			row := triggerRow(trigger)
			row["func_urn"] = s.functionURN(f.place()) + ":" + trigger.qualifier()
			rows = append(rows, row)
		}
	}
	start := min(marker, len(rows))
	end := min(start+size, len(rows))
	return map[string]any{"triggers": rows[start:end], "next_marker": end}, nil
}

func triggerRow(t Trigger) map[string]any {
	row := map[string]any{
		"trigger_id": t.ID, "trigger_type_code": t.Type, "trigger_status": t.Status, "event_data": map[string]any{},
		"last_updated_time": triggerTime(t.LastUpdated), "created_time": triggerTime(t.Created),
	}
	if t.EventData != nil {
		row["event_data"] = t.EventData
	}
	if t.Type == "SMN" {
		delete(row, "created_time") // observed, contract 3.21
	}
	return row
}

// triggerTime: triggers have their own form of times (contract 1.9).
func triggerTime(t time.Time) string { return t.In(wallClock).Format(time.DateTime) }
