// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// pruneModel is the attribute prune.
type pruneModel struct {
	Keep types.Int64 `tfsdk:"keep"`
}

func pruneAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Deletes old versions after a publication that replaces one, so that the service's quota (10 or 20 " +
			"versions, `latest` included) does not fill. Needs `retain_on_destroy = true`. The plan names what would go. Never " +
			"deleted are versions that an alias points to, as main or additional version, those with reserved instances, and those " +
			"that were published after the version that is replaced. Versions that another configuration manages count like any " +
			"other: do not let two of them release one function. What cannot be deleted is a warning.",
		Attributes: map[string]schema.Attribute{
			"keep": schema.Int64Attribute{
				Required: true,
				MarkdownDescription: "How many of the newest versions stay, the new one included: from 1. At most 8 under a quota of 10, " +
					"since `latest` counts, and the new version needs room before the oldest goes.",
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
		},
	}
}

// keep is how many versions stay; 0 without prune, and while the number is not known.
func (m model) keep() int {
	prune, ok := tfconv.Object[pruneModel](m.Prune)
	if !ok || !tfconv.Known(prune.Keep) {
		return 0
	}
	return int(prune.Keep.ValueInt64())
}

// validatePrune: without retain_on_destroy the old version is deleted anyway, and one that prune has deleted could be
// one that Terraform still manages.
func (m model) validatePrune(diags *diag.Diagnostics) {
	if !m.Prune.IsNull() && !m.RetainOnDestroy.IsUnknown() && !m.RetainOnDestroy.ValueBool() {
		diags.AddAttributeError(path.Root("prune"), "Missing retain_on_destroy",
			"prune needs retain_on_destroy = true: older versions stay when a new one is published, and prune takes the oldest of "+
				"them. Without it, Terraform deletes each version when the next one replaces it.")
	}
}

// retention decides which versions of a function go after a publication.
type retention struct {
	client   *functiongraph.Client
	function functiongraph.URN
	keep     int
}

// old are the versions that would go, the oldest first, and, for those that stay although they are beyond the number,
// the reason. replaced are the versions that the new one takes the place of: what was published after all of them is
// somebody else's and stays. coming is the number of versions that are to be published and not in the list yet.
func (r retention) old(ctx context.Context, replaced []string, coming int) (old []string, spared []string, err error) {
	rows, err := r.client.Versions(ctx, r.function)
	if err != nil {
		return nil, nil, err
	}
	candidates := before(newestFirst(rows), replaced, r.keep-coming)
	if len(candidates) == 0 {
		return nil, nil, nil
	}
	needed, err := r.needed(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Backward(candidates) {
		if why := needed[name]; why != "" {
			spared = append(spared, name+" ("+why+")")
			continue
		}
		old = append(old, name)
	}
	return old, spared, nil
}

// before are the versions behind the first few, as far as they are not younger than the oldest of those that are
// replaced. Times count whole seconds: of the same second, only what is replaced is known not to be younger.
func before(rows []functiongraph.Function, replaced []string, keep int) (names []string) {
	var oldest time.Time
	for _, row := range rows {
		if slices.Contains(replaced, row.Version) {
			oldest = published(row)
		}
	}
	seen := 0
	for _, row := range rows {
		if row.Version == latest {
			continue
		}
		seen++
		if at := published(row); seen > keep && (at.Before(oldest) || at.Equal(oldest) && slices.Contains(replaced, row.Version)) {
			names = append(names, row.Version)
		}
	}
	return names
}

// needed are the versions that something uses, and what that is.
func (r retention) needed(ctx context.Context) (map[string]string, error) {
	needed := map[string]string{}
	aliases, err := r.client.Aliases(ctx, r.function)
	if err != nil && !functiongraph.HasCode(err, functiongraph.CodeUnknownPath) { // a region without aliases
		return nil, fmt.Errorf("the aliases could not be read: %w", err)
	}
	for _, alias := range aliases {
		for _, name := range targets(alias) {
			needed[name] = "alias " + alias.Name
		}
	}
	reserved, err := r.client.ReservedInstances(ctx, r.function)
	if err != nil && !functiongraph.HasCode(err, functiongraph.CodeUnknownPath) { // a region without them
		return nil, fmt.Errorf("the reserved instances could not be read: %w", err)
	}
	for _, row := range reserved {
		if row.QualifierType != "alias" {
			needed[row.QualifierName] = "reserved instances"
		}
	}
	return needed, nil
}

// targets are the versions that an alias sends calls to.
func targets(alias functiongraph.Alias) []string {
	names := []string{alias.Version}
	for name := range alias.AdditionalVersionWeights {
		names = append(names, name)
	}
	for name := range alias.AdditionalVersionStrategy {
		names = append(names, name)
	}
	return names
}

// prune deletes what is old after a publication. Whatever fails is a warning: the version was published.
func (r retention) prune(ctx context.Context, replaced []string, diags *diag.Diagnostics) {
	old, _, err := r.old(ctx, replaced, 0)
	var deleted []string
	for _, name := range old {
		// The aliases are read again before each: the service would delete one that points there by now (contract V13).
		if failed := deleteVersion(ctx, r.client, r.function.WithQualifier(name)); failed != nil {
			err = errors.Join(err, fmt.Errorf("version %s: %w", name, failed))
			continue
		}
		deleted = append(deleted, name)
	}
	if err == nil {
		return
	}
	text := "The new version was published, but not all old versions of " + r.function.String() + " could be deleted."
	if len(deleted) > 0 {
		text += " Deleted: " + strings.Join(deleted, ", ") + "."
	}
	diags.AddAttributeWarning(path.Root("prune"), "Old Versions Were Not Deleted",
		diagnose.Detail(text+" The next release tries again.", err))
}

// warnPrune says what a publication would delete. The list is made again after it.
func (r *Resource) warnPrune(ctx context.Context, plan, prior model, diags *diag.Diagnostics) {
	client, keep := r.connection.Ready(), plan.keep()
	urn, err := functiongraph.ParseURN(prior.FunctionURN.ValueString())
	if client == nil || keep == 0 || err != nil || !plan.FunctionURN.Equal(prior.FunctionURN) {
		return
	}
	retention := retention{client, urn.Function(), keep}
	old, spared, err := retention.old(ctx, []string{prior.Version.ValueString()}, 1)
	const summary = "Old Versions Will Be Deleted"
	switch {
	case err != nil:
		diags.AddAttributeWarning(path.Root("prune"), summary, diagnose.Detail(
			fmt.Sprintf("prune keeps the %d newest versions of %s. Which of the others go could not be found out.", keep, urn.Name), err))
	case len(old) > 0:
		text := fmt.Sprintf("After the new version of %s is published, prune deletes %s: it keeps the %d newest versions.",
			urn.Name, strings.Join(old, ", "), keep)
		if len(spared) > 0 {
			text += " Older, and kept: " + strings.Join(spared, ", ") + "."
		}
		diags.AddAttributeWarning(path.Root("prune"), summary, text)
	}
}
