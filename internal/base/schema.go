// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// Timeouts is the block timeouts, which says of each operation how long it may take: "creating", or another word for
// it. An operation without a word has none.
func Timeouts(ctx context.Context, creating, updating, deleting string) map[string]schema.Block {
	const byDefault = " Default: `10m`."
	return TimeoutsOf(ctx, timeouts.Opts{
		Create: creating != "", CreateDescription: "How long " + creating + " may take, for example `5m`." + byDefault,
		Update: updating != "", UpdateDescription: "How long " + updating + " may take." + byDefault,
		Delete: deleting != "", DeleteDescription: "How long " + deleting + " may take." + byDefault,
	})
}

// TimeoutsOf is the block timeouts with other texts. Each of them has to be longer than nothing.
func TimeoutsOf(ctx context.Context, opts timeouts.Opts) map[string]schema.Block {
	block := timeouts.Block(ctx, opts)
	if nested, ok := block.(schema.SingleNestedBlock); ok {
		for name, attribute := range nested.Attributes {
			if text, ok := attribute.(schema.StringAttribute); ok {
				text.Validators = append(text.Validators, LongerThanNothing{})
				nested.Attributes[name] = text
			}
		}
	}
	return map[string]schema.Block{"timeouts": block}
}

// Computed is a text that the service decides.
func Computed(description string, modifiers ...planmodifier.String) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description, PlanModifiers: modifiers}
}
