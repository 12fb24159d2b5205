// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
)

// assured makes a write that may be repeated, and does not believe a success that is not as the contract promises (a
// 200 without the promised body, a 202): done looks whether the service has done it all the same. Where it has not, the
// call is made again, at most MaxRetries times.
func (c *Client) assured(
	ctx context.Context, r request, decode func([]byte) error, done func(context.Context) (bool, error),
) error {
	r.looks = true
	for try := 0; ; try++ {
		err := c.do(ctx, r, decode)
		var lost *lostError
		if !errors.As(err, &lost) || !lost.unpromised {
			return err
		}
		ok, lookErr := done(atOnce(ctx))
		switch {
		case lookErr != nil:
			return fmt.Errorf("%w; what became of it could not be looked up: %w", err, lookErr)
		case ok:
			return nil
		case try >= c.maxRetries:
			return fmt.Errorf("%w; it was not done (attempt %d, the last one)", err, try+1)
		}
		if err := wait(ctx, c.backoff(try+1), err); err != nil {
			return err
		}
	}
}

// unconfirmed is the error of a look by a read. That the thing is not there is not what a write found out: it is not to
// be found in the error.
func unconfirmed(err error) error {
	if IsNotFound(err) {
		return errors.New(err.Error())
	}
	return err
}

// isGone is a look that a deletion was done, by a read of what was deleted.
func isGone(readErr error) (bool, error) {
	if IsNotFound(readErr) {
		return true, nil
	}
	return false, readErr
}
