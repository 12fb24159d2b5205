// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// lookWithin bounds what a plan spends on looking ahead: a service that does not answer must not hold it up.
const lookWithin = 30 * time.Second

// foresee finds, while nothing has been changed yet, what the service is going to refuse, and says what prune will
// delete. What cannot be read is not known, and left to the apply.
func (r *Resource) foresee(ctx context.Context, c change, diags *diag.Diagnostics) {
	client := r.Connection.Ready()
	urn, err := functiongraph.ParseURN(c.plan.FunctionURN.ValueString())
	if client == nil || err != nil || c.newFunction || !c.looks() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	f := foresight{client: client, function: urn.Function(), change: c, listed: true}
	f.rows, err = client.Versions(ctx, f.function)
	if err != nil {
		f.listed, f.rows = false, c.known()
	}
	if f.taken(diags) || f.unchanged(ctx, diags) || c.prior == nil || c.plan.keep() == 0 {
		return
	}
	retention{
		client: client, function: f.function, keep: c.plan.keep(),
		replaced: c.prior.Version.ValueString(), current: c.plan.Version.ValueString(),
	}.warn(ctx, f.rows, err, diags)
}

// looks says that there is something to foresee.
func (c change) looks() bool {
	return tfconv.Known(c.plan.Version) || c.prior != nil && (c.plan.keep() > 0 || c.plan.Digest.ValueString() != "")
}

// known is the version in the state, which stands for a list that cannot be read.
func (c change) known() []functiongraph.Function {
	if c.prior == nil {
		return nil
	}
	return []functiongraph.Function{{
		Version: c.prior.Version.ValueString(), Digest: c.prior.Digest.ValueString(),
		VersionDescription: c.prior.Description.ValueString(),
	}}
}

// foresight is a publication that is planned, and the versions that there are.
type foresight struct {
	change
	client   *functiongraph.Client
	function functiongraph.URN
	rows     []functiongraph.Function
	listed   bool
}

// taken finds that the asked name is that of a version with other code: somebody forgot to give the release a new one.
func (f foresight) taken(diags *diag.Diagnostics) bool {
	for _, row := range f.rows {
		if row.Version != f.plan.Version.ValueString() || !f.otherCode(row) {
			continue
		}
		diags.AddAttributeError(path.Root("version"), "Version Holds Other Code", fmt.Sprintf(
			"There is a version %s of %s already, with other code than what is to be published now, and a version never "+
				"changes. Give this release a name of its own (was a variable forgotten?), or leave version out. To send calls "+
				"to %s again, move the alias there.",
			row.Version, f.function, row.Version))
		return true
	}
	return false
}

// otherCode says that a version has other code than the one to be published. What is not known yet says nothing, unless
// the source is known to be another one: then code goes up that no version holds.
func (f foresight) otherCode(row functiongraph.Function) bool {
	digest := f.plan.Digest
	switch {
	case digest.IsUnknown():
		return f.prior != nil && tfconv.Known(f.plan.SourceHash) && tfconv.Known(f.prior.SourceHash) && f.newCode()
	case digest.ValueString() != "":
		return row.Digest != "" && row.Digest != digest.ValueString()
	}
	image, named := strings.CutPrefix(f.plan.SourceHash.ValueString(), "image:")
	return named && imageOf(&row) != "" && imageOf(&row) != image
}

// unchanged finds that the code is published already, as the newest version, under another name or description: the
// service does not publish it again.
func (f foresight) unchanged(ctx context.Context, diags *diag.Diagnostics) bool {
	newest, ok := f.newest()
	if !ok || f.prior == nil || f.plan.Digest.ValueString() == "" || newest.Digest != f.plan.Digest.ValueString() {
		return false
	}
	attribute := "version"
	switch {
	case tfconv.Known(f.plan.Version) && f.plan.Version.ValueString() != newest.Version &&
		!f.has(f.plan.Version.ValueString()):
	case f.plan.Description.IsUnknown() || f.plan.Description.ValueString() == newest.VersionDescription:
		return false // this very version
	default:
		attribute = "description"
	}
	const summary = "Code Is Published Already"
	text := fmt.Sprintf("%s holds exactly this code, and the service does not publish code that is unchanged since the "+
		"last version (FSS.1016). ", newest.Version)
	// Only for Q4 (publish-unchanged): whether other settings make it do so is open.
	if !f.listed || len(f.differ(ctx, newest.Version)) > 0 {
		diags.AddAttributeWarning(path.Root(attribute), summary, text+"Where it counts settings too, and they changed, it "+
			"does; else the apply is going to fail, and nothing is lost by that.")
		return false
	}
	diags.AddAttributeError(path.Root(attribute), summary, text+fmt.Sprintf(
		"Keep version = %q and its description, or let the code change too. Where the service counts settings, and this "+
			"apply changes them, apply that first. To have the same code under another name or description, let %s go first: "+
			"terraform taint with the address of this resource, while retain_on_destroy is not set.", newest.Version,
		newest.Version))
	return true
}

func (f foresight) newest() (functiongraph.Function, bool) {
	for _, row := range newestFirst(f.rows) {
		if row.Version != latest && row.Version != "" {
			return row, true
		}
	}
	return functiongraph.Function{}, false
}

func (f foresight) has(version string) bool {
	for _, row := range f.rows {
		if row.Version == version {
			return true
		}
	}
	return false
}

// differ are the settings that differ between the function and a version of it; what cannot be read differs.
func (f foresight) differ(ctx context.Context, version string) []string {
	function, err := f.client.Function(ctx, f.function, functiongraph.NeedSettings)
	if err != nil {
		return []string{err.Error()}
	}
	published, err := f.client.Function(ctx, f.function.WithQualifier(version), functiongraph.NeedSettings)
	if err != nil {
		return []string{err.Error()}
	}
	return differences(function, published)
}
