// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Leave takes away what is at a function, a version or an alias, in the function's turn, since what it belongs to has
// become another one. What is there of a function that this run has made is another resource's, and stays: what was
// there before went with its function, and to look for it would take until nothing is "not yet" any more. remove takes
// it away and awaits that; failed says what its error means.
func (op *Operation) Leave(
	ctx context.Context, at functiongraph.URN, timeout Timeout, failed string, remove func(context.Context) error,
) {
	ctx, done, ok := op.InTurn(ctx, at, timeout)
	if !ok {
		return
	}
	defer done()
	if op.connection.Created(at.Function().String()) {
		return
	}
	if err := remove(ctx); err != nil {
		op.FailWith(failed, err)
	}
}
