// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// What holds where nothing is set (contract AI2), and the bounds of what can be (contract 3.19).
const (
	defaultAge     = 3600
	maxAge         = 86400
	defaultRetries = 1
	maxRetries     = 3
	maxExpires     = 365
)

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How asynchronous calls of a function are treated, those that nobody waits for: how long one " +
			"may wait, how often it is tried again, and where its result goes. Each version and each alias has settings of " +
			"its own. Without this resource the defaults of its attributes hold. Those of a function that is replaced, or of " +
			"a version with a name that is not known before, are made anew in the same apply.",
		Attributes: attributes(),
		Blocks:     base.Timeouts(ctx, "creating", "updating", "deleting"),
	}
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "URN of what is called: best of an alias, `fgs_function_alias.example.urn`, whose settings " +
				"stay while it moves. A version can be named, too; or the function, which means its latest code: its URN and " +
				"the same with `:latest` are equal. Another one replaces the settings.",
			Validators: []validator.String{functionref.BoundURN{}},
		},
		"max_event_age": schema.Int64Attribute{
			Optional: true, Computed: true, Default: int64default.StaticInt64(defaultAge),
			MarkdownDescription: "How many seconds a call may wait and be tried again, 1 to 86400; then it is given up. " +
				"Default: `3600`.",
			Validators: []validator.Int64{int64validator.Between(1, maxAge)},
		},
		"max_retry_attempts": schema.Int64Attribute{
			Optional: true, Computed: true, Default: int64default.StaticInt64(defaultRetries),
			MarkdownDescription: "How often a call that failed is tried again, 0 to 3. Default: `1`.",
			Validators:          []validator.Int64{int64validator.Between(0, maxRetries)},
		},
		"on_success": destinationAttribute("Where the result of a call goes that succeeded."),
		"on_failure": destinationAttribute("Where what is known of a call goes that failed for good."),
		"enable_async_status_log": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether the states of the calls are logged. It has an effect only where such logs are " +
				"turned on for the whole project. Default: `false`.",
		},
		"id": base.Computed("URN of the version or alias, `:latest` included: what an import takes."),
	}
}

func destinationAttribute(description string) schema.SingleNestedAttribute {
	one := func(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
		return schema.SingleNestedAttribute{Optional: true, MarkdownDescription: description, Attributes: attributes}
	}
	need := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{
			Required: true, MarkdownDescription: description,
			Validators: append(validators, stringvalidator.LengthAtLeast(1)),
		}
	}
	type attributes = map[string]schema.Attribute
	return one(description+" Exactly one of the objects in it says where. The function needs an `agency` that may write "+
		"there. Removing it turns it off.", attributes{
		"obs": one("A file in a bucket for each call.", attributes{
			"bucket": need("Name of the bucket."),
			"prefix": schema.StringAttribute{
				Optional: true, MarkdownDescription: "What the names of the files begin with, for example `orders/`. Leaving it " +
					"out and `\"\"` mean the same.",
			},
			"expires": schema.Int64Attribute{
				Optional: true, MarkdownDescription: "After how many days the files are deleted, 1 to 365. Leaving it out and 0 " +
					"mean: never.",
				Validators: []validator.Int64{int64validator.Between(0, maxExpires)},
			},
		}),
		"smn": one("A message of a topic for each call.", attributes{"topic_urn": need("URN of the topic.")}),
		"dis": one("A record of a stream for each call.", attributes{"stream_name": need("Name of the stream.")}),
		"function": one("Another function is called.", attributes{
			"urn": need("URN of the function, of a version or an alias. Calls must not come back to where they began.",
				functionref.BoundURN{}),
		}),
		"other": one("A destination that has no attribute here.", attributes{
			"destination": need("The service's word for it."),
			"param": need("What the service calls `param`: an object, as JSON, best by `jsonencode`. Compared by value, and " +
				"only the members that are written."),
		}),
	})
}
