// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// keys is private state in memory.
type keys map[string][]byte

func (k keys) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return k[key], nil }

func (k keys) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	if delete(k, key); len(value) > 0 {
		k[key] = value
	}
	return nil
}

// TestLastUpload: whatever state lies beside it, what was remembered comes back; and what the state says is not stored
// twice.
func TestLastUpload(t *testing.T) {
	t.Parallel()
	state := func(digest, hash, kind string) codeFacet {
		return codeFacet{Digest: types.StringValue(digest), SourceHash: types.StringValue(hash),
			CodeType: types.StringValue(kind)}
	}
	sent := upload{Digest: "d1", SourceHash: "h1", Content: "h1", Type: typeZip, Seen: &running{}}
	for name, test := range map[string]struct {
		upload upload
		state  codeFacet
		stored string
	}{
		"as the state":   {sent, state("d1", "h1", typeZip), `{"seen":{}}`},
		"other code":     {sent, state("theirs", "h1", typeZip), `{"digest":"d1","seen":{}}`},
		"drifted":        {sent, codeFacet{Digest: types.StringValue("theirs"), CodeType: types.StringValue(typeInline)}, `{"digest":"d1","source_hash":"h1","code_type":"zip","seen":{}}`},
		"not known":      {sent, codeFacet{Digest: types.StringUnknown(), SourceHash: types.StringUnknown(), CodeType: types.StringUnknown()}, `{"digest":"d1","source_hash":"h1","code_type":"zip","seen":{}}`},
		"no digest":      {upload{SourceHash: "h", Content: "h", Type: typeImage, Reference: "swr/x"}, state("", "h", typeImage), `{"reference":"swr/x"}`},
		"none, then one": {upload{SourceHash: "h", Content: "h", Type: typeImage, Reference: "swr/x"}, state("d", "h", typeImage), `{"digest":"","reference":"swr/x"}`},
		"nothing else":   {upload{Digest: "d", SourceHash: "h", Content: "h", Type: typeJar}, state("d", "h", typeJar), `{}`},
		"own marker":     {upload{Digest: "d", SourceHash: "m", Content: "h", Type: typeZip}, state("d", "m", typeZip), `{"content":"h"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, private := t.Context(), keys{}
			var diags diag.Diagnostics
			rememberUpload(ctx, private, test.upload, &diags)
			attachUpload(ctx, private, test.state, &diags)
			if got := string(private[keyUploaded]); got != test.stored {
				t.Errorf("stored %s, want %s", got, test.stored)
			}
			if diff := cmp.Diff(&test.upload, lastUpload(ctx, private, test.state, &diags)); diff != "" {
				t.Errorf("beside its state (-want +got):\n%s", diff)
			}
			detachUpload(ctx, private, test.state, &diags)
			if diff := cmp.Diff(&test.upload, lastUpload(ctx, private, state("x", "y", "z"), &diags)); diff != "" {
				t.Errorf("detached, beside another state (-want +got):\n%s", diff)
			}
			if len(diags) > 0 {
				t.Error(diags)
			}
		})
	}
}

// TestLastUpload_asItWas: private state of an earlier version of the provider has everything in it.
func TestLastUpload_asItWas(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	private := keys{keyUploaded: []byte(`{"digest":"","source_hash":"h","code_type":"Custom-Image-Swr",` +
		`"reference":"swr/x","seen":{}}`)}
	want := &upload{SourceHash: "h", Content: "h", Type: typeImage, Reference: "swr/x", Seen: &running{}}
	if diff := cmp.Diff(want, lastUpload(t.Context(), private, codeFacet{Digest: types.StringValue("d")},
		&diags)); diff != "" {
		t.Error(diff)
	}
	if lastUpload(t.Context(), keys{}, codeFacet{Digest: types.StringValue("d")}, &diags) != nil {
		t.Error("nothing was sent, and something is remembered")
	}
}
