// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// identified is the identity after a read that finds nothing new: the one that is stored, or, where the state is from
// before there was one or from a CLI that knows none, identity. It is false where another one is stored, which the
// framework finds fault with.
func identified(
	stored *tfprotov6.ResourceIdentityData, identity tftypes.Value,
) (*tfprotov6.ResourceIdentityData, bool) {
	if absent(stored) {
		return encodeIdentity(identity)
	}
	was, err := stored.IdentityData.Unmarshal(function.IdentityType())
	return stored, err == nil && was.Equal(identity)
}

// plannedIdentity is what a plan says of the identity: it stays. Where there is none the framework says null. It is
// false for what the framework shall find fault with.
func plannedIdentity(prior *tfprotov6.ResourceIdentityData) (*tfprotov6.ResourceIdentityData, bool) {
	if absent(prior) {
		return encodeIdentity(tftypes.NewValue(function.IdentityType(), nil))
	}
	_, err := prior.IdentityData.Unmarshal(function.IdentityType())
	return prior, err == nil
}

func absent(identity *tfprotov6.ResourceIdentityData) bool {
	return identity == nil || identity.IdentityData == nil
}

func encodeIdentity(identity tftypes.Value) (*tfprotov6.ResourceIdentityData, bool) {
	data, err := tfprotov6.NewDynamicValue(function.IdentityType(), identity)
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}, err == nil
}
