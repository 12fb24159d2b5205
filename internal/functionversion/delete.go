// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Delete deletes the version, unless it is to be retained; then it may be the turn of older ones. A version that an
// alias points to is never deleted: the service would delete the alias too (contract V13).
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer diagnose.Recover(ctx, "deleting a function version", &resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if state.RetainOnDestroy.ValueBool() {
		r.letGo(ctx, state, &resp.Diagnostics)
		return
	}
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(&resp.Diagnostics, "Deleting a function version")
		return
	}
	timeout, diags := state.Timeouts.Delete(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	urn, err := versionURN(state.ID.ValueString())
	if err == nil {
		err = deleteInTurn(ctx, client, urn, timeout)
	}
	if err != nil {
		diagnose.Failure(&resp.Diagnostics, "Unable to Delete Function Version",
			"Deleting "+state.ID.ValueString()+" failed.", err)
	}
}

// letGo leaves the version at the service. Where its successor was published before (create_before_destroy), what is old
// goes now; else after the publication.
func (r *Resource) letGo(ctx context.Context, state model, diags *diag.Diagnostics) {
	urn, err := versionURN(state.ID.ValueString())
	client := r.connection.Ready()
	if err != nil || client == nil {
		return
	}
	succeeded := r.connection.Releases.LetGo(urn.Function().String(), urn.Version())
	if !succeeded || state.keep() == 0 {
		return
	}
	unlock, err := client.Lock(ctx, urn)
	if err != nil {
		return // a later release prunes
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	retention{client, urn.Function(), state.keep()}.prune(ctx, []string{urn.Version()}, diags)
}

// deleteInTurn waits for its turn first: the resource's time begins behind it.
func deleteInTurn(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, timeout time.Duration) error {
	unlock, err := client.Lock(ctx, urn)
	if err != nil {
		return err
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return deleteVersion(ctx, client, urn)
}

func deleteVersion(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) error {
	aliases, err := client.Aliases(ctx, urn.Function())
	switch {
	case functiongraph.HasCode(err, functiongraph.CodeUnknownPath): // a region without aliases
	case functiongraph.HasCode(err, functiongraph.CodeFunctionNotFound) && isGone(ctx, client, urn):
		return nil
	case err != nil:
		return fmt.Errorf("its aliases could not be read, and the service would delete them too: %w", err)
	}
	for _, alias := range aliases {
		if slices.Contains(targets(alias), urn.Version()) {
			return fmt.Errorf("the alias %q points to it, and the service would delete the alias too. Nothing was deleted. "+
				"Set retain_on_destroy = true to keep the version, or let the alias move first: with create_before_destroy "+
				"the new version is published, and the alias moved, before this one goes. A version whose block was removed goes "+
				"before the alias moves: apply once with its block still there, then remove it", alias.Name)
		}
	}
	return client.DeleteVersion(ctx, urn)
}

// isGone asks about the version itself: what the list of something else says is not about it.
func isGone(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) bool {
	_, err := client.Function(ctx, urn)
	return functiongraph.IsNotFound(err)
}
