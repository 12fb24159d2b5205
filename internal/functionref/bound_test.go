// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const functionURN = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders"

func TestBoundURN(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		given types.String
		fails bool
	}{
		"function":      {types.StringValue(functionURN), false},
		"latest":        {types.StringValue(functionURN + ":latest"), false},
		"version":       {types.StringValue(functionURN + ":v1"), false},
		"alias":         {types.StringValue(functionURN + ":!live"), false},
		"unknown":       {types.StringUnknown(), false},
		"null":          {types.StringNull(), false},
		"empty":         {types.StringValue(""), true},
		"a name":        {types.StringValue("orders"), true},
		"nine fields":   {types.StringValue(functionURN + ":v1:v2"), true},
		"an empty part": {types.StringValue(functionURN + ":"), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.StringResponse
			BoundURN{}.ValidateString(t.Context(),
				validator.StringRequest{Path: path.Root("function_urn"), ConfigValue: c.given}, &resp)
			if resp.Diagnostics.HasError() != c.fails {
				t.Errorf("fails: %v, want %v (%v)", !c.fails, c.fails, resp.Diagnostics)
			}
		})
	}
}

func TestSameBinding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{functionURN, functionURN + ":latest", true},
		{functionURN + ":!live", functionURN + ":!live", true},
		{functionURN, functionURN + ":v1", false},
		{functionURN + ":v1", functionURN + ":!v1", false},
		{"", "", false},
		{"x", "x", false},
	} {
		if got := SameBinding(c.a, c.b); got != c.same {
			t.Errorf("SameBinding(%q, %q) = %v", c.a, c.b, got)
		}
	}
}
