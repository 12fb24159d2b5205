// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

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

const latest = "latest"

var (
	versionPattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`) // contract V1
	digestPattern  = regexp.MustCompile(`^([0-9a-f]{128})?$`)
)

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The version of a function that is released now: a copy of its code and settings that never " +
			"changes. Publishes when it is created, and again, in place, when the function's source changes. Nothing is let " +
			"go before: what fails on the way leaves the version in the state as it is. The versions before it stay; `prune` " +
			"bounds their number.",
		Attributes: attributes(),
		Blocks:     base.Timeouts(ctx, "the first publication", "a later publication", "deleting"),
	}
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "URN of the function, usually `fgs_function.example.urn`. Another function replaces the " +
				"version.",
			Validators: []validator.String{functionref.URN{}},
		},
		"version": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Name of the version: up to 42 letters, digits, `.`, `_` and `-`, beginning and ending with " +
				"a letter or digit, not `latest`. Default: the time in UTC, for example `v20260102-030405`. Each publication " +
				"needs a name of its own. The service does not publish the same code under another name.",
			Validators: []validator.String{
				stringvalidator.LengthAtMost(42),
				stringvalidator.RegexMatches(versionPattern, "must consist of letters, digits, '.', '_' and '-', and begin and "+
					"end with a letter or digit; write null instead of \"\" to have the provider name it"),
				stringvalidator.NoneOf(latest),
			},
		},
		"description": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Description of the version, up to 512 characters. Another one needs another version, and " +
				"other code.",
			Validators: []validator.String{stringvalidator.UTF8LengthAtMost(512)},
		},
		"source_hash": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "What decides that a new version is published: usually `fgs_function.example.source_hash`. " +
				"Repairing code that was changed outside Terraform leaves it as it is, and so does a change of settings, unless " +
				"`stamp_settings` of the function makes them a part of the code.",
		},
		"digest": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "SHA-512 of the code that must be published: usually `fgs_function.example.digest`. If the " +
				"function runs other code at that moment, nothing is published. Without `source_hash`, another digest publishes " +
				"anew. Default: the digest of the code that was published. Empty where the service reports none, as of container " +
				"images: then their address is compared, if `source_hash` is the function's and not a marker of your own.",
			Validators: []validator.String{
				stringvalidator.RegexMatches(digestPattern, "must have 128 lower-case hexadecimal digits"),
			},
		},
		"retain_on_destroy": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether the version stays at the service when this resource is destroyed or replaced. " +
				"Default: `false`: it is deleted, unless an alias, a trigger or reserved instances use it. Earlier versions stay " +
				"in any case.",
		},
		"prune":   pruneAttribute(),
		"id":      base.Computed("The same as `urn`."),
		"urn":     base.Computed("URN of the version: the function's, `:` and the version's name."),
		"runtime": base.Computed("Runtime of the version."),
		"handler": base.Computed("Handler of the version."),
		"timeout": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Seconds that one invocation of the version may take.",
		},
		"memory_size": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Memory of an instance of the version in MB.",
		},
		"code_size": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Size of the published code in bytes.",
		},
		"last_modified": base.Computed("When the version was last changed, as the service writes it."),
	}
}
