// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// sharedWithin bounds the reading of a list that all functions wait for. It is half of what a plan spends on a warning:
// where it is not there by then, each function can still ask for itself.
const sharedWithin = 5 * time.Second

// shared is a list of the project that is read once in a run, for all who ask. A failure is remembered too: what the
// region does not have, nobody asks for again.
type shared[T any] struct {
	start sync.Once
	done  chan struct{} // closed when list and err are set
	list  T
	err   error
}

// get returns the list, or why there is none. The first to ask starts the reading, which belongs to nobody: that one of
// those who wait gives up fails no other.
func (s *shared[T]) get(ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	s.start.Do(func() {
		s.done = make(chan struct{})
		go s.read(context.WithoutCancel(ctx), read)
	})
	select {
	case <-s.done:
		return s.list, s.err
	case <-ctx.Done():
		var none T
		return none, fmt.Errorf("waiting for a list of the project: %w", ctx.Err())
	}
}

// read runs on its own, where a panic would end the process.
func (s *shared[T]) read(ctx context.Context, read func(context.Context) (T, error)) {
	defer close(s.done)
	s.err = errors.New("the list was not read to its end")
	defer func() {
		if v := recover(); v != nil {
			s.err = fmt.Errorf("a defect of the provider (%T)", v)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, sharedWithin)
	defer cancel()
	s.list, s.err = read(ctx)
}
