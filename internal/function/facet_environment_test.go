// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

func TestParseEnvironment(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text *string
		want map[string]string
	}{
		"absent":        {nil, nil},
		"empty":         {pointer(""), nil},
		"empty object":  {pointer("{}"), nil},
		"variables":     {pointer(`{"a":"1","b":""}`), map[string]string{"a": "1", "b": ""}},
		"no strings":    {pointer(`{"a":1,"b":{"c":true}}`), map[string]string{"a": "1", "b": `{"c":true}`}},
		"no object":     {pointer(`oops`), map[string]string{"(unreadable)": "oops"}},
		"special signs": {pointer(`{"a":"<&> \u00e9"}`), map[string]string{"a": "<&> é"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parseEnvironment(test.text); !maps.Equal(got, test.want) {
				t.Errorf("parseEnvironment = %v, want %v", got, test.want)
			}
		})
	}
}

// TestEnvironmentJSON: it is JSON of these variables, names in order, and nothing is longer than it need be.
func TestEnvironmentJSON(t *testing.T) {
	t.Parallel()
	for want, variables := range map[string]map[string]string{
		`{}`:                         {},
		`{"A":"1","B":""}`:           {"B": "", "A": "1"},
		`{"<&>":"'\"\\/"}`:           {"<&>": `'"\/`},
		"{\"ü\":\"\u2028\x7f😀\"}":    {"ü": "\u2028\x7f😀"},
		`{"A":"\n\t\r\u0000\u001b"}`: {"A": "\n\t\r\x00\x1b"},
	} {
		got := environmentJSON(variables)
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if back := parseEnvironment(&got); !maps.Equal(back, variables) && len(variables) > 0 {
			t.Errorf("%s reads back as %q", got, back)
		}
	}
}

// TestEnvironmentFacet_clearing shows that what is removed is really sent as empty, and that nothing else is.
func TestEnvironmentFacet_clearing(t *testing.T) {
	t.Parallel()
	some, none := tfconv.StringMap(map[string]string{"k": "v"}), types.MapNull(types.StringType)
	empty := tfconv.StringMap(nil)
	for name, test := range map[string]struct {
		plan, prior types.Map
		want        *string
	}{
		"never set":    {none, none, nil},
		"empty":        {empty, none, nil},
		"set":          {some, none, pointer(`{"k":"v"}`)},
		"removed":      {none, some, pointer("")},
		"made empty":   {empty, some, pointer("")},
		"kept the way": {some, some, pointer(`{"k":"v"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out functiongraph.FunctionSettings
			environmentFacet{UserData: test.plan}.toAPI(environmentFacet{UserData: test.prior}, &out)
			if (out.UserData == nil) != (test.want == nil) || out.UserData != nil && *out.UserData != *test.want {
				t.Errorf("sent %v, want %v", out.UserData, test.want)
			}
		})
	}
}

// TestEnvironmentFacet_empty: null and an empty map mean the same; the state keeps the one that is written.
func TestEnvironmentFacet_empty(t *testing.T) {
	t.Parallel()
	none, empty := types.MapNull(types.StringType), tfconv.StringMap(nil)
	for name, test := range map[string]struct{ before, want types.Map }{
		"null stays null":   {none, none},
		"empty stays empty": {empty, empty},
		"a value goes":      {tfconv.StringMap(map[string]string{"k": "v"}), none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := environmentFacet{UserData: test.before}
			m.fromAPI(&functiongraph.Function{})
			if !m.UserData.Equal(test.want) {
				t.Errorf("state holds %v, want %v", m.UserData, test.want)
			}
		})
	}
}
