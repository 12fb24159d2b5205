// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import "sync"

// Meeting says whether plans of one run are about functions of one name. A provider is told no addresses; it sees only
// that they meet.
type Meeting int

// What plans do to a function of one name.
const (
	Alone Meeting = iota // nobody else plans anything about it
	Twice                // two resources are to create it
	Anew                 // one resource is to delete it, and another one to create it
)

// meetings are the functions that this run is yet to create, and those that it is yet to delete.
type meetings struct {
	mu                   sync.Mutex
	creations, deletions map[string]bool
	replacing            map[string]string // which function one that is to be created takes the place of
}

// PlanCreation notes that a function is to be created, and says what else is planned for one of that name. Of one that
// takes the place of another, PlanReplacement has said it: the CLI plans its creation after that.
func (c *Connection) PlanCreation(function string) Meeting {
	m := &c.meetings
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, noted := m.replacing[function]; noted {
		delete(m.replacing, function)
		return Alone
	}
	return m.create(function)
}

// PlanDeletion notes that a function is to be deleted for good, and says what else is planned for one of its name.
func (c *Connection) PlanDeletion(function string) Meeting {
	m := &c.meetings
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.remove(function)
}

// PlanReplacement notes that a function is to be deleted, and one of another name to be created in its place. It says
// what else is planned, and for which of them. The CLI shows no warning of the creation that it plans then.
func (c *Connection) PlanReplacement(function, by string) (_ Meeting, which string) {
	m := &c.meetings
	m.mu.Lock()
	defer m.mu.Unlock()
	deleted := m.remove(function)
	if m.replacing[by] == function { // the same plan once more
		return deleted, function
	}
	created := m.create(by)
	if m.replacing == nil {
		m.replacing = map[string]string{}
	}
	m.replacing[by] = function
	if created == Alone {
		return deleted, function
	}
	return created, by
}

func (m *meetings) create(function string) Meeting {
	switch {
	case m.creations[function]:
		return Twice
	case m.creations == nil:
		m.creations = map[string]bool{}
	}
	m.creations[function] = true
	if m.deletions[function] {
		return Anew
	}
	return Alone
}

func (m *meetings) remove(function string) Meeting {
	if m.deletions == nil {
		m.deletions = map[string]bool{}
	}
	m.deletions[function] = true
	if m.creations[function] {
		return Anew
	}
	return Alone
}

// CarryOut says that what was planned for a function is being done: what is planned after it does not meet it.
func (c *Connection) CarryOut(function string) {
	m := &c.meetings
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.creations, function)
	delete(m.deletions, function)
	delete(m.replacing, function)
}
