// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"time"
)

// DESIGN 5: after a write, "not found" means "not yet" for a while.
const (
	notYetWindow = 30 * time.Second
	notYetPause  = time.Second
)

// ReadBack reads a function or a version after it was written. An error for which IsNotFound is true means that it was
// not there for 30 seconds.
func (c *Client) ReadBack(ctx context.Context, urn URN) (*Function, error) {
	return readBack(ctx, func() (*Function, error) { return c.Function(ctx, urn) })
}

// ReadBackAlias does the same for an alias: see IsAliasNotFound.
func (c *Client) ReadBackAlias(ctx context.Context, urn URN, name string) (*Alias, error) {
	return readBack(ctx, func() (*Alias, error) { return c.Alias(ctx, urn, name) })
}

func readBack[T any](ctx context.Context, read func() (*T, error)) (*T, error) {
	window, cancel := context.WithTimeout(ctx, notYetWindow)
	defer cancel()
	for {
		got, err := read()
		if !IsAliasNotFound(err) {
			return got, err
		}
		select {
		case <-window.Done():
			return nil, err
		case <-time.After(notYetPause):
		}
	}
}
