// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import "sync"

// locks hands out one mutex per function; those that nobody uses are dropped.
type locks struct {
	mu   sync.Mutex
	held map[URN]*lock
}

type lock struct {
	sync.Mutex
	users int
}

// Lock serialises writes on one function, whatever version or alias the URN names, and returns what ends the turn.
// Contract 1.10: several PUTs on one function must be serialised by the client.
func (c *Client) Lock(urn URN) (unlock func()) {
	key := urn.Function()
	c.locks.mu.Lock()
	if c.locks.held == nil {
		c.locks.held = map[URN]*lock{}
	}
	l := c.locks.held[key]
	if l == nil {
		l = &lock{}
		c.locks.held[key] = l
	}
	l.users++
	c.locks.mu.Unlock()
	l.Lock()
	return sync.OnceFunc(func() {
		l.Unlock()
		c.locks.mu.Lock()
		defer c.locks.mu.Unlock()
		if l.users--; l.users == 0 {
			delete(c.locks.held, key)
		}
	})
}
