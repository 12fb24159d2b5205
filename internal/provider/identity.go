// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/credentials"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// identity decides who the provider is. What stands in the block wins over the environment as a whole. In the
// environment the order is that of the huaweicloud provider, so that the same variables give the same identity; where
// that provider would drop what somebody has set, two that contradict each other are an error that names them.
// TestIdentity is the table of it.
type identity struct {
	model

	getenv func(string) string
	diags  *diag.Diagnostics
}

// kinds are the ways to say who the provider is, by the attribute that stands for each in texts.
func (i identity) kinds() map[string]setting {
	get := func(v types.String, name string) setting { return pick(v, name, i.getenv) }
	first := func(settings ...setting) setting { // what is configured comes before a variable
		slices.SortStableFunc(settings, func(a, b setting) int { return rank(a) - rank(b) })
		return settings[0]
	}
	out := map[string]setting{
		"token": get(i.Token, "token"),
		"access_key": first(get(i.AccessKey, "access_key"), get(i.SecretKey, "secret_key"),
			get(i.SecurityToken, "security_token")),
		"profile":   first(get(i.Profile, "profile"), get(i.SharedConfigFile, "shared_config_file")),
		"user_name": first(get(i.UserName, "user_name"), get(i.UserID, "user_id"), get(i.Password, "password")),
	}
	if !i.AssumeRoleWithOIDC.IsNull() {
		out["assume_role_with_oidc"] = setting{"set", true, "assume_role_with_oidc"}
	} else if i.getenv(oidcProvider) != "" {
		out["assume_role_with_oidc"] = setting{i.getenv(oidcProvider), false, oidcProvider}
	}
	return out
}

func rank(s setting) int {
	switch {
	case s.configured:
		return 0
	case s.value != "":
		return 1
	}
	return 2
}

// plan is who the provider is, and the profile that says so, if one does.
func (i identity) plan() (plan credentials.Plan, profile credentials.Profile) {
	kinds := i.kinds()
	kind, configured := "", false
	for _, name := range order {
		if kinds[name].configured { // validate has seen to it that there is one
			kind, configured = name, true
		}
	}
	if !configured {
		kind = i.fromEnvironment(kinds)
	}
	if i.diags.HasError() {
		return plan, profile
	}
	switch kind {
	case "token":
		plan.Base = credentials.Keys{
			Credentials: functiongraph.Credentials{Token: kinds["token"].value}, From: named(kinds["token"]),
		}
	case "profile":
		profile = i.profile()
		plan = profile.Plan
	case "assume_role_with_oidc":
		plan = i.oidc()
	case "access_key":
		plan.Base = i.keys()
	case "user_name":
		plan.Base = i.user()
	default:
		plan.Base = i.rest()
	}
	if keys, ok := plan.Base.(credentials.Keys); ok && !i.diags.HasError() {
		if err := keys.Check(); err != nil {
			i.diags.AddError("Invalid Credentials", fmt.Sprintf("%s: %s.", keys.From, err))
		}
	}
	i.assume(&plan, configured)
	return plan, profile
}

// order is that of the huaweicloud provider, for what is in the environment.
var order = []string{"token", "assume_role_with_oidc", "profile", "access_key", "user_name"}

// contradictions are pairs in the environment of which the huaweicloud provider drops the second without a word.
var contradictions = [][2]string{
	{"token", "access_key"}, {"token", "profile"}, {"token", "assume_role_with_oidc"},
	{"assume_role_with_oidc", "profile"},
}

// fromEnvironment chooses among what the environment has.
func (i identity) fromEnvironment(kinds map[string]setting) string {
	for _, variable := range []string{oidcToken, oidcTokenFile} { // the huaweicloud provider would work as somebody else
		if i.getenv(variable) != "" && kinds["assume_role_with_oidc"].value == "" {
			i.diags.AddError(summaryIncomplete, fmt.Sprintf("%s is set in the environment without %s, the name of the identity "+
				"provider: set both, or none; or use assume_role_with_oidc in the provider block.", variable, oidcProvider))
			return ""
		}
	}
	for _, c := range contradictions {
		winner, loser := kinds[c[0]], kinds[c[1]]
		if winner.value != "" && loser.value != "" {
			i.diags.AddAttributeError(path.Root(c[0]), summaryConflict, fmt.Sprintf("%s and %s are both set in the "+
				"environment. Unset one of them, or choose with %s or %s in the provider "+
				"block.", winner.from, loser.from, c[0], c[1]))
			return ""
		}
	}
	for _, name := range order {
		if kinds[name].value == "" {
			continue
		}
		if keys := kinds["access_key"]; keys.value != "" && slices.Index(order, name) < slices.Index(order, "access_key") {
			i.diags.AddWarning("Keys in the Environment Are Not Used", fmt.Sprintf("%s and %s are both set in the environment. "+
				"%s is used, as the huaweicloud provider does it. Unset the other, or say in the provider block who the "+
				"provider is.",
				kinds[name].from, keys.from, kinds[name].from))
		}
		return name
	}
	return ""
}

// named says where a value comes from.
func named(s setting) string {
	if s.configured {
		return s.from + " of the provider block"
	}
	return s.from
}

// keys are an access key with its secret key.
func (i identity) keys() credentials.Keys {
	access, secret := pick(i.AccessKey, "access_key", i.getenv), pick(i.SecretKey, "secret_key", i.getenv)
	token := pick(i.SecurityToken, "security_token", i.getenv)
	if access.configured && !token.configured { // a token from the environment belongs to the keys from the environment
		token = setting{}
	}
	from := named(access) + " and " + named(secret)
	if token.value != "" {
		from += ", with " + named(token)
	}
	switch {
	case access.value == "" && secret.value == "":
		missing(i.diags, "access_key", "security_token is given without access_key and secret_key.")
	case access.value == "":
		missing(i.diags, "access_key", secret.from+" is given without access_key.")
	case secret.value == "":
		missing(i.diags, "secret_key", access.from+" is given without secret_key.")
	}
	return credentials.Keys{
		Credentials: functiongraph.Credentials{AccessKey: access.value, SecretKey: secret.value, SecurityToken: token.value},
		From:        from,
	}
}

