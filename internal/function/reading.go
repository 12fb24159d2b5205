// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// reading is what a read needs to know besides the answer: what earlier operations remembered.
type reading struct {
	client  *functiongraph.Client
	urn     functiongraph.URN
	private privateState
	own     ownLog
	running running
	readBack
}

func newReading(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, private privateState,
	diags *diag.Diagnostics,
) reading {
	r := reading{client: client, urn: urn, private: private}
	recall(ctx, private, keyOwnLog, &r.own, diags)
	recall(ctx, private, keyReadBack, &r.readBack, diags)
	return r
}

// wrote notes that settings were written: the next answer tells which of them the service reports.
func (r *reading) wrote(ctx context.Context, plan settingsFacets, diags *diag.Diagnostics) {
	names := plan.encryptedFacet.names()
	r.Pending, r.Encrypted, r.Found = true, &names, nil
	remember(ctx, r.private, keyReadBack, r.readBack, diags)
}

// settle puts into an answer what the service does not report. The first answer after a write tells what that is.
func (r *reading) settle(ctx context.Context, known model, got *functiongraph.Function, diags *diag.Diagnostics) {
	before := r.readBack
	if r.Pending {
		r.Pending, r.Unreported = false, unreported(known.settingsFacets, got.FunctionSettings)
	}
	r.find(variableNames(got.EncryptedUserData), before.Pending)
	if !reflect.DeepEqual(r.readBack, before) {
		remember(ctx, r.private, keyReadBack, r.readBack, diags)
	}
	restore(&got.FunctionSettings, known.settingsFacets, r.Unreported)
	r.noteCode(ctx, got, diags)
}

// noteCode remembers what is reported of the code that no attribute shows. The first time after an upload, it is what
// the service makes of that.
func (r *reading) noteCode(ctx context.Context, got *functiongraph.Function, diags *diag.Diagnostics) {
	r.running = runningCode(got)
	remember(ctx, r.private, keyRunning, r.running, diags)
	last := lastUpload(ctx, r.private, codeFacet{}, diags)
	if last != nil && last.Seen == nil && !last.drifted(got.Digest, r.running) {
		last.Seen = &r.running
		rememberUpload(ctx, r.private, *last, diags)
	}
}

// complete makes an answer ready to be taken over into the model, and returns what no attribute shows of it.
func (r *reading) complete(ctx context.Context, known model, got *functiongraph.Function) (functiongraph.FunctionSettings, error) {
	carried := foreign(got.FunctionSettings)
	if known.Log.IsNull() && r.own.is(got) {
		carried.EnableLTSLog, carried.LTSCustomTag = got.EnableLTSLog, got.LTSCustomTag
		r.own.hide(got)
	}
	return carried, known.readLog(ctx, r.client, r.urn, got)
}
