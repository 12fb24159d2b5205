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
const sayWho = "say in the provider block who this provider is: access_key and secret_key (with security_token), or " +
	"token"

const sayProject = "set project_id in the provider block or HW_PROJECT_ID"

// foreigners is the decision for each variable of the huaweicloud provider that this one does not read. Those that are
// not listed change neither identity nor place: certificates, HW_DOMAIN_*, which belong to users with a password and
// to services without regions, OS_REGION_NAME, without which a region is asked for, OS_AUTH_URL, and
// HW_ASSUME_ROLE_DURATION.
var foreigners = []foreign{
	{
		[]string{"HW_PROFILE", "HW_SHARED_CONFIG_FILE"},
		"take keys, region and project from a profile of KooCLI's configuration file, whatever other keys there are",
		sayWho, surroundings.noIdentity,
	},
	{
		[]string{
			"HW_ASSUME_ROLE_AGENCY_NAME", "HW_ASSUME_ROLE_DOMAIN_NAME", "HW_ASSUME_ROLE_DOMAIN_ID",
			"OS_AGENCY_NAME", "OS_AGENCY_DOMAIN_NAME",
		},
		"assume an agency and work in the account that it belongs to",
		sayWho, surroundings.noIdentity,
	},
	{
		[]string{"HW_ASSUME_ROLE_IDP_ID", "HW_ASSUME_ROLE_ID_TOKEN", "HW_ASSUME_ROLE_ID_TOKEN_FILE"},
		"log in with an OIDC token and work as the agency that it opens",
		sayWho, surroundings.noIdentity,
	},
	{
		[]string{"OS_AUTH_TOKEN"}, "use this token, also beside keys",
		sayWho + ", or set HW_AUTH_TOKEN", surroundings.noToken,
	},
	{
		[]string{"OS_ACCESS_KEY"}, "sign with this key",
		sayWho + ", or set HW_ACCESS_KEY and HW_SECRET_KEY", lacks("HW_ACCESS_KEY"),
	},
	{
		[]string{"OS_SECRET_KEY"}, "sign with this key",
		sayWho + ", or set HW_ACCESS_KEY and HW_SECRET_KEY", lacks("HW_SECRET_KEY"),
	},
	{
		[]string{"HW_USER_NAME", "HW_USER_ID", "HW_USER_PASSWORD", "OS_USERNAME", "OS_USER_ID", "OS_PASSWORD"},
		"log in as this user",
		sayWho + ", or set HW_ACCESS_KEY and HW_SECRET_KEY, or HW_AUTH_TOKEN", surroundings.noCredentials,
	},
	{
		[]string{"OS_PROJECT_ID", "OS_TENANT_ID"}, "work in this project",
		sayProject, surroundings.noProjectID,
	},
	{
		[]string{"OS_PROJECT_NAME", "OS_TENANT_NAME"}, "work in this project",
		sayProject + ", or project_name (HW_PROJECT_NAME)", surroundings.noProject,
	},
	{
		[]string{"HW_CLOUD"}, "talk to the services of this cloud",
		"set endpoint (FGS_ENDPOINT), with iam_endpoint (FGS_IAM_ENDPOINT) or project_id", surroundings.otherCloud,
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
	return s.block.Token.ValueString() == "" && s.block.AccessKey.ValueString() == ""
}

func (s surroundings) noToken(string) bool {
	return s.noIdentity("") && s.getenv("HW_AUTH_TOKEN") == ""
}

// lacks says that the variable which the huaweicloud provider asks first is not there, and that no token wins over it.
func lacks(first string) func(surroundings, string) bool {
	return func(s surroundings, _ string) bool { return s.noToken("") && s.getenv(first) == "" }
}

// noCredentials: the huaweicloud provider logs in with a password only where there is neither a token nor a key.
func (s surroundings) noCredentials(string) bool {
	return s.noToken("") && s.getenv("HW_ACCESS_KEY") == "" && s.getenv("HW_SECRET_KEY") == ""
}

// noProjectID: an id wins over a name, but not over a name in the block.
func (s surroundings) noProjectID(string) bool {
	return pick(s.block.ProjectID, "project_id", s.getenv).value == "" && s.block.ProjectName.ValueString() == ""
}

func (s surroundings) noProject(string) bool {
	return s.noProjectID("") && s.getenv("HW_PROJECT_NAME") == ""
}

// otherCloud says that the cloud is not the region's, and that the addresses that are needed are not all given.
func (s surroundings) otherCloud(cloud string) bool {
	given := func(v string) bool { return v != "" }
	if given(pick(s.block.Endpoint, "endpoint", s.getenv).value) &&
		(given(pick(s.block.IAMEndpoint, "iam_endpoint", s.getenv).value) ||
			given(pick(s.block.ProjectID, "project_id", s.getenv).value)) {
		return false
	}
	switch cloud {
	case "myhuaweicloud.com":
		return false
	case "myhuaweicloud.eu":
		return !strings.HasPrefix(pick(s.block.Region, "region", s.getenv).value, "eu-west-1")
	}
	return true
}

// otherAlgorithm: a token signs nothing.
func (s surroundings) otherAlgorithm(algorithm string) bool {
	return s.noToken("") && algorithm != "HmacSHA256"
}
