// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
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
	object := sr.Schema.Type().TerraformType(ctx).(tftypes.Object)
	nulls := map[string]tftypes.Value{}
	for name, typ := range object.AttributeTypes {
		nulls[name] = tftypes.NewValue(typ, nil)
	}
	state := tfsdk.State{Schema: sr.Schema, Raw: tftypes.NewValue(object, nulls)}
	var m model
	if d := state.Get(ctx, &m); d.HasError() {
		t.Fatal(d)
	}
	if d := state.Set(ctx, &m); d.HasError() {
		t.Fatal(d)
	}
}

// TestDescriptions asks for a sentence for every attribute: the documentation is made of them.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	var sr resource.SchemaResponse
	NewResource().Schema(t.Context(), resource.SchemaRequest{}, &sr)
	for name, attribute := range sr.Schema.Attributes {
		if attribute.GetMarkdownDescription() == "" {
			t.Errorf("%s has no description", name)
		}
	}
}

// TestSettingsRoundTrip fills every member of the wire's settings and demands that each is either managed by a facet,
// and then comes back from it, or carried along as foreign. A member that is neither would be reset by every write.
func TestSettingsRoundTrip(t *testing.T) {
	t.Parallel()
	var in functiongraph.FunctionSettings
	fill(reflect.ValueOf(&in).Elem())
	in.UserData = pointer(`{"k":"v"}`)
	in.EncryptedUserData = pointer(`{"secret":""}`)

	var m model
	m.fromAPI(&functiongraph.Function{FunctionSettings: in}, functiongraph.URN{})
	out := m.settings(model{}, foreign(in))
	if !reflect.DeepEqual(in, out) {
		t.Errorf("a member is lost between reading and writing:\nin  %+v\nout %+v", in, out)
	}
	if sendable(out).EncryptedUserData != nil {
		t.Error("blanked values of encrypted variables would be written")
	}
}

// TestForeignLeavesZerosOut keeps writes small and regions that lack a member working.
func TestForeignLeavesZerosOut(t *testing.T) {
	t.Parallel()
	zero := functiongraph.FunctionSettings{
		GPUMemory: pointer(int64(0)), GPUType: pointer(""), EnableDynamicMemory: pointer(false),
		VPC: &functiongraph.FunctionVPC{}, MountConfig: &functiongraph.MountConfig{}, CustomImage: &functiongraph.CustomImage{},
		NetworkController: &functiongraph.NetworkController{}, EncryptedUserData: pointer("{}"),
	}
	if got := foreign(zero); !reflect.DeepEqual(got, functiongraph.FunctionSettings{}) {
		t.Errorf("foreign(zero values) = %+v, want nothing", got)
	}
}

func pointer[T any](v T) *T { return &v }

// fill sets every leaf to a value that is not its zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"x": "x"}))
	case reflect.String:
		v.SetString("x")
	case reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	}
}
