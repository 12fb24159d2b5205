// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// ModifyPlan decides whether a new version is needed. For a replacement Terraform asks twice, the second time as for
// something new, and shows nothing but errors of that. So what is to be said of the new version is said the first time.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	op := r.Begin(base.Planning, &resp.Diagnostics)
	defer op.End(ctx)
	if req.Plan.Raw.IsNull() { // destroy
		return
	}
	plan := record().From(req.Plan.Raw, op.Diags)
	if req.State.Raw.IsNull() {
		if !op.Failed() {
			r.planCreate(ctx, &plan, op.Diags)
		}
	} else {
		prior := record().From(req.State.Raw, op.Diags)
		if op.Failed() {
			return
		}
		resp.RequiresReplace = append(resp.RequiresReplace, r.planUpdate(ctx, op, &plan, prior)...)
	}
	if !op.Failed() {
		op.Add(record().Set(&resp.Plan.Raw, &plan))
	}
}

// planCreate finds what is wrong with the content while nothing has been made yet.
func (r *Resource) planCreate(ctx context.Context, plan *model, diags *diag.Diagnostics) {
	plan.leaveOpen()
	if plan.Code.IsNull() {
		diags.AddAttributeError(path.Root("code"), "Missing Code", "A new version needs its content: code with one of "+
			"zip_file, source_dir and obs_url. Only a version that was imported goes without.")
		return
	}
	client := r.Connection.Ready()
	if given, ok := plan.content(); ok {
		content := given.Inspect()
		if content.Failed() {
			content.Fail(diags)
			return
		}
		if hash := content.Hash(); hash != "" {
			plan.SourceHash = types.StringValue(hash)
		}
		checkContent(given, content, client, diags)
	}
	if !diags.HasError() {
		warnPrune(ctx, client, *plan, diags)
	}
}

// warnNew says what planCreate warns of, for the version that takes the place of another one.
func (r *Resource) warnNew(ctx context.Context, plan model, diags *diag.Diagnostics) {
	client := r.Connection.Ready()
	if given, ok := plan.content(); ok {
		if content := given.Inspect(); !content.Failed() {
			checkContent(given, content, client, diags)
		}
	}
	warnPrune(ctx, client, plan, diags)
}

// leaveOpen leaves all that a new version brings to the apply.
func (m *model) leaveOpen() {
	text := types.StringUnknown()
	m.facts(model{
		ID: text, DependencyID: text, Version: types.Int64Unknown(), ETag: text, Size: types.Int64Unknown(), Owner: text,
		LastModified: text,
	})
	m.SourceHash = text
}

// planUpdate completes the plan of a version that exists, and gives the attributes for which it is replaced. What is
// not known yet is planned in place: an unrelated depends_on must not make a version anew. Other content that comes to
// light in an apply is made there, see renew; another name, runtime or description ends it.
func (r *Resource) planUpdate(ctx context.Context, op *base.Operation, plan *model, prior model) (replaced path.Paths) {
	d := decide(*plan, prior, op.Diags)
	if d.unfit {
		plan.facts(prior)
		plan.SourceHash = d.hash
		return nil
	}
	late := r.Connection.Applies(prior.ID.ValueString())
	for _, attribute := range []struct {
		name           string
		planned, prior types.String
	}{{"name", plan.Name, prior.Name}, {"runtime", plan.Runtime, prior.Runtime},
		{"description", plan.Description, prior.Description}} {
		is, was := attribute.planned.ValueString(), attribute.prior.ValueString()
		switch at := path.Root(attribute.name); {
		case attribute.planned.IsUnknown() || is == was:
		case late:
			op.ReplacedLate(at, fmt.Sprintf("is %q, not %q", is, was))
		default:
			replaced = append(replaced, at)
		}
	}
	renewed := d.other && (late || d.hash.IsUnknown())
	if d.other && !renewed {
		replaced = append(replaced, path.Root("source_hash"))
	}
	switch {
	case len(replaced) > 0:
		warnReplaced(*plan, prior, replaced, op.Diags)
		r.warnNew(ctx, *plan, op.Diags)
		plan.leaveOpen()
	case renewed:
		plan.leaveOpen()
		if !late {
			r.warnNew(ctx, *plan, op.Diags)
		}
	default:
		plan.facts(prior)
		plan.leaveUnread()
	}
	plan.SourceHash = d.hash
	if d.elsewhere && len(replaced) == 0 {
		plan.Code = prior.Code // an absolute path of another machine must not be a change
	}
	return replaced
}

