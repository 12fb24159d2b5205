// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// defaultQuietWait is long enough for a CLI to begin with what was waiting for an operation that has just ended.
const defaultQuietWait = 10 * time.Second

// locks hands out one turn per function; those that nobody uses are dropped.
type locks struct {
	mu      sync.Mutex
	held    map[URN]*lock
	active  int           // operations that have a turn or wait for one, without those that let go of it (Await)
	changed chan struct{} // closed, and made anew, when active changes
}

type lock struct {
	turn   chan struct{} // holds an element while somebody has the turn
	holder *holder       // who that is; only it looks here
	users  int
	ended  int // operations on the function that have ended
}

// holder is an operation that got its turn. It may have let go of it for good.
type holder struct{ gone bool }

// Lock serialises writes on one function, whatever version or alias the URN names, and returns what ends the turn.
// Contract 1.10: several PUTs on one function must be serialised by the client. Its error is that ctx ended before the
// turn came: then nothing is locked, and unlock does nothing.
func (c *Client) Lock(ctx context.Context, urn URN) (unlock func(), err error) {
	key := urn.Function()
	l := c.locks.join(key)
	select {
	case l.turn <- struct{}{}:
		h := &holder{}
		l.holder = h
		return sync.OnceFunc(func() {
			if !h.gone {
				<-l.turn
			}
			c.locks.leave(key)
		}), nil
	case <-ctx.Done():
		c.locks.leave(key)
		return func() {}, fmt.Errorf("%w while waiting for another operation on %s", ctxError(ctx), key)
	}
}

// Await is for an operation that can go on only after another one on the same function. The caller has the turn; Await
// lets go of it until another operation on the function has ended, takes it again, and says that there was one. It
// gives up when nothing but such waiting has gone on in this client for a while, since whoever waits keeps a worker of
// the CLI from what it waits for; and when ctx ends, and then the caller has no turn any more.
func (c *Client) Await(ctx context.Context, urn URN) bool {
	l, before := c.locks.rest(urn.Function())
	h := l.holder
	<-l.turn
	other := c.locks.await(ctx, l, before, c.quietWait)
	c.locks.add(1)
	select {
	case l.turn <- struct{}{}:
		l.holder = h
	case <-ctx.Done():
		h.gone, other = true, false
	}
	return other
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
	ls.count(1)
	return l
}

func (ls *locks) leave(key URN) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := ls.held[key]
	l.ended++
	if l.users--; l.users == 0 {
		delete(ls.held, key)
	}
	ls.count(-1)
}

// rest takes an operation that has its turn out of those that are under way. It returns how many have ended until now.
func (ls *locks) rest(key URN) (l *lock, ended int) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	ls.count(-1)
	l = ls.held[key]
	return l, l.ended
}

func (ls *locks) add(n int) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	ls.count(n)
}

// count wakes all that await. The caller has the mutex.
func (ls *locks) count(n int) {
	ls.active += n
	if ls.changed != nil {
		close(ls.changed)
		ls.changed = nil
	}
}

// await says that another operation has ended since so many had.
func (ls *locks) await(ctx context.Context, l *lock, before int, quiet time.Duration) bool {
	for {
		ended, active, changed := ls.look(l)
		if ended > before {
			return true
		}
		var silence <-chan time.Time
		if active == 0 {
			silence = time.After(quiet)
		}
		select {
		case <-changed:
		case <-silence:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

func (ls *locks) look(l *lock) (ended, active int, changed <-chan struct{}) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.changed == nil {
		ls.changed = make(chan struct{})
	}
	return l.ended, ls.active, ls.changed
}
