// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"sync"
)

// locks hands out one turn per function; those that nobody uses are dropped.
type locks struct {
	mu   sync.Mutex
	held map[URN]*lock
}

type lock struct {
	turn  chan struct{} // holds an element while somebody has the turn
	users int
}

// Lock serialises writes on one function, whatever version or alias the URN names, and returns what ends the turn.
// Contract 1.10: several PUTs on one function must be serialised by the client. Its error is that ctx ended before the
// turn came: then nothing is locked, and unlock does nothing.
func (c *Client) Lock(ctx context.Context, urn URN) (unlock func(), err error) {
	key := urn.Function()
	l := c.locks.join(key)
	select {
	case l.turn <- struct{}{}:
		return sync.OnceFunc(func() {
			<-l.turn
			c.locks.leave(key)
		}), nil
	case <-ctx.Done():
		c.locks.leave(key)
		return func() {}, fmt.Errorf("%w while waiting for another operation on %s", ctxError(ctx), key)
	}
}

func (ls *locks) join(key URN) *lock {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.held == nil {
		ls.held = map[URN]*lock{}
	}
	l := ls.held[key]
	if l == nil {
		l = &lock{turn: make(chan struct{}, 1)}
		ls.held[key] = l
	}
	l.users++
	return l
}

func (ls *locks) leave(key URN) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := ls.held[key]
	if l.users--; l.users == 0 {
		delete(ls.held, key)
	}
}
