// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// foreign is the part of the settings that no attribute shows, as far as the service reports a value other than its
// default. A PUT config carries it along: a service that replaces would reset what is left out (contract 3.4, 4.3).
// The two objects of the network are here for their members without an attribute.
//
// Only for Q3 (put-config): a service that keeps what is left out needs none of it.
func foreign(in functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	out := functiongraph.FunctionSettings{}
	if plainVPC(in.VPC) != nil {
		out.VPC = in.VPC
	}
	if plainController(in.NetworkController) != nil {
		out.NetworkController = in.NetworkController
	}
	if in.CustomImage != nil && in.CustomImage.Image != "" {
		out.CustomImage = in.CustomImage
	}
	return out
}
