// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

func lookupSchema(t *testing.T, d datasource.DataSource) schema.Schema {
	t.Helper()
	var sr datasource.SchemaResponse
	d.Schema(t.Context(), datasource.SchemaRequest{}, &sr)
	if diags := sr.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Fatal(diags)
	}
	for name, attribute := range sr.Schema.Attributes {
		if attribute.GetMarkdownDescription() == "" {
			t.Errorf("%s has no description", name)
		}
	}
	return sr.Schema
}

// unset is a state in which everything is null, as a configuration that says nothing.
func unset(t *testing.T, s schema.Schema) tfsdk.State {
	t.Helper()
	object := s.Type().TerraformType(t.Context()).(tftypes.Object)
	nulls := map[string]tftypes.Value{}
	for name, typ := range object.AttributeTypes {
		nulls[name] = tftypes.NewValue(typ, nil)
	}
	return tfsdk.State{Schema: s, Raw: tftypes.NewValue(object, nulls)}
}

// TestLookupModel fills every member of an answer, and none, and demands that each attribute has a value of its type:
// this finds an attribute without a field, a field without an attribute and a facet that nobody fills.
func TestLookupModel(t *testing.T) {
	t.Parallel()
	s := lookupSchema(t, NewDataSource())
	urn := functiongraph.URN{Region: "r", ProjectID: "p", Package: "default", Name: "orders"}
	for name, full := range map[string]bool{"full": true, "empty": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var in functiongraph.Function
			if full {
				fill(reflect.ValueOf(&in).Elem())
				in.UserData, in.EncryptedUserData = pointerTo(`{"a":"b"}`), pointerTo(`{"c":""}`)
				in.DomainNames = pointerTo(`[{"id":"1","domain_name":"db.internal"}]`)
				in.CustomImage.UserID, in.CustomImage.GroupID = pointerTo("1"), pointerTo("2")
			}
			state := unset(t, s)
			var m lookupModel
			if diags := state.Get(t.Context(), &m); diags.HasError() {
				t.Fatal(diags)
			}
			var tags map[string]string
			if full {
				tags = map[string]string{"team": "shop"}
				m.Qualifier, m.IncludeTags = types.StringValue("v1"), types.BoolValue(true)
			}
			m.fromAPI(&in, tags, urn)
			if diags := state.Set(t.Context(), &m); diags.HasError() {
				t.Fatal(diags)
			}
			var values map[string]tftypes.Value
			if err := state.Raw.As(&values); err != nil {
				t.Fatal(err)
			}
			for name, value := range values {
				if full && value.IsNull() || !value.IsKnown() {
					t.Errorf("%s is %s", name, value)
				}
			}
		})
	}
}

// TestLookupNames: attributes are named and typed as those of the resource, and each of those can be read, with these
// exceptions.
func TestLookupNames(t *testing.T) {
	t.Parallel()
	own := []string{
		"qualifier", "version", "qualified_urn", "include_tags", "encrypted_user_data_names", "code_kms_key_id", "obs_url",
		"image",
		"log", // without the names
	}
	unreadable := []string{ // what only a configuration has
		"code", "source_hash", "ignore_code_drift", "encrypted_user_data", "encrypted_user_data_wo",
		"encrypted_user_data_wo_version",
		"tags_all",
	}
	unreadable = append(unreadable, renamedNames()...)
	lookup := lookupSchema(t, NewDataSource())
	var sr resource.SchemaResponse
	NewResource().Schema(t.Context(), resource.SchemaRequest{}, &sr)
	for name, attribute := range lookup.Attributes {
		of, ok := sr.Schema.Attributes[name]
		if !slices.Contains(own, name) && (!ok || !of.GetType().Equal(attribute.GetType())) {
			t.Errorf("%s is not as in the resource", name)
		}
	}
	for name := range sr.Schema.Attributes {
		if _, ok := lookup.Attributes[name]; !ok && !slices.Contains(unreadable, name) {
			t.Errorf("%s cannot be read", name)
		}
	}
}

func TestVersionOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ reported, qualifier, want string }{
		{"latest", "", "latest"}, {"", "", "latest"}, {"v1", "v1", "v1"}, {"", "v1", "v1"}, {"v1", "!prod", "v1"}, {"", "!prod", ""},
	} {
		got := versionOf(&functiongraph.Function{Version: test.reported}, test.qualifier)
		if got.ValueString() != test.want || got.IsNull() != (test.want == "") {
			t.Errorf("reported %q, asked for %q: %s", test.reported, test.qualifier, got)
		}
	}
}

// TestListModel: the filters are exact whatever the service made of them, and the order is that of package and name.
func TestListModel(t *testing.T) {
	t.Parallel()
	row := func(pkg, name, runtime string) functiongraph.Function {
		out := functiongraph.Function{URN: "urn:fss:r:p:function:" + pkg + ":" + name + ":latest"}
		out.Runtime = runtime
		return out
	}
	rows := []functiongraph.Function{
		row("shop", "orders", "Go1.x"), row("default", "reorders", "Java11"), row("default", "Orders", "Go1.x"),
		row("default", "b", "Go1.x"),
		row("default", "a", "Java11"),
	}
	null := types.StringNull()
	for name, test := range map[string]struct {
		filter listModel
		want   []string
	}{
		"none": {listModel{Package: null, NameContains: null, Runtime: null}, []string{
			"default:Orders", "default:a", "default:b", "default:reorders", "shop:orders",
		}},
		"package": {listModel{Package: types.StringValue("shop"), NameContains: null, Runtime: null}, []string{"shop:orders"}},
		"name": {listModel{Package: null, NameContains: types.StringValue("orders"), Runtime: null}, []string{
			"default:reorders", "shop:orders",
		}},
		"runtime": {listModel{Package: null, NameContains: null, Runtime: types.StringValue("Java11")}, []string{
			"default:a", "default:reorders",
		}},
		"nothing": {listModel{Package: types.StringValue("shop"), NameContains: types.StringValue("a"), Runtime: null}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := test.filter
			if odd := m.fromAPI(rows); odd != 0 {
				t.Fatalf("%d odd rows", odd)
			}
			var got []string
			for _, r := range m.Functions {
				got = append(got, r.Package.ValueString()+":"+r.Name.ValueString())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			state := unset(t, lookupSchema(t, NewListDataSource()))
			if diags := state.Set(t.Context(), &m); diags.HasError() {
				t.Fatal(diags)
			}
		})
	}
	var m listModel
	good := functiongraph.Function{URN: "urn:fss:r-1:p:function:default:orders"}
	if odd := m.fromAPI([]functiongraph.Function{{URN: "orders"}, good}); odd != 1 || len(m.Functions) != 1 {
		t.Errorf("%d odd rows of two, %d functions", odd, len(m.Functions))
	}
}
