// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
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
	EncryptedUserData types.Map `tfsdk:"encrypted_user_data"`
	// in the configuration, and while it is written
	EncryptedUserDataWO        types.Map    `tfsdk:"encrypted_user_data_wo"`
	EncryptedUserDataWOVersion types.String `tfsdk:"encrypted_user_data_wo_version"`

	// writtenNames are the names that a write-only map had when it was written, as far as the service reports them; nil
	// while that is not known. They are in the private state.
	writtenNames []string
}

func encryptedAttributes() map[string]schema.Attribute {
	limits := []validator.Map{
		entriesAtMost{maxEnvironmentEntries}, mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)), environmentSize{},
	}
	return map[string]schema.Attribute{
		"encrypted_user_data": schema.MapAttribute{
			Optional: true, Sensitive: true, ElementType: types.StringType,
			MarkdownDescription: "Environment variables that the service stores encrypted and never shows again: up to 20, " +
				"together up to 4 KB. Their values are in the state, which Terraform does not encrypt: prefer " +
				"`encrypted_user_data_wo`. The service reports their names only, so that a name which is added or removed " +
				"outside Terraform shows in the plan, and another value does not. Removing the attribute removes them from the " +
				"function. After an import they are not managed, and stay, until this attribute or `encrypted_user_data_wo` is " +
				"configured: until then a change of settings is refused where the function has some, since it could drop them.",
			Validators: limits,
		},
		"encrypted_user_data_wo": schema.MapAttribute{
			Optional: true, Sensitive: true, WriteOnly: true, ElementType: types.StringType,
			MarkdownDescription: "The same, but write-only: its values are in no state and in no plan, and may come from " +
				"ephemeral variables and resources. Needs Terraform 1.11 or OpenTofu 1.11. Since Terraform cannot see that a " +
				"value changed, `encrypted_user_data_wo_version` tells it. The service wants all settings in each change of one, " +
				"so that the values are sent with every change of settings: a plan that would send other values under the same " +
				"version stops. A plan that sends nothing does not need them: they may be null.",
			Validators: limits,
		},
		"encrypted_user_data_wo_version": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Any text; another one sends `encrypted_user_data_wo` again. Empty in the state after " +
				"somebody added or removed a variable outside Terraform, so that the plan sends them again.",
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
	if text != "" || len(prior.EncryptedUserData.Elements()) > 0 || !tfconv.Blank(prior.EncryptedUserDataWOVersion) {
		out.EncryptedUserData = &text // "" clears (contract 4.3)
	}
}

