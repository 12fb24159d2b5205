// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"fmt"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// versionURN parses the id of a version.
func versionURN(id string) (functiongraph.URN, error) {
	urn, err := functiongraph.ParseURN(id)
	if err == nil && (urn.Version() == "" || urn.Version() == latest) {
		err = fmt.Errorf("%q is not the URN of a published version: urn:fss:<region>:<project id>:function:<package>:"+
			"<name>:<version>", id)
	}
	return urn, err
}
