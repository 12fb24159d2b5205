// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// notBlank refuses an empty text where others read the attribute: what is configured is what they get.
type notBlank struct{ unless string } // when it may be left out

func (notBlank) Description(context.Context) string             { return "must not be empty" }
func (v notBlank) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (v notBlank) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.Equal(types.StringValue("")) {
		resp.Diagnostics.AddAttributeError(req.Path, "Empty Text", fmt.Sprintf(
			"%s is empty. Leave it out, or write null, where %s.", req.Path, v.unless))
	}
}
