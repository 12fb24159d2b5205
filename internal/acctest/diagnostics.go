// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Diagnostic is what the provider says, with the attribute's path written as in a configuration: code.zip_file.
type Diagnostic struct {
	Severity string // ERROR or WARNING
	Path     string // "" for none
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
		out = append(out, Diagnostic{d.Severity.String(), pathText(d.Attribute), d.Summary, d.Detail})
	}
	return out
}

func pathText(path *tftypes.AttributePath) string {
	var b strings.Builder
	for _, step := range path.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			b.WriteString("." + string(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&b, "[%q]", string(step))
		case tftypes.ElementKeyValue:
			fmt.Fprintf(&b, "[%s]", elementText(tftypes.Value(step)))
		default:
			fmt.Fprintf(&b, "[%v]", step)
		}
	}
	return strings.TrimPrefix(b.String(), ".")
}

// elementText is an element of a set: a text, or an object with its members in order.
func elementText(element tftypes.Value) string {
	var text string
	if element.As(&text) == nil {
		return fmt.Sprintf("%q", text)
	}
	var members map[string]tftypes.Value
	if element.As(&members) != nil {
		return element.String()
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		list = append(list, name+": "+elementText(members[name]))
	}
	return "{" + strings.Join(list, ", ") + "}"
}
