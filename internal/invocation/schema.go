// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// What an answer has to be.
const (
	expectSuccess = "success"
	expectAny     = "any"
)

// What the resource and the action say alike.
const (
	textFunctionURN = "URN of what is called: of a version, `fgs_function_version.example.urn`, which alone always runs " +
		"the same code; of an alias; or of the function, which runs its latest code."
	textInput = "What the function gets as its event: the text of a JSON object, best made by `jsonencode`, of at most " +
		"6 MB, or 256 KB if `asynchronous`. Default: `{}`."
	textExpect = "What counts as success. `success`: that the function did not fail, which is that its status is below " +
		"400 and the service reports no error of the function. `any`: that it answered at all. Default: `success`."
	textAsynchronous = "Whether to leave the call to the service, which makes it later, and again if it fails: then " +
		"nothing is known of its outcome, and this is no test of the function. Default: `false`."
	textShowLog = "Whether the error about a function that failed shows the end of its log, at most 4 KB. A log may " +
		"hold secrets. Default: `false`."
)

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One call of a function, when the resource is created: a gate in a release. What depends " +
			"on it, such as an alias with `depends_on`, is changed only if the call succeeded. It is made in an apply, " +
			"never in a plan; it is never made twice for one creation, and never sent again once it has left. A call that " +
			"failed, or of which no answer came, is not in the state, so that the next apply calls again. Another " +
			"`function_urn`, `input`, `input_wo_version` or `triggers` replaces the resource, which is a new call; one that " +
			"is not known in a plan is planned in place, and is a call only if it turns out to be another, or of a function " +
			"that the same apply has made. Nothing else calls.",
		Attributes: map[string]schema.Attribute{
			"function_urn": schema.StringAttribute{
				Required: true, Validators: []validator.String{functionref.BoundURN{}},
				MarkdownDescription: textFunctionURN + " Another one is a new call.",
			},
			"input": schema.StringAttribute{
				Optional: true, MarkdownDescription: textInput + " Another one is a new call. It is in the state and in plans: " +
					"for secrets there is `input_wo`.",
			},
			"input_wo": schema.StringAttribute{
				Optional: true, WriteOnly: true, Sensitive: true,
				MarkdownDescription: "`input`, in no state and no plan. Needs a CLI that knows write-only attributes (Terraform " +
					"1.11, OpenTofu 1.11).",
				Validators: base.UnlessBlank(stringvalidator.AlsoRequires(path.MatchRoot("input_wo_version"))),
			},
			"input_wo_version": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Any text that changes with `input_wo`, which Terraform cannot compare: " +
					"another one is a new call. Where none is made, as in a job that looks for drift, `input_wo` may be `null`.",
			},
			"triggers": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Anything that a new call should follow: a change of any value is a new call.",
				Validators:          []validator.Map{mapvalidator.SizeAtLeast(1)},
			},
			"expect": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(expectSuccess),
				MarkdownDescription: textExpect,
				Validators:          base.UnlessBlank(stringvalidator.OneOf(expectSuccess, expectAny)),
			},
			"asynchronous": flag(textAsynchronous),
			"show_log":     flag(textShowLog),
			"keep_result": flag("Whether the state keeps what the function answered, as `result`. One that was not kept when " +
				"the call was made is not there later. Default: `false`."),
			"id":         base.Computed("`function_urn` and `request_id`, separated by `/`."),
			"request_id": base.Computed("The service's id of this run, by which the function's log names it."),
			"status": schema.Int64Attribute{
				Computed: true, MarkdownDescription: "Status of the answer, as of HTTP. Null of an asynchronous call.",
			},
			"result": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "What the function answered, mostly JSON. Null unless `keep_result`.",
			},
		},
		Blocks: base.TimeoutsOf(ctx, timeouts.Opts{
			Create: true, CreateDescription: "How long the call may take, for example `30s`. The service's gateway gives up " +
				"after 90 s, whatever stands here: what takes longer can only be called asynchronously. Default: `90s`.",
		}),
	}
}

// flag is off unless it is turned on. It says how the next call is made.
func flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(false), MarkdownDescription: description,
	}
}
