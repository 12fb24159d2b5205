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
		MarkdownDescription: "Deletes old versions after a publication that takes the place of one, so that the service's " +
			"quota (10 or 20 versions, `latest` included) does not fill; and before one that the service refuses while the " +
			"quota seems to be full. The plan names what would go. Never deleted are versions that an alias points to, as " +
			"main or additional version, those with reserved instances or triggers, and those that were published after the " +
			"version that this resource held. Versions that another configuration manages count like any other: do not let " +
			"two of them release one function. What cannot be deleted is a warning.",
		Attributes: map[string]schema.Attribute{
			"keep": schema.Int64Attribute{
				Required: true,
				MarkdownDescription: "How many of the newest versions stay, the new one included: from 1. At most 8 under a " +
					"quota of 10, since `latest` counts, and the new version needs room before the oldest goes.",
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

// retention decides which versions of a function go.
type retention struct {
	client   *functiongraph.Client
	function functiongraph.URN
	keep     int
	replaced string // the version that the new one takes the place of: what was published after it is somebody else's
	current  string // the new one; "" while its name is not known
}

func (p *publication) retention() retention {
	return retention{p.client, p.function, p.plan.keep(), p.prior.Version.ValueString(), p.urn.Version()}
}

// old are the versions that would go, the oldest first, and, for those that stay although they are beyond the number,
// the reason. coming is the number of versions that are to be published and not in the rows yet.
func (r retention) old(
	ctx context.Context, rows []functiongraph.Function, coming int,
) (old, spared []string, err error) {
	candidates := r.before(newestFirst(rows), r.keep-coming)
	if len(candidates) == 0 {
		return nil, nil, nil
	}
	u, err := readUses(ctx, r.client, r.function)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Backward(candidates) {
		why, err := u.of(ctx, name)
		switch {
		case err != nil:
			return nil, nil, err
		case why != "":
			spared = append(spared, name+" ("+why+")")
		default:
			old = append(old, name)
		}
	}
	return old, spared, nil
}

// before are the versions behind the first few, as far as they are not younger than the one that is replaced. Times
// count whole seconds: of the same second, only that one is known not to be younger.
func (r retention) before(rows []functiongraph.Function, keep int) (names []string) {
	var oldest time.Time
	for _, row := range rows {
		if row.Version == r.replaced {
			oldest = published(row)
		}
	}
	seen := 0
	for _, row := range rows {
		if row.Version == latest || row.Version == "" { // the latter does not say what it is about
			continue
		}
		seen++
		at := published(row)
		if seen > keep && row.Version != r.current && (at.Before(oldest) || at.Equal(oldest) && row.Version == r.replaced) {
			names = append(names, row.Version)
		}
	}
	return names
}

// prune deletes what is old after a publication. Whatever fails is a warning: the version was published.
func (r retention) prune(ctx context.Context, diags *diag.Diagnostics) {
	if r.keep == 0 {
		return
	}
	rows, err := r.client.Versions(ctx, r.function)
	var old, deleted []string
	if err == nil {
		old, _, err = r.old(ctx, rows, 0)
	}
	if err == nil {
		deleted, err = r.delete(ctx, old)
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

// delete deletes versions, and goes on after a failure. What uses them is read again before each: an alias may point
// there by now, and the service would delete it too (contract V13).
func (r retention) delete(ctx context.Context, names []string) (deleted []string, err error) {
	for _, name := range names {
		if failed := deleteVersion(ctx, r.client, r.function.WithQualifier(name)); failed != nil {
			err = errors.Join(err, fmt.Errorf("version %s: %w", name, failed))
			continue
		}
		deleted = append(deleted, name)
	}
	return deleted, err
}

// makesRoom deletes old versions when a publication was refused and the quota is the likely reason, so that releases
// that failed after publishing do not fill it for good. It says whether there is room now. The version in the state
// stays: nothing has taken its place yet.
func (p *publication) makesRoom(ctx context.Context, refusal error, diags *diag.Diagnostics) bool {
	if p.prior == nil || p.plan.keep() == 0 || !mayBeQuota(refusal) {
		return false
	}
	rows, err := p.client.Versions(ctx, p.function)
	if err != nil || !quotaLikely(refusal, rows) {
		return false
	}
	r := p.retention()
	r.current = ""
	old, _, err := r.old(ctx, rows, 1)
	if err != nil {
		return false
	}
	old = slices.DeleteFunc(old, func(name string) bool { return name == r.replaced })
	deleted, err := r.delete(ctx, old)
	if len(deleted) == 0 {
		return false
	}
	text := fmt.Sprintf("The service refused another version of %s, and there are %d, latest included: its quota seems "+
		"to be full. prune has deleted %s before the publication.", p.function.String(), len(rows),
		strings.Join(deleted, ", "))
	diags.AddAttributeWarning(path.Root("prune"), "Old Versions Were Deleted First", diagnose.Detail(text, err))
	return true
}

// warn says, in a plan, what a publication would delete. The list is made again after it.
func (r retention) warn(ctx context.Context, rows []functiongraph.Function, err error, diags *diag.Diagnostics) {
	var old, spared []string
	coming := 1
	if slices.ContainsFunc(rows, func(row functiongraph.Function) bool { return row.Version == r.current }) {
		coming = 0 // it will be taken over
	}
	if err == nil {
		old, spared, err = r.old(ctx, rows, coming)
	}
	const summary = "Old Versions Will Be Deleted"
	switch {
	case err != nil:
		diags.AddAttributeWarning(path.Root("prune"), summary, diagnose.Detail(fmt.Sprintf(
			"prune keeps %s of %s. Which of the others go could not be found out.", diagnose.Newest(r.keep), r.function.Name),
			err))
	case len(old) > 0:
		text := fmt.Sprintf("After the new version of %s is published, prune deletes %s: it keeps %s.",
			r.function.Name, strings.Join(old, ", "), diagnose.Newest(r.keep))
		if len(spared) > 0 {
			text += " Older, and kept: " + strings.Join(spared, ", ") + "."
		}
		diags.AddAttributeWarning(path.Root("prune"), summary, text)
	case len(spared) > 0:
		diags.AddAttributeWarning(path.Root("prune"), "Old Versions Stay", fmt.Sprintf(
			"prune keeps %s of %s. Older, and kept: %s.", diagnose.Newest(r.keep), r.function.Name,
			strings.Join(spared, ", ")))
	}
}
