// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"context"
	"slices"
	"sync"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// triggersFrom is which trigger of a run is the first to read the list of the project: with that many, the list takes
// the place of one request, and with more, of all others.
const triggersFrom = 3

// ListedTrigger returns the row of a trigger in the list of the project, once in a run for each trigger: whoever reads
// it again wants to know what has changed since. false means that there is none to be had, and says nothing of the
// trigger. A row may lack members, and may be as old as the run is: what it says that is new has to be asked for.
func (c *Connection) ListedTrigger(
	ctx context.Context, urn functiongraph.URN, kind, id string,
) (row functiongraph.Trigger, ok bool) {
	if !c.lists.mayListTrigger(urn.Binding().String() + "/" + kind + "/" + id) {
		return row, false
	}
	if c.Client.CheckURN(ctx, urn) != nil { // the list would be another project's
		return row, false
	}
	rows, err := c.lists.some.get(ctx, c.Client.SomeProjectTriggers)
	if err != nil {
		return row, false
	}
	found := 0
	for _, one := range rows {
		if one.Type != kind || one.ID != id {
			continue
		}
		if of, err := functiongraph.ParseURN(one.FunctionURN); err == nil && of.Binding() == urn.Binding() {
			row = one
			found++
		}
	}
	return row, found == 1
}

func (l *lists) mayListTrigger(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refreshed == nil {
		l.refreshed = map[string]int{}
	}
	l.refreshed[key]++
	return l.refreshed[key] == 1 && len(l.refreshed) >= triggersFrom
}

// attempts are the triggers that this run has tried to make, by what they are bound to.
type attempts struct {
	mu sync.Mutex
	of map[functiongraph.URN][]functiongraph.Trigger
}

// NoteAttempt notes that this run is about to make a trigger of what the URN names, whatever comes of it.
func (c *Connection) NoteAttempt(urn functiongraph.URN, trigger functiongraph.Trigger) {
	c.attempts.mu.Lock()
	defer c.attempts.mu.Unlock()
	if c.attempts.of == nil {
		c.attempts.of = map[functiongraph.URN][]functiongraph.Trigger{}
	}
	c.attempts.of[urn.Binding()] = append(c.attempts.of[urn.Binding()], trigger)
}

// Attempts returns the triggers that this run has tried to make of what the URN names. all says that there can be no
// others: this run has made the function, too. They have type and data, and no id.
func (c *Connection) Attempts(urn functiongraph.URN) (tried []functiongraph.Trigger, all bool) {
	c.attempts.mu.Lock()
	defer c.attempts.mu.Unlock()
	return slices.Clone(c.attempts.of[urn.Binding()]), c.Created(urn.Function().String())
}
