// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

// Trigger invokes a function, a version or an alias (contract 3.21). Nothing fires.
type Trigger struct {
	ID          string         // trigger_id; PutTrigger and Put make one
	Qualifier   string         // latest, which empty stands for; a version; an alias with its exclamation mark
	Type        string         // TIMER, APIG, OBS ...
	Status      string         // ACTIVE or DISABLED; empty becomes the default of the type (O16)
	EventData   map[string]any // what was sent; numbers become float64, as in any JSON
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
	s.showTriggers(f)
	if i := slices.IndexFunc(f.Triggers, func(t Trigger) bool { return t.ID == trigger.ID }); i >= 0 {
		f.Triggers[i] = trigger
		return nil
	}
	f.Triggers = append(f.Triggers, trigger)
	return nil
}

// completeTrigger gives a trigger what every one has.
func (s *Server) completeTrigger(t *Trigger) {
	t.Qualifier = t.qualifier()
	setDefault(&t.ID, s.newUUID())
	if kind := findTriggerType(t.Type); kind != nil && kind.asleep {
		setDefault(&t.Status, disabled) // O16
	}
	setDefault(&t.Status, active)
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

// dropTrigger removes one; it says whether it was there.
func (f *Function) dropTrigger(id string) bool {
	before := len(f.Triggers)
	f.Triggers = slices.DeleteFunc(f.Triggers, func(t Trigger) bool { return t.ID == id })
	return len(f.Triggers) < before
}

// listTriggers answers with the triggers of what the URN names: 7 fields are latest, as in every read (contract 2.1).
// Whether that shows those of versions and aliases too is Q30.
func (s *Server) listTriggers(c *call) (any, *Error) {
	f, u, err := s.findForTriggers(c, errNoFunctionToRead)
	if err != nil {
		return nil, err
	}
	all := s.opts.Switches.ListAllQualifiers && u.isLatest()
	rows := []map[string]any{}
	for _, trigger := range s.visibleTriggers(f) {
		if all || trigger.qualifier() == cmp.Or(u.qualifier, latest) {
			rows = append(rows, s.triggerRow(f, trigger))
		}
	}
	return rows, nil
}

// maxTriggerPage is the page that the official tools ask for, and the largest (contract 1.8; the bound is an
// assumption).
const maxTriggerPage = 500

// listProjectTriggers answers with the triggers of all functions, versions and aliases: the newest function first, as
// in the list of functions. Only here a row has func_urn, which names the qualifier; the answer has no count (contract
// 3.21).
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
		for _, trigger := range s.visibleTriggers(f) {
			row := s.triggerRow(f, trigger)
			row["func_urn"] = s.functionURN(f.place()) + ":" + trigger.qualifier()
			rows = append(rows, row)
		}
	}
	start := min(marker, len(rows))
	end := min(start+size, len(rows))
	return map[string]any{"triggers": rows[start:end], "next_marker": end}, nil
}
