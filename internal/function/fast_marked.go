// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// marked is what the framework makes of a proposed state before it asks this resource (see fast.go): write-only
// values are null, and, unless that is the prior state, computed values are unknown where they are not configured. It
// is false for what is not looked into here.
func marked(attributes map[string]schema.Attribute, config, prior, proposed tftypes.Value) (tftypes.Value, bool) {
	if config.IsNull() || proposed.IsNull() {
		return proposed, false
	}
	dropped, ok := eachAttribute(attributes, config, proposed, func(a schema.Attribute, _, v tftypes.Value) tftypes.Value {
		if a.IsWriteOnly() {
			return tftypes.NewValue(v.Type(), nil)
		}
		return v
	})
	if !ok || dropped.Equal(prior) {
		return dropped, ok
	}
	return eachAttribute(attributes, config, dropped, func(a schema.Attribute, configured, v tftypes.Value) tftypes.Value {
		if a.IsComputed() && configured.IsNull() {
			return tftypes.NewValue(v.Type(), tftypes.UnknownValue)
		}
		return v
	})
}

// eachAttribute changes an object attribute by attribute, and what is in it first. Only objects that stand alone have
// attributes that are computed or write-only (TestSchema_fastWay).
func eachAttribute(attributes map[string]schema.Attribute, config, object tftypes.Value,
	change func(a schema.Attribute, configured, value tftypes.Value) tftypes.Value,
) (tftypes.Value, bool) {
	values, configured := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	if object.As(&values) != nil || config.As(&configured) != nil {
		return object, false
	}
	values = maps.Clone(values) // As gives away the value's own map
	for name, a := range attributes {
		value := values[name]
		if nested, ok := a.(schema.SingleNestedAttribute); ok && value.IsKnown() && !value.IsNull() {
			if value, ok = eachAttribute(nested.Attributes, configured[name], value, change); !ok {
				return object, false
			}
		}
		values[name] = change(a, configured[name], value)
	}
	return tftypes.NewValue(object.Type(), values), true
}
