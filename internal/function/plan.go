// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ModifyPlan decides what happens to the code and which computed values change. The framework would otherwise plan
// either all of them as unknown, or, when only a file's content changed, none.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer diagnose.Recover(ctx, "planning a function", &resp.Diagnostics)
	if req.Plan.Raw.IsNull() { // destroy
		return
	}
	var config, plan, prior model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	creating := req.State.Raw.IsNull()
	if !creating {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if creating {
		r.planCreate(ctx, config, &plan, &resp.Diagnostics)
	} else {
		r.planUpdate(ctx, config, &plan, prior, req.Private, resp)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
	}
}

// planCreate finds what is wrong with the code while nothing has been made yet. All computed values are unknown but
// the source's hash, which tells the apply what it has to find.
func (r *Resource) planCreate(ctx context.Context, config model, plan *model, diags *diag.Diagnostics) {
	plan.tagsFacet.plan(r.connection, diags)
	if client := r.connection.Ready(); client != nil && client.Region() != "" {
		plan.Region = types.StringValue(client.Region())
	}
	if config.Package.IsNull() { // what is sent then
		plan.Package = types.StringValue(defaultPackage)
	}
	if config.MaxInstanceNum.IsNull() {
		plan.MaxInstanceNum = types.Int64Unknown()
	}
	plan.concurrencyFacet.planEnabled()
	if config.Code.IsNull() {
		diags.AddAttributeError(path.Root("code"), "Missing Code",
			"A function cannot be created without code. Only an existing (imported) function may leave code out.")
		return
	}
	code, ok := config.source(ctx, diags)
	if !ok { // the whole object is unknown
		return
	}
	src := code.open()
	if src.err != nil {
		src.fail(diags)
		return
	}
	plan.SourceHash = textOrUnknown(src.hash())
	switch {
	case src.pkg != nil:
		plan.coreFacet.fromPackage(config.coreFacet, src.pkg)
		plan.coreFacet.validateHandler(diags)
		src.warnBeyond(diags)
		src.warnSigned(r.connection.Ready(), src.pkg.Archive.Size, diags)
	case src.scan != nil:
		src.warnSigned(r.connection.Ready(), src.scan.Size, diags)
	}
	if !code.PackageFile.IsNull() && !config.Type.IsNull() {
		diags.AddAttributeError(path.Root("type"), "Conflicting Attributes",
			"type cannot be chosen for a function that is made from a package_file: the import call does not take it.")
	}
}

func (r *Resource) planUpdate(ctx context.Context, config model, plan *model, prior model, private privateState,
	resp *resource.ModifyPlanResponse,
) {
	diags := &resp.Diagnostics
	plan.placeFacet = prior.placeFacet
	plan.coreFacet.keep(config.coreFacet, prior.coreFacet)
	plan.concurrencyFacet.plan(config.concurrencyFacet, prior.concurrencyFacet, diags)
	plan.tagsFacet.plan(r.connection, diags)
	code := r.planCode(ctx, config, plan, prior, private, diags)

	if !plan.Runtime.Equal(prior.Runtime) && config.Runtime.IsNull() { // another package brings another runtime
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("runtime"))
	}
	settings := plan.settingsUnknown() || plan.settingsDiffer(prior)
	if settings {
		warnEncrypted(foreignSettings(ctx, private, diags), diags)
	}
	plan.statusFacet = prior.statusFacet
	if !plan.MemorySize.Equal(prior.MemorySize) {
		plan.CPU = types.Int64Unknown()
	}
	if settings || code == uploadCode || code == deferCode || plan.concurrencyFacet.sends(prior.concurrencyFacet) ||
		plan.TagsAll.IsUnknown() || plan.tagsFacet.differs(prior.tagsFacet) {
		plan.LastModified = types.StringUnknown()
	}
}

// keep leaves what is not configured as it is.
func (m *coreFacet) keep(config, prior coreFacet) {
	if config.Package.IsNull() {
		m.Package = prior.Package
	}
	if config.Type.IsNull() {
		m.Type = prior.Type
	}
	if config.Runtime.IsNull() {
		m.Runtime = prior.Runtime
	}
	if config.Handler.IsNull() {
		m.Handler = prior.Handler
	}
	if config.Timeout.IsNull() {
		m.Timeout = prior.Timeout
	}
	if config.MemorySize.IsNull() {
		m.MemorySize = prior.MemorySize
	}
}

// settingsUnknown says that a setting gets its value during apply, and so may change.
func (m model) settingsUnknown() bool {
	for _, v := range []attr.Value{m.Runtime, m.Handler, m.Timeout, m.MemorySize, m.Description, m.Agency, m.AppAgency} {
		if v.IsUnknown() {
			return true
		}
	}
	return !tfconv.FullyKnown(m.UserData)
}

func textOrUnknown(s string) types.String {
	if s == "" {
		return types.StringUnknown()
	}
	return types.StringValue(s)
}
