// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package tfconv

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
)

// column is an attribute and its place in a struct, which may lie in an embedded one.
type column struct {
	name  string
	index []int
}

// columnsByType keeps what columnsOf found: reflect.Type to []column.
var columnsByType sync.Map

// columnsOf finds the fields of a struct that stand for attributes: those with a tag, also of embedded structs. It
// panics if one is no attr.Value.
func columnsOf(t reflect.Type) []column {
	if found, ok := columnsByType.Load(t); ok {
		return found.([]column) //nolint:forcetypeassert // see Store
	}
	var columns []column
	for _, f := range reflect.VisibleFields(t) {
		name, tagged := f.Tag.Lookup("tfsdk")
		if !tagged {
			continue
		}
		if !f.Type.Implements(reflect.TypeFor[attr.Value]()) {
			panic(fmt.Sprintf("%s.%s is no attr.Value", t, f.Name))
		}
		columns = append(columns, column{name, f.Index})
	}
	columnsByType.Store(t, columns)
	return columns
}
