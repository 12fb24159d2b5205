// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// encryptedFacet holds the environment variables that the service stores encrypted. It reports their names and never
// their values (contract F31): values are those of the configuration, names are compared with the service.
type encryptedFacet struct {
	EncryptedUserData          types.Map    `tfsdk:"encrypted_user_data"`
	EncryptedUserDataWO        types.Map    `tfsdk:"encrypted_user_data_wo"` // in the configuration, and while it is written
	EncryptedUserDataWOVersion types.String `tfsdk:"encrypted_user_data_wo_version"`

	// writtenNames are the names that a write-only map had when it was written, as far as the service reports them; nil
	// while that is not known. They are in the private state.
	writtenNames []string
}

func encryptedAttributes() map[string]schema.Attribute {
	limits := []validator.Map{
		mapvalidator.SizeAtMost(maxEnvironmentEntries),
		mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)),
		mapvalidator.NoNullValues(),
		environmentSize{},
	}
	return map[string]schema.Attribute{
		"encrypted_user_data": schema.MapAttribute{
			Optional: true, Sensitive: true, ElementType: types.StringType,
			MarkdownDescription: "Environment variables that the service stores encrypted and never shows again: up to 20, " +
				"together up to 4 KB. Their values are in the state, which Terraform does not encrypt: prefer " +
				"`encrypted_user_data_wo`. The service reports their names only, so that a name which is added or removed outside " +
				"Terraform shows in the plan, and another value does not. After an import each name has an empty value. Removing " +
				"the attribute removes them from the function.",
			Validators: append(slices.Clone(limits),
				mapvalidator.ConflictsWith(path.MatchRoot("encrypted_user_data_wo"))),
		},
		"encrypted_user_data_wo": schema.MapAttribute{
			Optional: true, Sensitive: true, WriteOnly: true, ElementType: types.StringType,
			MarkdownDescription: "The same, but write-only: its values are in no state and in no plan, and may come from ephemeral " +
				"variables and resources. Needs Terraform 1.11 or OpenTofu 1.11. Since Terraform cannot see that a value changed, " +
				"`encrypted_user_data_wo_version` tells it. The service wants all settings in each change of one, so that the " +
				"values are sent with every change of settings: keep them the same while the version is.",
			Validators: append(slices.Clone(limits),
				mapvalidator.AlsoRequires(path.MatchRoot("encrypted_user_data_wo_version"))),
		},
		"encrypted_user_data_wo_version": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Any text; another one sends `encrypted_user_data_wo` again. Empty in the state after somebody " +
				"added or removed a variable outside Terraform, so that the plan sends them again.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1), stringvalidator.AlsoRequires(path.MatchRoot("encrypted_user_data_wo")),
			},
		},
	}
}

// toAPI sends configured values only, never what was read (contract 3.4).
func (m encryptedFacet) toAPI(prior encryptedFacet, out *functiongraph.FunctionSettings) {
	values := tfconv.Strings(m.EncryptedUserData)
	if len(values) == 0 {
		values = tfconv.Strings(m.EncryptedUserDataWO)
	}
	text := ""
	if len(values) > 0 {
		text = environmentJSON(values)
	}
	if text != "" || len(prior.EncryptedUserData.Elements()) > 0 || !prior.EncryptedUserDataWOVersion.IsNull() {
		out.EncryptedUserData = &text // "" clears (contract 4.3)
	}
}

// fromAPI keeps the values of the names that are there. Where names differ from those of a write-only map, the version
// is what shows it.
func (m *encryptedFacet) fromAPI(in *functiongraph.Function) {
	names := variableNames(in.EncryptedUserData)
	if !m.EncryptedUserDataWOVersion.IsNull() {
		if expected := m.expected(); expected != nil && !slices.Equal(expected, names) {
			m.EncryptedUserDataWOVersion = types.StringNull()
		}
		return
	}
	known := tfconv.Strings(m.EncryptedUserData)
	switch {
	case slices.Equal(namesOf(known), names) && tfconv.Known(m.EncryptedUserData):
	case len(names) == 0:
		m.EncryptedUserData = types.MapNull(types.StringType)
	default:
		values := make(map[string]string, len(names))
		for _, name := range names {
			values[name] = known[name]
		}
		m.EncryptedUserData = tfconv.StringMap(values)
	}
}

// expected are the names that the service should report of a write-only map; nil while that is not known.
func (m encryptedFacet) expected() []string {
	if tfconv.Known(m.EncryptedUserDataWO) {
		return m.names()
	}
	return m.writtenNames
}

// names are those of the configured variables.
func (m encryptedFacet) names() []string {
	values := tfconv.Strings(m.EncryptedUserData)
	if len(values) == 0 {
		values = tfconv.Strings(m.EncryptedUserDataWO)
	}
	return namesOf(values)
}

// differs says what the settings on the wire do not: the values of a write-only map are told apart by their version.
func (m encryptedFacet) differs(prior encryptedFacet) bool {
	return !m.EncryptedUserDataWOVersion.Equal(prior.EncryptedUserDataWOVersion)
}

// variableNames are the names of the variables in a text of the service.
func variableNames(text *string) []string {
	return namesOf(parseEnvironment(text))
}

// namesOf is never nil, which would mean that they are not known.
func namesOf(variables map[string]string) []string {
	return append([]string{}, slices.Sorted(maps.Keys(variables))...)
}

// warnChanged says which variables somebody added or removed: the values are sensitive, so that the CLI shows nothing.
func (r readBack) warnChanged(diags *diag.Diagnostics) {
	if r.Found == nil || r.Encrypted == nil {
		return
	}
	var parts []string
	for _, change := range []struct {
		what      string
		names, in []string
	}{{"added", *r.Found, *r.Encrypted}, {"removed", *r.Encrypted, *r.Found}} {
		names := slices.DeleteFunc(slices.Clone(change.names), func(name string) bool { return slices.Contains(change.in, name) })
		if len(names) > 0 {
			parts = append(parts, change.what+": "+strings.Join(names, ", "))
		}
	}
	if len(parts) == 0 {
		return
	}
	diags.AddAttributeWarning(path.Root("encrypted_user_data"), "Encrypted Environment Changed Outside Terraform",
		fmt.Sprintf("Encrypted environment variables were changed outside Terraform (%s). Their values are sensitive, so that the "+
			"plan shows only that they change. Apply writes those of the configuration.", strings.Join(parts, "; ")))
}
