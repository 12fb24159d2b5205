// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// entriesAtMost bounds a map. An element that is null is none: modules write it for what is not wanted, and it is left
// out. One that is not known yet may turn out to be null.
type entriesAtMost struct{ most int }

func (v entriesAtMost) Description(context.Context) string {
	return fmt.Sprintf("must have at most %d entries", v.most)
}
func (v entriesAtMost) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (v entriesAtMost) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if n := len(tfconv.Strings(req.ConfigValue)); n > v.most {
		resp.Diagnostics.AddAttributeError(req.Path, "Too Many Entries",
			fmt.Sprintf("There are %d entries; at most %d are possible.", n, v.most))
	}
}
