// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"sync"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// run remembers what a resource cannot know of others, or of its own calls: the CLI configures the provider anew for
// its plan and for its apply, and says to nobody which of them it makes.
type run struct {
	mu           sync.Mutex
	created      map[string]bool
	planned      map[string]bool
	read         map[string]bool
	taken        map[string]bool
	warned       map[string]bool
	dependencies map[string]bool
	deletions    map[string]bool
}

// fullDeletions is how many functions that a plan deletes are looked at in full for what goes with them. Somebody who
// deletes a few wants to read it all; of hundreds each further request counts.
const fullDeletions = 3

// MayLookInFull says whether the function with the URN is one of the first few that this run plans to delete.
func (c *Connection) MayLookInFull(urn string) bool {
	c.run.mu.Lock()
	defer c.run.mu.Unlock()
	if c.run.deletions == nil {
		c.run.deletions = map[string]bool{}
	}
	if len(c.run.deletions) < fullDeletions {
		c.run.deletions[urn] = true
	}
	return c.run.deletions[urn]
}

// First says whether this run has not said a thing before: what is true of a whole region is said once.
func (c *Connection) First(thing string) bool {
	c.run.mu.Lock()
	defer c.run.mu.Unlock()
	said := c.run.warned[thing]
	if c.run.warned == nil {
		c.run.warned = map[string]bool{}
	}
	c.run.warned[thing] = true
	return !said
}

func (r *run) note(set *map[string]bool, urn string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if *set == nil {
		*set = map[string]bool{}
	}
	(*set)[urn] = true
}

func (r *run) has(set *map[string]bool, urn string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return (*set)[urn]
}

// NoteCreated notes that this run has created the function with the URN.
func (c *Connection) NoteCreated(urn string) { c.run.note(&c.run.created, urn) }

// Created says whether this run has created the function with the URN: what the state knows of versions of an earlier
// one is gone. It is false before the provider is configured.
func (c *Connection) Created(urn string) bool { return c != nil && c.run.has(&c.run.created, urn) }

// NotePlanned notes that this run plans to make the function of that name in a package, be it in the place of another.
func (c *Connection) NotePlanned(pkg, name string) {
	if c != nil {
		c.run.note(&c.run.planned, pkg+"/"+name)
	}
}

// Planned says whether this run plans to make the function that the URN names: if there is one, it goes before, with
// all that belongs to it. An apply plans, too, before it makes the function: ask Created there.
func (c *Connection) Planned(urn functiongraph.URN) bool {
	return c != nil && c.run.has(&c.run.planned, urn.Package+"/"+urn.Name)
}

// NoteRead notes that this run has refreshed the object with the URN.
func (c *Connection) NoteRead(urn string) { c.run.note(&c.run.read, urn) }

// Read says whether this run has refreshed the object with the URN. Then it is a plan's: an apply refreshes nothing.
func (c *Connection) Read(urn string) bool { return c != nil && c.run.has(&c.run.read, urn) }

// Applies says that this run is an apply, as far as can be told: it has a client, and has not refreshed the object with
// that URN or id. A plan with -refresh=false looks the same.
func (c *Connection) Applies(id string) bool { return c.Ready() != nil && !c.Read(id) }

// NoteTaken notes that a new resource of this run has taken over the version with the URN.
func (c *Connection) NoteTaken(urn string) { c.run.note(&c.run.taken, urn) }

// Taken says whether a new resource of this run has taken over the version with the URN: then whatever else stands for
// it in the state must not delete it.
func (c *Connection) Taken(urn string) bool { return c != nil && c.run.has(&c.run.taken, urn) }

// NoteDependency notes that this run has seen a dependency of that id, which is none of a version of it.
func (c *Connection) NoteDependency(id string) { c.run.note(&c.run.dependencies, id) }

// IsDependency says whether this run has seen a dependency of that id: what a function needs is the id of a version.
func (c *Connection) IsDependency(id string) bool {
	return c != nil && c.run.has(&c.run.dependencies, id)
}
