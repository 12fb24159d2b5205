// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// Update makes one call for each endpoint that the plan touches, in the order that the service wants (contract 1.10),
// and one read if there was any call. What was done before a failure is kept in the state.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	op := r.Begin(base.Updating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	var plan, prior, config model
	op.Add(plan.get(req.Plan.Raw))
	op.Add(config.get(req.Config.Raw))
	plan.EncryptedUserDataWO = config.EncryptedUserDataWO
	op.Add(prior.get(req.State.Raw))
	if !op.Failed() {
		var read readBack
		base.Recall(ctx, req.Private, keyReadBack, &read, op.Diags)
		prior.take(config.encryptedFacet, read.Unmanaged)
		r.recheck(config, plan, prior, read, op.Diags)
	}
	plan.hide(op.Client)
	prior.hide(op.Client)
	urn := base.ParseID(op, prior.ID, functiongraph.ParseURN)
	ctx, done, ok := op.InTurn(ctx, urn, plan.Timeouts.Update)
	if !ok {
		return
	}
	defer done()

	diags := op.Diags
	if prior = r.readMoved(ctx, prior, resp.Private, diags); op.Failed() {
		return
	}
	u := update{
		op: op, client: op.Client, urn: urn, config: config, plan: plan, done: prior, out: saved{&resp.State, resp.Private},
	}
	u.foreign = foreignSettings(ctx, resp.Private, diags)
	detachUpload(ctx, resp.Private, prior.codeFacet, diags)
	u.memory = recalled(ctx, resp.Private, diags)
	if err := u.run(ctx, prior, diags); err != nil {
		u.out.set(u.done, diags)
		sentence := op.Sentence(urn.String()) + " What was done before is in the state."
		if !plan.failMissing(ctx, op, sentence, err) {
			op.FailWith(sentence, err)
		}
	}
	if !diags.HasError() {
		u.finish(ctx, diags)
	}
	if !diags.HasError() && !plan.Code.IsNull() { // from here on it is remembered what was sent
		base.Forget(ctx, resp.Private, keyMoved, diags)
	}
}

// update is one function being changed. done is the state as far as the calls have brought it.
type update struct {
	op      *base.Operation
	client  *functiongraph.Client
	urn     functiongraph.URN
	config  model
	plan    model
	done    model
	foreign functiongraph.FunctionSettings
	memory  memory
	out     saved

	image    *upload                 // what the settings deploy as the container image; nil for no such deployment
	same     *source                 // the very bytes that run, at hand; nil where they are not
	codeSent bool                    // code went up
	called   bool                    // a call was made
	got      *functiongraph.Function // read since the last write, if it was
}

func (u *update) run(ctx context.Context, prior model, diags *diag.Diagnostics) error {
	if err := u.applyCode(ctx, &prior, diags); err != nil || diags.HasError() {
		return err
	}
	if err := u.applyDependencies(ctx, prior, diags); err != nil {
		return err
	}
	if u.image != nil || u.plan.settingsDiffer(prior.settingsFacets) {
		if err := u.applySettings(ctx, prior, diags); err != nil {
			return err
		}
	}
	if u.plan.instancesFacet.differs(prior.instancesFacet) {
		if err := u.plan.instancesFacet.apply(ctx, u.client, u.urn); err != nil {
			return err
		}
		u.called, u.got = true, nil
		u.done.instancesFacet = u.plan.instancesFacet
	}
	if u.plan.tagsFacet.differs(prior.tagsFacet) {
		if err := u.plan.tagsFacet.apply(ctx, u.client, u.urn, prior.tagsFacet); err != nil {
			return err
		}
		u.called, u.got = true, nil
	}
	return nil
}

// applySettings sends the complete settings.
func (u *update) applySettings(ctx context.Context, prior model, diags *diag.Diagnostics) error {
	w := settingsWrite{u.client, u.urn, u.plan.settingsFacets, prior.settingsFacets, u.foreign}
	if err := w.send(ctx, diags); err != nil {
		return err
	}
	u.called, u.got = true, nil
	u.memory.wrote(ctx, u.plan.settingsFacets, diags)
	u.done.settingsFacets = u.plan.settingsFacets
	u.done.logFacet.fill(logFacet{}) // names that are not read yet
	if u.image != nil {
		rememberUpload(ctx, u.out.private, *u.image, diags)
		u.done.Code, u.done.SourceHash = u.plan.Code, u.plan.SourceHash
	}
	if !u.plan.Log.IsNull() {
		base.Forget(ctx, u.out.private, keyOwnLog, diags)
	}
	return nil
}

