// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

const label = "this" // of the resource in an import block

// fail explains why nothing was published.
func (p *publication) fail(ctx context.Context, err error) {
	summary, diags := p.op.Summary(), p.op.Diags
	var guard errGuard
	var way errInTheWay
	switch {
	case errors.As(err, &guard):
		remains := "; no version remains of this"
		if guard.remains != nil {
			remains = ""
		}
		diags.AddAttributeError(path.Root("digest"), summary, diagnose.Detail("Somebody changed the code of "+
			p.function.String()+" after it was applied"+remains+". Apply again: the plan repairs the function first.", err))
	case errors.As(err, &way):
		p.failInTheWay(way)
	case functiongraph.HasCode(err, functiongraph.CodeUnchanged):
		p.op.FailWith("The code of "+p.function.String()+" is published already, and the service does not "+
			"publish it again unchanged. Which version holds it could not be found out: look up its name in the console, and "+
			"set version to it.", err)
	case base.IsExists(err), functiongraph.HasCode(err, functiongraph.CodeVersionExists):
		diags.AddAttributeError(path.Root("version"), p.op.ExistsSummary(), diagnose.Detail(
			"There is a version "+p.urn.String()+" already, and Terraform does not take over what it did not provably publish."+
				diagnose.Unsure(err)+" Choose another name"+p.orImport(), err))
	default:
		p.op.FailWith(p.op.Sentence(p.function.String())+p.quota(ctx, err), err)
	}
}

// failInTheWay explains why a version that is there already is not taken over.
func (p *publication) failInTheWay(way errInTheWay) {
	text := fmt.Sprintf("There is %s already. %s%s %s", way.urn, way.what, diagnose.Unsure(way.cause), way.advice)
	if p.prior == nil && way.imports != "" {
		text += " " + way.imports + "\n\n" + p.op.ImportBlock(label, way.urn.String())
	}
	at, summary := path.Root("version"), p.op.ExistsSummary()
	if way.code {
		at, summary = path.Root("source_hash"), p.op.Summary()
	}
	p.op.Diags.AddAttributeError(at, summary, diagnose.Detail(text, way.cause))
}

// orImport ends a sentence of advice with an import block, where the resource is not in the state yet.
func (p *publication) orImport() string {
	if p.prior != nil {
		return "."
	}
	return ", or import it if it should be managed here:\n\n" + p.op.ImportBlock(label, p.urn.String())
}

// quota adds what is known of the version quota to a refusal.
//
// Only for Q1: the service's code for it is not documented, so that the number of versions has to tell.
func (p *publication) quota(ctx context.Context, err error) string {
	if !mayBeQuota(err) {
		return ""
	}
	rows, listErr := p.client.Versions(ctx, p.function)
	if listErr != nil && isForbidden(err) {
		return " One reason may be the quota: the service keeps 10 or 20 versions of one function, latest included. Then " +
			"delete versions that no alias needs, or ask for a larger quota."
	}
	if listErr != nil || !quotaLikely(err, rows) {
		return ""
	}
	return fmt.Sprintf(" The function has %d versions, latest included, and the service keeps 10 or 20 of one function. "+
		"%sThe ways out: let prune delete old versions with each release, delete some that nothing needs, or ask for a "+
		"larger quota.",
		len(rows), p.unneeded(ctx, rows))
}

// mayBeQuota says that a refusal is none of those that say what else is wrong.
//
// Only for Q1: else the code would say it.
func mayBeQuota(err error) bool {
	var api *functiongraph.Error
	return errors.As(err, &api) && api.Status >= 400 && api.Status < 500 &&
		!slices.Contains([]int{http.StatusUnauthorized, http.StatusNotFound, http.StatusTooManyRequests}, api.Status) &&
		!functiongraph.HasCode(err, functiongraph.CodeVersionName, functiongraph.CodeUnchanged,
			functiongraph.CodeVersionExists)
}

func isForbidden(err error) bool {
	var api *functiongraph.Error
	return errors.As(err, &api) && api.Status == http.StatusForbidden
}

// quotaLikely says that the quota may be the reason of a refusal: it says "forbidden", or there are as many versions as
// one of the quotas that are documented.
//
// Only for V8 (version-quota) and Q1: the quotas are 10 or 20, which count latest or do not.
func quotaLikely(err error, rows []functiongraph.Function) bool {
	return isForbidden(err) || slices.Contains([]int{10, 11, 20, 21}, len(rows))
}

// unneeded names the versions that nothing needs.
func (p *publication) unneeded(ctx context.Context, rows []functiongraph.Function) string {
	u, err := readUses(ctx, p.client, p.function)
	if err != nil {
		return ""
	}
	var names []string
	for _, row := range newestFirst(rows) {
		if row.Version == latest || row.Version == "" {
			continue
		}
		used, err := u.of(ctx, row.Version)
		if err != nil {
			return ""
		}
		if used == "" {
			names = append(names, row.Version)
		}
	}
	if len(names) == 0 {
		return "An alias, a trigger or reserved instances need each of them. "
	}
	return "No alias, no trigger and no reserved instances need " + strings.Join(names, ", ") + ". "
}
