// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/schedule"
)

const (
	maxCount = 1000 // of instances, contract 3.18.1
	maxName  = 60   // of a policy, contract 3.18.1
)

var policyName = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?$`) // contract 3.18.1

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Instances of a function that are kept ready, so that calls do not wait for one to start. " +
			"They are billed as long as they are there, whether they are called or not. Policies can raise their number at " +
			"certain times, or with the load. There is one set of them for each version or alias; a change of it is one " +
			"call, and never takes them away in between. Those of a function that is replaced, or of a version with a name " +
			"that is not known before, are made anew in the same apply.",
		Attributes: attributes(),
		Blocks:     base.Timeouts(ctx, "creating", "updating", "deleting"),
	}
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"function_urn": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "URN of what is kept ready: best of an alias, `fgs_function_alias.example.urn`, whose " +
				"instances follow each release by themselves. A version can be named, too, but not a version and an alias that " +
				"points at it at once; or the function, which means its latest code: its URN and the same with `:latest` are " +
				"equal. Another one replaces the instances.",
			Validators: []validator.String{functionref.BoundURN{}},
		},
		"min_count": schema.Int64Attribute{
			Required: true,
			MarkdownDescription: "How many instances are kept ready at all times, 0 to 1000, and not above the function's " +
				"`max_instance_num`. 0 needs policies.",
			Validators: []validator.Int64{int64validator.Between(0, maxCount)},
		},
		"idle_mode": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether instances that nobody calls are put to sleep, which costs less; they wake faster " +
				"than a new one starts. A change takes a while, and until then they are billed as awake. Default: `false`.",
		},
		"schedules":   schedulesAttribute(),
		"utilization": utilizationAttribute(),
		"id":          base.Computed("URN of the version or alias, `:latest` included: what an import takes."),
	}
}

func schedulesAttribute() schema.MapNestedAttribute {
	text := func(description string, of validator.String) schema.StringAttribute {
		return schema.StringAttribute{
			Required: true, MarkdownDescription: description, Validators: []validator.String{of},
		}
	}
	return schema.MapNestedAttribute{
		Optional: true,
		MarkdownDescription: "Other numbers at certain times, by names of your own: 1 to 60 letters, digits, `_` and `-`, " +
			"beginning with a letter and ending with a letter or digit. Leaving it out and `{}` mean the same.",
		Validators: policyNames(),
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"cron": text("When the number becomes `count`: seconds, minutes, hours, day of the month, month and, if wanted, "+
				"day of the week, **in UTC**, unlike the `cron` of a timer; for example `0 0 6 * * MON-FRI`.", schedule.Cron()),
			"count": countAttribute("How many instances are ready from then on, up to 1000 and not below `min_count`."),
			"start_time": text("From when on the policy holds, in RFC 3339, for example `2027-01-01T00:00:00Z`. Another "+
				"spelling of the same moment is no change.", instantRule{}),
			"end_time": text("Until when it holds, after `start_time`. Then `min_count` holds again.", instantRule{}),
		}},
	}
}

func utilizationAttribute() schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		Optional: true,
		MarkdownDescription: "Other numbers with the load, by names as those of `schedules`: instances are added while " +
			"more of what they can do at once is in use than a threshold. The service offers this on request only. Leaving it " +
			"out and `{}` mean the same.",
		Validators: policyNames(),
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"threshold": schema.Int64Attribute{
				Required: true, MarkdownDescription: "Above which percentage instances are added, 1 to 99.",
				Validators: []validator.Int64{int64validator.Between(1, 99)},
			},
			"min": countAttribute("How many instances are ready at the least, up to 1000 and not below `min_count`."),
			"type": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What is measured. Default: `Concurrency`, the one type that is known; it is shown where a " +
					"policy that was made elsewhere has another.",
				Validators: []validator.String{knownType{}},
			},
		}},
	}
}

func countAttribute(description string) schema.Int64Attribute {
	return schema.Int64Attribute{
		Required: true, MarkdownDescription: description,
		Validators: []validator.Int64{int64validator.Between(0, maxCount)},
	}
}

func policyNames() []validator.Map {
	return []validator.Map{mapvalidator.KeysAre(
		stringvalidator.LengthAtMost(maxName), // the pattern refuses an empty one
		stringvalidator.RegexMatches(policyName,
			"must consist of letters, digits, '_' and '-', begin with a letter and end with a letter or digit"),
	), mapvalidator.NoNullValues()}
}
