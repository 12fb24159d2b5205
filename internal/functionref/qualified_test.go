// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TestQualified: an id always names a version or an alias; what is shown is as it was written, while it names the same.
func TestQualified(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]struct{ id, shown string }{
		functionURN:             {functionURN + ":latest", functionURN},
		functionURN + ":latest": {functionURN + ":latest", functionURN + ":latest"},
		functionURN + ":v1":     {functionURN + ":v1", functionURN + ":v1"},
		functionURN + ":!live":  {functionURN + ":!live", functionURN + ":!live"},
	} {
		urn, err := ParseQualified(given)
		if err != nil || urn.String() != want.id || ID(types.StringValue(given)).ValueString() != want.id {
			t.Errorf("%s: %s, %v", given, urn, err)
		}
		if got := Shown(types.StringValue(given), urn); got.ValueString() != want.shown {
			t.Errorf("%s is shown as %s", given, got)
		}
	}
	for _, given := range []types.String{types.StringUnknown(), types.StringValue("orders")} {
		if got := ID(given); !got.IsUnknown() {
			t.Errorf("%s has the id %s", given, got)
		}
	}
	urn, _ := ParseQualified(functionURN)
	for _, other := range []types.String{types.StringNull(), types.StringValue(functionURN + ":v1")} {
		if got := Shown(other, urn); got.ValueString() != functionURN {
			t.Errorf("in the place of %s: %s", other, got)
		}
	}
}
