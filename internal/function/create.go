// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// interruptGrace is how long what has to follow a creation may go on after an interrupt. A function that was created
// and not finished would be tainted, and the next apply would destroy it.
const interruptGrace = 20 * time.Second

// Create makes the function: one call that creates, saved at once; a read; a call for each thing that differs from
// the plan; and another read if there was any.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer diagnose.Recover(ctx, "creating a function", &resp.Diagnostics)
	diags := &resp.Diagnostics
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(diags, "Creating a function")
		return
	}
	var plan, config model
	diags.Append(plan.get(req.Plan.Raw)...)
	diags.Append(config.get(req.Config.Raw)...)
	plan.EncryptedUserDataWO = config.EncryptedUserDataWO
	timeout, d := plan.Timeouts.Create(ctx, defaultTimeout)
	diags.Append(d...)
	code, _ := plan.source()
	if diags.HasError() {
		return
	}
	plan.hide(client)
	src := code.open()
	if !src.confirm(plan.codeFacet, diags) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	c := creation{client: client, plan: &plan, src: src, diags: diags}
	created, err := c.send(ctx)
	if err != nil {
		c.fail(ctx, err, diags)
		return
	}
	c.finish(ctx, created, saved{&resp.State, resp.Private}, diags)
	if urn, err := functiongraph.ParseURN(created.URN); err == nil {
		r.connection.NoteCreated(urn.Function().String())
	}
}

// confirm opens nothing that was not planned: the source at hand must be the one that the plan saw.
func (s source) confirm(plan codeFacet, diags *diag.Diagnostics) bool {
	if s.err != nil || !s.known() {
		s.fail(diags)
		return false
	}
	if plan.SourceHash.IsUnknown() || plan.SourceHash.ValueString() == s.hash() {
		return true
	}
	diags.AddAttributeError(s.at(), "Code Changed Since the Plan",
		s.name()+" is not what it was when the plan was made. Nothing was sent. Plan again.")
	return false
}

// saved is what Terraform keeps of an operation, even if it fails later.
type saved struct {
	state   *tfsdk.State
	private privateState
}

func (s saved) set(m model, diags *diag.Diagnostics) {
	m.EncryptedUserDataWO = types.MapNull(types.StringType)
	diags.Append(m.set(&s.state.Raw)...)
}

// finish brings a function that was just created to what is planned.
func (c creation) finish(ctx context.Context, created *functiongraph.Function, out saved, diags *diag.Diagnostics) {
	ctx, cancel := functiongraph.Detach(ctx, interruptGrace)
	defer cancel()
	urn, err := functiongraph.ParseURN(created.URN)
	if err != nil {
		urn, err = c.client.FunctionURN(ctx, c.plan.packageName(), c.plan.Name.ValueString())
	}
	if err != nil {
		diagnose.Failure(diags, "Unable to Read Function After Creation",
			"The function was created, but its URN is not known. Import it, or delete it and apply again.", err)
		return
	}
	urn = urn.Function()
	answer := *c.plan
	answer.fromAPI(created, urn)
	state := *c.plan
	state.fill(answer)
	out.set(state, diags)
	c.rememberUpload(ctx, created.Digest, out.private, diags)
	read := reading{client: c.client, urn: urn, private: out.private}
	read.wrote(ctx, c.plan.settingsFacets, diags)

	unlock, err := c.client.Lock(ctx, urn)
	if err != nil {
		diagnose.Failure(diags, "Unable to Configure Function After Creation", c.tainted(urn), err)
		return
	}
	defer unlock()
	got, readErr := c.client.ReadBack(ctx, urn, functiongraph.NeedSettings, answer.codeFacet.need)
	if readErr != nil {
		got = created // nearly everything is in the answer, too
	}
	if c.plan.Log.IsNull() {
		read.own = ownLogOf(got)
		remember(ctx, out.private, keyOwnLog, read.own, diags)
	}
	if created.Digest == "" {
		answer.codeFacet.fromAPI(got)
		c.rememberUpload(ctx, got.Digest, out.private, diags)
	}
	carried, err := read.complete(ctx, *c.plan, got)
	readErr = cmp.Or(readErr, err)
	current := c.made()
	current.fromAPI(got, urn)
	sent, err := c.follow(ctx, urn, current, got, carried, &answer)
	if err != nil {
		diagnose.Failure(diags, "Unable to Configure Function After Creation", c.tainted(urn), err)
		return
	}
	if sent {
		var after *functiongraph.Function
		if after, readErr = c.client.ReadBack(ctx, urn, functiongraph.NeedSettings, answer.codeFacet.need); readErr == nil {
			read.settle(ctx, *c.plan, after, diags)
			carried, readErr = read.complete(ctx, current, after)
			current.fromAPI(after, urn)
		}
	} else if readErr == nil {
		read.settle(ctx, *c.plan, got, diags)
	}
	remember(ctx, out.private, keyForeign, carried, diags)
	state = *c.plan
	state.codeFacet.fill(answer.codeFacet) // the code that we sent, not what somebody deployed since
	state.fill(current)
	out.set(state, diags)
	attachUpload(ctx, out.private, state.codeFacet, diags)
	switch {
	case functiongraph.IsNotFound(readErr): // for longer than "not yet" can mean
		diagnose.Failure(diags, "Unable to Read Function After Creation", c.tainted(urn), readErr)
	case readErr != nil:
		diags.AddWarning("Unable to Read Function After Creation", diagnose.Detail(
			"The function was created as planned, but could not be read back. The next plan reads it again.", readErr))
	}
}

// made is the plan without what the call that creates does not take: of that nothing is known unless a read reports it.
func (c creation) made() model {
	m := *c.plan
	m.MaxInstanceNum, m.EphemeralStorage, m.ConcurrencyNum = types.Int64Null(), types.Int64Null(), types.Int64Null()
	if c.src.pkg != nil {
		m.EnterpriseProjectID = types.StringNull()
	}
	return m
}
