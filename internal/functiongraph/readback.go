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
	window, cancel := context.WithTimeout(ctx, notYetWindow)
	defer cancel()
	for {
		got, err := c.Function(ctx, urn)
		if !IsNotFound(err) {
			return got, err
		}
		select {
		case <-window.Done():
			return nil, err
		case <-time.After(notYetPause):
		}
	}
}