// fromAPI keeps the values of the names that are there. Where names differ from those of a write-only map, the version
// is what shows it.
func (m *encryptedFacet) fromAPI(in *functiongraph.Function) {
	names := variableNames(in.EncryptedUserData)
	if m.EncryptedUserData.IsNull() && tfconv.Blank(m.EncryptedUserDataWOVersion) && m.writtenNames == nil {
		return // never configured: they belong to somebody else
	}
	if !tfconv.Blank(m.EncryptedUserDataWOVersion) {
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
	version := m.EncryptedUserDataWOVersion
	return version.IsUnknown() || version.ValueString() != prior.EncryptedUserDataWOVersion.ValueString()
}

// validateEncrypted: one form of the two, and the write-only one with its version. What may still be null is none.
func (m encryptedFacet) validateEncrypted(diags *diag.Diagnostics) {
	const summary = "Invalid Attribute Combination"
	switch mapped, hidden, version := m.EncryptedUserData, m.EncryptedUserDataWO, m.EncryptedUserDataWOVersion; {
	case tfconv.Known(mapped) && (tfconv.Known(hidden) || tfconv.Known(version) && !tfconv.Blank(version)):
		diags.AddAttributeError(path.Root("encrypted_user_data"), summary,
			"encrypted_user_data cannot be set together with encrypted_user_data_wo and encrypted_user_data_wo_version: use "+
				"one of both forms.")
	case tfconv.Known(hidden) && tfconv.Blank(version):
		diags.AddAttributeError(path.Root("encrypted_user_data_wo"), summary,
			"encrypted_user_data_wo needs encrypted_user_data_wo_version: any text, another one of which sends the values "+
				"again.")
	}
}

// check refuses to send settings where the variables would get lost or get other values than they should: the service
// wants the complete settings in each change of one. m is planned with the values of the configuration; sends says that
// settings are sent; before is what was remembered.
func (m encryptedFacet) check(prior encryptedFacet, before readBack, sends bool, diags *diag.Diagnostics) {
	if !sends {
		return
	}
	m.warnLeftOut(prior, diags)
	mapped, version := m.EncryptedUserData, m.EncryptedUserDataWOVersion
	switch {
	case mapped.IsNull() && tfconv.Blank(version) && len(before.Unmanaged) > 0:
		diags.AddAttributeError(path.Root("encrypted_user_data"), "Encrypted Environment Not Configured",
			"The function has encrypted environment variables that are not in the configuration: "+
				strings.Join(before.Unmanaged, ", ")+
				". Settings can only be changed as a whole, nobody can read the values to send them again, and the service may "+
				"drop what is left out. Configure encrypted_user_data_wo (or encrypted_user_data) with these names; "+
				"encrypted_user_data = {} removes them.")
	case tfconv.Blank(version) || version.IsUnknown() || !tfconv.FullyKnown(m.EncryptedUserDataWO):
	case m.EncryptedUserDataWO.IsNull():
		diags.AddAttributeError(path.Root("encrypted_user_data_wo"), "Missing Encrypted Environment",
			"encrypted_user_data_wo is null, and settings have to be sent: the service wants its values with each change of "+
				"settings. Run Terraform where they are known. A plan that sends nothing does not need them.")
	case version.Equal(prior.EncryptedUserDataWOVersion) && before.Written.differs(m):
		diags.AddAttributeError(path.Root("encrypted_user_data_wo"), "Other Values Under the Same Version",
			"Settings have to be sent, and with them the values of encrypted_user_data_wo: they are not those that were "+
				"written under encrypted_user_data_wo_version = "+strconv.Quote(version.ValueString())+". Where the new values "+
				"are meant, write another version. Where they are not known in this run (a default, a variable that is not set), "+
				"run Terraform where they are.")
	}
}

// warnLeftOut says which write-only values a creation or another version would leave out: a null one is none, and
// nobody sees it in a plan. Under the same version that it was written with, check refuses it.
func (m encryptedFacet) warnLeftOut(prior encryptedFacet, diags *diag.Diagnostics) {
	if !m.differs(prior) {
		return
	}
	var names []string
	for name, value := range m.EncryptedUserDataWO.Elements() {
		if value.IsNull() {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		diags.AddAttributeWarning(path.Root("encrypted_user_data_wo"), "Encrypted Variable Left Out", fmt.Sprintf(
			"encrypted_user_data_wo has null for %s: the function will not have what is null. Where a value is not known in "+
				"this run, run Terraform where it is.", strings.Join(names, ", ")))
	}
}

// withValues is m with the values of a write-only map, which no plan has.
func (m encryptedFacet) withValues(config encryptedFacet) encryptedFacet {
	m.EncryptedUserDataWO = config.EncryptedUserDataWO
	return m
}

// take starts from variables that are there and were never configured, as soon as they are.
func (m *encryptedFacet) take(config encryptedFacet, unmanaged []string) {
	if config.EncryptedUserData.IsNull() && tfconv.Blank(config.EncryptedUserDataWOVersion) || len(unmanaged) == 0 {
		return
	}
	values := map[string]string{}
	for _, name := range unmanaged {
		values[name] = ""
	}
	m.EncryptedUserData = tfconv.StringMap(values)
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
		names := slices.DeleteFunc(slices.Clone(change.names),
			func(name string) bool { return slices.Contains(change.in, name) })
		if len(names) > 0 {
			parts = append(parts, change.what+": "+strings.Join(names, ", "))
		}
	}
	if len(parts) == 0 {
		return
	}
	diags.AddAttributeWarning(path.Root("encrypted_user_data"), "Encrypted Environment Changed Outside Terraform",
		fmt.Sprintf("Encrypted environment variables were changed outside Terraform (%s). Their values are sensitive, so "+
			"that the plan shows only that they change. Apply writes those of the configuration.", strings.Join(parts, "; ")))
}
