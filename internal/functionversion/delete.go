// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Delete deletes the version, unless it is to be retained. Under create_before_destroy, what takes its place may have
// taken over this very version: then it stays.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	op := r.Begin(base.Deleting, &resp.Diagnostics)
	defer op.End(ctx)
	state := record().From(req.State.Raw, op.Diags)
	if op.Failed() || state.RetainOnDestroy.ValueBool() || r.Connection.Taken(state.ID.ValueString()) {
		return
	}
	urn := base.ParseID(op, state.ID, versionURN)
	timeout := op.Timeout(ctx, state.Timeouts.Delete)
	if !op.Ready() {
		return
	}
	if err := deleteInTurn(ctx, op.Client, urn, timeout, func() bool { return true }); err != nil {
		op.Fail(urn.String(), err)
	}
}

// deleteInTurn deletes the version if it still may when its turn comes.
func deleteInTurn(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, timeout time.Duration, may func() bool,
) error {
	ctx, done, err := base.InTurn(ctx, client, urn, timeout)
	if err != nil {
		return err
	}
	defer done()
	if !may() {
		return nil
	}
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
	text := fmt.Sprintf("%s is used by %s, which the service would delete too. Nothing was deleted. %s; or ", e.version,
		e.by, keep)
	if name, ok := strings.CutPrefix(e.by, "alias "); ok {
		return text + fmt.Sprintf("let the alias %q move first. A version whose block was removed goes before the alias "+
			"moves: apply once with its block still there, then remove it", name)
	}
	return text + "remove that first"
}
