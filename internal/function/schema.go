// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// defaultTimeout bounds create, update and delete. It is long because throttled calls are repeated until then.
const defaultTimeout = 10 * time.Minute

// SchemaVersion is the version of the state that Schema describes.
const SchemaVersion = 0

// Schema assembles the facets.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, facet := range []map[string]schema.Attribute{
		placeAttributes(), settingsAttributes(), codeAttributes(), dependenciesAttributes(), instancesAttributes(),
		tagsAttributes(), statusAttributes(),
	} {
		maps.Copy(attributes, facet)
	}
	resp.Schema = schema.Schema{
		Version: SchemaVersion,
		MarkdownDescription: "A function: code, the settings it runs with, and what really runs. A change that somebody " +
			"makes outside Terraform, to settings or to code, shows in the plan, and apply repairs it.",
		Attributes: attributes,
		Blocks: map[string]schema.Block{
			"timeouts": timeouts.Block(ctx, timeouts.Opts{
				Create: true, Update: true, Delete: true,
				CreateDescription: "How long creating may take, for example `5m`. Default: `10m`.",
				UpdateDescription: "How long updating may take. Default: `10m`.",
				DeleteDescription: "How long deleting may take. Default: `10m`.",
			}),
		},
	}
}