// user is one with a password. For what it logs in is decided when the project is known.
func (i identity) user() credentials.Password {
	get := func(v types.String, name string) string { return pick(v, name, i.getenv).value }
	password := pick(i.Password, "password", i.getenv)
	user := pick(i.UserName, "user_name", i.getenv)
	p := credentials.Password{
		UserName: user.value, UserID: get(i.UserID, "user_id"), Password: password.value,
		DomainName: get(i.DomainName, "domain_name"), DomainID: get(i.DomainID, "domain_id"), From: named(password),
	}
	switch {
	case p.UserName == "" && p.UserID == "":
		missing(i.diags, "user_name", password.from+" is given without user_name or user_id.")
	case p.Password == "":
		missing(i.diags, "password", i.kinds()["user_name"].from+" is given without password.")
	case p.UserID == "" && p.DomainName == "" && p.DomainID == "":
		missing(i.diags, "domain_name", user.from+" is given without domain_name or domain_id, the account of the user.")
	}
	return p
}

// scoped says what project a user logs in for.
func scoped(plan credentials.Plan, config functiongraph.Config) credentials.Plan {
	if p, ok := plan.Base.(credentials.Password); ok {
		if p.ProjectID = config.ProjectID; p.ProjectID == "" {
			if p.ProjectName = config.ProjectName; p.ProjectName == "" {
				p.ProjectName = config.Region
			}
		}
		plan.Base = p
	}
	return plan
}

func (i identity) profile() credentials.Profile {
	name, file := pick(i.Profile, "profile", i.getenv), pick(i.SharedConfigFile, "shared_config_file", i.getenv)
	home := i.getenv("HOME")
	if runtime.GOOS == "windows" {
		home = i.getenv("USERPROFILE")
	}
	at := file.value
	if at == "" {
		at = filepath.Join(home, ".hcloud", "config.json")
	} else if rest, ok := strings.CutPrefix(at, "~/"); ok {
		at = filepath.Join(home, rest)
	}
	profile, err := credentials.ReadProfile(at, name.value)
	if err != nil {
		from, attribute := name, "profile"
		if name.value == "" {
			from, attribute = file, "shared_config_file"
		}
		i.diags.AddAttributeError(path.Root(attribute), "Unusable Profile", fmt.Sprintf("%s: %s.", named(from), err))
	}
	return profile
}

// within is a profile in the region that the provider works in: a project belongs to a region, so that the profile's is
// of no use in another one that the block names. It warns where the environment names another.
func (i identity) within(profile credentials.Profile) credentials.Profile {
	region := pick(i.Region, "region", i.getenv)
	switch {
	case profile.Region == "" || region.value == "" || region.value == profile.Region:
	case region.configured:
		profile.ProjectID = ""
	default:
		name := pick(i.Profile, "profile", i.getenv).value
		i.diags.AddAttributeWarning(path.Root("region"), "Region in the Environment Is Not Used", fmt.Sprintf("%s is %s, "+
			"but %s has the region %s, which is used, as the huaweicloud provider does it. Write the region that you mean "+
			"into the provider block.", region.from, region.value, strings.TrimSpace("the profile "+name), profile.Region))
	}
	return profile
}

// rest is what nobody has to name: the identity that the machine has.
func (i identity) rest() credentials.Base {
	tried := []string{
		"the provider block: none of token, access_key, profile, shared_config_file, assume_role_with_oidc and user_name " +
			"is set",
		"the environment: none of HW_AUTH_TOKEN, HW_ACCESS_KEY, HW_PROFILE, HW_SHARED_CONFIG_FILE, " + oidcProvider +
			" and HW_USER_NAME is set, nor what stands for it (OS_…)",
	}
	url, file := i.getenv(podURL), i.getenv(podTokenFile)
	switch {
	case url != "" && file != "":
		return credentials.Pod{URL: url, TokenFile: file}
	case url != "" || file != "":
		i.diags.AddError(summaryIncomplete, fmt.Sprintf("One of %s and %s is set in the environment without the other. They "+
			"belong together: CCE sets both.", podURL, podTokenFile))
	}
	tried = append(tried, "the pod identity of CCE: "+podURL+" is not set")
	return credentials.Metadata{Tried: tried, Advice: "Set access_key and secret_key in the provider block " +
		"(HW_ACCESS_KEY and HW_SECRET_KEY in the environment), token (HW_AUTH_TOKEN), or see the guide Credentials and " +
		"permissions for other ways."}
}

const (
	podURL       = "HC_CONTAINER_CREDENTIALS_FULL_URI"
	podTokenFile = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE"
)

// The bounds of a duration, in seconds: what IAM gives at the most, and what STS does.
const (
	minDuration    = 15 * 60
	maxDuration    = 24 * 60 * 60
	maxSTSDuration = 12 * 60 * 60
)

// duration reads the variable, which is for agencies and for OIDC.
func (i identity) duration(most int) time.Duration {
	text := i.getenv(agencyDuration)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < minDuration || n > most {
		i.diags.AddError("Invalid Value", fmt.Sprintf("%s must be a whole number of seconds from %d to %d, got %q.",
			agencyDuration, minDuration, most, text))
	}
	return time.Duration(n) * time.Second
}
