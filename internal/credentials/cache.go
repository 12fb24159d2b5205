// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// renewBefore is how long before their end credentials are renewed, at the most; of short ones it is a fifth of their
// life.
const renewBefore = 5 * time.Minute

// pauseAfter is how long a renewal that failed is not tried again, while the old credentials are still good.
const pauseAfter = 30 * time.Second

// finalError is one that another try would only repeat: a refusal, or that there is nobody to ask. Repeating a refusal
// does harm: the vendor locks a key that was refused five times (contract 1.5).
type finalError struct{ error }

// Unwrap returns the cause.
func (e finalError) Unwrap() error { return e.error }

// noneError says from where there are no credentials, and why.
type noneError struct {
	from string
	err  error
}

// Error implements error.
func (e noneError) Error() string {
	return fmt.Sprintf("there are no credentials from %s: %s", e.from, e.err)
}

// Unwrap returns the cause.
func (e noneError) Unwrap() error { return e.err }

// cache keeps what a source gave until shortly before its end. One call at a time asks; the others wait and get the
// same answer.
type cache struct {
	source source
	name   string
	signs  bool
	now    func() time.Time
	turn   chan struct{} // holds an element while somebody asks

	mu      sync.Mutex
	have    lease
	ends    time.Time // of have, by the local clock; zero: never, or there is none
	renewAt time.Time
	failed  error // why the latest question had no answer; nil if it had one
	final   bool  // it is not asked again
	asked   int   // questions that had an end
	got     bool  // there is something in have
}

func newCache(s source, name string, signs bool, now func() time.Time) *cache {
	return &cache{source: s, name: name, signs: signs, now: now, turn: make(chan struct{}, 1)}
}

// Credentials implements functiongraph.Source.
func (c *cache) Credentials(ctx context.Context) (functiongraph.Credentials, error) {
	k, asked, ok := c.fresh()
	if ok {
		return k, nil
	}
	if err := c.enter(ctx); err != nil {
		return k, err
	}
	defer c.leave()
	if k, now, ok := c.fresh(); ok || now != asked { // somebody else asked meanwhile
		return k, c.verdict()
	}
	if c.mayAsk() {
		if err := c.ask(ctx); err != nil {
			return k, err
		}
	}
	k, _, _ = c.fresh()
	return k, c.verdict()
}

// Renew implements functiongraph.Source.
func (c *cache) Renew(ctx context.Context, refused functiongraph.Credentials) bool {
	if c.enter(ctx) != nil {
		return false
	}
	defer c.leave()
	if c.differs(refused) {
		return true
	}
	return c.mayAsk() && c.ask(ctx) == nil && c.differs(refused)
}

// Signs implements functiongraph.Source.
func (c *cache) Signs() bool { return c.signs }

// String implements functiongraph.Source.
func (c *cache) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.got && c.failed != nil {
		return fmt.Sprintf("%s (they could not be renewed: %s)", c.name, c.failed)
	}
	return c.name
}

func (c *cache) enter(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w while waiting for credentials", context.Cause(ctx))
	}
}

func (c *cache) leave() { <-c.turn }

// fresh returns what there is, how many questions were asked for it, and whether it is not time for another.
func (c *cache) fresh() (functiongraph.Credentials, int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ok := c.got && (c.ends.IsZero() || c.now().Before(c.renewAt))
	return c.have.Credentials, c.asked, ok
}

// verdict is the error of who has to use what there is: none while it is good, however the latest question ended.
func (c *cache) verdict() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed == nil || c.got && c.now().Before(c.ends) {
		return nil
	}
	var nobody nobodyError
	var below noneError
	if errors.As(c.failed, &nobody) || errors.As(c.failed, &below) { // that says which step of a chain it is
		return c.failed
	}
	return noneError{c.name, c.failed}
}

func (c *cache) mayAsk() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.final
}

func (c *cache) differs(from functiongraph.Credentials) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.got && c.have.Credentials != from
}

// ask makes the call and keeps what comes of it. Only that the caller gave up is an error: it is no answer for others.
func (c *cache) ask(ctx context.Context) error {
	got, err := c.source.ask(ctx)
	if err != nil && ctx.Err() != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	now := c.now()
	if c.failed = err; err != nil {
		var final finalError
		c.final = errors.As(err, &final)
		c.renewAt = now.Add(pauseAfter)
		if c.final || c.renewAt.After(c.ends) {
			c.renewAt = c.ends
		}
		return nil
	}
	c.have, c.got, c.ends, c.renewAt = got, true, time.Time{}, time.Time{}
	if got.life > 0 {
		c.ends = now.Add(got.life)
		c.renewAt = c.ends.Add(-min(renewBefore, got.life/5))
	}
	return nil
}
