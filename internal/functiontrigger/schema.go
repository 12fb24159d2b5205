// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "URN of what is called: best of an alias, `fgs_function_alias.example.urn`, since a trigger " +
				"of the function itself calls code that is not released yet. A version or the function can be named, too; the " +
				"function's URN and the same with `:latest` are equal. Another one replaces the trigger.",
			Validators: []validator.String{functionref.BoundURN{}},
		},
		"enabled": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether the trigger is on. Changed in place, and compared at each refresh: a trigger that " +
				"somebody turned off is turned on again. `apig`, `obs`, `smn`, `cts` and `eventgrid` are always on. Default: " +
				"`true`.",
		},
		"id":         base.Computed("URN, type and `trigger_id`, separated by `/`: what an import takes."),
		"trigger_id": base.Computed("The service's id. Of `obs` it may be a name."),
		"type":       base.Computed("The service's word for the type, for example `TIMER`."),
		"invoke_url": base.Computed("Of `apig`: the address of the API. Null for all others."),
		"api_id":     base.Computed("Of `apig`: the id of the API. Null for all others."),
		"created_time": base.Computed(
			"When the trigger was made, as the service writes it. Null where it does not say so, as of `smn`."),
		"last_updated_time": base.Computed("When the trigger was last changed, as the service writes it."),
	}
	for _, k := range kinds {
		attributes[k.name] = k.attribute()
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A trigger of a function: what calls it. Exactly one of the objects `timer`, `apig`, `obs`, " +
			"`smn`, `lts`, `cts`, `dis`, `dds`, `kafka`, `rabbitmq`, `rocketmq`, `eventgrid` and `other` decides the type. " +
			"Only what is written in it is compared with the service. The service can change no more than `enabled` and the " +
			"polling of `dis`: all else replaces the trigger, and the plan warns of what that means for its type. A trigger " +
			"of a function that is replaced, or of a version with a name that is not known before, is made anew in the same " +
			"apply.",
		Attributes: attributes,
		Blocks:     base.Timeouts(ctx, "creating, and waiting until the trigger is on,", "updating", "deleting"),
	}
}
