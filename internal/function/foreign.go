// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// foreign is the part of the settings that no attribute shows, as far as the service reports a value other than its
// default. A PUT config carries it along: a service that replaces would reset what is left out (contract 3.4, 4.3).
// The two objects of the network are here for their members without an attribute.
func foreign(in functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	out := functiongraph.FunctionSettings{}
	if plainVPC(in.VPC) != nil {
		out.VPC = in.VPC
	}
	if plainController(in.NetworkController) != nil {
		out.NetworkController = in.NetworkController
	}
	if in.CustomImage != nil && in.CustomImage.Image != "" {
		out.CustomImage = in.CustomImage
	}
	// Only kept to warn about: values are never reported (contract F31), so they cannot be sent back.
	if in.EncryptedUserData != nil && len(parseEnvironment(in.EncryptedUserData)) > 0 {
		out.EncryptedUserData = in.EncryptedUserData
	}
	return out
}

// sendable is the part of foreign that a write may carry.
func sendable(f functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	f.EncryptedUserData = nil
	return f
}

// warnEncrypted says what a write of the settings may lose.
func warnEncrypted(f functiongraph.FunctionSettings, diags *diag.Diagnostics) {
	if f.EncryptedUserData == nil {
		return
	}
	names := strings.Join(slices.Sorted(maps.Keys(parseEnvironment(f.EncryptedUserData))), ", ")
	diags.AddWarning("Encrypted Environment Cannot Be Kept",
		"The function has encrypted environment variables ("+names+"), which this version of the provider cannot manage. The "+
			"service never reports their values, so a change of settings may clear them there. Set them again after the apply.")
}

// reading is what a read needs to know besides the answer: what earlier operations remembered.
type reading struct {
	client  *functiongraph.Client
	urn     functiongraph.URN
	private privateState
	own     ownLog
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
func (r *reading) wrote(ctx context.Context, diags *diag.Diagnostics) {
	r.Pending = true
	remember(ctx, r.private, keyReadBack, r.readBack, diags)
}

// settle puts into an answer what the service does not report. The first answer after a write tells what that is.
func (r *reading) settle(ctx context.Context, known model, got *functiongraph.Function, diags *diag.Diagnostics) {
	if r.Pending {
		r.readBack = readBack{Unreported: unreported(known.settingsFacets, got.FunctionSettings)}
		remember(ctx, r.private, keyReadBack, r.readBack, diags)
	}
	restore(&got.FunctionSettings, known.settingsFacets, r.Unreported)
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
