// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

const (
	// DefaultTimeout bounds each operation. It is long because throttled calls are repeated until then.
	DefaultTimeout = 10 * time.Minute

	// interruptGrace is how long what has to follow a creation may go on after an interrupt. What was created and not
	// finished would be tainted, and the next apply would destroy it.
	interruptGrace = 20 * time.Second
)

// Timeout is a method of timeouts.Value.
type Timeout func(ctx context.Context, otherwise time.Duration) (time.Duration, diag.Diagnostics)

// InTurn waits until no other operation changes the function of the URN. The operation's own time begins behind that.
// An error means that the turn did not come; else done ends it.
func InTurn(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, within time.Duration,
) (_ context.Context, done func(), err error) {
	unlock, err := client.Lock(ctx, urn)
	if err != nil {
		return ctx, func() {}, err
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	return ctx, func() { cancel(); unlock() }, nil
}

// Detach is the context for what has to follow a write, also after an interrupt. done frees it.
func Detach(ctx context.Context) (_ context.Context, done func()) {
	return functiongraph.Detach(ctx, interruptGrace)
}
