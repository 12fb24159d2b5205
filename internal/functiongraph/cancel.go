// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Detach returns a context that keeps the values and the deadline of ctx, but lives on for grace after ctx is
// cancelled. A deadline of ctx that passes ends it at once. The returned function frees it.
func Detach(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	f := newFlight(ctx, grace, true)
	return f.ctx, f.end
}

// ctxError says why a context is done; errors.Is sees context.Canceled or context.DeadlineExceeded in any case.
func ctxError(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if cause == nil || errors.Is(cause, err) {
		return cause
	}
	return fmt.Errorf("%w: %w", err, cause)
}

// flight is one write on its way. Until its last byte is handed over, a cancel aborts it: the service never processes
// a truncated request. From then on the service may be at work, and a cancel leaves it grace to answer. The caller's
// deadline ends it at any time.
type flight struct {
	ctx    context.Context // for the transport
	caller context.Context
	grace  time.Duration
	cancel context.CancelCauseFunc
	free   []func() // what end has to undo

	mu      sync.Mutex
	sent    bool // the last byte was handed over
	aborted bool
	ended   bool
	timer   *time.Timer
	bodyErr error // why our own body could not be read on
}

func newFlight(caller context.Context, grace time.Duration, sent bool) *flight {
	f := &flight{caller: caller, grace: grace, sent: sent}
	base := context.WithoutCancel(caller)
	if deadline, ok := caller.Deadline(); ok {
		var cancel context.CancelFunc
		base, cancel = context.WithDeadline(base, deadline)
		f.free = append(f.free, cancel)
	}
	f.ctx, f.cancel = context.WithCancelCause(base)
	stop := context.AfterFunc(caller, f.callerDone)
	f.free = append(f.free, func() { stop() })
	return f
}

func (f *flight) callerDone() {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.ended:
	case errors.Is(f.caller.Err(), context.DeadlineExceeded):
		f.aborted = true // f.ctx has the same deadline
	case f.sent:
		cause := fmt.Errorf("nothing came within %v after the cancel: %w", f.grace, ctxError(f.caller))
		f.timer = time.AfterFunc(f.grace, func() { f.cancel(cause) })
	default:
		f.aborted = true
		f.cancel(ctxError(f.caller))
	}
}

// handOver is called before the last byte leaves. An error means that it must not: the caller gave up before.
func (f *flight) handOver() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.aborted || f.caller.Err() != nil {
		return ctxError(f.caller)
	}
	f.sent = true
	return nil
}

// again says that net/http starts over with the same request on another connection, since nothing had left.
func (f *flight) again() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sent = false
}

func (f *flight) failBody(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bodyErr = err
}

// outcome returns whether the last byte was handed over, and why our own body failed, if it did.
func (f *flight) outcome() (sent bool, bodyErr error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.sent, f.bodyErr
}

// end frees the flight; its context is done afterwards.
func (f *flight) end() {
	f.mu.Lock()
	f.ended = true
	if f.timer != nil {
		f.timer.Stop()
	}
	f.mu.Unlock()
	f.cancel(context.Canceled)
	for _, free := range f.free {
		free()
	}
}

// cause says why the flight was ended from outside; nil while it was not.
func (f *flight) cause() error {
	return context.Cause(f.ctx)
}
