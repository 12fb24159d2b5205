// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// refreshed is what a read found.
type refreshed struct {
	state   model
	gone    bool // the service says that there is no such function
	read    bool // state is what the service has; else it stays what it was
	private notes
	diags   diag.Diagnostics
}

// refresh reads the function that the state is about, with what was remembered of it.
func (r *Resource) refresh(ctx context.Context, state model, private base.PrivateState) *refreshed {
	found := &refreshed{state: state, private: notes{from: private}}
	op := r.Begin(base.Reading, &found.diags)
	urn := base.ParseID(op, state.ID, functiongraph.ParseURN)
	ctx, done, ok := op.Refresh(ctx)
	if !ok {
		return found
	}
	defer done()
	state.hide(op.Client)
	detachUpload(ctx, &found.private, state.codeFacet, op.Diags)
	err := r.read(ctx, op.Client, urn, found)
	var other otherFunction
	switch {
	case functiongraph.IsNotFound(err):
		found.gone = true
	case errors.As(err, &other):
		op.Diags.AddAttributeError(path.Root(other.attribute), "Function Is Another One", other.Error())
	case err != nil:
		op.Fail(urn.String(), err)
	default:
		found.read, state = true, found.state
		r.Connection.NoteRead(urn.Function().String())
	}
	attachUpload(ctx, &found.private, state.codeFacet, op.Diags)
	return found
}

func (r *Resource) read(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, found *refreshed,
) error {
	state, private, diags := &found.state, &found.private, &found.diags
	got, err := client.Function(ctx, urn, functiongraph.NeedSettings, state.codeFacet.need)
	if err != nil {
		return err
	}
	if err := state.sameFunction(got, urn); err != nil {
		return err
	}
	var imported bool
	base.Recall(ctx, private, keyImported, &imported, diags)
	if imported || state.managesTags() {
		if err := r.refreshTags(ctx, client, urn, state, imported, diags); err != nil {
			return err
		}
	}
	if imported {
		base.Forget(ctx, private, keyImported, diags)
	}
	state.completeMoved(ctx, private, r.Connection.DefaultTags, diags)
	memory := recalled(ctx, private, diags)
	memory.settle(ctx, *state, got, diags)
	carried, err := reader{client, urn.Function()}.complete(ctx, *state, memory.ownLog, got)
	if err != nil {
		return err
	}
	base.Remember(ctx, private, keyForeign, carried, diags)
	state.writtenNames = memory.encrypted()
	before := state.codeFacet
	state.fromAPI(got, urn.Function())
	state.noticeDrift(before, lastUpload(ctx, private, before, diags), memory.running)
	return nil
}

// noticeDrift compares the code that runs with the code that Terraform sent. Where that is not remembered (an import,
// a state that was moved or edited), the state before the refresh takes its place. An image and a key are shown as they
// are now, since they can be read.
func (m *codeFacet) noticeDrift(before codeFacet, last *upload, now running) {
	code, ok := tfconv.Object[codeModel](m.Code) // with empty texts as they are written
	if !ok || m.IgnoreCodeDrift.ValueBool() {
		return
	}
	source := code
	source.dropEmpty()
	expected := upload{Digest: before.Digest.ValueString(), Type: source.chosen().codeType, Reference: code.address()}
	if last != nil {
		expected = *last
	}
	image := expected.Type == typeImage
	switch {
	case expected.Digest == "" && !image && last == nil:
	case expected.drifted(m.Digest.ValueString(), now):
		m.SourceHash = types.StringNull()
	case m.SourceHash.IsNull() && expected.SourceHash != "": // somebody put our code back
		m.SourceHash = types.StringValue(expected.SourceHash)
	}
	if image && !tfconv.Blank(code.Image) {
		code.Image = types.StringValue(now.Image)
	}
	if expected.Seen != nil {
		key := expected.KMSKeyID
		if now.KMSKeyID != expected.Seen.KMSKeyID {
			key = now.KMSKeyID
		}
		code.KMSKeyID = tfconv.Text(&key, code.KMSKeyID)
	}
	m.Code = tfconv.ObjectOf(codeObjectType, code)
}
