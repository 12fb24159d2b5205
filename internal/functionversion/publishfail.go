// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

const label = "this" // of the resource in an import block

// errExists is a version of the asked name that is not, or not provably, the one that was sent.
type errExists struct{ urn functiongraph.URN }

func (e errExists) Error() string {
	return e.urn.String() + " exists, and is not what this apply published"
}

// errPublished says that the code is published already, as another version.
type errPublished struct {
	urn   functiongraph.URN
	cause error
}

func (e errPublished) Error() string { return e.cause.Error() }
func (e errPublished) Unwrap() error { return e.cause }

// takeOver answers "code unchanged since the last version" (FSS.1016). With retain_on_destroy, and no other name asked
// for, the version that holds exactly this code is taken over: nothing that destroys can come of it. Otherwise never:
// destroying this resource would destroy somebody else's version.
func (p *publication) takeOver(ctx context.Context, unchanged error, diags *diag.Diagnostics,
) (*functiongraph.Function, error) {
	rows, err := p.client.Versions(ctx, p.function)
	if err != nil {
		return nil, errors.Join(unchanged, fmt.Errorf("the versions could not be listed: %w", err))
	}
	for _, row := range newestFirst(rows) {
		if row.Version == latest || !p.holds(&row) {
			continue
		}
		urn := p.function.WithQualifier(row.Version)
		name := p.plan.Version
		if !p.plan.RetainOnDestroy.ValueBool() || tfconv.Known(name) && name.ValueString() != row.Version {
			return nil, errPublished{urn, unchanged}
		}
		p.urn = urn
		diags.AddWarning("Existing Version Taken Over",
			fmt.Sprintf("The service does not publish code that is unchanged since the last version. %s holds exactly this "+
				"code and is now managed by this resource. Since retain_on_destroy is set, it will not be deleted by it.", urn))
		return &row, nil
	}
	return nil, unchanged
}

// fail explains why nothing was published.
func (p *publication) fail(ctx context.Context, err error, diags *diag.Diagnostics) {
	const summary = "Unable to Publish Function Version"
	var guard errGuard
	var published errPublished
	var exists errExists
	switch {
	case errors.As(err, &guard):
		remains := "; no version remains of this"
		if guard.remains != nil {
			remains = ""
		}
		diags.AddAttributeError(path.Root("digest"), summary, diagnose.Detail("Somebody changed the code of "+
			p.function.String()+" after it was applied"+remains+". Apply again: the plan repairs the function first.", err))
	case errors.As(err, &published):
		diagnose.Failure(diags, summary, "The code of "+p.function.String()+" is published already, as "+published.urn.String()+
			", and the service does not publish it again unchanged. To manage that version here, import it:\n\n"+
			diagnose.ImportBlock("fgs_function_version", label, published.urn.String()), err)
	case functiongraph.HasCode(err, functiongraph.CodeUnchanged):
		diagnose.Failure(diags, summary, "The code of "+p.function.String()+" is published already, and the service does not "+
			"publish it again unchanged. Which version holds it could not be found out. To manage that version here, look up "+
			"its name in the console and import it:\n\n"+
			diagnose.ImportBlock("fgs_function_version", label, p.function.WithQualifier("VERSION").String()), err)
	case errors.As(err, &exists), functiongraph.HasCode(err, functiongraph.CodeVersionExists):
		diags.AddAttributeError(path.Root("version"), "Function Version Already Exists", diagnose.Detail(
			"There is a version "+p.urn.String()+" already, and Terraform does not take over what it did not provably publish."+
				diagnose.Unsure(err)+" Choose another name, or import it if it should be managed here:\n\n"+
				diagnose.ImportBlock("fgs_function_version", label, p.urn.String()), err))
	default:
		diagnose.Failure(diags, summary, "Publishing "+p.function.String()+" failed."+p.quota(ctx, err), err)
	}
}

// quota adds what is known of the version quota to a refusal. The service's code for it is not documented (contract Q1),
// so that the number of versions has to tell.
func (p *publication) quota(ctx context.Context, err error) string {
	var api *functiongraph.Error
	if !errors.As(err, &api) || api.Status < 400 || api.Status >= 500 || api.Status == 404 || api.Status == 401 {
		return ""
	}
	rows, listErr := p.client.Versions(ctx, p.function)
	if listErr != nil && api.Status == 403 {
		return " One reason may be the quota: the service keeps 10 or 20 versions of one function, latest included. Then " +
			"delete versions that no alias needs, or ask for a larger quota."
	}
	if listErr != nil || len(rows) < smallestQuota && api.Status != 403 {
		return ""
	}
	return fmt.Sprintf(" The function has %d versions, latest included, and the service keeps 10 or 20 of one function. %sThe ways "+
		"out: let prune delete old versions with each release, delete some that nothing needs, or ask for a larger quota.",
		len(rows), p.unneeded(ctx, rows))
}

// unneeded names the versions that no alias and no reserved instance needs.
func (p *publication) unneeded(ctx context.Context, rows []functiongraph.Function) string {
	needed, err := retention{client: p.client, function: p.function}.needed(ctx)
	if err != nil {
		return ""
	}
	var names []string
	for _, row := range newestFirst(rows) {
		if row.Version != latest && needed[row.Version] == "" {
			names = append(names, row.Version)
		}
	}
	if len(names) == 0 {
		return "An alias or reserved instances need each of them. "
	}
	return "No alias and no reserved instances need " + strings.Join(names, ", ") + ". "
}

// smallestQuota is the number of versions of a function, latest included, from which a refusal may be the quota's.
const smallestQuota = 10
