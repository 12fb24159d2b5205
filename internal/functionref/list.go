// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// ListedURN is the function_urn of a list block that lists a part of one function.
func ListedURN() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, MarkdownDescription: "URN of the function.", Validators: []validator.String{URN{}},
	}
}

// FailList says that a list of a part of a function failed: what, as "versions".
func FailList(op *base.Listing, what string, function functiongraph.URN, err error) {
	if functiongraph.IsNotFound(err) {
		op.Diags.AddAttributeError(path.Root("function_urn"), "Function Not Found",
			diagnose.Detail(fmt.Sprintf("There is no function %s.", function), err))
		return
	}
	op.FailWith(fmt.Sprintf("Listing the %s of %s failed.", what, function), err)
}
