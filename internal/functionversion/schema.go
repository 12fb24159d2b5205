// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

const (
	defaultTimeout = 10 * time.Minute
	latest         = "latest"
)

var (
	versionPattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`) // contract V1
	digestPattern  = regexp.MustCompile(`^([0-9a-f]{128})?$`)
)

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A published version: a copy of a function's code and settings that never changes. Publishes when " +
			"it is created; when the function's source changes, it is replaced by a new version.",
		Attributes: attributes(),
		Blocks: map[string]schema.Block{
			"timeouts": timeouts.Block(ctx, timeouts.Opts{
				Create: true, Delete: true,
				CreateDescription: "How long publishing may take, for example `5m`. Default: `10m`.",
				DeleteDescription: "How long deleting may take. Default: `10m`.",
			}),
		},
	}
}

func attributes() map[string]schema.Attribute {
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "URN of the function, usually `fgs_function.example.urn`. Another function replaces the version.",
			PlanModifiers:       replace,
			Validators:          []validator.String{functionref.URN{}},
		},
		"version": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Name of the version: up to 42 letters, digits, `.`, `_` and `-`, beginning and ending with a " +
				"letter or digit, not `latest`. Default: the time in UTC, for example `v20260102-030405`. Another name publishes " +
				"anew.",
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIfConfigured()},
			Validators: []validator.String{
				stringvalidator.LengthAtMost(42), // the pattern refuses an empty one
				stringvalidator.RegexMatches(versionPattern,
					"must consist of letters, digits, '.', '_' and '-', and begin and end with a letter or digit"),
				stringvalidator.NoneOf(latest),
			},
		},
		"description": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Description of the version, up to 512 characters. Another one publishes anew.",
			PlanModifiers: []planmodifier.String{
				stringplanmodifier.RequiresReplaceIf(otherText, "Another description publishes anew.", ""),
			},
			Validators: []validator.String{stringvalidator.UTF8LengthAtMost(512)},
		},
		"source_hash": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "What decides that a new version is published: usually `fgs_function.example.source_hash`. " +
				"Repairing code that was changed outside Terraform, or changing settings, leaves it as it is.",
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
			MarkdownDescription: "Whether the version stays at the service when this resource is destroyed or replaced. With " +
				"`true`, older versions stay for rolling back, and an alias can move from one to the next. Default: `false`: " +
				"the version is deleted.",
		},
		"prune":   pruneAttribute(),
		"id":      computed("The same as `urn`."),
		"urn":     computed("URN of the version: the function's, `:` and the version's name."),
		"runtime": computed("Runtime of the version."),
		"handler": computed("Handler of the version."),
		"timeout": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Seconds that one invocation of the version may take.",
		},
		"memory_size": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Memory of an instance of the version in MB.",
		},
		"code_size": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Size of the published code in bytes.",
		},
		"last_modified": computed("When the version was last changed, as the service writes it."),
	}
}

// otherText asks for replacement unless the text only changed between null and "", which mean the same, or the
// description of an imported version could not be looked up.
func otherText(
	ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse,
) {
	unlooked, diags := req.Private.GetKey(ctx, keyDescriptionUnknown)
	resp.Diagnostics.Append(diags...)
	resp.RequiresReplace = len(unlooked) == 0 &&
		(req.PlanValue.IsUnknown() || req.PlanValue.ValueString() != req.StateValue.ValueString())
}

func computed(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}
