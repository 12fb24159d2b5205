// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Diagnostic is what the provider says, with the attribute's path written as in a configuration: code.zip_file.
type Diagnostic struct {
	Severity string // ERROR or WARNING
	Path     string // "" for none
	Root     string // the attribute that it is attached to
	Summary  string
	Detail   string
}

// Diagnostics are all that the provider says at once.
type Diagnostics []Diagnostic

// String is for the messages of tests.
func (d Diagnostics) String() string {
	var b strings.Builder
	for _, one := range d {
		fmt.Fprintf(&b, "\n%s at %q: %s: %s", one.Severity, one.Path, one.Summary, one.Detail)
	}
	return b.String()
}

func diagnostics(from []*tfprotov6.Diagnostic) Diagnostics {
	var out Diagnostics
	for _, d := range from {
		out = append(out, Diagnostic{d.Severity.String(), pathOf(d), pathText(d.Attribute), d.Summary, d.Detail})
	}
	return out
}

// pathOf is the whole path: the provider attaches what it says to an attribute, and names the part of it in the text.
func pathOf(d *tfprotov6.Diagnostic) string {
	root := pathText(d.Attribute)
	if part, _, found := strings.Cut(d.Detail, ": "); found &&
		(strings.HasPrefix(part, root+".") || strings.HasPrefix(part, root+"[")) {
		return part
	}
	return root
}

func pathText(path *tftypes.AttributePath) string {
	if steps := path.Steps(); len(steps) > 0 {
		return string(steps[0].(tftypes.AttributeName)) //nolint:forcetypeassert // the first step of every path
	}
	return ""
}
