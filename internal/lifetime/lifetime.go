// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package lifetime decides when the provider's process ends by itself. A CLI ends its providers; one that was killed
// cannot, and the plugin library does not notice.
package lifetime

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"
)

const (
	// look is how often the process looks whether it may end.
	look = time.Second
	// quiet is how long no operation may run before it does: an answer that was given has to reach the CLI.
	quiet = 500 * time.Millisecond
)

var (
	errGone = errors.New("the CLI that started the provider is gone")
	errTerm = errors.New("the provider was told to end (SIGTERM)")
)

// Lifetime counts the operations in flight, and cancels them when the process is to end.
type Lifetime struct {
	gone func() bool // says whether the CLI is gone
	look time.Duration

	interrupted context.Context
	interrupt   context.CancelCauseFunc

	mu      sync.Mutex
	running int
	since   time.Time // when the last operation returned
	ended   bool
}

// New returns the lifetime of a process that begins. gone says whether the CLI is gone: see WatchParent. It must be
// quick, and may be called by many goroutines.
func New(gone func() bool) *Lifetime {
	l := &Lifetime{gone: gone, look: look}
	l.interrupted, l.interrupt = context.WithCancelCause(context.Background())
	return l
}

// Gone says whether the CLI is gone. Nobody keeps what is done from then on, so no request may begin.
func (l *Lifetime) Gone() bool { return l.gone() }

// Begin is called before an operation. Its context is cancelled when the process is to end, as by an interrupt; the
// function says that the operation has returned. An error means that it must not begin: the process ends just now.
func (l *Lifetime) Begin(ctx context.Context) (context.Context, func(), error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return nil, nil, context.Cause(l.interrupted)
	}
	l.running++
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(l.interrupted, func() { cancel(context.Cause(l.interrupted)) })
	return ctx, func() {
		stop()
		cancel(nil)
		l.returned()
	}, nil
}

func (l *Lifetime) returned() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running--
	l.since = time.Now()
}

// Wait returns when the process may end. The CLI is gone or a signal came, which cancels what is in flight; then that
// came to its end, and a moment passed.
func (l *Lifetime) Wait(signals <-chan os.Signal) {
	ticks := time.NewTicker(l.look)
	defer ticks.Stop()
	for !l.end() {
		select {
		case <-signals:
			l.interrupt(errTerm)
		case <-ticks.C:
			if l.gone() {
				l.interrupt(errGone)
			}
		}
	}
}

// end says whether the process may end. From then on no operation begins.
func (l *Lifetime) end() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = l.interrupted.Err() != nil && l.running == 0 && time.Since(l.since) >= quiet
	return l.ended
}
