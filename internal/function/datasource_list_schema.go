// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// namePart is what a part of a name may consist of; anything else would silently find nothing.
var namePart = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

// Schema describes the data source.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	pkg := packageAttribute("Only functions of this package. Default: those of all packages.")
	pkg.Computed = false
	resp.Schema = schema.Schema{
		MarkdownDescription: "The functions of the project, sorted by package and name. Without a filter, all of them. " +
			"That no function is found is not an error.",
		Attributes: map[string]schema.Attribute{
			"package": pkg,
			"name_contains": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only functions with this text in their names. Case matters.",
				Validators: []validator.String{
					stringvalidator.LengthAtMost(60),
					stringvalidator.RegexMatches(namePart, "must be a part of a name: letters, digits, '_' and '-'"),
				},
			},
			"runtime": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only functions with this runtime, for example `Python3.9`. Case matters.",
			},
			"functions": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The functions that the filters leave, by package and name.",
				NestedObject: schema.NestedAttributeObject{Attributes: rowAttributes()},
			},
		},
	}
}

func rowAttributes() map[string]schema.Attribute {
	text, number := types.StringType, types.Int64Type
	return map[string]schema.Attribute{
		"urn":                   fact(text, "URN of the function, without a version."),
		"name":                  fact(text, "Name of the function."),
		"package":               fact(text, "Package of the function."),
		"type":                  fact(text, "Generation of the function: `v2`, or the deprecated `v1`."),
		"runtime":               fact(text, "Runtime."),
		"handler":               fact(text, "What the service calls."),
		"timeout":               fact(number, "Seconds that one invocation may take."),
		"memory_size":           fact(number, "Memory of an instance in MB."),
		"description":           fact(text, "Description; null if there is none."),
		"code_type":             fact(text, "Kind of code: `inline`, `zip`, `jar`, `obs` or `Custom-Image-Swr`."),
		"code_size":             fact(number, "Size of the code in bytes."),
		"digest":                fact(text, "SHA-512 of the code that runs."),
		"agency":                fact(text, "Agency with which the service acts for the function; null if there is none."),
		"enabled":               fact(types.BoolType, "Whether the function can be invoked."),
		"enterprise_project_id": fact(text, "Id of the enterprise project; null where it is not reported."),
		"last_modified":         fact(text, "When the function was last changed, as the service writes it."),
	}
}
