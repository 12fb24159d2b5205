// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package tfconv converts between Terraform's values, which may be null or unknown, and plain Go values.
package tfconv

import (
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

// FullyKnown says that a map and all its elements are known; null counts as known.
func FullyKnown(m types.Map) bool {
	if m.IsUnknown() {
		return false
	}
	for _, element := range m.Elements() {
		if element.IsUnknown() {
			return false
		}
	}
	return true
}
