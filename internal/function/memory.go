// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// memory is what earlier operations remembered of a function and a read needs to know besides the answer.
type memory struct {
	private base.PrivateState
	ownLog  ownLog
	running running
	readBack
}

func recalled(ctx context.Context, private base.PrivateState, diags *diag.Diagnostics) memory {
	m := memory{private: private}
	base.Recall(ctx, private, keyOwnLog, &m.ownLog, diags)
	base.Recall(ctx, private, keyReadBack, &m.readBack, diags)
	return m
}

// wrote notes that settings were written: the next answer tells which of them the service reports.
func (m *memory) wrote(ctx context.Context, plan settingsFacets, diags *diag.Diagnostics) {
	names := plan.encryptedFacet.names()
	m.Pending, m.Encrypted, m.Found, m.Unmanaged = true, &names, nil, nil
	m.Written = writtenNow(plan.encryptedFacet)
	base.Remember(ctx, m.private, keyReadBack, m.readBack, diags)
}

// settle puts into an answer what the service does not report. The first answer after a write tells what that is.
func (m *memory) settle(ctx context.Context, known model, got *functiongraph.Function, diags *diag.Diagnostics) {
	before := m.readBack
	if m.Pending {
		m.Pending, m.Unreported = false, unreported(known.settingsFacets, got.FunctionSettings)
	}
	m.find(variableNames(got.EncryptedUserData), before.Pending)
	if !reflect.DeepEqual(m.readBack, before) {
		base.Remember(ctx, m.private, keyReadBack, m.readBack, diags)
	}
	restore(&got.FunctionSettings, known.settingsFacets, m.Unreported)
	m.noteCode(ctx, got, diags)
}

// noteCode remembers what is reported of the code that no attribute shows. The first time after an upload, it is what
// the service makes of that.
func (m *memory) noteCode(ctx context.Context, got *functiongraph.Function, diags *diag.Diagnostics) {
	m.running = runningCode(got)
	base.Remember(ctx, m.private, keyRunning, m.running, diags)
	last := lastUpload(ctx, m.private, codeFacet{}, diags)
	if last != nil && last.Seen == nil && !last.drifted(got.Digest, m.running) {
		last.Seen = &m.running
		rememberUpload(ctx, m.private, *last, diags)
	}
}

// reader asks for what the answer to a read does not have.
type reader struct {
	client *functiongraph.Client
	urn    functiongraph.URN
}

// complete makes an answer ready to be taken over into the model, and returns what no attribute shows of it. own is
// where the service itself put the logs.
func (r reader) complete(ctx context.Context, known model, own ownLog, got *functiongraph.Function,
) (functiongraph.FunctionSettings, error) {
	carried := foreign(got.FunctionSettings)
	if known.Log.IsNull() && own.is(got) {
		carried.EnableLTSLog, carried.LTSCustomTag = got.EnableLTSLog, got.LTSCustomTag
		own.hide(got)
	}
	return carried, known.readLog(ctx, r.client, r.urn, got)
}
