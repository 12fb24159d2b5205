// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"strings"
	"testing"
)

func TestParseURN(t *testing.T) {
	t.Parallel()
	const base = "urn:fss:cn-north-4:0123abc:function:default:demo"
	for text, want := range map[string]URN{
		base:                             {"cn-north-4", "0123abc", "default", "demo", ""},
		base + ":latest":                 {"cn-north-4", "0123abc", "default", "demo", "latest"},
		base + ":v1.0_a-b":               {"cn-north-4", "0123abc", "default", "demo", "v1.0_a-b"},
		base + ":!prod":                  {"cn-north-4", "0123abc", "default", "demo", "!prod"},
		"urn:fss:r:p:function:a_b:C-d_9": {"r", "p", "a_b", "C-d_9", ""},
	} {
		got, err := ParseURN(text)
		if err != nil || got != want {
			t.Errorf("ParseURN(%q) = %+v, %v", text, got, err)
		}
		if got.String() != text {
			t.Errorf("String() = %q, want %q", got, text)
		}
	}
}

func TestParseURN_refused(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"":                             "1 field, expected 7 or 8",
		"demo":                         "expected 7 or 8",
		"urn:fss:r:p:function:default": "6 fields",
		"urn:fss:r:p:function:default:demo:v1:more": "9 fields",
		"URN:fss:r:p:function:default:demo":         `field 1 must be "urn"`,
		"urn:obs:r:p:function:default:demo":         `field 2 must be "fss"`,
		"urn:fss:r:p:trigger:default:demo":          `field 5 must be "function"`,
		"urn:fss::p:function:default:demo":          "field 3 must consist of",
		"urn:fss:r:p/..:function:default:demo":      "field 4 must consist of",
		"urn:fss:r:p:function:de fault:demo":        "field 6 must consist of",
		"urn:fss:r:p:function:default:!demo":        "field 7 must consist of",
		"urn:fss:r:p:function:default:demo:":        "field 8 must be a version, or '!' and an alias",
		"urn:fss:r:p:function:default:demo:!":       "field 8",
		"urn:fss:r:p:function:default:demo:a!b":     "field 8",
		"urn:fss:r:p:function:default:demo\n":       "field 7",
	} {
		_, err := ParseURN(text)
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), urnForms) {
			t.Errorf("ParseURN(%q): %v, want an error that says %q and the allowed forms", text, err, says)
		}
	}
}

func TestURN_qualifier(t *testing.T) {
	t.Parallel()
	for qualifier, want := range map[string]struct{ version, alias, binding string }{
		"":       {"", "", ""},
		"latest": {"latest", "", ""},
		"v1":     {"v1", "", "v1"},
		"!prod":  {"", "prod", "!prod"},
	} {
		u := testURN.WithQualifier(qualifier)
		if u.Version() != want.version || u.Alias() != want.alias {
			t.Errorf("%q: version %q, alias %q", qualifier, u.Version(), u.Alias())
		}
		if u.Binding() != testURN.WithQualifier(want.binding) {
			t.Errorf("%q: Binding() = %v", qualifier, u.Binding())
		}
		if u.Function() != testURN {
			t.Errorf("%q: Function() = %v", qualifier, u.Function())
		}
	}
}

func FuzzParseURN(f *testing.F) {
	f.Add(testURN.String())
	f.Add(testURN.String() + ":!prod")
	f.Add("urn:fss:::function::")
	f.Add("::::::::")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := ParseURN(text)
		if err != nil {
			return
		}
		if u.String() != text {
			t.Errorf("%q came back as %q", text, u)
		}
		if strings.ContainsAny(text, "/?#%\\ \n") {
			t.Errorf("%q would change the path of a request", text)
		}
	})
}
