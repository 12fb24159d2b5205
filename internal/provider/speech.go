// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// The bounds of what one message says, in characters.
const (
	maxSummary = 200
	maxDetail  = 20_000
)

// presentable makes messages fit for a terminal. Nearly all of them quote something from outside: what the service said,
// names that others gave, files, the configuration. One filter for all is one that none can forget.
func presentable(diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	for _, d := range diags {
		d.Summary = printable.Line(d.Summary, maxSummary)
		d.Detail = printable.Lines(d.Detail, maxDetail)
	}
	return diags
}
