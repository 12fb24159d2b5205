// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
)

// fromPackage takes over what the package says of how the code runs, unless it is configured.
func (m *coreFacet) fromPackage(config coreFacet, pkg *codepack.Package) {
	if config.Runtime.IsNull() && pkg.Runtime != "" {
		m.Runtime = types.StringValue(pkg.Runtime)
	}
	if config.Handler.IsNull() && pkg.Handler != "" {
		m.Handler = types.StringValue(pkg.Handler)
	}
	if config.Timeout.IsNull() && pkg.Timeout != 0 {
		m.Timeout = types.Int64Value(pkg.Timeout)
	}
	if config.MemorySize.IsNull() && pkg.MemorySize != 0 {
		m.MemorySize = types.Int64Value(pkg.MemorySize)
	}
}

// warnBeyond names the settings that the package brings and the configuration does not: they are cleared.
func (s source) warnBeyond(config model, diags *diag.Diagnostics) {
	beyond := slices.DeleteFunc(slices.Clone(s.pkg.Beyond), config.configures)
	if len(beyond) == 0 {
		return
	}
	diags.AddAttributeWarning(s.at(), "Package Sets More Than the Configuration",
		"The package also sets "+strings.Join(beyond, ", ")+". Only runtime, handler, timeout and memory size are "+
			"taken from it; write the others into the configuration if the function needs them.")
}

// configures says that a property of a package has its counterpart in the configuration, which then decides.
func (m model) configures(property string) bool {
	switch property {
	case "Description":
		return !m.Description.IsNull()
	case "DependencyPkg":
		return !m.DependencyVersionIDs.IsNull()
	}
	name, isVariable := strings.CutPrefix(property, "Environment.Variables.")
	if !isVariable {
		return false
	}
	for _, variables := range []types.Map{m.UserData, m.EncryptedUserData, m.EncryptedUserDataWO} {
		if _, ok := variables.Elements()[name]; ok || variables.IsUnknown() { // it may be there
			return true
		}
	}
	return false
}
