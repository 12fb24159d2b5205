// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// hasPassword says that a password is given, or was: a run that only looks for changes need not know it.
func hasPassword(v values) bool {
	return v.given("password") || v.given("password_wo") || v.given("password_wo_version")
}

// checkPassword asks for one of the two ways to give a secret, and for the version of a write-only one.
func checkPassword(v values, fail fail) {
	const summary = "Invalid Attribute Combination"
	switch {
	case v.known("password") && (v.known("password_wo") || v.known("password_wo_version")):
		fail("password", summary, "password and password_wo exclude one another: use one of both.")
	case v.known("password_wo") && !v.given("password_wo_version"):
		fail("password_wo", summary, "password_wo needs password_wo_version: any text, another one of which says that the "+
			"password changed.")
	}
}

// checkUser asks for the user that a password is of.
func checkUser(v values, fail fail) {
	if secretKnown(v) && !v.given("user") {
		fail("user", "Incomplete Credentials", "A password needs the user that it is of.")
	}
}

// needPassword asks for the password of a trigger that is to be made, of a type that does not go without.
func needPassword(v values, fail fail) {
	if !hasPassword(v) {
		fail("password_wo", "Missing Password", "A new trigger of this type needs a password: give password_wo and "+
			"password_wo_version, or password. Only one that was imported goes without, since the service knows it.")
	}
}

// needUser asks for the password of a user, and for both where a switch is on, of a trigger that is to be made.
func needUser(v values, needs string, fail fail) {
	switch {
	case v.given("user") && !hasPassword(v):
		fail("user", "Incomplete Credentials", "A user needs a password: password_wo, or password. Only a trigger that was "+
			"imported goes without, since the service knows it.")
	case v.on(needs) && !hasPassword(v):
		fail(needs, "Missing Credentials", needs+" needs user and a password.")
	}
}

func secretKnown(v values) bool {
	return v.known("password") || v.known("password_wo") || v.known("password_wo_version")
}

// missingSecret ends a plan that makes a trigger whose write-only secret is not there: the run does not know it.
func (m *model) missingSecret(diags *diag.Diagnostics) {
	k, v := m.chosen()
	if k == nil {
		return
	}
	for _, name := range []string{"password_wo", "secrets_wo"} {
		if v.known(name+"_version") && v[name] != nil && v[name].IsNull() && !v.given("password") {
			diags.AddAttributeError(path.Root(k.name), "Missing Secret", k.name+"."+name+" is null, and the trigger has to be "+
				"made: the service wants the secret then. Run Terraform where it is known. A plan that makes nothing does not "+
				"need it.")
		}
	}
	if secrets, ok := v["secrets_wo"].(types.Map); ok {
		warnNull(k.name+".secrets_wo", path.Root(k.name), secrets.Elements(), diags)
	}
}

// warnNull says which members of a map of secrets are left out.
func warnNull(what string, at path.Path, elements map[string]attr.Value, diags *diag.Diagnostics) {
	var names []string
	for name, element := range elements {
		if element.IsNull() {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		diags.AddAttributeWarning(at, "Secret Left Out", what+" has null for "+strings.Join(names, ", ")+": what is null is "+
			"left out, and the service will not have it.")
	}
}
