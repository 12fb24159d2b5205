// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

const (
	notYetWindow = 30 * time.Second // how long a 404 after a write means "not yet"
	notYetPause  = time.Second
)

// readBack reads a function after a write. "Not found" means "not yet" for a while.
func readBack(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) (*functiongraph.Function, error) {
	window, cancel := context.WithTimeout(ctx, notYetWindow)
	defer cancel()
	for {
		got, err := client.Function(ctx, urn)
		if !functiongraph.IsNotFound(err) {
			return got, err
		}
		select {
		case <-window.Done():
			return nil, err
		case <-time.After(notYetPause):
		}
	}
}
