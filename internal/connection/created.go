// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import "sync"

// created remembers the functions that this run has created. What the state knows of a function that one of them
// replaced, its versions, is gone with it.
type created struct {
	mu   sync.Mutex
	urns map[string]bool
}

// NoteCreated notes that this run has created the function with the URN.
func (c *Connection) NoteCreated(urn string) {
	c.created.mu.Lock()
	defer c.created.mu.Unlock()
	if c.created.urns == nil {
		c.created.urns = map[string]bool{}
	}
	c.created.urns[urn] = true
}

// Created says whether this run has created the function with the URN. It is false before the provider is configured.
func (c *Connection) Created(urn string) bool {
	if c == nil {
		return false
	}
	c.created.mu.Lock()
	defer c.created.mu.Unlock()
	return c.created.urns[urn]
}
