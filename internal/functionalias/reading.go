// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// reading reads an alias with its strategy, which not every answer has: the documents show it in the list, and not in
// all answers about one alias (contract 3.12, 3.13).
type reading struct {
	client  *functiongraph.Client
	urn     functiongraph.URN
	private base.PrivateState
}

// read returns the alias. Where a second version is known and the answer has none, the list is asked: somebody may have
// put rules in the place of a share. Where a strategy is known and the list, which not every region has, has none
// either, what is known stays, unless the service has reported it before: then somebody removed it. written says that
// the strategy was just written.
func (r reading) read(
	ctx context.Context, known model, written bool, diags *diag.Diagnostics,
) (*functiongraph.Alias, error) {
	get := r.client.Alias
	if written { // "not found" is "not yet" then
		get = r.client.ReadBackAlias
	}
	got, err := get(ctx, r.urn.Function(), r.urn.Alias())
	if err != nil {
		return nil, err
	}
	var moved bool
	if base.Recall(ctx, r.private, keyMoved, &moved, diags); moved {
		base.Forget(ctx, r.private, keyMoved, diags)
	}
	imported := known.Name.IsNull() || moved // the first read
	_, shares := known.share()
	expected := imported || known.strategy() != nil || shares
	if len(got.AdditionalVersionStrategy) == 0 && len(got.AdditionalVersionWeights) == 0 && expected {
		if err := r.fromList(ctx, got); err != nil {
			return nil, err
		}
	}
	var reported bool
	base.Recall(ctx, r.private, keyStrategy, &reported, diags)
	switch {
	case len(got.AdditionalVersionStrategy) > 0:
		base.Remember(ctx, r.private, keyStrategy, true, diags)
	case known.strategy() == nil || len(got.AdditionalVersionWeights) > 0:
		base.Forget(ctx, r.private, keyStrategy, diags)
	case written || !reported: // a service that does not report it
		got.AdditionalVersionStrategy = known.strategyText()
	}
	return got, nil
}

// errList is a failure of the list of aliases. Whatever it says is missing, it is not about this alias.
type errList struct{ cause error }

func (e errList) Error() string { return "the aliases could not be listed: " + e.cause.Error() }
func (e errList) Unwrap() error { return e.cause }

// isGone says that there is no such alias: the answer about the alias itself says so.
func isGone(err error) bool {
	var list errList
	return functiongraph.IsAliasNotFound(err) && !errors.As(err, &list)
}

// fromList completes an answer by the row of the list.
//
// Only for 3.12 (alias-strategy): that the answers have all is open.
func (r reading) fromList(ctx context.Context, got *functiongraph.Alias) error {
	aliases, err := r.client.Aliases(ctx, r.urn.Function())
	if functiongraph.HasCode(err, functiongraph.CodeUnknownPath) {
		return nil
	}
	if err != nil {
		return errList{err}
	}
	for _, alias := range aliases {
		if alias.Name == r.urn.Alias() {
			got.AdditionalVersionStrategy = alias.AdditionalVersionStrategy
		}
	}
	return nil
}
