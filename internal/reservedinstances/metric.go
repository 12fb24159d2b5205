// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// utilizationModel is a policy by the load. The documents know one type of them (contract 3.18.1), which is that of a
// policy without any. Another one that the service reports is shown: it is drift, and is not overwritten unseen.
type utilizationModel struct {
	Type      types.String `tfsdk:"type"`
	Threshold types.Int64  `tfsdk:"threshold"`
	Min       types.Int64  `tfsdk:"min"`
}

func (m utilizationModel) toAPI() functiongraph.MetricPolicy {
	return functiongraph.MetricPolicy{
		Type:      cmp.Or(m.Type.ValueString(), functiongraph.MetricConcurrency),
		Threshold: m.Threshold.ValueInt64(), Min: m.Min.ValueInt64(),
	}
}

// reported is a policy with all that the service says of it.
func reported(p functiongraph.MetricPolicy) utilizationModel {
	return utilizationModel{types.StringValue(p.Type), types.Int64Value(p.Threshold), types.Int64Value(p.Min)}
}

// utilization are the policies of a read, by name. The usual type stays left out where it is.
func utilization(in functiongraph.Reservation, current map[string]utilizationModel) map[string]utilizationModel {
	out := map[string]utilizationModel{}
	for name, p := range in.Metric {
		m, was := reported(p), current[name].Type
		if p.Type == functiongraph.MetricConcurrency && was.ValueString() == "" {
			m.Type = was
		}
		out[name] = m
	}
	return out
}

// metricNames are the names of policies, with types that are not the usual one.
func metricNames(of map[string]functiongraph.MetricPolicy) string {
	if len(of) == 0 {
		return "none"
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if kind := of[name].Type; kind != functiongraph.MetricConcurrency {
			name += fmt.Sprintf(" (of the type %s)", kind)
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

// knownType warns about a type that the documents do not name: an import may have found one.
type knownType struct{}

// Description implements validator.String.
func (knownType) Description(context.Context) string {
	return "should be " + functiongraph.MetricConcurrency
}

// MarkdownDescription implements validator.String.
func (v knownType) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (knownType) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	const known = functiongraph.MetricConcurrency
	given := req.ConfigValue.ValueString()
	switch {
	case given == "" || given == known: // "" also for null and for what is not known yet
	case strings.EqualFold(strings.TrimSpace(given), known):
		resp.Diagnostics.AddAttributeError(req.Path, "Misspelt Type",
			fmt.Sprintf("%q is not how the service writes it: %q.", given, known))
	default:
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown Type of a Policy",
			fmt.Sprintf("This provider knows no type %q, only %s. Whether there is one, the service decides in the apply.",
				given, known))
	}
}