// decision is what a plan says of the content.
type decision struct {
	hash      types.String // to be in the state
	other     bool         // it is, or may be, another one than the version has
	elsewhere bool         // it is the same, and only its place is another one
	unfit     bool         // it cannot be used: the apply fails on that, in place, before anything is deleted
}

// decide compares the content with that of the version. Its words are those of internal/architecture.md.
func decide(plan, prior model, diags *diag.Diagnostics) decision {
	same := decision{hash: prior.SourceHash}
	given, known := plan.content()
	switch {
	case plan.Code.IsNull(): // of an import
		return same
	case !known:
		return decision{hash: types.StringUnknown(), other: true}
	}
	content := given.Inspect()
	hash := content.Hash()
	switch {
	case hash != "" && hash == prior.SourceHash.ValueString():
		same.elsewhere = movedOnly(given, prior)
		return same
	case content.Missing() && hash == "" && !prior.SourceHash.IsNull():
		_, detail := content.Explain()
		diags.AddAttributeWarning(content.At(), "Code File Not Found", detail+" Whether the content changed cannot be "+
			"told: the version stays as it is. Where the file need not be at hand, set source_hash in code.")
		same.elsewhere = true
		return same
	case soften(given, content, diags):
		return decision{hash: types.StringUnknown(), unfit: true}
	case hash == "":
		return decision{hash: types.StringUnknown(), other: true}
	case prior.SourceHash.IsNull():
		return compareImported(content, prior, diags)
	}
	return decision{hash: types.StringValue(hash), other: true}
}

// soften says, as warnings, what is wrong with content: an error would end terraform destroy, which begins with a plan
// like any other.
func soften(given function.ContentModel, content function.Content, diags *diag.Diagnostics) (unfit bool) {
	var wrong diag.Diagnostics
	unusable(given, content, &wrong)
	for _, d := range wrong.Errors() {
		diags.AddAttributeWarning(content.At(), d.Summary(), d.Detail()+" Apply fails on this.")
	}
	return wrong.HasError()
}

// unusable says what is wrong with content.
func unusable(given function.ContentModel, content function.Content, diags *diag.Diagnostics) {
	if content.Failed() {
		content.Fail(diags)
		return
	}
	checkContent(given, content, nil, diags)
}

// compareImported is for a version of which no content is known: nobody but the service can tell what is in it.
func compareImported(content function.Content, prior model, diags *diag.Diagnostics) decision {
	d := decision{hash: types.StringValue(content.Hash())}
	same, err := isSame(content, prior.Size.ValueInt64(), prior.ETag.ValueString())
	if same {
		return d
	}
	why := "The service does not tell what is in a version by which it could be compared (etag: " +
		prior.ETag.ValueString() + ")."
	if other, failed := differs(content, prior.Size.ValueInt64(), prior.ETag.ValueString()); other && failed == nil {
		why = fmt.Sprintf("The archive that would be sent is another one than that of %s, which has %d bytes.", prior.label(),
			prior.Size.ValueInt64())
	}
	diags.AddAttributeWarning(path.Root("code"), "Content Could Not Be Compared", diagnose.Detail(
		why+" So a new version is made in its place. To keep this one, leave code out.", err))
	d.other = true
	return d
}

// warnReplaced says what a replacement may do that nobody expects.
func warnReplaced(plan, prior model, replaced path.Paths, diags *diag.Diagnostics) {
	if len(replaced) == 1 && replaced[0].Equal(path.Root("description")) {
		diags.AddAttributeWarning(replaced[0], "Description Makes a New Version",
			"Nothing of a version can change, and so another description takes a new version with a new id.")
	}
	if plan.RetainOnDestroy.ValueBool() && !prior.RetainOnDestroy.ValueBool() {
		diags.AddAttributeWarning(path.Root("retain_on_destroy"), "Old Version Is Not Retained Yet", fmt.Sprintf(
			"retain_on_destroy is new in this plan: %s is deleted all the same, which the service refuses while it is used. "+
				"Apply retain_on_destroy alone first.", prior.label()))
	}
}

// movedOnly says that the same attribute names another path, and nothing else changed.
func movedOnly(given function.ContentModel, prior model) bool {
	was, ok := prior.content()
	return ok && given.Attribute() == was.Attribute() && given.Attribute() != "obs_url" &&
		given.SourceHash.Equal(was.SourceHash)
}
