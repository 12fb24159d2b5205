// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// functionURN accepts the URN of a function, not of one of its versions or aliases.
type functionURN struct{}

func (functionURN) Description(context.Context) string {
	return "must be the URN of a function: urn:fss:<region>:<project id>:function:<package>:<name>"
}
func (v functionURN) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v functionURN) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	given := req.ConfigValue.ValueString()
	urn, err := functiongraph.ParseURN(given)
	switch {
	case err != nil:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Function URN", err.Error())
	case urn.Qualifier != "":
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Function URN",
			fmt.Sprintf("%q names a version or an alias; it %s.", given, v.Description(ctx)))
	}
}

// versionURN parses the id of a version.
func versionURN(id string) (functiongraph.URN, error) {
	urn, err := functiongraph.ParseURN(id)
	if err == nil && (urn.Version() == "" || urn.Version() == latest) {
		err = fmt.Errorf("%q is not the URN of a published version: urn:fss:<region>:<project id>:function:<package>:"+
			"<name>:<version>", id)
	}
	return urn, err
}
