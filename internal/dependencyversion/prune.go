// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// prune deletes old versions after a new one was made. What is in use stays, silently: it goes the next time. Whatever
// else fails is a warning: the version was made.
func prune(ctx context.Context, client *functiongraph.Client, made model, diags *diag.Diagnostics) {
	if made.keep() == 0 || diags.HasError() {
		return
	}
	rows, err := client.DependencyVersions(ctx, made.DependencyID.ValueString())
	for _, row := range old(rows, made.Version.ValueInt64(), made.keep()) {
		failed := client.DeleteDependencyVersion(ctx, row.DependencyID, row.Version)
		if failed != nil && !functiongraph.IsInUse(failed) {
			err = errors.Join(err, fmt.Errorf("version %d: %w", row.Version, failed))
		}
	}
	if err != nil {
		diags.AddAttributeWarning(path.Root("prune"), "Old Versions Were Not Deleted", diagnose.Detail(
			made.label()+" was made, but not all old versions could be deleted. The next new version tries again.", err))
	}
}

// old are the versions before a number that are not among the newest, the oldest first.
func old(rows []functiongraph.DependencyVersion, before int64, keep int) (out []functiongraph.DependencyVersion) {
	newestFirst(rows)
	for _, row := range rows[min(keep, len(rows)):] {
		if row.Version < before {
			out = append(out, row)
		}
	}
	slices.Reverse(out)
	return out
}

// warnPrune says, in a plan, what would be deleted after the new version was made. The list is made again then.
func warnPrune(ctx context.Context, client *functiongraph.Client, plan model, diags *diag.Diagnostics) {
	if plan.keep() == 0 || client == nil || !tfconv.Known(plan.Name) {
		return
	}
	const summary = "Old Versions Will Be Deleted"
	name := plan.Name.ValueString()
	rows, err := ownVersions(ctx, client, name)
	if err != nil {
		diags.AddAttributeWarning(path.Root("prune"), summary, diagnose.Detail(fmt.Sprintf(
			"prune keeps %s of %s. Which of the others go could not be found out.", diagnose.Newest(plan.keep()), name), err))
		return
	}
	if len(rows) == 0 {
		return
	}
	var numbers []string
	for _, row := range old(rows, rows[0].Version+1, plan.keep()-1) {
		numbers = append(numbers, fmt.Sprint(row.Version))
	}
	versions := "versions"
	if len(numbers) == 1 {
		versions = "version"
	}
	if len(numbers) > 0 {
		diags.AddAttributeWarning(path.Root("prune"), summary, fmt.Sprintf(
			"After the new version of %s is made, prune deletes the %s %s: it keeps %s. Those that are in use stay.",
			name, versions, strings.Join(numbers, ", "), diagnose.Newest(plan.keep())))
	}
}
