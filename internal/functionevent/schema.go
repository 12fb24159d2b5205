// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

const (
	maxName    = 25   // contract 3.23, X35
	maxContent = 4096 // bytes, contract 3.23
)

var namePattern = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?$`) // contract 3.23

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A test event of a function: an input under a name, with which the function can be called in " +
			"the console. It belongs to the function, not to a version of it. One of a function that is replaced is made anew " +
			"in the same apply.",
		Attributes: attributes(),
		Blocks:     base.Timeouts(ctx, "creating", "updating", "deleting"),
	}
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "URN of the function, without a version: usually `fgs_function.example.urn`. Another " +
				"function replaces the event.",
			Validators: []validator.String{functionref.URN{
				Advice: "A test event is for all versions: take urn of the fgs_function, or " +
					"provider::fgs::parse_urn(…).function_urn.",
			}},
		},
		"name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of the event: 1 to 25 letters, digits, `_` and `-`, beginning with a letter and ending " +
				"with a letter or digit. Another name replaces the event.",
			Validators: []validator.String{
				stringvalidator.LengthAtMost(maxName), // the pattern refuses an empty one
				stringvalidator.RegexMatches(namePattern,
					"must consist of letters, digits, '_' and '-', begin with a letter and end with a letter or digit"),
			},
		},
		"content": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "What the function gets, as text, up to 4096 bytes: usually JSON, by `jsonencode`. The " +
				"provider encodes it for the service. Changed in place.",
			Validators: []validator.String{stringvalidator.LengthBetween(1, maxContent)}, // which counts bytes
		},
		"id":       base.Computed("URN of the function and name of the event, separated by `/`: what an import takes."),
		"event_id": base.Computed("The service's id of the event."),
		"last_modified": base.Computed("When the content was last changed, as the service writes it: in seconds since " +
			"1970. Null until the first change."),
	}
}
