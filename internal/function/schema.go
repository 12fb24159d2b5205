// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

// SchemaVersion is the version of the state that Schema describes.
const SchemaVersion = 0

// Schema assembles the facets.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, facet := range []map[string]schema.Attribute{
		placeAttributes(), settingsAttributes(), codeAttributes(), dependenciesAttributes(), instancesAttributes(),
		tagsAttributes(), statusAttributes(), renamedAttributes(),
	} {
		maps.Copy(attributes, facet)
	}
	resp.Schema = schema.Schema{
		Version: SchemaVersion,
		MarkdownDescription: "A function: code, the settings it runs with, and what really runs. A change that somebody " +
			"makes outside Terraform, to settings or to code, shows in the plan, and apply repairs it.",
		Attributes: attributes,
		Blocks:     base.Timeouts(ctx, "creating", "updating", "deleting"),
	}
}
