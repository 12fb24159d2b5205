// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package tfconv

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	null    = types.StringNull()
	unknown = types.StringUnknown()
	empty   = types.StringValue("")
	some    = types.StringValue("x")
)

// TestClearable: what is removed is sent as "", what never was is not sent.
func TestClearable(t *testing.T) {
	t.Parallel()
	text := func(s string) *string { return &s }
	for name, test := range map[string]struct {
		planned, prior types.String
		want           *string
	}{
		"never set":          {null, null, nil},
		"set":                {some, null, text("x")},
		"kept":               {some, some, text("x")},
		"removed":            {null, some, text("")},
		"made empty":         {empty, some, text("")},
		"null to empty":      {empty, null, nil},
		"empty to null":      {null, empty, nil},
		"unknown, never set": {unknown, null, nil},
	} {
		got := Clearable(test.planned, test.prior)
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

// TestText: empty and absent are the same to the service; the state keeps the one that is written.
func TestText(t *testing.T) {
	t.Parallel()
	value, none := "y", ""
	for name, test := range map[string]struct {
		reported *string
		current  types.String
		want     types.String
	}{
		"a value":              {&value, null, types.StringValue("y")},
		"absent":               {nil, null, null},
		"empty":                {&none, null, null},
		"empty was written":    {&none, empty, empty},
		"absent, empty before": {nil, empty, empty},
		"a value is gone":      {&none, some, null},
		"unknown before":       {nil, unknown, null},
	} {
		if got := Text(test.reported, test.current); !got.Equal(test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

func TestFilled(t *testing.T) {
	t.Parallel()
	if got := Filled(unknown, some); !got.Equal(some) {
		t.Errorf("unknown is filled with %v", got)
	}
	if got := Filled(null, some); !got.Equal(null) {
		t.Errorf("null becomes %v", got)
	}
}

func TestStrings(t *testing.T) {
	t.Parallel()
	m := types.MapValueMust(types.StringType, map[string]attr.Value{"a": some, "b": null, "c": unknown})
	if got := Strings(m); !maps.Equal(got, map[string]string{"a": "x"}) {
		t.Errorf("Strings = %v", got)
	}
	if FullyKnown(m) || FullyKnown(types.MapUnknown(types.StringType)) {
		t.Error("unknown elements and maps count as known")
	}
	if !FullyKnown(types.MapNull(types.StringType)) || !FullyKnown(StringMap(map[string]string{"a": ""})) {
		t.Error("null and known maps count as unknown")
	}
}
