// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package tfconv

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Record reads and writes whole objects as structs of type T. It does what the framework's Get and Set do, for structs
// whose fields are all attr.Values; but the framework looks the struct, each tag and each path up in every call, which
// is half of what a plan of hundreds of objects costs. A Record does that once.
type Record[T any] struct {
	typ    tftypes.Object
	fields []recordField
	nulls  map[string]tftypes.Value // of attributes without a field
}

// recordField is an attribute, its type on both sides, and its place in the struct.
type recordField struct {
	column
	typ attr.Type
	raw tftypes.Type
}

// RecordFor is the Record for a resource's schema, made when it is first asked for. refused is as for RecordOf.
func RecordFor[T any](made func() resource.Resource, refused ...string) func() *Record[T] {
	return sync.OnceValue(func() *Record[T] {
		var resp resource.SchemaResponse
		made().Schema(context.Background(), resource.SchemaRequest{}, &resp)
		return RecordOf[T](resp.Schema, refused...)
	})
}

// RecordOf returns the Record for a schema. refused are attributes and blocks whose validators accept null only: T has
// no field for them, Get skips them, and Value writes null. RecordOf panics if T does not have a field for each of the
// others, and none besides: a defect that any test sees.
func RecordOf[T any](s schema.Schema, refused ...string) *Record[T] {
	ctx := context.Background()
	typ, ok := s.Type().TerraformType(ctx).(tftypes.Object)
	types, named := s.Type().(attr.TypeWithAttributeTypes)
	if !ok || !named {
		panic("a schema is no object")
	}
	r := &Record[T]{typ: typ, nulls: make(map[string]tftypes.Value, len(refused))}
	attributes := types.AttributeTypes()
	for _, c := range columnsOf(reflect.TypeFor[T]()) {
		attribute := attributes[c.name]
		if attribute == nil {
			panic(fmt.Sprintf("%T has a field for %q, which is no attribute", *new(T), c.name))
		}
		r.fields = append(r.fields, recordField{c, attribute, attribute.TerraformType(ctx)})
		delete(attributes, c.name)
	}
	for _, name := range refused {
		r.nulls[name] = tftypes.NewValue(typ.AttributeTypes[name], nil)
		delete(attributes, name)
	}
	if len(attributes) > 0 {
		panic(fmt.Sprintf("%T lacks fields for %v", *new(T), attributes))
	}
	return r
}

// Type is the type of what Get reads and Value returns.
func (r *Record[T]) Type() tftypes.Object { return r.typ }

// Get reads a configuration, a plan or a state.
func (r *Record[T]) Get(raw tftypes.Value, into *T) (diags diag.Diagnostics) {
	values := map[string]tftypes.Value{}
	if err := raw.As(&values); err != nil {
		diags.AddError("Unable to Read Value", err.Error()+" This is a defect of the provider; please report it.")
		return diags
	}
	to := reflect.ValueOf(into).Elem()
	for _, f := range r.fields {
		value, err := f.typ.ValueFromTerraform(context.Background(), values[f.name])
		if err != nil {
			diags.AddError("Unable to Read Value",
				f.name+": "+err.Error()+" This is a defect of the provider; please report it.")
			return diags
		}
		to.FieldByIndex(f.index).Set(reflect.ValueOf(value))
	}
	return diags
}

// From is Get for a struct of its own.
func (r *Record[T]) From(raw tftypes.Value, diags *diag.Diagnostics) (out T) {
	diags.Append(r.Get(raw, &out)...)
	return out
}

// Value is the opposite of Get.
func (r *Record[T]) Value(from *T) (out tftypes.Value, diags diag.Diagnostics) {
	values := make(map[string]tftypes.Value, len(r.fields)+len(r.nulls))
	maps.Copy(values, r.nulls)
	source := reflect.ValueOf(from).Elem()
	for _, f := range r.fields {
		value, err := f.value(source.FieldByIndex(f.index).Interface().(attr.Value)) //nolint:forcetypeassert // see columnsOf
		if err != nil {
			diags.AddError("Unable to Write Value",
				f.name+": "+err.Error()+" This is a defect of the provider; please report it.")
			return out, diags
		}
		values[f.name] = value
	}
	return tftypes.NewValue(r.typ, values), diags
}

// Set writes Value into a plan or a state.
func (r *Record[T]) Set(raw *tftypes.Value, from *T) diag.Diagnostics {
	value, diags := r.Value(from)
	if !diags.HasError() {
		*raw = value
	}
	return diags
}

// value needs the type only where the value does not have it: the zero value of a collection is null of no type.
func (f recordField) value(v attr.Value) (tftypes.Value, error) {
	switch {
	case v.IsNull():
		return tftypes.NewValue(f.raw, nil), nil
	case v.IsUnknown():
		return tftypes.NewValue(f.raw, tftypes.UnknownValue), nil
	}
	return v.ToTerraformValue(context.Background())
}

// Equal says that two structs hold the same values.
func (r *Record[T]) Equal(a, b *T) bool {
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for _, f := range r.fields {
		left := x.FieldByIndex(f.index).Interface().(attr.Value)  //nolint:forcetypeassert // see columnsOf
		right := y.FieldByIndex(f.index).Interface().(attr.Value) //nolint:forcetypeassert // see columnsOf
		if left.IsNull() && right.IsNull() {
			continue
		}
		if !left.Equal(right) {
			return false
		}
	}
	return true
}
