// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"net/http"
)

// DeleteFunction deletes a function with all its versions, aliases and triggers: DELETE .../{urn} (contract 3.7). The
// URN must be that of the function itself, without a qualifier. A function that is not there is a success. An answer
// other than the promised 204 is not believed: a read decides. A refusal is final (contract 1.10).
func (c *Client) DeleteFunction(ctx context.Context, urn URN) error {
	if urn.Qualifier != "" {
		return fmt.Errorf("deleting a function needs a URN of 7 fields, without a version or alias; got %q", urn)
	}
	return c.delete(ctx, urn)
}

// DeleteVersion deletes one published version with its alias: DELETE .../{urn} with a version (contract 3.7). The
// URN must name a version, not an alias and not latest. A version that is not there is a success; else as above.
func (c *Client) DeleteVersion(ctx context.Context, urn URN) error {
	if v := urn.Version(); v == "" || v == VersionLatest {
		return fmt.Errorf("deleting a version needs a URN of 8 fields that ends in a published version; got %q", urn)
	}
	return c.delete(ctx, urn)
}

func (c *Client) delete(ctx context.Context, urn URN) error {
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	r := request{
		method: http.MethodDelete, route: routeFunction, urn: urn, absent: goneCodes(urn), promises: http.StatusNoContent,
	}
	err := c.assured(ctx, r, nil, func(ctx context.Context) (bool, error) {
		_, err := c.Function(ctx, urn)
		return isGone(err)
	})
	if err != nil && !IsNotFound(err) {
		return err
	}
	if urn.Qualifier == "" {
		c.newborns.forget(urn)
	}
	return nil
}
