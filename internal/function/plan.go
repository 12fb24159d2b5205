// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ModifyPlan decides what happens to the code and which computed values change. The framework would otherwise plan
// either all of them as unknown, or, when only a file's content changed, none.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	if req.Plan.Raw.IsNull() { // destroy
		var prior model
		if op.Add(prior.get(req.State.Raw)); !op.Failed() {
			r.warnDeletion(ctx, prior, false, op.Diags)
			r.meetDeletion(prior, op.Diags)
		}
		return
	}
	var plan model
	op.Add(plan.get(req.Plan.Raw))
	if req.State.Raw.IsNull() {
		var config model
		if op.Add(config.get(req.Config.Raw)); !op.Failed() {
			config.hide(op.Client)
			r.planCreate(config, &plan, op.Diags)
			r.meetCreation(ctx, plan, op.Diags)
		}
	} else {
		c := existing{private: req.Private}
		op.Add(c.get(req.Config.Raw, req.State.Raw))
		if op.Failed() {
			return
		}
		if r.planUpdate(ctx, c, &plan, op.Diags) {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("runtime"))
		}
		switch by, replaces := plan.replacedBy(c.prior); {
		case !replaces:
		case r.Connection.Applies(c.prior.ID.ValueString()):
			op.ReplacedLate(path.Root(by.name), by.how())
		default:
			r.warnDeletion(ctx, c.prior, true, op.Diags)
			r.meetReplacement(plan, c.prior, op.Diags)
		}
	}
	if !op.Failed() {
		op.Add(plan.set(&resp.Plan.Raw))
	}
}

// planCreate finds what is wrong with the code while nothing has been made yet. All computed values are unknown but
// the source's hash, which tells the apply what it has to find.
func (r *Resource) planCreate(config model, plan *model, diags *diag.Diagnostics) {
	plan.checkKinds(r.Connection, diags)
	plan.tagsFacet.plan(r.Connection, diags)
	if client := r.Connection.Ready(); client != nil && client.Region() != "" {
		plan.Region = types.StringValue(client.Region())
	}
	if config.Package.IsNull() { // what is sent then
		plan.Package = types.StringValue(defaultPackage)
	}
	if tfconv.Known(plan.Package) && tfconv.Known(plan.Name) {
		r.Connection.NotePlanned(plan.Package.ValueString(), plan.Name.ValueString())
	}
	if config.MaxInstanceNum.IsNull() {
		plan.MaxInstanceNum = types.Int64Unknown()
	}
	plan.instancesFacet.planEnabled()
	if r.Connection != nil {
		plan.projectFacet.planCreate(config.projectFacet, r.Connection.EnterpriseProjectID)
	}
	config.encryptedFacet.check(encryptedFacet{}, readBack{}, true, diags)
	if config.Code.IsNull() {
		diags.AddAttributeError(path.Root("code"), "Missing Code",
			"A function cannot be created without code. Only an existing (imported) function may leave code out. If this one "+
				"existed at the last apply, it is gone: somebody deleted it outside Terraform. Write code to make it again, or "+
				"remove this resource.")
		return
	}
	code, ok := config.codeObject()
	if !ok { // the whole object is unknown
		return
	}
	config.validateStamp(diags)
	src := code.inspect(config.stampOf(stampMemory{}, ""))
	plan.SourceHash = textOrUnknown(src.hash())
	if src.missing() && !src.config.SourceHash.IsNull() { // another resource makes it, and the marker says so
		_, detail := src.explain()
		diags.AddAttributeWarning(src.at(), summaryMissing, detail+" Apply needs it.")
		return
	}
	if src.err != nil {
		src.fail(diags)
		return
	}
	switch {
	case src.codeType == typeImage:
		plan.coreFacet.fromImage()
		plan.validatePlanned(config, diags)
	case src.pkg != nil:
		plan.coreFacet.fromPackage(config.coreFacet, src.pkg)
		plan.validatePlanned(config, diags)
		src.warnBeyond(config, diags)
	}
	src.warnUpload(r.Connection.Ready(), plan.Region.ValueString(), true, diags)
	if log, ok := tfconv.Object[logModel](config.Log); ok && tfconv.Blank(log.GroupID) && !code.PackageFile.IsNull() {
		needPlace(diags)
	}
	if !code.PackageFile.IsNull() && !config.Type.IsNull() {
		diags.AddAttributeError(path.Root("type"), "Conflicting Attributes",
			"type cannot be chosen for a function that is made from a package_file: the import call does not take it.")
	}
}

// existing is what decides about a function that exists.
type existing struct {
	config, prior model
	late          bool // a setting gets its value during apply, and so may change
	private       base.PrivateState
}

func (c *existing) get(config, prior tftypes.Value) diag.Diagnostics {
	diags := c.config.get(config)
	diags.Append(c.prior.get(prior)...)
	c.late = settingsOpen(config)
	return diags
}

