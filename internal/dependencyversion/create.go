// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Create makes the version by one call, whose answer says all of it, and deletes old ones.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Creating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	r.create(ctx, op, plan, &resp.State)
}

// create makes the version that plan asks for, and stores it in state.
func (r *Resource) create(ctx context.Context, op *base.Operation, plan model, state *tfsdk.State) {
	given, _ := plan.content()
	if !op.Ready() {
		return
	}
	content := given.Inspect()
	if !content.Confirm(plan.SourceHash, op.Diags) {
		return
	}
	if checkContent(given, content, nil, op.Diags); op.Failed() { // what could not be known in the plan
		return
	}
	ctx, done, ok := op.Within(ctx, plan.Timeouts.Create)
	if !ok {
		return
	}
	defer done()
	c := creation{op.Client, plan, content}
	made, err := functiongraph.SendOnce(ctx, op.Client, c.post, c.lookup)
	if err != nil {
		c.fail(op, err)
		return
	}
	r.Connection.NoteDependency(made.DependencyID)
	plan.take(made, content)
	op.Add(record().Set(&state.Raw, &plan))
	ctx, end := base.Detach(ctx)
	defer end()
	if plan.Version.ValueInt64() < 1 { // as in a sample of the documents (contract 3.22)
		number(ctx, op, &plan)
		op.Add(record().Set(&state.Raw, &plan))
	}
	prune(ctx, op.Client, plan, op.Diags)
}

// take completes a plan by the answer.
func (m *model) take(made *functiongraph.DependencyVersion, content function.Content) {
	answer := *m
	answer.fromAPI(made)
	m.facts(answer)
	m.SourceHash = types.StringValue(content.Hash())
}

// number looks up which number the version has.
func number(ctx context.Context, op *base.Operation, plan *model) {
	rows, err := op.Client.DependencyVersions(ctx, plan.DependencyID.ValueString())
	for _, row := range rows {
		if row.ID == plan.ID.ValueString() {
			plan.Version = types.Int64Value(row.Version)
			return
		}
	}
	op.Lost(plan.Name.ValueString()+" ("+plan.ID.ValueString()+")", base.Tainted, err)
}

// creation is one version being made.
type creation struct {
	client  *functiongraph.Client
	plan    model
	content function.Content
}

func (c creation) post(ctx context.Context) (*functiongraph.DependencyVersion, error) {
	return c.client.CreateDependencyVersion(ctx, functiongraph.CreateDependencyVersionRequest{
		Name: c.plan.Name.ValueString(), Runtime: c.plan.Runtime.ValueString(), Description: c.plan.Description.ValueString(),
		Blob: c.content.Blob(), URL: c.content.URL(),
	})
}

// lookup is the newest version that is as it was sent, and was made since; nil for none, so that it is sent again.
func (c creation) lookup(ctx context.Context, since time.Time) (*functiongraph.DependencyVersion, error) {
	rows, err := ownVersions(ctx, c.client, c.plan.Name.ValueString())
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Runtime != c.plan.Runtime.ValueString() || row.Description != c.plan.Description.ValueString() ||
			!c.client.MadeSince(row.LastModified, since) {
			continue
		}
		differs, err := differs(c.content, row.Size, row.ETag)
		if err != nil {
			return nil, err
		}
		if !differs {
			return &row, nil
		}
	}
	return nil, nil
}

// fail explains why nothing was made.
func (c creation) fail(op *base.Operation, err error) {
	name := c.plan.Name.ValueString()
	var at path.Path
	var text string
	switch {
	case functiongraph.HasCode(err, functiongraph.CodeDependencyConflict),
		functiongraph.HasCode(err, functiongraph.CodeDependencyExists) && c.content.URL() == "": // contract Q39
		at, text = path.Root("runtime"), fmt.Sprintf(
			"There is a dependency %s already, and the service says that it is another one: mostly one for another runtime "+
				"than %s. Choose another name.", name, c.plan.Runtime.ValueString())
	case functiongraph.HasCode(err, functiongraph.CodeDependencyExists) && c.content.URL() != "":
		at, text = path.Root("code").AtName("obs_url"), "The object was used for another dependency: the service makes one "+
			"of each object only. Copy it, and name the copy."
	case functiongraph.HasCode(err, functiongraph.CodeDependencyQuota):
		at, text = path.Root("code"), "The dependencies of the account have no room left (10 GB): delete old versions; "+
			"prune does so."
	default:
		op.Fail(name, err)
		return
	}
	op.Diags.AddAttributeError(at, op.Summary(), diagnose.Detail(op.Sentence(name)+" "+text, err))
}
