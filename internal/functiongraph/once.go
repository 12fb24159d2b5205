// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// dateSlack makes up for clocks that count whole seconds: the Date header, and the service's last_modified.
const dateSlack = 2 * time.Second

// SendOnce makes a call that must not be done twice (create, import, publish) and finds out what became of it when its
// answer is lost. It returns what send or lookup returned.
//
// lookup reads whether the thing is there: (v, nil) is ours and is adopted; (nil, nil) is that nothing is there, so
// that send is called again, at most MaxRetries times; an error is that something else is there, or that the lookup
// failed. since is the start of the first attempt in the service's clock, less some slack: what is older is not ours.
// lookup gets a context of its own that outlives a cancel of ctx, with a deadline of 20 seconds.
//
// A failure of the first send that is not ambiguous is returned as it is. After an ambiguous one, every failure of a
// later send is looked up too, since the first try may have succeeded late; where the service says that the thing is
// there already, "nothing" means "not yet" for a while. What is returned then wraps the *AmbiguousError, too.
func SendOnce[T any](
	ctx context.Context, c *Client,
	send func(context.Context) (*T, error),
	lookup func(ctx context.Context, since time.Time) (*T, error),
) (*T, error) {
	started := time.Now()
	var first *AmbiguousError
	for resends := 0; ; resends++ {
		v, err := send(ctx)
		if err == nil {
			return v, nil
		}
		var lost *AmbiguousError
		again := errors.As(err, &lost)
		if first == nil {
			first = lost
		}
		if first == nil {
			return nil, err
		}
		found, lookupErr := lookUp(ctx, c, started, lookup)
		refused := time.Now()
		for !again && isThere(err) && found == nil && lookupErr == nil && time.Since(refused) < notYetWindow {
			if wait(context.WithoutCancel(ctx), notYetPause, err) != nil {
				break
			}
			found, lookupErr = lookUp(ctx, c, started, lookup)
		}
		switch {
		case lookupErr != nil:
			return nil, fmt.Errorf("%w (looked up after: %w)", lookupErr, err)
		case found != nil:
			c.newborns.add(first.makes)
			return found, nil
		case !again:
			return nil, fmt.Errorf("%w (an earlier attempt had no answer: %w)", err, first)
		case resends == c.maxRetries || ctx.Err() != nil:
			return nil, err
		}
		if err := wait(ctx, c.backoff(resends+1), err); err != nil {
			return nil, err
		}
	}
}

// isThere says that the service refuses because what is to be made is there already.
func isThere(err error) bool {
	return HasCode(err, CodeFunctionExists, CodeVersionExists, CodeUnchanged, CodeAliasExists, CodeEventExists) ||
		IsTriggerThere(err)
}

func lookUp[T any](
	ctx context.Context, c *Client, started time.Time,
	lookup func(ctx context.Context, since time.Time) (*T, error),
) (*T, error) {
	ctx, cancel := context.WithTimeout(atOnce(context.WithoutCancel(ctx)), c.lookupWithin)
	defer cancel()
	known := c.clock.isKnown()
	v, err := lookup(ctx, c.ServiceTime(started).Add(-dateSlack))
	// If the lost answer would have been the first one, the service's clock is only known now.
	if !known && c.clock.isKnown() && (v != nil || err != nil) {
		return lookup(ctx, c.ServiceTime(started).Add(-dateSlack))
	}
	return v, err
}
