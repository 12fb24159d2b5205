// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package tfconv converts between Terraform's values, which may be null or unknown, and plain Go values.
package tfconv

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Known says that a value is neither null nor unknown.
func Known(v attr.Value) bool {
	return !v.IsNull() && !v.IsUnknown()
}

// Clearable returns what a write sends for an optional text: nil (leave the member out) if it is empty now and was
// empty before, else its address, so that a value that was removed is sent as "" and really cleared.
func Clearable(planned, prior types.String) *string {
	v := planned.ValueString()
	if v == "" && prior.ValueString() == "" {
		return nil
	}
	return &v
}

// Text returns the value to show for an optional text that the service reports. Empty and absent mean the same to
// the service: then a configured "" is kept and everything else is null.
func Text(reported *string, current types.String) types.String {
	if reported != nil && *reported != "" {
		return types.StringValue(*reported)
	}
	if Known(current) && current.ValueString() == "" {
		return current
	}
	return types.StringNull()
}

// Filled returns planned, or the value read from the service where the plan left it open.
func Filled[T attr.Value](planned, read T) T {
	if planned.IsUnknown() {
		return read
	}
	return planned
}

// Strings returns the elements of a map of strings; null, unknown and unknown elements give nothing.
func Strings(m types.Map) map[string]string {
	out := map[string]string{}
	for key, element := range m.Elements() {
		if s, ok := element.(types.String); ok && Known(s) {
			out[key] = s.ValueString()
		}
	}
	return out
}

// StringMap is the opposite of Strings; an empty map stays an empty map.
func StringMap(m map[string]string) types.Map {
	elements := make(map[string]attr.Value, len(m))
	for key, value := range m {
		elements[key] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, elements)
}

// FullyKnown says that a value and all that is in it are known; null counts as known.
func FullyKnown(v attr.Value) bool {
	if v.IsNull() { // also the zero value, which knows no type
		return true
	}
	raw, err := v.ToTerraformValue(context.Background())
	return err == nil && raw.IsFullyKnown()
}

// Blank says that a value says nothing: it is null, an empty text, or an object, a list or a set of nothing else.
// Modules write such values for what is not wanted.
func Blank(v attr.Value) bool {
	if v.IsNull() || v.IsUnknown() {
		return v.IsNull()
	}
	switch v := v.(type) {
	case types.String:
		return v.ValueString() == ""
	case types.Object:
		for _, member := range v.Attributes() {
			if !Blank(member) {
				return false
			}
		}
		return true
	case interface{ Elements() []attr.Value }: // list, set
		return !slices.ContainsFunc(v.Elements(), func(element attr.Value) bool { return !Blank(element) })
	case types.Map:
		return len(v.Elements()) == 0
	}
	return false
}

// Set returns the elements of a set of strings, sorted; nil for an empty set, null and unknown. Empty and null elements
// are none.
func Set(s types.Set) []string {
	out := texts(s.Elements())
	slices.Sort(out)
	return out
}

// List returns the elements of a list of strings; nil for an empty list, null and unknown. Empty and null elements are
// none.
func List(l types.List) []string { return texts(l.Elements()) }

func texts(elements []attr.Value) (out []string) {
	for _, element := range elements {
		if text, ok := element.(types.String); ok && text.ValueString() != "" {
			out = append(out, text.ValueString())
		}
	}
	return out
}

// StringSet is the opposite of Set; nothing is null.
func StringSet(texts []string) types.Set {
	if len(texts) == 0 {
		return types.SetNull(types.StringType)
	}
	elements := make([]attr.Value, 0, len(texts))
	for _, text := range texts {
		elements = append(elements, types.StringValue(text))
	}
	return types.SetValueMust(types.StringType, elements)
}

// ShownSet returns the value to show for a set of strings that the service reports, sorted. Empty and absent mean the
// same: then a configured empty set is kept and everything else is null.
func ShownSet(current types.Set, reported []string) types.Set {
	if !current.IsUnknown() && slices.Equal(Set(current), reported) {
		return current
	}
	return StringSet(reported)
}

