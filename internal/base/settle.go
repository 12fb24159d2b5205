// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"time"
)

// What was written reads back at once where the service is well (contract 1.10); for so long it may not.
const (
	settleWithin = 10 * time.Second
	settlePause  = time.Second
)

// NotTakenError says what of something that was written is still another when the time is over.
type NotTakenError struct{ Differs string }

func (e NotTakenError) Error() string { return "the service answered the write, but " + e.Differs }

// Settle reads what was written until look has nothing to say of it any more, for 10 seconds at the most. look says
// what is not as it should be, "" for nothing; its error ends the reading. An interrupt does not.
func Settle(ctx context.Context, look func(context.Context) (differs string, err error)) error {
	ctx, done := Detach(ctx)
	defer done()
	for began := time.Now(); ; {
		differs, err := look(ctx)
		switch {
		case err != nil:
			return err
		case differs == "":
			return nil
		case time.Since(began) >= settleWithin:
			return NotTakenError{differs}
		}
		timer := time.NewTimer(settlePause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return NotTakenError{differs}
		}
	}
}
