// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package lifetime

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// begun starts an operation that must be allowed to.
func begun(t *testing.T, l *Lifetime) (context.Context, func()) {
	t.Helper()
	ctx, returned, err := l.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ctx, returned
}

// waits runs Wait; the function says whether it has returned.
func waits(l *Lifetime, signals <-chan os.Signal) (over func() bool) {
	var done atomic.Bool
	go func() {
		l.Wait(signals)
		done.Store(true)
	}()
	return func() bool {
		synctest.Wait()
		return done.Load()
	}
}

// TestWait: what is in flight is cancelled and awaited, its answer gets a moment, and nothing begins after the end.
func TestWait(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]error{"gone": errGone, "signal": errTerm} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var gone atomic.Bool
				l, signals := New(gone.Load), make(chan os.Signal, 1)
				over := waits(l, signals)
				ctx, returned := begun(t, l)
				time.Sleep(time.Minute)
				if over() || ctx.Err() != nil {
					t.Fatalf("it ends without a reason: %v", ctx.Err())
				}
				if want == errGone { //nolint:errorlint // the test's own mark
					gone.Store(true)
				} else {
					signals <- syscall.SIGTERM
				}
				time.Sleep(2 * look)
				if over() || !errors.Is(context.Cause(ctx), want) || !errors.Is(ctx.Err(), context.Canceled) {
					t.Fatalf("over %t, and what is in flight has %v", over(), context.Cause(ctx))
				}
				late, lateReturned := begun(t, l)
				synctest.Wait()
				if !errors.Is(context.Cause(late), want) {
					t.Errorf("an operation began after the cancel with %v", context.Cause(late))
				}
				lateReturned()
				time.Sleep(time.Minute)
				if over() {
					t.Fatal("it ends while an operation is in flight")
				}
				returned()
				time.Sleep(quiet - time.Millisecond)
				if over() {
					t.Fatal("it ends before the answer has reached the CLI")
				}
				time.Sleep(2 * look)
				if !over() {
					t.Fatal("it does not end")
				}
				if _, _, err := l.Begin(t.Context()); !errors.Is(err, want) {
					t.Errorf("an operation began after the end: %v", err)
				}
			})
		})
	}
}

// TestWait_idle: nothing is awaited where nothing is in flight.
func TestWait_idle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		New(func() bool { return true }).Wait(nil)
		if took := time.Since(began); took > 2*look {
			t.Errorf("it took %v", took)
		}
	})
}

func TestWatchParent(t *testing.T) {
	t.Parallel()
	if WatchParent()() {
		t.Error("who runs the test counts as gone")
	}
}