// ShownList is the same for a list, whose order counts.
func ShownList(current types.List, reported []string) types.List {
	switch {
	case !current.IsUnknown() && slices.Equal(List(current), reported):
		return current
	case len(reported) == 0:
		return types.ListNull(types.StringType)
	}
	elements := make([]attr.Value, 0, len(reported))
	for _, text := range reported {
		elements = append(elements, types.StringValue(text))
	}
	return types.ListValueMust(types.StringType, elements)
}

// SetOf is a set of objects made from models of them, for an attribute of that type; nothing is null.
func SetOf[T any](typ attr.Type, models []T) types.Set {
	element := typ.(attr.TypeWithElementType).ElementType() //nolint:forcetypeassert // a set has elements
	if len(models) == 0 {
		return types.SetNull(element)
	}
	set, diags := types.SetValueFrom(context.Background(), element, models)
	if diags.HasError() {
		panic(fmt.Sprintf("%T are no models of their attribute: %v", models, diags))
	}
	return set
}

// ListOf is the same for a list.
func ListOf[T any](typ attr.Type, models []T) types.List {
	element := typ.(attr.TypeWithElementType).ElementType() //nolint:forcetypeassert // a list has elements
	if len(models) == 0 {
		return types.ListNull(element)
	}
	list, diags := types.ListValueFrom(context.Background(), element, models)
	if diags.HasError() {
		panic(fmt.Sprintf("%T are no models of their attribute: %v", models, diags))
	}
	return list
}

// Switch returns what a write sends for a switch that is off by default: nil while it is off and was off, so that
// regions without it keep working.
func Switch(planned, prior types.Bool) *bool {
	on := planned.ValueBool()
	if !on && !prior.ValueBool() {
		return nil
	}
	return &on
}

// Bool returns the value to show for a switch that the service reports. Off and absent mean the same: then a
// configured false is kept and everything else is null.
func Bool(reported *bool, current types.Bool) types.Bool {
	if reported != nil && *reported {
		return types.BoolValue(true)
	}
	if Known(current) && !current.ValueBool() {
		return current
	}
	return types.BoolNull()
}

// Object unpacks an object into a model of it; false for null and unknown.
func Object[T any](o types.Object) (model T, ok bool) {
	if !Known(o) {
		return model, false
	}
	values, to := o.Attributes(), reflect.ValueOf(&model).Elem()
	columns := columnsOf(to.Type())
	if len(columns) != len(values) {
		panic(fmt.Sprintf("%T is no model of its attribute: %v", model, values))
	}
	for _, c := range columns {
		to.FieldByIndex(c.index).Set(reflect.ValueOf(values[c.name]))
	}
	return model, true
}

// ObjectOf is the opposite of Object, for an attribute of that type.
func ObjectOf[T any](typ attr.Type, model T) types.Object {
	attributes := objectTypes(typ)
	values, from := make(map[string]attr.Value, len(attributes)), reflect.ValueOf(model)
	for _, c := range columnsOf(from.Type()) {
		values[c.name] = from.FieldByIndex(c.index).Interface().(attr.Value) //nolint:forcetypeassert // see columnsOf
	}
	o, diags := types.ObjectValue(attributes, values)
	if diags.HasError() {
		panic(fmt.Sprintf("%T is no model of its attribute: %v", model, diags))
	}
	return o
}

// NullObject is null of that type.
func NullObject(typ attr.Type) types.Object {
	return types.ObjectNull(objectTypes(typ))
}

func objectTypes(typ attr.Type) map[string]attr.Type {
	object, ok := typ.(attr.TypeWithAttributeTypes)
	if !ok {
		panic(fmt.Sprintf("%s is no type of objects", typ))
	}
	return object.AttributeTypes()
}
