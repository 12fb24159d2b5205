// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// identified is a thing whose id has two parts.
func identified(t *testing.T) *Identified {
	t.Helper()
	r := &Identified{Resource: *thing(t)}
	r.Noun.Identity, r.Noun.Moves = []string{"function_urn", "thing_id"}, true
	return r
}

// identity is one of identified, null for "".
func identity(t *testing.T, r *Identified, id string) *tfsdk.ResourceIdentity {
	t.Helper()
	var resp resource.IdentitySchemaResponse
	r.IdentitySchema(t.Context(), resource.IdentitySchemaRequest{}, &resp)
	value, ok := r.Noun.IdentityOf(id)
	if !ok {
		value = tftypes.NewValue(r.Noun.IdentityType(), nil)
	}
	return &tfsdk.ResourceIdentity{Raw: value, Schema: resp.IdentitySchema}
}

// stateOf is a state that has an id.
func stateOf(id any) tfsdk.State {
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}
	return tfsdk.State{
		Schema: schema.Schema{Attributes: map[string]schema.Attribute{"id": Computed("")}},
		Raw:    tftypes.NewValue(typ, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, id)}),
	}
}

// TestIdentified_schema: each part of the id, all of which an import needs; the framework learns that it may change.
func TestIdentified_schema(t *testing.T) {
	t.Parallel()
	r := identified(t)
	attributes := identity(t, r, "").Schema.GetAttributes()
	if names := slices.Sorted(maps.Keys(attributes)); !slices.Equal(names, []string{"function_urn", "thing_id"}) {
		t.Errorf("the identity has %v", names)
	}
	a := attributes["function_urn"]
	if a.GetDescription() != "The function URN of a big thing." || !a.IsRequiredForImport() {
		t.Errorf("function_urn: %+v", a)
	}
	var metadata resource.MetadataResponse
	r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "fgs"}, &metadata)
	if !metadata.ResourceBehavior.MutableIdentity || metadata.TypeName != "fgs_thing" {
		t.Errorf("metadata %+v", metadata)
	}
}

// numbered is a thing that a number in a family identifies, and whose id is another one.
func numbered(t *testing.T) *Identified {
	t.Helper()
	r := identified(t)
	r.Noun.Identity, r.Noun.Number, r.Noun.Apart = []string{"family", "number"}, "number", true
	return r
}

// TestIdentified_apart: the parts are attributes of the state, of which one is a number; an id says nothing of them.
func TestIdentified_apart(t *testing.T) {
	t.Parallel()
	r := numbered(t)
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"id": tftypes.String, "family": tftypes.String, "number": tftypes.Number,
	}}
	state := func(family, number any) tfsdk.State {
		return tfsdk.State{Raw: tftypes.NewValue(typ, map[string]tftypes.Value{
			"id": tftypes.NewValue(tftypes.String, "x/9"), "family": tftypes.NewValue(tftypes.String, family),
			"number": tftypes.NewValue(tftypes.Number, number),
		})}
	}
	for name, test := range map[string]struct {
		state tfsdk.State
		want  string
	}{
		"both":              {state("f", 12000000), "f/12000000"},
		"no number":         {state("f", nil), "before/1"},
		"one to be known":   {state("f", tftypes.UnknownValue), "before/1"},
		"no family":         {state(nil, 3), "before/1"},
		"an empty family":   {state("", 3), "before/1"},
		"an id and no more": {stateOf("f/3"), "before/1"},
	} {
		var diags diag.Diagnostics
		now := identity(t, r, "before/1")
		r.Begin(Reading, &diags).Identify(&test.state, now)
		if want := identity(t, r, test.want); !now.Raw.Equal(want.Raw) || len(diags) > 0 {
			t.Errorf("%s: %s, want %s: %s", name, now.Raw, want.Raw, texts(diags))
		}
	}
	if _, ok := r.Noun.IdentityOf("f/three"); ok {
		t.Error("a text is a number")
	}
	var diags diag.Diagnostics
	op := r.Begin(Importing, &diags)
	if got := op.ImportID(resource.ImportStateRequest{Identity: identity(t, r, "f/3")}); got != "f/3" {
		t.Errorf("the import id is %q", got)
	}
	resp := resource.ImportStateResponse{Identity: identity(t, r, "short/3")}
	if op.ImportedAs("f/3", &resp) || !strings.Contains(texts(diags), "    family = \"f\"\n    number = 3\n") {
		t.Errorf("another identity: %s", texts(diags))
	}
}

// TestIdentify: the identity becomes that of the state, which need not have one.
func TestIdentify(t *testing.T) {
	t.Parallel()
	r := identified(t)
	const id = functionURN + "/7"
	for name, test := range map[string]struct {
		state tfsdk.State
		want  string // the id that the identity is of
	}{
		"an id":             {stateOf(id), id},
		"a slash in it":     {stateOf(id + "/8"), id + "/8"},
		"too few parts":     {stateOf("7"), functionURN + "/before"},
		"no id":             {stateOf(nil), functionURN + "/before"},
		"an id to be known": {stateOf(tftypes.UnknownValue), functionURN + "/before"},
		"no state":          {tfsdk.State{Raw: tftypes.NewValue(stateOf("").Raw.Type(), nil)}, functionURN + "/before"},
	} {
		var diags diag.Diagnostics
		now := identity(t, r, functionURN+"/before")
		op := r.Begin(Updating, &diags)
		op.Identify(&test.state, now)
		op.Identify(&test.state, nil) // a caller without
		if want := identity(t, r, test.want); !now.Raw.Equal(want.Raw) || len(diags) > 0 {
			t.Errorf("%s: %s, want %s: %s", name, now.Raw, want.Raw, texts(diags))
		}
	}
}

// TestImport_identity: an id and an identity are imported alike; an identity that is not the very one is refused.
func TestImport_identity(t *testing.T) {
	t.Parallel()
	r := identified(t)
	const id = functionURN + "/7"
	for name, test := range map[string]struct {
		req  resource.ImportStateRequest
		want string // the id
	}{
		"id":       {resource.ImportStateRequest{ID: "short", Identity: identity(t, r, "")}, "short"},
		"identity": {resource.ImportStateRequest{Identity: identity(t, r, id)}, id},
		"neither":  {resource.ImportStateRequest{ID: "short"}, "short"},
	} {
		var diags diag.Diagnostics
		op := r.Begin(Importing, &diags)
		if got := op.ImportID(test.req); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		resp := resource.ImportStateResponse{State: stateOf(nil), Identity: test.req.Identity}
		op.Imported(t.Context(), id, &resp)
		if !resp.State.Raw.Equal(stateOf(id).Raw) || len(diags) > 0 {
			t.Errorf("%s: the state is %s: %s", name, resp.State.Raw, texts(diags))
		}
		if resp.Identity != nil && !resp.Identity.Raw.Equal(identity(t, r, id).Raw) {
			t.Errorf("%s: the identity is %s", name, resp.Identity.Raw)
		}
	}
	var diags diag.Diagnostics
	resp := resource.ImportStateResponse{State: stateOf(nil), Identity: identity(t, r, functionURN+"/07")}
	r.Begin(Importing, &diags).Imported(t.Context(), id, &resp)
	want := "  identity = {\n    function_urn = \"" + functionURN + "\"\n    thing_id = \"7\"\n  }"
	if !diags.HasError() || !strings.Contains(texts(diags), want) || !resp.State.Raw.Equal(stateOf(nil).Raw) {
		t.Errorf("another identity: %s", texts(diags))
	}
}
