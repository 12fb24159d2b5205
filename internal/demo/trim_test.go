// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestTrim(t *testing.T) {
	t.Parallel()
	digest := strings.Repeat("0123456789abcdef", 8)
	for name, c := range map[string]struct{ in, want string }{
		"legend goes, plan stays": {
			"Terraform used the selected providers to generate\nplan.\n  + create\n\n" +
				"Terraform will perform the following actions:\n",
			"Terraform will perform the following actions:\n",
		},
		"progress without result goes": {
			"a.b: Refreshing state... [id=x]\na.b: Creating...\na.b: Still creating... [10s elapsed]\n" +
				"a.b: Creation complete after 0s [id=x]\n",
			"a.b: Creating...\na.b: Creation complete after 0s\n",
		},
		"digests and project ids are shortened": {
			`digest = "` + digest + `" id = "urn:fss:r:0123456789abcdef0123456789abcdef:function:default:f"` + "\n",
			`digest = "0123456789ab…" id = "urn:fss:r:0123…:function:default:f"` + "\n",
		},
		"unknown attributes are counted, outputs are not": {
			"  + resource \"x\" \"y\" {\n      + a = (known after apply)\n      + b = \"1\"\n" +
				"      + c = (known after apply)\n    }\n  + out = (known after apply)\n",
			"  + resource \"x\" \"y\" {\n      + b = \"1\"\n      # (2 attributes known after apply)\n    }\n" +
				"  + out = (known after apply)\n",
		},
		"attributes that go are counted": {
			"  - resource \"x\" \"y\" {\n      - a = \"1\" -> null\n      - b = 2 -> null\n    }\n",
			"  - resource \"x\" \"y\" {\n      # (2 attributes)\n    }\n",
		},
		"a change is shown whatever it leads to": {
			"      ~ a = 1 -> (known after apply)\n", "      ~ a = 1 -> (known after apply)\n",
		},
		"empty lines do not add up": {"\n\na\n\n\nb\n\n", "a\n\nb\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := trim(c.in); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestWarningOf(t *testing.T) {
	t.Parallel()
	if got := warningOf("Plan: 1 to add.\n\nWarning: W\n\n  with x\n\n"); got != "Warning: W\n\n  with x" {
		t.Errorf("got %q", got)
	}
	if got := warningOf("Plan: 1 to add.\n"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestColoursAreForTerminalsOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		colours bool
		want    string
	}{{false, "   | + a = 1\n"}, {true, "   \x1b[2m|\x1b[0m \x1b[32m+ a = 1\x1b[0m\n"}} {
		var out strings.Builder
		(&screen{&out, c.colours}).show("+ a = 1\n")
		if out.String() != c.want {
			t.Errorf("colours %v: %q, want %q", c.colours, out.String(), c.want)
		}
	}
}
