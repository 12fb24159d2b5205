// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

// storedUpload is an upload as the private state has it between two operations: what the state beside it says as well
// is left out. That is nearly always all of it, in the state of every function.
type storedUpload struct {
	Digest     *string  `json:"digest,omitempty"`      // nil: the state's digest
	SourceHash *string  `json:"source_hash,omitempty"` // nil: the state's source_hash
	Content    *string  `json:"content,omitempty"`     // nil: the source hash
	Type       *string  `json:"code_type,omitempty"`   // nil: the state's code_type
	Reference  string   `json:"reference,omitempty"`
	KMSKeyID   string   `json:"kms_key_id,omitempty"`
	Seen       *running `json:"seen,omitempty"`
}

// lastUpload is what Terraform itself last sent, or nil when that is not known. state is the one that the private state
// lies beside; within an operation, between detachUpload and attachUpload, it does not matter.
func lastUpload(ctx context.Context, from base.PrivateState, state codeFacet, diags *diag.Diagnostics) *upload {
	var stored storedUpload
	if !base.Recall(ctx, from, keyUploaded, &stored, diags) {
		return nil
	}
	kept := func(stored *string, beside types.String) string {
		if stored != nil {
			return *stored
		}
		return beside.ValueString()
	}
	u := upload{
		Digest: kept(stored.Digest, state.Digest), SourceHash: kept(stored.SourceHash, state.SourceHash),
		Type: kept(stored.Type, state.CodeType), Reference: stored.Reference, KMSKeyID: stored.KMSKeyID, Seen: stored.Seen,
	}
	u.Content = u.SourceHash
	if stored.Content != nil {
		u.Content = *stored.Content
	}
	if u.Digest == "" && u.Reference == "" {
		return nil
	}
	return &u
}

// rememberUpload notes it in full: the state that will lie beside it is not known yet.
func rememberUpload(ctx context.Context, in base.PrivateState, u upload, diags *diag.Diagnostics) {
	base.Remember(ctx, in, keyUploaded,
		storedUpload{&u.Digest, &u.SourceHash, u.otherContent(), &u.Type, u.Reference, u.KMSKeyID, u.Seen}, diags)
}

// otherContent is nil where the source hash is the content's, or nothing else is known.
func (u upload) otherContent() *string {
	if u.Content == "" || u.Content == u.SourceHash {
		return nil
	}
	return &u.Content
}

// detachUpload begins an operation that may change the state: from here on what is remembered stands for itself.
func detachUpload(ctx context.Context, in base.PrivateState, state codeFacet, diags *diag.Diagnostics) {
	if u := lastUpload(ctx, in, state, diags); u != nil {
		rememberUpload(ctx, in, *u, diags)
	}
}

// attachUpload ends it: what the new state says is left out.
func attachUpload(ctx context.Context, in base.PrivateState, state codeFacet, diags *diag.Diagnostics) {
	u := lastUpload(ctx, in, state, diags)
	if u == nil {
		return
	}
	differing := func(own string, beside types.String) *string {
		if own == beside.ValueString() && !beside.IsUnknown() {
			return nil
		}
		return &own
	}
	data, err := json.Marshal(storedUpload{
		differing(u.Digest, state.Digest), differing(u.SourceHash, state.SourceHash), u.otherContent(),
		differing(u.Type, state.CodeType), u.Reference, u.KMSKeyID, u.Seen,
	})
	if err == nil {
		diags.Append(in.SetKey(ctx, keyUploaded, data)...) // also when it is empty: that something was sent is known
	}
}
