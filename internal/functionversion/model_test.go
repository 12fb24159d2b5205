// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestModelMatchesSchema finds an attribute without a field and a field without an attribute.
func TestModelMatchesSchema(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var sr resource.SchemaResponse
	NewResource().Schema(ctx, resource.SchemaRequest{}, &sr)
	if d := sr.Schema.ValidateImplementation(ctx); d.HasError() {
		t.Fatal(d)
	}
	state := tfsdk.State{Schema: sr.Schema, Raw: nulls(sr.Schema.Type().TerraformType(ctx))}
	var m model
	if d := state.Get(ctx, &m); d.HasError() {
		t.Fatal(d)
	}
	if d := state.Set(ctx, &m); d.HasError() {
		t.Fatal(d)
	}
}

func TestListModelMatchesSchema(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var sr datasource.SchemaResponse
	NewDataSource().Schema(ctx, datasource.SchemaRequest{}, &sr)
	if d := sr.Schema.ValidateImplementation(ctx); d.HasError() {
		t.Fatal(d)
	}
	state := tfsdk.State{Schema: sr.Schema, Raw: nulls(sr.Schema.Type().TerraformType(ctx))}
	m := listModel{Versions: []rowModel{{}}}
	if d := state.Set(ctx, &m); d.HasError() {
		t.Fatal(d)
	}
	if d := state.Get(ctx, &m); d.HasError() {
		t.Fatal(d)
	}
}

func nulls(t tftypes.Type) tftypes.Value {
	object := t.(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, typ := range object.AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
	}
	return tftypes.NewValue(object, values)
}
