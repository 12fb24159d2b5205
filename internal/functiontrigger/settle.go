// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// A trigger that the service connects to a broker takes its time (contract 3.21.3): between looks the pause grows.
const (
	firstPause = 500 * time.Millisecond
	lastPause  = 5 * time.Second
)

// notTakenError says what of a trigger is not as it should be when the time is over.
type notTakenError struct {
	differs string
	cause   error
}

func (e notTakenError) Error() string { return e.differs }
func (e notTakenError) Unwrap() error { return e.cause }

// settle reads a trigger until differs has nothing to say of it. What was read last comes also with an error, which is
// a notTakenError when the time is over; nil if nothing was read.
func settle(
	ctx context.Context, client *functiongraph.Client, at id, differs func(*functiongraph.Trigger) string,
) (got *functiongraph.Trigger, err error) {
	for wait := firstPause; ; wait = min(2*wait, lastPause) {
		now, err := client.ReadBackTrigger(ctx, at.urn, at.code, at.name)
		if err != nil {
			if got != nil && ctx.Err() != nil {
				err = notTakenError{differs(got), err}
			}
			return got, err
		}
		got = now
		difference := differs(got)
		if difference == "" {
			return got, nil
		}
		if err := pause(ctx, wait); err != nil {
			return got, notTakenError{difference, err}
		}
	}
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, length time.Duration) error {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
