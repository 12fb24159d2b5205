// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ParseQualified parses what ParseBound does, for an id: what comes back always names a version or an alias, latest
// where the text names none.
func ParseQualified(text string) (functiongraph.URN, error) {
	urn, err := functiongraph.ParseURN(text)
	if urn.Qualifier == "" {
		urn = urn.WithQualifier(functiongraph.VersionLatest)
	}
	return urn, err
}

// Qualified is what function_urn of a plan names; one that names nothing is an error there.
func Qualified(op *base.Operation, planned types.String) functiongraph.URN {
	urn, err := ParseQualified(planned.ValueString())
	if err != nil {
		op.Diags.AddAttributeError(path.Root("function_urn"), "Invalid Function URN", err.Error()+".")
	}
	return urn
}

// ID is the id of what there is one of for each version and alias, as far as it is known in a plan.
func ID(planned types.String) types.String {
	urn, err := ParseQualified(planned.ValueString())
	if !tfconv.Known(planned) || err != nil {
		return types.StringUnknown()
	}
	return types.StringValue(urn.String())
}

// Shown is the value of function_urn to show for what is bound to a URN: what is there already, if that names the same.
func Shown(current types.String, urn functiongraph.URN) types.String {
	if SameBinding(current.ValueString(), urn.String()) {
		return current
	}
	if urn.Qualifier == functiongraph.VersionLatest {
		urn = urn.Function()
	}
	return types.StringValue(urn.String())
}
