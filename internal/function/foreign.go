// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// foreign is the part of the settings that no attribute shows, as far as the service reports a value other than its
// default. A PUT config carries it along: a service that replaces would reset what is left out (contract 3.4, 4.3).
// The two objects of the network are here for their members without an attribute.
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
	// Only kept to warn about: values are never reported (contract F31), so they cannot be sent back.
	if in.EncryptedUserData != nil && len(parseEnvironment(in.EncryptedUserData)) > 0 {
		out.EncryptedUserData = in.EncryptedUserData
	}
	return out
}

// sendable is the part of foreign that a write may carry.
func sendable(f functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	f.EncryptedUserData = nil
	return f
}

// warnEncrypted says what a write of the settings may lose.
func warnEncrypted(f functiongraph.FunctionSettings, diags *diag.Diagnostics) {
	if f.EncryptedUserData == nil {
		return
	}
	names := strings.Join(slices.Sorted(maps.Keys(parseEnvironment(f.EncryptedUserData))), ", ")
	diags.AddWarning("Encrypted Environment Cannot Be Kept",
		"The function has encrypted environment variables ("+names+"), which this version of the provider cannot manage. The "+
			"service never reports their values, so a change of settings may clear them there. Set them again after the apply.")
}
