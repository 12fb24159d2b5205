// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// TestSettle: it reads until all is as it should be, for 30 seconds, after an interrupt for as long as what has to
// follow a write.
func TestSettle(t *testing.T) {
	t.Parallel()
	failure := errors.New("refused")
	for name, v := range map[string]struct {
		looks int // after so many there is nothing to say; 0 for never
		fails error
		want  error
		takes time.Duration
		goes  bool // without an interrupt
	}{
		"at once":         {1, nil, nil, 0, false},
		"late":            {3, nil, nil, 2 * time.Second, false},
		"never":           {0, nil, NotTakenError{"it is another"}, settleWithin, true},
		"never, and stop": {0, nil, NotTakenError{"it is another"}, interruptGrace, false},
		"failure":         {1, failure, failure, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, interrupt := context.WithCancel(t.Context())
				defer interrupt()
				if !v.goes {
					interrupt()
				}
				began, looks := time.Now(), 0
				err := Settle(ctx, func(ctx context.Context) (string, error) {
					if looks++; v.fails != nil || looks == v.looks {
						return "", v.fails
					}
					return "it is another", ctx.Err()
				})
				if !errors.Is(err, v.want) || time.Since(began) != v.takes {
					t.Errorf("%v after %v", err, time.Since(began))
				}
			})
		})
	}
}

// TestUntilGone: a deletion is awaited; that it does not show, and that it cannot be seen, are two errors.
func TestUntilGone(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		looks int // after so many it is gone; 0 for never
		fails error
		says  string
	}{
		"at once": {1, nil, ""},
		"late":    {4, nil, ""},
		"never":   {0, nil, "x was deleted, but it still shows"},
		"unread":  {1, errors.New("refused"), "whether it is gone could not be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var diags diag.Diagnostics
				op, looks := &Operation{Diags: &diags, verb: Deleting}, 0
				op.UntilGone(t.Context(), "x", func(context.Context) (bool, error) {
					looks++
					return looks == v.looks && v.fails == nil, v.fails
				})
				if diags.HasError() != (v.says != "") || v.says != "" && !strings.Contains(diags[0].Detail(), v.says) {
					t.Errorf("%v", diags)
				}
			})
		})
	}
}
