// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// TestSchema_fastWay holds what fast.go relies on: nothing that the framework would do besides.
func TestSchema_fastWay(t *testing.T) {
	t.Parallel()
	s := builtSchema()
	plainAttributes(t, "", s.Attributes)
	for name, block := range s.Blocks {
		if _, ok := block.(schema.SingleNestedBlock); !ok {
			t.Errorf("the block %s is a %T: the framework makes null blocks of that kind empty", name, block)
		}
	}
	if s.Version != SchemaVersion {
		t.Errorf("schema version %d, want %d", s.Version, SchemaVersion)
	}
}

func plainAttributes(t *testing.T, in string, attributes map[string]schema.Attribute) {
	t.Helper()
	for name, attribute := range attributes {
		at := in + name
		var defaults, modifiers, planned bool
		switch a := attribute.(type) {
		case schema.StringAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
			planned = modifiers && replaceOnly(t, at, a)
		case schema.Int64Attribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
		case schema.BoolAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
		case schema.MapAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
		case schema.SetAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
		case schema.ListAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
		case schema.SingleNestedAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
			plainAttributes(t, at+".", a.Attributes)
		case schema.ListNestedAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
			onlyConfigured(t, at, a.NestedObject.Attributes)
		case schema.SetNestedAttribute:
			defaults, modifiers = a.Default != nil, len(a.PlanModifiers) > 0
			onlyConfigured(t, at, a.NestedObject.Attributes)
		default:
			t.Errorf("%s is a %T, which is not known here", at, a)
		}
		if defaults || modifiers && !planned {
			t.Errorf("%s has a default or a plan modifier", at)
		}
		if typ := attribute.GetType(); !strings.HasPrefix(typeName(typ), "basetypes.") {
			t.Errorf("%s is of type %s, which may have an equality of its own", at, typeName(typ))
		}
	}
}

// replaceOnly: Plan leaves these to the framework (model.replaces).
func replaceOnly(t *testing.T, at string, a schema.StringAttribute) bool {
	t.Helper()
	replaced := map[string]bool{"name": true, "package": true, "type": true, "runtime": true}
	for _, modifier := range a.PlanModifiers {
		if !strings.Contains(typeName(modifier), "replaceIfOther") {
			return false
		}
	}
	return replaced[at]
}

// onlyConfigured: elements are not looked into.
func onlyConfigured(t *testing.T, at string, attributes map[string]schema.Attribute) {
	t.Helper()
	plainAttributes(t, at+".", attributes)
	for name, attribute := range attributes {
		if attribute.IsComputed() || attribute.IsWriteOnly() {
			t.Errorf("%s.%s is computed or write-only", at, name)
		}
	}
}

func typeName(v any) string { return fmt.Sprintf("%T", v) }
