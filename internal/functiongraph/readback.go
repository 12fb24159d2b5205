// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import "context"

// ReadBack reads a function or a version after it was written: "not found" is "not yet" then, as after its creation. An
// error for which IsNotFound is true means that it was not there for 30 seconds.
func (c *Client) ReadBack(ctx context.Context, urn URN, more ...Need) (*Function, error) {
	return c.readFunction(ctx, urn, true, more...)
}

// ReadBackAlias does the same for an alias.
func (c *Client) ReadBackAlias(ctx context.Context, urn URN, name string) (*Alias, error) {
	return c.readAlias(ctx, urn, name, true)
}
