// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := functionref.Attributes()
	maps.Copy(attributes, versionsAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "The published versions of a function, newest first. Take `function_urn` from an " +
			"`fgs_function_version` of the same configuration where there is one: then the list is read after the publication.",
		Attributes: attributes,
	}
}

// versionsAttributes are those beside the function's name.
func versionsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"include_latest": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether `latest`, the function itself, is among `versions`; then it is the first. Default: " +
				"`false`.",
		},
		"name_regex": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Regular expression ([RE2](https://github.com/google/re2/wiki/Syntax)) that the names of the " +
				"versions must match.",
			Validators: []validator.String{regularExpression{}},
		},
		"digest": schema.StringAttribute{
			Optional: true, MarkdownDescription: "Only versions that hold the code with this SHA-512.",
			Validators: []validator.String{
				stringvalidator.RegexMatches(digestPattern, "must have 128 lower-case hexadecimal digits"),
			},
		},
		"versions": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The versions that the filters leave, newest first.",
			NestedObject: schema.NestedAttributeObject{Attributes: rowAttributes()},
		},
		"latest_published": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the newest published version among `versions`; null if there is none.",
		},
		"total": schema.Int64Attribute{
			Computed: true,
			MarkdownDescription: "How many versions the function has whatever the filters say, `latest` included: the number " +
				"that the service's quota counts. The quota is 20, in older regions 10; no call tells it.",
		},
	}
}

func rowAttributes() map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"urn":           text("URN of the version."),
		"version":       text("Name of the version."),
		"description":   text("Description of the version; empty where the region does not report it."),
		"digest":        text("SHA-512 of the version's code."),
		"code_size":     number("Size of the version's code in bytes."),
		"runtime":       text("Runtime of the version."),
		"handler":       text("Handler of the version."),
		"timeout":       number("Seconds that one invocation may take."),
		"memory_size":   number("Memory of an instance in MB."),
		"last_modified": text("When the version was last changed, as the service writes it."),
	}
}

// regularExpression finds a broken pattern at validation.
type regularExpression struct{}

func (regularExpression) Description(context.Context) string             { return "must be a regular expression" }
func (v regularExpression) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (regularExpression) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	if _, err := regexp.Compile(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Regular Expression",
			fmt.Sprintf("%q: %s.", req.ConfigValue.ValueString(), err))
	}
}
