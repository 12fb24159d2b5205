// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// A version has one alias (contract A3), so of two that move along, the one whose version is still taken has to go
// second: the other one when a release is promoted, the first one when it is rolled back. No depends_on says both. So a
// write that is refused for that lets the other operations on the function go first, and is sent again after each of
// them. The CLI tells a provider nothing of a resource before its turn has come: whether the other alias is going to
// move cannot be known, only that nothing goes on any more (functiongraph.Client.Await).

// turn is a write of an alias, which another alias may be in the way of.
type turn struct {
	connection *connection.Connection
	client     *functiongraph.Client
	urn        functiongraph.URN
	version    string
}

// write sends until no other alias has the version, or nothing is going to change that: then once more, for what
// another run may have moved. Its error is an errHeld where an alias has the version.
func (w turn) write(ctx context.Context, send func(context.Context) error) error {
	for awaits := true; ; {
		err := w.held(ctx, send(ctx))
		if err == nil {
			w.connection.ForgetMove(w.function(), w.urn.Alias())
		}
		var held errHeld
		if !errors.As(err, &held) || held.by == "" || held.by == w.urn.Alias() || held.ring != nil || !awaits {
			return err
		}
		if awaits = w.client.Await(ctx, w.urn); ctx.Err() != nil {
			return err
		}
	}
}

func (w turn) function() string { return w.urn.Function().String() }

// errHeld is the refusal of a write since an alias has the version.
type errHeld struct {
	by    string            // the alias, which may be of the very name; "" if it cannot be found out
	ring  []connection.Move // the moves of this run that are in the way of one another; nil for none
	cause error
}

func (e errHeld) Error() string { return e.cause.Error() }
func (e errHeld) Unwrap() error { return e.cause }

// held finds out which alias has the version, if that is what a write was refused for. After a lost answer it is not
// known whether the alias was made: then nothing is sent again.
//
// Only for A3 (aliased-version): under FSS.1014, which may mean something else, the list of the aliases tells.
func (w turn) held(ctx context.Context, err error) error {
	var unsure *functiongraph.AmbiguousError
	aliased := functiongraph.HasCode(err, functiongraph.CodeVersionAliased)
	if errors.As(err, &unsure) || !aliased && !functiongraph.HasCode(err, functiongraph.CodeBadAlias) {
		return err
	}
	by := w.holder(ctx)
	if by == "" && !aliased {
		return err
	}
	return errHeld{by, w.connection.Ring(w.function(), w.urn.Alias()), err}
}

// holder is the alias that points at the version, "" if it cannot be found out.
func (w turn) holder(ctx context.Context) string {
	aliases, err := w.client.Aliases(ctx, w.urn.Function())
	if err == nil {
		for _, alias := range aliases {
			if alias.Version == w.version {
				return alias.Name
			}
		}
	}
	return ""
}

// noteMove notes where the alias is to point, and refuses what can never be: a ring, of which none can move first. It
// is found in the plan, as soon as all versions are known.
func (r *Resource) noteMove(plan, prior model, diags *diag.Diagnostics) {
	urn, err := aliasURN(prior.ID.ValueString())
	if err != nil || r.Connection == nil {
		return
	}
	function := urn.Function().String()
	if !tfconv.Known(plan.Version) || plan.Version.Equal(prior.Version) || !plan.Name.Equal(prior.Name) {
		r.Connection.ForgetMove(function, urn.Alias())
		return
	}
	move := connection.Move{Alias: urn.Alias(), From: prior.Version.ValueString(), To: plan.Version.ValueString()}
	if ring := r.Connection.NoteMove(function, move); ring != nil {
		diags.Append(errRing(ring, ""))
	}
}

// errRing says how to make in two applies what one cannot. A share of all calls makes the first of them complete, as
// far as callers can tell.
func errRing(ring []connection.Move, facts string) diag.Diagnostic {
	ring = slices.SortedFunc(slices.Values(ring), func(a, b connection.Move) int { return cmp.Compare(a.Alias, b.Alias) })
	moves := make([]string, 0, len(ring))
	for _, m := range ring {
		moves = append(moves, fmt.Sprintf("%q from %s to %s", m.Alias, m.From, m.To))
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("version"), "Aliases Exchange Their Versions", fmt.Sprintf(
		"The aliases are to move in a ring: %s. A version has one alias at a time, so none of them can move first. Do it "+
			"in two applies. In the first, let %q point at a version that no alias has, such as latest, and send all of its "+
			"calls to the right one meanwhile, with additional_version = { version = %q, weight = 100 }; the others move as "+
			"planned. In the second, set version = %q and remove additional_version.%s",
		strings.Join(moves, ", "), ring[0].Alias, ring[0].To, ring[0].To, facts))
}
