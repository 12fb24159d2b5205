// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package providerfunction_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// TestParseURN: each part, and null for what is not there.
func TestParseURN(t *testing.T) {
	t.Parallel()
	const function = "urn:fss:cn-north-4:0f5a:function:shop:orders"
	for name, test := range map[string]struct{ qualifier, version, alias string }{
		"function":       {"", "", ""},
		"latest":         {":latest", "latest", ""},
		"version":        {":v1.2_3-4", "v1.2_3-4", ""},
		"alias":          {":!prod", "", "prod"},
		"version latest": {":latest2", "latest2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			got, failed := e.Protocol(t).Call("parse_urn", function+test.qualifier)
			if failed != nil {
				t.Fatal(failed)
			}
			want := map[string]string{
				"region": "cn-north-4", "project_id": "0f5a", "package": "shop", "name": "orders", "version": test.version,
				"alias": test.alias, "function_urn": function,
			}
			if parts := texts(t, got); !maps.Equal(parts, want) {
				t.Errorf("got %v, want %v", parts, want)
			}
			if n := len(e.Emulator.Requests()); n != 0 {
				t.Errorf("%d requests were made", n)
			}
		})
	}
}

// texts are the members of an object of texts; null is "", which no part of a URN is.
func texts(t *testing.T, object tftypes.Value) map[string]string {
	t.Helper()
	var members map[string]tftypes.Value
	if err := object.As(&members); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, member := range members {
		var text *string
		if err := member.As(&text); err != nil {
			t.Fatal(err)
		}
		if out[name] = ""; text != nil {
			out[name] = *text
		}
		if text != nil && *text == "" {
			t.Errorf("%s is empty and not null", name)
		}
	}
	return out
}

// TestParseURN_wrong: the error names what is wrong.
func TestParseURN_wrong(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for given, says := range map[string]string{
		"":       `"": it has 1 field, expected 7 or 8`,
		"orders": `"orders": it has 1 field, expected 7 or 8`,
		"urn:fss:r:p:function:default:orders:v1:x": "it has 9 fields",
		"arn:fss:r:p:function:default:orders":      `field 1 must be "urn"`,
		"urn:obs:r:p:function:default:orders":      `field 2 must be "fss"`,
		"urn:fss:r:p:trigger:default:orders":       `field 5 must be "function"`,
		"urn:fss::p:function:default:orders":       "field 3 must consist of letters",
		"urn:fss:r:p:function:default:or/ders":     "field 7 must consist of letters",
		"urn:fss:r:p:function:default:orders:!":    "field 8 must be a version, or '!' and an alias",
		"urn:fss:r:p:function:default:orders:":     "field 8 must be a version, or '!' and an alias",
	} {
		_, failed := p.Call("parse_urn", given)
		if failed == nil || !strings.Contains(failed.Text, says) || failed.FunctionArgument == nil ||
			*failed.FunctionArgument != 0 {
			t.Errorf("%q: got %v, want an error of the first argument with %s", given, failed, says)
		}
	}
}
