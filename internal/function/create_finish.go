// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// completion brings a function that was just created to what is planned. It keeps two questions apart: what did we
// send, which the answers to our own calls tell, and what is there, which reads tell. Somebody may have deployed or
// changed something in between.
type completion struct {
	creation
	urn    functiongraph.URN
	out    saved
	memory memory
	sent   codeFacet
	there  there
}

// there is what the service has, as far as reads have told.
type there struct {
	model
	reported *functiongraph.Function        // the answer
	carried  functiongraph.FunctionSettings // what no attribute shows of it
	err      error                          // why the last read failed
}

// finish saves what was created, and completes it.
func (c creation) finish(ctx context.Context, created *functiongraph.Function, out saved) {
	ctx, done := base.Detach(ctx)
	defer done()
	urn, err := functiongraph.ParseURN(created.URN)
	if err != nil {
		urn, err = c.client.FunctionURN(ctx, c.plan.packageName(), c.plan.Name.ValueString())
	}
	if err != nil {
		diagnose.Failure(c.diags, "Unable to Read Function After Creation",
			"The function was created, but its URN is not known. Import it, or delete it and apply again.", err)
		return
	}
	f := completion{creation: c, urn: urn.Function(), out: out}
	f.save(ctx, created)
	unlock, err := c.client.Lock(ctx, f.urn)
	if err == nil {
		defer unlock()
		err = f.complete(ctx, created)
	}
	if err != nil {
		if !c.plan.failMissing(ctx, c.op, f.tainted(), err) {
			diagnose.Failure(c.diags, "Unable to Configure Function After Creation", f.tainted(), err)
		}
		return
	}
	f.store(ctx)
}

// save keeps what the answer to the creation says, before anything else may fail.
func (c *completion) save(ctx context.Context, created *functiongraph.Function) {
	answer, state := *c.plan, *c.plan
	answer.fromAPI(created, c.urn)
	state.fill(answer)
	c.out.set(state, c.diags)
	c.sent = answer.codeFacet
	c.rememberUpload(ctx, created.Digest)
	c.src.stamp.memory.keep(ctx, c.out.private, c.diags)
	c.memory = memory{private: c.out.private}
	c.memory.wrote(ctx, c.plan.settingsFacets, c.diags)
}

// complete reads, makes a call for each thing that is not as planned yet, and reads again if there was any.
func (c *completion) complete(ctx context.Context, created *functiongraph.Function) error {
	c.readCreated(ctx, created)
	called, err := c.follow(ctx)
	switch {
	case err != nil:
		return err
	case called:
		c.readFollowed(ctx)
	case c.there.err == nil:
		c.memory.settle(ctx, *c.plan, c.there.reported, c.diags)
	}
	return nil
}

// readCreated asks what is there after the creation. If that fails, nearly everything is in the answer to it, too.
func (c *completion) readCreated(ctx context.Context, created *functiongraph.Function) {
	got, err := c.client.ReadBack(ctx, c.urn, functiongraph.NeedSettings, c.sent.need)
	if err != nil {
		got = created
	}
	if c.plan.Log.IsNull() {
		c.memory.ownLog = ownLogOf(got)
		base.Remember(ctx, c.out.private, keyOwnLog, c.memory.ownLog, c.diags)
	}
	if created.Digest == "" {
		c.sent.fromAPI(got)
		c.rememberUpload(ctx, got.Digest)
	}
	c.there.model = c.made()
	c.there.err = cmp.Or(err, c.takeOver(ctx, got))
}

// readFollowed asks what is there after the calls that followed. If that fails, what was there before stays.
func (c *completion) readFollowed(ctx context.Context) {
	got, err := c.client.ReadBack(ctx, c.urn, functiongraph.NeedSettings, c.sent.need)
	if err == nil {
		c.memory.settle(ctx, *c.plan, got, c.diags)
		err = c.takeOver(ctx, got)
	}
	c.there.err = err
}

// takeOver makes an answer what is there.
func (c *completion) takeOver(ctx context.Context, got *functiongraph.Function) (err error) {
	c.there.reported = got
	c.there.carried, err = reader{c.client, c.urn}.complete(ctx, c.there.model, c.memory.ownLog, got)
	c.there.fromAPI(got, c.urn)
	return err
}

