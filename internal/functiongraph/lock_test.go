// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// awaiting is a client of functions that operations go on with, each with a time of its own.
type awaiting struct {
	*testing.T
	client *Client
	all    sync.WaitGroup
}

func await(t *testing.T, run func(a *awaiting)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := scripted(t, step{})
		a := &awaiting{T: t, client: c}
		run(a)
		a.all.Wait()
		if len(c.locks.held) != 0 || c.locks.active != 0 {
			t.Errorf("%d locks left, %d operations", len(c.locks.held), c.locks.active)
		}
	})
}

// other is an operation that begins after a while and takes another.
func (a *awaiting) other(urn URN, after, takes time.Duration) {
	a.all.Go(func() {
		time.Sleep(after)
		unlock, err := a.client.Lock(a.Context(), urn)
		if err != nil {
			a.Error(err)
		}
		defer unlock()
		time.Sleep(takes)
	})
}

// awaits demands what Await says, and when.
func (a *awaiting) awaits(ctx context.Context, want bool, after time.Duration) {
	a.Helper()
	unlock, err := a.client.Lock(a.Context(), testURN)
	if err != nil {
		a.Fatal(err)
	}
	defer unlock()
	began := time.Now()
	got := a.client.Await(ctx, testURN)
	if took := time.Since(began); got != want || took != after {
		a.Errorf("Await says %t after %v, want %t after %v", got, took, want, after)
	}
}

// TestAwait: whoever awaits another operation on the function lets it have its turn.
func TestAwait(t *testing.T) {
	await(t, func(a *awaiting) {
		a.other(testURN.WithQualifier("!b"), time.Second, time.Minute)
		a.awaits(a.Context(), true, time.Minute+time.Second)
	})
}

// TestAwait_silence: with nothing else under way, nobody waits for long, nor do several who wait for one another.
func TestAwait_silence(t *testing.T) {
	await(t, func(a *awaiting) {
		for range 2 {
			a.all.Go(func() { a.awaits(a.Context(), false, defaultQuietWait) })
		}
	})
}

// TestAwait_elsewhere: as long as something goes on with other functions, what is awaited may still come.
func TestAwait_elsewhere(t *testing.T) {
	other := testURN
	other.Name = "other"
	t.Run("comes", func(t *testing.T) {
		await(t, func(a *awaiting) {
			a.other(other, time.Second, time.Minute)
			a.other(testURN, time.Minute+5*time.Second, time.Second)
			a.awaits(a.Context(), true, time.Minute+6*time.Second)
		})
	})
	t.Run("does not come", func(t *testing.T) {
		await(t, func(a *awaiting) {
			a.other(other, time.Second, time.Minute)
			a.awaits(a.Context(), false, time.Minute+time.Second+defaultQuietWait)
		})
	})
}

// TestAwait_cancel: an end of the context ends the waiting, and the waiting for the turn after it, which stays with
// whoever has it.
func TestAwait_cancel(t *testing.T) {
	t.Run("waiting", func(t *testing.T) {
		await(t, func(a *awaiting) {
			ctx, cancel := context.WithTimeout(a.Context(), time.Second)
			defer cancel()
			a.awaits(ctx, false, time.Second)
		})
	})
	t.Run("waiting for the turn", func(t *testing.T) {
		await(t, func(a *awaiting) {
			ctx, cancel := context.WithTimeout(a.Context(), 10*time.Second)
			defer cancel()
			a.other(testURN, time.Second, time.Second)
			a.other(testURN, 2*time.Second-time.Millisecond, time.Minute)
			a.awaits(ctx, false, 10*time.Second)
			a.client.locks.mu.Lock()
			defer a.client.locks.mu.Unlock()
			if len(a.client.locks.held[testURN].turn) != 1 {
				a.Error("the turn of another operation was ended")
			}
		})
	})
}