// planUpdate completes the plan of a function that exists. It says whether the code brings another runtime, or is an
// image now and was none, or the other way round: that replaces the function.
func (r *Resource) planUpdate(ctx context.Context, c existing, plan *model, diags *diag.Diagnostics) (replaces bool) {
	config, prior := c.config, c.prior
	config.hide(r.Connection.Ready())
	prior.hide(r.Connection.Ready())
	plan.placeFacet = prior.placeFacet
	plan.settingsFacets.keep(config.settingsFacets, prior.settingsFacets)
	plan.instancesFacet.plan(config.instancesFacet, prior.instancesFacet, diags)
	var late diag.Diagnostics
	var read readBack
	base.Recall(ctx, c.private, keyReadBack, &read, diags)
	prior.take(config.encryptedFacet, read.Unmanaged)
	plan.logFacet.plan(config.logFacet, prior.logFacet, &late)
	plan.tagsFacet.plan(r.Connection, &late)
	plan.checkKinds(r.Connection, &late)
	action := r.planCode(ctx, config, plan, &prior, c.private, &late)
	plan.validatePlanned(config, &late)
	sends := plan.settingsDiffer(prior.settingsFacets) || action == uploadCode && config.isImage()
	plan.withValues(config.encryptedFacet).check(prior.encryptedFacet, read, sends, &late)
	soften(late, diags)

	replaces = isOther(plan.Runtime, prior.Runtime) && config.Runtime.IsNull() || plan.becomesImage(prior)
	if !replaces && !plan.replaces(prior) && !c.late && action != uploadCode && action != deferCode && !config.stamps() {
		r.warnUnreleased(ctx, config, *plan, prior, diags)
	}
	changed := c.late || sends
	if changed {
		read.warnChanged(diags)
	}
	plan.statusFacet = prior.statusFacet
	if !plan.MemorySize.Equal(prior.MemorySize) {
		plan.CPU = types.Int64Unknown()
	}
	if changed || action == uploadCode || action == deferCode || plan.instancesFacet.sends(prior.instancesFacet) ||
		!tfconv.FullyKnown(plan.DependencyVersionIDs) || plan.dependenciesFacet.differs(prior.dependenciesFacet) ||
		plan.TagsAll.IsUnknown() || plan.tagsFacet.differs(prior.tagsFacet) {
		plan.LastModified = types.StringUnknown()
	}
	if recallMoved(ctx, c.private, diags).Unread {
		plan.leaveUnread()
	}
	return replaces
}

// soften turns errors into warnings: those about a file, or about the state, of a function that exists. terraform
// destroy begins with a plan like any other, which an error would end. The apply fails on them: see recheck.
func soften(late diag.Diagnostics, diags *diag.Diagnostics) {
	for _, d := range late {
		if d.Severity() == diag.SeverityError {
			detail := d.Detail() + " Apply fails on this."
			if at, ok := d.(diag.DiagnosticWithPath); ok {
				d = diag.NewAttributeWarningDiagnostic(at.Path(), d.Summary(), detail)
			} else {
				d = diag.NewWarningDiagnostic(d.Summary(), detail)
			}
		}
		diags.Append(d)
	}
}

// recheck finds again, before anything is sent, what was only a warning of the plan.
func (r *Resource) recheck(config, plan, prior model, read readBack, diags *diag.Diagnostics) {
	plan.logFacet.plan(config.logFacet, prior.logFacet, diags)
	plan.tagsFacet.plan(r.Connection, diags)
	plan.validatePlanned(config, diags)
	config.validateStamp(diags)
	deploys := plan.isImage() && !plan.SourceHash.Equal(prior.SourceHash)
	plan.encryptedFacet.check(prior.encryptedFacet, read, deploys || plan.settingsDiffer(prior.settingsFacets), diags)
}

// kept is what a plan holds of a value that the service fills in: where it is not configured, what is there.
func kept[T attr.Value](planned, config, prior T) T {
	if config.IsNull() {
		return prior
	}
	return planned
}

// keptText is kept for texts, of which an empty one means none.
func keptText(planned, config, prior types.String) types.String {
	if tfconv.Blank(config) && tfconv.Known(prior) {
		return prior
	}
	return kept(planned, config, prior)
}

var settingsNames = sync.OnceValue(func() []string { return slices.Collect(maps.Keys(settingsAttributes())) })

// settingsOpen says that a setting gets its value during apply, and so may change.
func settingsOpen(config tftypes.Value) bool {
	values := map[string]tftypes.Value{}
	if config.As(&values) != nil {
		return true
	}
	for _, name := range settingsNames() {
		if name != "encrypted_user_data_wo" && !values[name].IsFullyKnown() { // its version tells
			return true
		}
	}
	return false
}

func textOrUnknown(s string) types.String {
	if s == "" {
		return types.StringUnknown()
	}
	return types.StringValue(s)
}
