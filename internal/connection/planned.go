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

// planned are the functions that this run plans to create, and those that it plans to delete.
type planned struct {
	mu                   sync.Mutex
	creations, deletions map[string]bool
	replacing            map[string]string // which function one that is to be created takes the place of
}

// PlanCreation notes that a function is to be created, and says what else is planned for one of that name. Of one that
// takes the place of another, PlanReplacement has said it: the CLI plans its creation after that.
func (c *Connection) PlanCreation(function string) Meeting {
	p := &c.planned
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, noted := p.replacing[function]; noted {
		delete(p.replacing, function)
		return Alone
	}
	return p.create(function)
}

// PlanDeletion notes that a function is to be deleted for good, and says what else is planned for one of its name.
func (c *Connection) PlanDeletion(function string) Meeting {
	p := &c.planned
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.remove(function)
}

// PlanReplacement notes that a function is to be deleted, and one of another name to be created in its place. It says
// what else is planned, and for which of them. The CLI shows no warning of the creation that it plans then.
func (c *Connection) PlanReplacement(function, by string) (_ Meeting, which string) {
	p := &c.planned
	p.mu.Lock()
	defer p.mu.Unlock()
	deleted := p.remove(function)
	if p.replacing[by] == function { // the same plan once more
		return deleted, function
	}
	created := p.create(by)
	if p.replacing == nil {
		p.replacing = map[string]string{}
	}
	p.replacing[by] = function
	if created == Alone {
		return deleted, function
	}
	return created, by
}

func (p *planned) create(function string) Meeting {
	switch {
	case p.creations[function]:
		return Twice
	case p.creations == nil:
		p.creations = map[string]bool{}
	}
	p.creations[function] = true
	if p.deletions[function] {
		return Anew
	}
	return Alone
}

func (p *planned) remove(function string) Meeting {
	if p.deletions == nil {
		p.deletions = map[string]bool{}
	}
	p.deletions[function] = true
	if p.creations[function] {
		return Anew
	}
	return Alone
}

// CarryOut says that what was planned for a function is being done: what is planned after it does not meet it.
func (c *Connection) CarryOut(function string) {
	p := &c.planned
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.creations, function)
	delete(p.deletions, function)
	delete(p.replacing, function)
}
