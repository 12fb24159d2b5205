// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// shown returns what to show for an object that the service reports: the present value as long as it says the same in
// whatever form, else the reported one in its plainest form. W is the object on the wire; nil is none.
func shown[W any](
	present types.Object, toAPI func(types.Object) *W, reported *W, fromAPI func(*W) types.Object,
) types.Object {
	if tfconv.FullyKnown(present) && reflect.DeepEqual(toAPI(present), reported) {
		return present
	}
	return fromAPI(reported)
}

// other is a value that is neither the zero nor the service's default (contract 2.9).
func other[T comparable](v *T, fallback T) *T {
	var zero T
	if v == nil || *v == zero || *v == fallback {
		return nil
	}
	return v
}

// unlessDefault returns what a write sends for a value that the service fills in: nil while it is, and was, the
// service's default, so that regions without the member keep working. null is the default.
func unlessDefault[T comparable](planned, prior, fallback T) *T {
	p, q := other(&planned, fallback), other(&prior, fallback)
	if p == nil && q == nil {
		return nil
	}
	if p == nil {
		return &fallback
	}
	return p
}

// deref is the value, or its zero when the service does not report it.
func deref[T any](v *T) (value T) {
	if v != nil {
		value = *v
	}
	return value
}