// applyCode does what the plan decided about the code: the same decision, made again from the same facts.
func (u *update) applyCode(ctx context.Context, prior *model, diags *diag.Diagnostics) error {
	configured, ok := u.plan.codeObject()
	if !ok {
		base.Forget(ctx, u.out.private, keyUploaded, diags)
		base.Forget(ctx, u.out.private, keyStamp, diags)
		return nil
	}
	src := configured.inspect(u.config.stampWithin(ctx, u.out.private, *prior, diags))
	s := situationOf(ctx, src, u.plan.codeFacet, *prior, u.out.private, diags)
	s.applying = true
	d := s.decide()
	u.plan.settleImage(prior, s, d)
	if s.holdsWhatRuns() {
		u.same = &src
	}
	switch d.action {
	case acceptCode:
		src.stamp.memory.keep(ctx, u.out.private, diags)
	case keepCode:
		if planned := u.plan.SourceHash; src.missing() && tfconv.Known(planned) && !planned.Equal(prior.SourceHash) {
			src.fail(diags) // it went away since the plan
		}
	case renameCode:
		if s.lastUpload != nil {
			s.lastUpload.SourceHash = s.hash
			rememberUpload(ctx, u.out.private, *s.lastUpload, diags)
		}
	case recordCode:
		if !src.confirm(u.plan.codeFacet, diags) {
			return nil
		}
		rememberUpload(ctx, u.out.private, src.asUpload(s.state.digest), diags)
		src.stamp.memory.keep(ctx, u.out.private, diags)
	case uploadCode:
		src.checkUpdate(diags)
		if diags.HasError() || !src.confirm(u.plan.codeFacet, diags) {
			return nil
		}
		if src.kind() == typeImage { // it goes with the settings
			image := src.asUpload("")
			u.image = &image
			return nil
		}
		return u.sendCode(ctx, src, s.sendsAs, *prior, diags)
	case deferCode:
		src.fail(diags)
	}
	return nil
}

// sendCode uploads under the planned name of the code file, or the given one where the plan left it open.
func (u *update) sendCode(ctx context.Context, src source, name string, prior model, diags *diag.Diagnostics) error {
	was, _ := prior.codeObject()
	if tfconv.Known(u.plan.CodeFilename) {
		name = u.plan.CodeFilename.ValueString()
	}
	code := src.toAPI(u.urn.Name, name, was.KMSKeyID.ValueString())
	code.DependVersionIDs = u.plan.dependenciesFacet.toAPI(prior.dependenciesFacet)
	result, err := u.client.UpdateCode(ctx, u.urn, code)
	if refusesEmptyKey(err, code) {
		code.KMSKeyID = nil
		result, err = u.client.UpdateCode(ctx, u.urn, code)
	}
	if err != nil {
		return err
	}
	u.called, u.codeSent, u.done.dependenciesFacet = true, true, u.plan.dependenciesFacet
	if result.Digest == "" && tfconv.Known(u.plan.Digest) { // a repair: these bytes carried it before
		result.Digest = u.plan.Digest.ValueString()
	}
	// Only for 3.6 (update-code-digest): if the answer has none. A later read may show somebody else's deploy.
	if result.Digest == "" {
		got, err := u.client.ReadBack(ctx, u.urn)
		if err != nil {
			return err
		}
		result.Digest, u.got = got.Digest, got
		u.done.codeFacet.fromAPI(got)
	}
	rememberUpload(ctx, u.out.private, src.asUpload(result.Digest), diags)
	src.stamp.memory.keep(ctx, u.out.private, diags)
	u.done.Code, u.done.SourceHash = u.plan.Code, types.StringValue(src.hash())
	u.done.tookUpload(result)
	return nil
}

// refusesEmptyKey says that the service may not take an empty key as the way to remove one.
//
// Only for 3.6: that "" removes it is not documented.
func refusesEmptyKey(err error, code functiongraph.Code) bool {
	var api *functiongraph.Error
	return errors.As(err, &api) && api.Status == http.StatusBadRequest && code.KMSKeyID != nil && *code.KMSKeyID == ""
}

// tookUpload takes over what the answer to an upload says of the code.
func (m *codeFacet) tookUpload(result *functiongraph.UpdatedCode) {
	if result.Digest != "" {
		m.Digest = types.StringValue(result.Digest)
	}
	if result.CodeSize != nil {
		m.CodeSize = types.Int64Value(*result.CodeSize)
	}
	if result.CodeFilename != "" {
		m.CodeFilename = types.StringValue(result.CodeFilename)
	}
	if result.CodeType != "" {
		m.CodeType = types.StringValue(result.CodeType)
	}
}

// finish reads the function once if anything was sent, and stores the plan, completed by what was read.
func (u *update) finish(ctx context.Context, diags *diag.Diagnostics) {
	state, sent := u.plan, u.done.codeFacet
	if !u.called {
		state.fill(u.done)
		u.out.set(state, diags)
		attachUpload(ctx, u.out.private, state.codeFacet, diags)
		return
	}
	ctx, done := base.Detach(ctx)
	defer done()
	got, err := u.got, error(nil)
	if got == nil {
		got, err = u.client.ReadBack(ctx, u.urn, functiongraph.NeedSettings, sent.need)
	}
	var carried functiongraph.FunctionSettings
	if err == nil {
		u.memory.settle(ctx, u.plan, got, diags)
		carried, err = reader{u.client, u.urn.Function()}.complete(ctx, u.plan, u.memory.ownLog, got)
	}
	if err == nil {
		read := u.done
		read.fromAPI(got, u.urn.Function())
		if u.codeSent && u.plan.Digest.IsUnknown() {
			state.Digest = sent.Digest // of the code that we sent, not of what somebody deployed since
		}
		state.fill(read)
		base.Remember(ctx, u.out.private, keyForeign, carried, diags)
	} else {
		state.fill(u.done)
		u.op.NotReadBack(u.urn.String(), functiongraph.IsNotFound(err), err)
	}
	u.out.set(state, diags)
	attachUpload(ctx, u.out.private, state.codeFacet, diags)
}