// made is the plan without what the call that creates does not take: of that nothing is known unless a read reports it.
func (c creation) made() model {
	m := *c.plan
	m.writtenNames = m.encryptedFacet.names()
	m.MaxInstanceNum, m.EphemeralStorage, m.ConcurrencyNum = types.Int64Null(), types.Int64Null(), types.Int64Null()
	if c.src.pkg != nil {
		m.EnterpriseProjectID = types.StringNull()
	}
	return m
}

// follow makes a call for each thing that is not as planned yet. Normally there is none.
func (c *completion) follow(ctx context.Context) (called bool, err error) {
	called, err = c.followCode(ctx)
	if err != nil {
		return called, err
	}
	if c.plan.settingsDiffer(c.there.settingsFacets) {
		filled := c.plan.settingsFacets
		filled.fill(c.there.settingsFacets)
		w := settingsWrite{c.client, c.urn, filled, c.there.settingsFacets, c.there.carried}
		if err := w.send(ctx, c.diags); err != nil {
			return called, err
		}
		called = true
	}
	if c.plan.instancesFacet.differs(c.there.instancesFacet) {
		if err := c.plan.instancesFacet.apply(ctx, c.client, c.urn); err != nil {
			return called, err
		}
		called = true
	}
	if c.plan.managesTags() {
		return true, c.plan.tagsFacet.apply(ctx, c.client, c.urn, tagsFacet{})
	}
	return called, nil
}

// followCode uploads again for another name of the code file or a key, or sends the dependencies alone.
func (c *completion) followCode(ctx context.Context) (called bool, err error) {
	got := c.there.reported
	filename, key := c.src.config.Filename.ValueString(), c.src.config.KMSKeyID.ValueString()
	ids := c.plan.dependenciesFacet.toAPI(c.there.dependenciesFacet)
	unkeyed := c.src.pkg != nil || got.CodeKMSKeyID != nil && *got.CodeKMSKeyID != key // the import call does not take it
	switch {
	case filename != "" && filename != got.CodeFilename || key != "" && unkeyed:
		code := c.src.toAPI(c.urn.Name, "", "")
		code.DependVersionIDs = ids
		result, err := c.client.UpdateCode(ctx, c.urn, code)
		if err != nil {
			return false, err
		}
		c.sent.tookUpload(result)
		return true, nil
	case c.plan.dependenciesFacet.differs(c.there.dependenciesFacet):
		code := withoutCode(got.CodeType, got.CodeFilename, got.CodeURL, ids)
		if c.src.fits(c.client) {
			code = c.src.with(ids, c.urn.Name, got.CodeFilename, "")
		}
		_, err := c.client.UpdateCode(ctx, c.urn, code)
		return err == nil, err
	}
	return false, nil
}

func (c *completion) rememberUpload(ctx context.Context, digest string) {
	if digest != "" || c.src.refers() {
		rememberUpload(ctx, c.out.private, c.src.asUpload(digest), c.diags)
	}
}

// store keeps the plan, completed by what was sent, of the code, and by what is there.
func (c *completion) store(ctx context.Context) {
	base.Remember(ctx, c.out.private, keyForeign, c.there.carried, c.diags)
	state := *c.plan
	state.codeFacet.fill(c.sent) // the code that we sent, not what somebody deployed since
	state.fill(c.there.model)
	c.out.set(state, c.diags)
	attachUpload(ctx, c.out.private, state.codeFacet, c.diags)
	switch err := c.there.err; {
	case functiongraph.IsNotFound(err): // for longer than "not yet" can mean
		diagnose.Failure(c.diags, "Unable to Read Function After Creation", c.tainted(), err)
	case err != nil:
		c.op.Unread(c.urn.String(), err)
	}
}

func (c completion) tainted() string {
	return fmt.Sprintf("The function %s was created, but a call that should complete it failed. It is in the state, "+
		"marked as tainted: the next apply would destroy it and create it again. To keep it, run\n\n  terraform untaint "+
		"%s\n\n(with the address of this resource) and apply again.", c.urn, "fgs_function."+c.plan.Name.ValueString())
}
