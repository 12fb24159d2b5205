// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// A version that stands in the way of a publication is taken over only where nothing can be lost or wrong: it has
// the asked name, exactly this code, the settings and dependencies of the function, and the asked description. That is
// how a publication ends that was killed before its answer was saved.

// errInTheWay says why a version that is there already is not taken over.
type errInTheWay struct {
	urn functiongraph.URN
	objection
	code  bool  // the code is published already; else it is the name that is taken
	cause error // what the service said
}

// objection is what speaks against taking a version over, and what can be done about it. Both are sentences.
type objection struct {
	what, advice string
	imports      string // how the sentence goes on that ends in an import block; "" where that is no way out
}

func (e errInTheWay) Error() string { return e.cause.Error() }
func (e errInTheWay) Unwrap() error { return e.cause }

// inTheWay says that a version is there already that has the name, or the code.
func (p *publication) inTheWay(err error) bool {
	return functiongraph.HasCode(err, functiongraph.CodeUnchanged) || p.named() &&
		(base.IsExists(err) || functiongraph.HasCode(err, functiongraph.CodeVersionExists))
}

func (p *publication) named() bool { return tfconv.Known(p.plan.Version) }

// takeOver answers what inTheWay says.
func (p *publication) takeOver(
	ctx context.Context, refusal error, diags *diag.Diagnostics,
) (*functiongraph.Function, error) {
	rows, err := p.client.Versions(ctx, p.function)
	listed := err == nil // Only for 3.10 (list-versions): a region without the call tells no description.
	if err != nil && !functiongraph.HasCode(err, functiongraph.CodeUnknownPath) {
		return nil, errors.Join(refusal, fmt.Errorf("the versions could not be listed: %w", err))
	}
	name, description := p.candidate(rows)
	if name == "" {
		return nil, refusal
	}
	way := errInTheWay{
		urn: p.function.WithQualifier(name), code: functiongraph.HasCode(refusal, functiongraph.CodeUnchanged),
		cause: refusal,
	}
	got, err := p.client.Function(ctx, way.urn, functiongraph.NeedSettings) // they are compared
	// a name that is not there: the code is published under another, which no list tells
	if functiongraph.IsNotFound(err) {
		return nil, refusal
	}
	if err != nil {
		return nil, errors.Join(refusal, fmt.Errorf("the version %s could not be read: %w", way.urn, err))
	}
	if way.objection = p.objection(got, name, description, listed); way.what != "" {
		return nil, way
	}
	p.urn, p.ours = way.urn, false
	diags.AddWarning("Existing Version Taken Over", p.takenOver())
	return got, nil
}

// candidate is the version of the asked name, else the newest one that has the code; "" for none.
func (p *publication) candidate(rows []functiongraph.Function) (name, description string) {
	for _, row := range newestFirst(rows) {
		if row.Version != latest && p.named() && row.Version == p.plan.Version.ValueString() {
			return row.Version, row.VersionDescription
		}
	}
	for _, row := range newestFirst(rows) {
		if row.Version != latest && p.holds(&row) {
			return row.Version, row.VersionDescription
		}
	}
	return p.plan.Version.ValueString(), "" // without a list
}

// releaseWithCode is what becomes of other settings, or another description, of code that is published already.
const releaseWithCode = "A version never changes: release this together with a change of the code, under another name."

// releaseSettings is releaseWithCode, where the settings are what differs.
const releaseSettings = releaseWithCode +
	" With stamp_settings = true in the code of fgs_function, a change of settings is one."

// objection finds what speaks against taking a version over.
func (p *publication) objection(got *functiongraph.Function, name, description string, listed bool) objection {
	_, compared := p.compares(got)
	differ := differences(p.now, got)
	switch {
	case p.foreign(got):
		return objection{name + " holds other code.", "Choose another name.", ""}
	case compared == "":
		return objection{
			"Whether " + name + " holds this code cannot be told, since the service reports no digest.", "Choose another name.",
			"Or import it:",
		}
	case p.named() && name != p.plan.Version.ValueString() && p.prior != nil && p.plan.remarked(*p.prior) &&
		len(differ) > 0:
		return objection{ // source_hash changed for them
			"The code is published already, as " + name + " with other settings: " + strings.Join(differ, ", ") +
				". The service does not publish it again.", releaseSettings, "",
		}
	case p.named() && name != p.plan.Version.ValueString():
		return objection{
			"The code is published already, as " + name + ", and the service does not publish it again unchanged.",
			fmt.Sprintf("Change the code too, or set version = %q to have that version here.", name), p.thenImport(),
		}
	case listed && description != p.plan.Description.ValueString():
		return objection{
			fmt.Sprintf("%s holds this code with the description %q.", name, description),
			fmt.Sprintf("%s Or set description = %q to have that version here.", releaseWithCode, description), p.thenImport(),
		}
	case len(differ) > 0:
		return objection{name + " holds this code with other settings: " + strings.Join(differ, ", ") + ".", releaseSettings,
			"Or import it:"}
	case p.thenImport() != "":
		// This may be the second half of a replacement whose first half, this very version, is deleted after it.
		return objection{
			"The code is published already, as " + name + ".", "A new resource takes a version over if it has " +
				"retain_on_destroy = true: set that, and take it away in a later apply if the version should go with the resource.",
			"Or import it:",
		}
	}
	return objection{}
}

// thenImport is for a version that would be taken over but for being a new resource's that is not retained.
func (p *publication) thenImport() string {
	if p.prior != nil || p.plan.RetainOnDestroy.ValueBool() {
		return ""
	}
	return "Then import it:"
}

// takenOver is the warning.
func (p *publication) takenOver() string {
	text := p.urn.String() + " is there already, with exactly this code and these settings, and is what this resource " +
		"manages now."
	if !p.plan.RetainOnDestroy.ValueBool() {
		text += " It will be deleted when the resource is destroyed: set retain_on_destroy = true if it must stay."
	}
	return text
}
