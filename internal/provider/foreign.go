// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// foreign is what the huaweicloud provider takes from the environment and this one cannot, so that the two would work
// in different accounts, projects or clouds with the same variables. That is an error, never silence: a function would
// be made where nobody looks for it.
type foreign struct {
	variables []string
	peer      string // what the huaweicloud provider does with them
	instead   string // what to do, beside unsetting them
	matters   func(s surroundings, value string) bool
}

// surroundings are what decides whether a variable would change anything.
type surroundings struct {
	block  model
	getenv func(string) string
}

// sayWho is the way out for both providers in one run, where the environment is the same for both.
const sayWho = "say in the provider block who this provider is: access_key and secret_key (with security_token), " +
	"token, profile, assume_role_with_oidc, or user_name and password"

// foreigners is the decision for each variable of the huaweicloud provider that this one does not read. Those that are
// not listed change neither identity nor place.
var foreigners = []foreign{
	{
		[]string{"OS_AGENCY_NAME", "OS_AGENCY_DOMAIN_NAME"},
		"work by the token of an agency, in the account that it belongs to",
		sayWho + "; or assume the agency, with assume_role or HW_ASSUME_ROLE_AGENCY_NAME", surroundings.noIdentity,
	},
	{
		[]string{"HW_SIGNING_ALGORITHM"}, "sign requests in this way",
		sayWho, surroundings.otherAlgorithm,
	},
}

// rejectForeign appends an error for each group of variables that the environment has and this provider does not take.
// It shows no value: some are secrets.
func (m model) rejectForeign(getenv func(string) string, diags *diag.Diagnostics) {
	s := surroundings{m, getenv}
	for _, f := range foreigners {
		var found []string
		for _, variable := range f.variables {
			if value := getenv(variable); value != "" && f.matters(s, value) {
				found = append(found, variable)
			}
		}
		if len(found) > 0 {
			diags.AddError("Unsupported Environment Variable", fmt.Sprintf("Set in the environment: %s. The huaweicloud "+
				"provider would %s. This provider does not support that yet, and without it might work in another account or "+
				"place. Unset it for this provider, or %s.", strings.Join(found, ", "), f.peer, f.instead))
		}
	}
}

// noIdentity says that the provider block does not tell who the provider is. If it does, the block wins over the
// environment as a whole, where the huaweicloud provider still assumes an agency, or takes a profile's keys: both
// providers share one environment, and this is the only way to give one of them another identity.
func (s surroundings) noIdentity(string) bool {
	for _, kind := range (identity{model: s.block, getenv: s.getenv}).kinds() {
		if kind.configured {
			return false
		}
	}
	return true
}

// otherAlgorithm: a token signs nothing.
func (s surroundings) otherAlgorithm(algorithm string) bool {
	return s.noIdentity("") && pick(s.block.Token, "token", s.getenv).value == "" && algorithm != "HmacSHA256"
}
