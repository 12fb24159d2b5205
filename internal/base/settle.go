// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"errors"
	"time"
)

// What was written reads back at once where the service is well (contract 1.10); for so long it may not, as what was
// just made may not be there.
const (
	settleWithin = 30 * time.Second
	settlePause  = time.Second
)

// NotTakenError says what of something that was written is still another when the time is over.
type NotTakenError struct{ Differs string }

func (e NotTakenError) Error() string { return "the service answered the write, but " + e.Differs }

// Settle reads what was written until look has nothing to say of it any more, for 30 seconds at the most. look says
// what is not as it should be, "" for nothing; its error ends the reading. An interrupt does not.
func Settle(ctx context.Context, look func(context.Context) (differs string, err error)) error {
	ctx, done := Detach(ctx)
	defer done()
	last := ""
	for began := time.Now(); ; {
		differs, err := look(ctx)
		switch {
		case err != nil && ctx.Err() != nil && last != "": // the time is over
			return NotTakenError{last}
		case err != nil:
			return err
		case differs == "":
			return nil
		case time.Since(began) >= settleWithin:
			return NotTakenError{differs}
		}
		last = differs
		timer := time.NewTimer(settlePause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return NotTakenError{differs}
		}
	}
}

// UntilGone reads until what was deleted does not show any more: what comes after may clash with it. Where it stays,
// that is a NotTakenError.
func UntilGone(ctx context.Context, isGone func(context.Context) (bool, error)) error {
	return Settle(ctx, func(ctx context.Context) (string, error) {
		gone, err := isGone(ctx)
		if gone || err != nil {
			return "", err
		}
		return "it is still there", nil
	})
}

// UntilGone is base.UntilGone for a deletion, which fails where what was deleted stays, or cannot be read.
func (op *Operation) UntilGone(ctx context.Context, what string, isGone func(context.Context) (bool, error)) {
	err := UntilGone(ctx, isGone)
	var stays NotTakenError
	switch {
	case errors.As(err, &stays):
		op.FailWith(what+" was deleted, but it still shows. Apply again: what is gone by then is no error.", err)
	case err != nil:
		op.FailWith(what+" was deleted, and whether it is gone could not be read. Apply again: what is gone is no error.",
			err)
	}
}
