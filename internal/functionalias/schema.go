// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

const (
	latest         = "latest" // the working copy, which an alias may point at (contract A12)
	maxName        = 63       // contract A1, X17
	maxDescription = 512
)

var namePattern = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?$`) // contract A1

// versionName refuses what can be no name of a version, whoever named it (contract V1): its URN, an alias, blanks.
var versionName = stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z0-9._-]*$`),
	"must be the name of a version, of letters, digits, '.', '_' and '-', and neither its URN nor an alias: usually "+
		"fgs_function_version.example.version")

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An alias of a function: a name that points at a version, and can be moved to another one " +
			"without a moment in between. Callers and triggers that use its URN never have to change. A share of the calls, " +
			"or those that fit some rules, can go to a second version.",
		Attributes: aliasAttributes(),
		Blocks:     base.Timeouts(ctx, "creating", "updating", "deleting"),
	}
}

func aliasAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "URN of the function, without a version: usually `fgs_function.example.urn`. Another " +
				"function replaces the alias.",
			Validators: []validator.String{functionref.URN{}},
		},
		"name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of the alias: 1 to 63 letters, digits, `_` and `-`, beginning with a letter and ending " +
				"with a letter or digit. A function has up to 10 aliases. Another name replaces the alias.",
			Validators: []validator.String{
				stringvalidator.LengthAtMost(maxName), // the pattern refuses an empty one
				stringvalidator.RegexMatches(namePattern,
					"must consist of letters, digits, '_' and '-', begin with a letter and end with a letter or digit"),
			},
		},
		"version": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of the version that the alias points at: usually " +
				"`fgs_function_version.example.version`; or `latest`, the working copy. A version can have one alias only. " +
				"Another version moves the alias, by one call: it is never without a target.",
			Validators: []validator.String{stringvalidator.LengthAtLeast(1), versionName},
		},
		"description": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Description, up to 512 characters. Removing it clears it; leaving it out and `\"\"` mean " +
				"the same.",
			Validators: []validator.String{stringvalidator.UTF8LengthAtMost(maxDescription)},
		},
		"additional_version": shareAttribute(),
		"strategy":           strategyAttribute(),
		"id":                 base.Computed("The same as `urn`.", stringplanmodifier.UseStateForUnknown()),
		"urn": base.Computed("URN of the alias: the function's, `:!` and the alias's name.",
			stringplanmodifier.UseStateForUnknown()),
		"last_modified": base.Computed("When the alias was last changed, as the service writes it."),
	}
}

func shareAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "A second version that gets a share of the calls, for a canary release. Not together with " +
			"`strategy`. Removing it sends all calls to `version`.",
		Attributes: map[string]schema.Attribute{
			"version": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Required. Name of the second version: not `latest`, and not that of `version`. An empty " +
					"one, with a weight of 0 or none, means that there is no second version.",
				Validators: []validator.String{stringvalidator.NoneOf(latest), versionName},
			},
			"weight": schema.Int64Attribute{
				Optional: true, MarkdownDescription: "Required. Percentage of the calls that go to it, 0 to 100.",
				Validators: []validator.Int64{int64validator.Between(0, 100)},
			},
		},
	}
}

func strategyAttribute() schema.SingleNestedAttribute {
	text := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{Required: true, MarkdownDescription: description, Validators: validators}
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "A second version that gets the calls that fit some rules. Not together with " +
			"`additional_version`. Removing it sends all calls to `version`.",
		Attributes: map[string]schema.Attribute{
			"version": additionalVersion(),
			"combine_type": text("Whether a call has to fit all rules, `and`, or one of them, `or`.",
				stringvalidator.OneOf("and", "or")),
			"rules": schema.ListNestedAttribute{
				Required: true, MarkdownDescription: "The rules.",
				Validators: []validator.List{listvalidator.SizeAtLeast(1), listvalidator.NoNullValues()},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"rule_type": text("What the rule looks at: `Header` or `Cookie`. Case does not count.",
						stringvalidator.OneOfCaseInsensitive("header", "cookie")),
					"param": text("Name of the header or cookie: letters, digits, `_` and `-`.",
						stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
							"must consist of letters, digits, '_' and '-'")),
					"op":    text("`=` for one value, `in` for several.", stringvalidator.OneOf("=", "in")),
					"value": text("The value; with `in` several, separated by commas.", stringvalidator.LengthAtLeast(1)),
				}},
			},
		},
	}
}

func additionalVersion() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, MarkdownDescription: "Name of the second version: not `latest`, and not that of `version`.",
		Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.NoneOf(latest), versionName},
	}
}
