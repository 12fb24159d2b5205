// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestShared: one reading for all who ask, whatever comes of it.
func TestShared(t *testing.T) {
	t.Parallel()
	failure := errors.New("no")
	for name, v := range map[string]struct {
		read func(context.Context) (int, error)
		want int
		fail bool
	}{
		"a list":    {func(context.Context) (int, error) { time.Sleep(time.Second); return 7, nil }, 7, false},
		"a failure": {func(context.Context) (int, error) { time.Sleep(time.Second); return 0, failure }, 0, true},
		"a panic":   {func(context.Context) (int, error) { panic("x") }, 0, true},
		"for ever":  {func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() }, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var s shared[int]
				var mu sync.Mutex
				readings := 0
				read := func(ctx context.Context) (int, error) {
					mu.Lock()
					readings++
					mu.Unlock()
					return v.read(ctx)
				}
				var all sync.WaitGroup
				began := time.Now()
				for range 10 {
					all.Go(func() {
						if got, err := s.get(t.Context(), read); got != v.want || (err != nil) != v.fail {
							t.Errorf("%d, %v", got, err)
						}
					})
				}
				all.Wait()
				if took := time.Since(began); took > sharedWithin {
					t.Errorf("it took %v", took)
				}
				if _, err := s.get(t.Context(), read); (err != nil) != v.fail || readings != 1 {
					t.Errorf("later: %v, %d readings", err, readings)
				}
			})
		})
	}
}

// TestShared_givenUp: the first to ask gives up, and the others get the list all the same.
func TestShared_givenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s shared[int]
		read := func(ctx context.Context) (int, error) {
			select {
			case <-time.After(2 * time.Second):
				return 7, nil
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
		first, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.get(first, read); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the first: %v", err)
		}
		if got, err := s.get(t.Context(), read); got != 7 || err != nil {
			t.Errorf("the second: %d, %v", got, err)
		}
	})
}

// TestFirst: what is true of a region is said once.
func TestFirst(t *testing.T) {
	t.Parallel()
	var c Connection
	if !c.First("a") || c.First("a") || !c.First("b") {
		t.Error("want each once")
	}
}
