// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
	"time"
)

// lateTrigger is what reads still show of a trigger that was written a moment ago (O17, Q32, switch trigger-delay):
// nothing of one that was made, and the former state of one that was changed or deleted.
type lateTrigger struct {
	function string // its id, so that nothing is left for a new function of the name
	key      triggerKey
	was      *Trigger // nil: it was not there
	until    time.Time
}

// triggerKey is what makes a trigger of a function one (contract 3.21.2).
type triggerKey struct{ qualifier, kind, id string }

func (t *Trigger) key() triggerKey { return triggerKey{t.qualifier(), t.Type, t.ID} }

// visibleTriggers are those that reads show.
func (s *Server) visibleTriggers(f *Function) []Trigger {
	out := slices.Clone(f.Triggers)
	for _, late := range s.late {
		if late.function != f.ID || !s.opts.Now().Before(late.until) {
			continue
		}
		i := slices.IndexFunc(out, func(t Trigger) bool { return t.key() == late.key })
		switch {
		case late.was == nil && i >= 0:
			out = slices.Delete(out, i, i+1)
		case late.was != nil && i >= 0:
			out[i] = *late.was
		case late.was != nil:
			out = append(out, *late.was)
		}
	}
	return out
}

// delayTrigger has to be called before a trigger is written: what reads show of it now, they show for a while.
func (s *Server) delayTrigger(f *Function, key triggerKey) {
	if s.opts.Switches.TriggerDelay == 0 {
		return
	}
	late := lateTrigger{function: f.ID, key: key, until: s.opts.Now().Add(s.opts.Switches.TriggerDelay)}
	for _, t := range s.visibleTriggers(f) {
		if t.key() == key {
			late.was = &t
		}
	}
	s.late = slices.DeleteFunc(s.late, func(other lateTrigger) bool {
		return other.function == f.ID && other.key == key || !s.opts.Now().Before(other.until)
	})
	s.late = append(s.late, late)
}

// showTriggers ends all delays of a function: what tests write behind everybody's back is there at once.
func (s *Server) showTriggers(f *Function) {
	s.late = slices.DeleteFunc(s.late, func(late lateTrigger) bool { return late.function == f.ID })
}
