// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// The bounds of what one message says, in characters.
const (
	maxSummary = 200
	maxDetail  = 20_000
)

// atRoot attaches a message about a part of an attribute to the attribute, and names the part in the text: the CLI
// cannot step into an object, and marks another line of the configuration that has an attribute of the part's name.
func atRoot(d *tfprotov6.Diagnostic) {
	steps := d.Attribute.Steps()
	if len(steps) < 2 {
		return
	}
	d.Detail = pathText(steps) + ": " + d.Detail
	d.Attribute = tftypes.NewAttributePathWithSteps(steps[:1])
}

// pathText writes a path as in a configuration: log.custom_tags["a"]. An element of a set has no name of its own.
func pathText(steps []tftypes.AttributePathStep) string {
	var text strings.Builder
	for _, step := range steps {
		switch step := step.(type) {
		case tftypes.AttributeName:
			text.WriteString("." + string(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&text, "[%q]", string(step))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&text, "[%d]", int64(step))
		case tftypes.ElementKeyValue:
			fmt.Fprintf(&text, "[%s]", elementText(tftypes.Value(step)))
		}
	}
	return strings.TrimPrefix(text.String(), ".")
}

// elementText is an element of a set: a text, or an object with its members in order.
func elementText(element tftypes.Value) string {
	var text string
	if element.As(&text) == nil {
		return strconv.Quote(text)
	}
	var members map[string]tftypes.Value
	if element.As(&members) != nil {
		return "*"
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		list = append(list, name+" = "+elementText(members[name]))
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// presentable makes messages fit for a terminal. Nearly all of them quote something from outside: what the service
// said, names that others gave, files, the configuration. One filter for all is one that none can forget.
func presentable(diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	for _, d := range diags {
		atRoot(d)
		d.Summary = printable.Line(d.Summary, maxSummary)
		d.Detail = printable.Lines(d.Detail, maxDetail)
	}
	return diags
}
