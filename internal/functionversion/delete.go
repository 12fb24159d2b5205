// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Delete deletes the version, unless it is to be retained. Under create_before_destroy, what takes its place may have
// taken over this very version: then it stays.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer diagnose.Recover(ctx, "deleting a function version", &resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(record().Get(req.State.Raw, &state)...)
	if resp.Diagnostics.HasError() || state.RetainOnDestroy.ValueBool() || r.connection.Taken(state.ID.ValueString()) {
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

// deleteVersion deletes a version that nothing uses. What would go with it stops it.
func deleteVersion(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) error {
	u, err := readUses(ctx, client, urn.Function())
	var why string
	if err == nil {
		why, err = u.of(ctx, urn.Version())
	}
	switch {
	case err != nil && isGone(ctx, client, urn, err):
		return nil
	case err != nil:
		return fmt.Errorf("%w. Nothing was deleted, since the service deletes what uses a version together with it", err)
	case why != "":
		return errUsed{urn.Version(), why}
	}
	return client.DeleteVersion(ctx, urn)
}

// isGone says that the version is not there any more: the service says of a list that there is no such function, and of
// the version the same. What the list of something else says is not enough.
func isGone(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, of error) bool {
	if !functiongraph.HasCode(of, functiongraph.CodeFunctionNotFound) {
		return false
	}
	_, err := client.Function(ctx, urn)
	return functiongraph.IsNotFound(err)
}

// errUsed says that a version was not deleted because something uses it.
type errUsed struct{ version, by string }

func (e errUsed) Error() string {
	const keep = "Set retain_on_destroy = true and apply to keep the version when the resource goes"
	text := fmt.Sprintf("%s is used by %s, which the service would delete too. Nothing was deleted. %s; or ", e.version, e.by, keep)
	if name, ok := strings.CutPrefix(e.by, "alias "); ok {
		return text + fmt.Sprintf("let the alias %q move first. A version whose block was removed goes before the alias moves: "+
			"apply once with its block still there, then remove it", name)
	}
	return text + "remove that first"
}
