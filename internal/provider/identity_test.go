// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/credentials"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// kooConfig has a profile of keys, and one that assumes an agency.
const kooConfig = `{"authEncrypt":"false","current":"plain","profiles":[
 {"name":"plain","mode":"AKSK","accessKeyId":"PAK","secretAccessKey":"PSK","region":"eu-de","projectId":"pp"},
 {"name":"agency","mode":"AssumeRole","accessKeyId":"PAK","secretAccessKey":"PSK","agencyName":"own",
	"agencyDomainName":"d"},
 {"name":"ecs","mode":"ecsAgency"}]}`

// values are what the variables of the tables are set to.
func values(t *testing.T) map[string]string {
	t.Helper()
	home := t.TempDir()
	folder := filepath.Join(home, ".hcloud")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "config.json")
	if err := os.WriteFile(file, []byte(kooConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"HOME": home, "USERPROFILE": home, "HW_PROFILE": "plain", "HW_SHARED_CONFIG_FILE": file, agencyDuration: "1800",
		"HW_SIGNING_ALGORITHM": "SM2SM3",
	}
}

// describe is a plan in a few words.
func describe(plan credentials.Plan) string {
	var text string
	switch base := plan.Base.(type) {
	case credentials.Keys:
		if text = "keys"; base.Token != "" {
			text = "token"
		} else if base.AccessKey == "PAK" {
			text = "profile"
		}
	case credentials.Password:
		text = "user"
	case credentials.OIDC:
		if text = "OIDC"; base.ProviderURN != "" {
			text = "OIDC for " + base.Agency.Name + " of " + base.Agency.DomainID
		}
	case credentials.Pod:
		text = "pod"
	case credentials.Metadata:
		text = "ECS"
	}
	for _, agency := range plan.Agencies {
		text += ", " + agency.Name + " by " + map[bool]string{true: "STS", false: "IAM"}[agency.DomainID != ""]
	}
	return text
}

// precedence is what the environment says of who the provider is; the guide "Credentials and permissions" shows it. The
// third column is what the huaweicloud provider does with the same variables (its sources); "" is the same. An error
// names the variables of its row that are not in parentheses here.
var precedence = []struct{ variables, who, peer string }{
	{"HW_ACCESS_KEY HW_SECRET_KEY", "keys", ""},
	{"HW_ACCESS_KEY HW_SECRET_KEY HW_SECURITY_TOKEN", "keys", ""},
	{"OS_ACCESS_KEY OS_SECRET_KEY", "keys", ""},
	{"HW_AUTH_TOKEN", "token", ""},
	{"OS_AUTH_TOKEN", "token", ""},
	{"HW_USER_NAME HW_USER_PASSWORD HW_DOMAIN_NAME", "user", ""},
	{"OS_USERNAME OS_PASSWORD OS_DOMAIN_NAME", "user", ""},
	{"HW_PROFILE", "profile", ""},
	{"HW_SHARED_CONFIG_FILE", "profile", ""},
	{"HW_ASSUME_ROLE_IDP_ID HW_ASSUME_ROLE_ID_TOKEN", "OIDC", ""},
	{"HW_ASSUME_ROLE_IDP_ID HW_ASSUME_ROLE_ID_TOKEN_FILE", "OIDC", ""},
	{"", "ECS", ""},
	{"HC_CONTAINER_CREDENTIALS_FULL_URI HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", "pod", "ECS"},

	{"HW_ACCESS_KEY HW_SECRET_KEY HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_NAME", "keys, HW by IAM", ""},
	{"HW_ACCESS_KEY HW_SECRET_KEY HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_ID", "keys, HW by STS", ""},
	{
		"HW_ACCESS_KEY HW_SECRET_KEY HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_ID HW_ASSUME_ROLE_DOMAIN_NAME",
		"keys, HW by STS", "",
	},
	{"HW_AUTH_TOKEN HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_NAME", "token, HW by IAM", ""},
	{
		"HW_USER_NAME HW_USER_PASSWORD HW_DOMAIN_NAME HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_NAME",
		"user, HW by IAM", "",
	},
	{"HW_PROFILE HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_ID", "profile, HW by STS", ""},
	{
		"HW_ASSUME_ROLE_IDP_ID HW_ASSUME_ROLE_ID_TOKEN HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_ID",
		"OIDC, HW by STS", "",
	},
	{"HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_NAME", "ECS, HW by IAM", ""},

	{"HW_ACCESS_KEY HW_SECRET_KEY HW_USER_NAME HW_USER_PASSWORD HW_DOMAIN_NAME", "keys", ""},
	{"HW_AUTH_TOKEN HW_USER_NAME HW_USER_PASSWORD HW_DOMAIN_NAME", "token", ""},
	{"HW_PROFILE HW_ACCESS_KEY HW_SECRET_KEY", "profile, and a warning", "profile"},
	{"HW_ASSUME_ROLE_IDP_ID HW_ASSUME_ROLE_ID_TOKEN HW_ACCESS_KEY HW_SECRET_KEY", "OIDC, and a warning", "OIDC"},

	{"HW_AUTH_TOKEN HW_ACCESS_KEY (HW_SECRET_KEY)", "error", "token"},
	{"OS_AUTH_TOKEN HW_ACCESS_KEY (HW_SECRET_KEY)", "error", "token"},
	{"HW_AUTH_TOKEN HW_PROFILE", "error", "token"},
	{"HW_AUTH_TOKEN HW_ASSUME_ROLE_IDP_ID (HW_ASSUME_ROLE_ID_TOKEN)", "error", "token"},
	{"HW_ASSUME_ROLE_IDP_ID HW_PROFILE (HW_ASSUME_ROLE_ID_TOKEN)", "error", "OIDC"},
	{"(HW_AUTH_TOKEN HW_ASSUME_ROLE_AGENCY_NAME) HW_ASSUME_ROLE_DOMAIN_ID", "error", "token, HW by STS"},
	{"HW_ACCESS_KEY", "error", "ECS"},
	{"HW_SECRET_KEY", "error", "ECS"},
	{"HW_ACCESS_KEY (HW_SECURITY_TOKEN)", "error", "ECS"},
	{"HW_USER_NAME (HW_USER_PASSWORD)", "error", "user, whom IAM refuses"},
	{"HW_USER_NAME (HW_DOMAIN_NAME)", "error", "ECS"},
	{"HW_ASSUME_ROLE_AGENCY_NAME (HW_ACCESS_KEY HW_SECRET_KEY)", "error", "keys, whose agency IAM refuses"},
	{"HW_ASSUME_ROLE_DOMAIN_NAME (HW_ACCESS_KEY HW_SECRET_KEY)", "error", "keys"},
	{"HW_ASSUME_ROLE_ID_TOKEN (HW_ACCESS_KEY HW_SECRET_KEY)", "error", "keys"},
	{"HW_ASSUME_ROLE_ID_TOKEN_FILE", "error", "ECS"},
	{"HW_ASSUME_ROLE_IDP_ID", "error", "OIDC, which IAM refuses"},
	{"HC_CONTAINER_CREDENTIALS_FULL_URI", "error", "ECS"},
	{"OS_AGENCY_NAME OS_AGENCY_DOMAIN_NAME (HW_ACCESS_KEY HW_SECRET_KEY)", "error", "keys, with the token of the agency"},
	{"HW_SIGNING_ALGORITHM (HW_ACCESS_KEY HW_SECRET_KEY)", "error", "keys, signing otherwise"},
}

// identify resolves a block in an environment.
func identify(block model, environment map[string]string) (functiongraph.Config, credentials.Plan, diag.Diagnostics) {
	var diags diag.Diagnostics
	config, plan := block.resolve(func(name string) string { return environment[name] }, &diags)
	return config, plan, diags
}

// TestIdentity: the same variables give the same identity as with the huaweicloud provider, or an error that names
// them; where something is left aside, a warning says so.
func TestIdentity(t *testing.T) {
	t.Parallel()
	given := values(t)
	for _, row := range precedence {
		environment := map[string]string{"HW_REGION_NAME": "eu-de", "HOME": given["HOME"], "USERPROFILE": given["HOME"]}
		for _, variable := range strings.Fields(strings.NewReplacer("(", "", ")", "").Replace(row.variables)) {
			if environment[variable] = given[variable]; environment[variable] == "" {
				environment[variable] = "HW" // so that a value is never mistaken for a variable's name
			}
		}
		_, plan, diags := identify(model{}, environment)
		if row.who == "error" {
			rejects(t, row.variables, diags)
			continue
		}
		want, warned := strings.CutSuffix(row.who, ", and a warning")
		if diags.HasError() || len(diags) > 0 != warned {
			t.Errorf("%s: %v", row.variables, diags)
		}
		if got := describe(plan); got != want || row.peer != "" && row.peer != want && want != "pod" {
			t.Errorf("%s: %s, want %s", row.variables, got, want)
		}
		if warned && (!strings.Contains(diags[0].Detail(), strings.Fields(row.variables)[0]) ||
			!strings.Contains(diags[0].Detail(), "HW_ACCESS_KEY")) {
			t.Errorf("%s: the warning does not name both: %s", row.variables, diags[0].Detail())
		}
	}
}

// rejects demands one error that names each variable outside parentheses.
func rejects(t *testing.T, variables string, diags diag.Diagnostics) {
	t.Helper()
	if diags.ErrorsCount() != 1 {
		t.Errorf("%s: want one error, got %v", variables, diags)
		return
	}
	inside := false
	for _, variable := range strings.Fields(variables) {
		inside = inside || strings.HasPrefix(variable, "(")
		if detail := diags.Errors()[0].Detail(); !inside && !strings.Contains(detail, variable) {
			t.Errorf("%s: the error does not name %s: %s", variables, variable, detail)
		}
		inside = inside && !strings.HasSuffix(variable, ")")
	}
}

// TestIdentity_guide: the guide shows the table as it is here.
func TestIdentity_guide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/credentials.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	for _, row := range precedence {
		variables := "nothing"
		if row.variables != "" {
			variables = "`" + strings.Join(strings.Fields(strings.NewReplacer("(", "", ")", "").Replace(row.variables)), "`, "+
				"`") + "`"
		}
		peer := row.peer
		if peer == "" {
			peer = "the same"
		}
		who := strings.ReplaceAll(row.who, ", HW by", ", then the agency by")
		fmt.Fprintf(&table, "| %s | %s | %s |\n", variables, who, strings.ReplaceAll(peer, ", HW by", ", then the agency by"))
	}
	if !strings.Contains(string(guide), table.String()) {
		t.Errorf("the guide does not hold this table:\n%s", table.String())
	}
}

func text1(v string) types.String { return types.StringValue(v) }

func agencyList(t *testing.T, agencies ...agencyModel) types.List {
	t.Helper()
	return tfconv.ListOf(providerSchema().Attributes["assume_role"].GetType(), agencies)
}

func oidcObject(t *testing.T, o oidcModel) types.Object {
	t.Helper()
	return tfconv.ObjectOf[oidcModel](providerSchema().Attributes["assume_role_with_oidc"].GetType(), o)
}

// TestIdentity_block: what stands in the block wins over all that the environment says of who the provider is, and
// begins a chain with what the environment says if it says only what to assume.
func TestIdentity_block(t *testing.T) {
	t.Parallel()
	given := values(t)
	everything := map[string]string{"HW_REGION_NAME": "eu-de", "HOME": given["HOME"], "USERPROFILE": given["HOME"]}
	for _, variable := range []string{
		"HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_PROFILE", "HW_AUTH_TOKEN", oidcProvider, oidcToken,
		agencyName,
		agencyDomainID, "HW_USER_NAME", "HW_USER_PASSWORD", "HW_DOMAIN_NAME", podURL, podTokenFile, "OS_AGENCY_NAME",
	} {
		if everything[variable] = given[variable]; everything[variable] == "" {
			everything[variable] = "HW"
		}
	}
	keys := map[string]string{"HW_REGION_NAME": "eu-de", "HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "SK",
		"HOME": given["HOME"], "USERPROFILE": given["HOME"]}
	first := agencyModel{AgencyName: text1("first"), DomainName: text1("d"), Duration: types.Int64Value(900)}
	second := agencyModel{AgencyName: text1("second"), DomainID: text1("i")}
	for name, v := range map[string]struct {
		block       model
		environment map[string]string
		want        string
	}{
		"keys":           {model{AccessKey: text1("ak"), SecretKey: text1("sk")}, everything, "keys"},
		"token":          {model{Token: text1("t")}, everything, "token"},
		"profile":        {model{Profile: text1("plain")}, everything, "profile"},
		"its own agency": {model{Profile: text1("agency")}, everything, "profile, own by IAM"},
		"an ECS":         {model{Profile: text1("ecs")}, everything, "ECS"},
		"file":           {model{SharedConfigFile: text1("~/.hcloud/config.json")}, keys, "profile"},
		"user":           {model{UserName: text1("u"), Password: text1("p"), DomainName: text1("d")}, everything, "user"},
		"OIDC": {
			model{AssumeRoleWithOIDC: oidcObject(t, oidcModel{IDPID: text1("i"), IDToken: text1("t")})}, everything, "OIDC",
		},
		"OIDC, the token from elsewhere": {
			model{AssumeRoleWithOIDC: oidcObject(t, oidcModel{IDPID: text1("i"), AgencyName: text1("a"),
				DomainName: text1("d")})},
			everything, "OIDC, a by IAM",
		},
		"OIDC and STS": {
			model{AssumeRoleWithOIDC: oidcObject(t, oidcModel{ProviderURN: text1("u"), AgencyName: text1("a"),
				DomainID: text1("d")})},
			everything, "OIDC for a of d",
		},
		"OIDC, then a chain": {
			model{AssumeRoleWithOIDC: oidcObject(t, oidcModel{IDPID: text1("i")}), AssumeRole: agencyList(t, first)},
			everything, "OIDC, first by IAM",
		},
		"a chain on keys": {
			model{AssumeRole: agencyList(t, first, second)}, keys, "keys, first by IAM, second by STS",
		},
		"no list is none": {model{AssumeRole: agencyList(t)}, keys, "keys"},
		"the block's for another": {
			model{AssumeRole: agencyList(t, second)}, with(agencyName, "x", agencyDomainID, "y"), "keys, second by STS",
		},
	} {
		_, plan, diags := identify(v.block, v.environment)
		if got := describe(plan); got != v.want || len(diags) > 0 {
			t.Errorf("%s: %s, want %s, %v", name, got, v.want, diags)
		}
		if keys, ok := plan.Base.(credentials.Keys); ok && name == "keys" && keys.SecurityToken != "" {
			t.Error("another's security token")
		}
		if name == "a chain on keys" && plan.Agencies[0].Duration != 15*time.Minute {
			t.Errorf("duration %v", plan.Agencies[0].Duration)
		}
	}
}

// TestIdentity_github: a job in GitHub Actions has no token until it asks for one.
func TestIdentity_github(t *testing.T) {
	t.Parallel()
	block := model{AssumeRoleWithOIDC: oidcObject(t, oidcModel{IDPID: text1("i"), Audience: text1("a")})}
	environment := map[string]string{"HW_REGION_NAME": "cn-north-4", githubURL: "https://x", githubBearer: "b"}
	_, plan, diags := identify(block, environment)
	oidc, ok := plan.Base.(credentials.OIDC)
	if !ok || len(diags) > 0 || oidc.Token != (credentials.GitHubToken{URL: "https://x", Bearer: "b", Audience: "a"}) {
		t.Errorf("got %+v, %v", plan, diags)
	}
	delete(environment, githubBearer)
	if _, _, diags = identify(block, environment); diags.ErrorsCount() != 1 || !strings.Contains(diags[0].Detail(),
		githubURL) {
		t.Errorf("without a token: %v", diags)
	}
}

// TestIdentity_place: a profile says where, too: over the environment, as with the huaweicloud provider, with a
// warning; but not over the block, else two blocks with one profile would work in the same region. Its project is one
// of its region, and of no other. A user logs in for the project of the block.
func TestIdentity_place(t *testing.T) {
	t.Parallel()
	given := values(t)
	environment := map[string]string{
		"HW_REGION_NAME": "cn-north-4", "HW_PROJECT_ID": "hp", "HW_PROFILE": "plain", "HOME": given["HOME"],
		"USERPROFILE": given["HOME"],
	}
	for name, v := range map[string]struct {
		block           model
		region, project string
		warns           int
	}{
		"by the profile":               {model{}, "eu-de", "pp", 1},
		"by the block":                 {model{Region: text1("cn-south-1"), ProjectID: text1("bp")}, "cn-south-1", "bp", 0},
		"a region by the block":        {model{Region: text1("cn-south-1")}, "cn-south-1", "hp", 0},
		"the same region by the block": {model{Region: text1("eu-de")}, "eu-de", "pp", 0},
		"neither":                      {model{Profile: text1("agency")}, "cn-north-4", "hp", 0},
	} {
		config, _, diags := identify(v.block, environment)
		if config.Region != v.region || config.ProjectID != v.project || len(diags) != v.warns ||
			diags.WarningsCount() != v.warns {
			t.Errorf("%s: %s, %s, %v", name, config.Region, config.ProjectID, diags)
		}
		for _, d := range diags {
			for _, says := range []string{"HW_REGION_NAME", "cn-north-4", "eu-de", "plain"} {
				if !strings.Contains(d.Detail(), says) {
					t.Errorf("%s does not say %q: %s", name, says, d.Detail())
				}
			}
		}
	}
	user := map[string]string{"HW_USER_ID": "u", "HW_USER_PASSWORD": "p", "HW_REGION_NAME": "cn-north-4"}
	for name, v := range map[string]struct{ variable, id, project string }{
		"by the region": {"", "", "cn-north-4"}, "by name": {"HW_PROJECT_NAME", "", "x"}, "by id": {"HW_PROJECT_ID", "x", ""},
	} {
		environment := map[string]string{v.variable: "x"}
		for name, value := range user {
			environment[name] = value
		}
		_, plan, diags := identify(model{}, environment)
		if p,
			ok := plan.Base.(credentials.Password); !ok || p.ProjectID != v.id || p.ProjectName != v.project || len(diags) > 0 {
			t.Errorf("%s: %+v, %v", name, plan.Base, diags)
		}
	}
}

// TestIdentity_named: what is said of refused keys names all that was sent: a token that was left over in the
// environment makes good keys wrong. It is never sent with keys of the block.
func TestIdentity_named(t *testing.T) {
	t.Parallel()
	environment := map[string]string{
		"HW_REGION_NAME": "eu-de", "HW_ACCESS_KEY": "AK", "OS_SECRET_KEY": "SK", "HW_SECURITY_TOKEN": "ST",
	}
	block := model{AccessKey: text1("ak"), SecretKey: text1("sk")}
	withToken := block
	withToken.SecurityToken = text1("st")
	for from, v := range map[string]struct {
		block model
		token string
	}{
		"HW_ACCESS_KEY and OS_SECRET_KEY, with HW_SECURITY_TOKEN": {model{}, "ST"},

		"access_key of the provider block and secret_key of the provider block": {block, ""},
		"access_key of the provider block and secret_key of the provider block, with security_token of the provider block": {
			withToken, "st",
		},
	} {
		_, plan, diags := identify(v.block, environment)
		keys, ok := plan.Base.(credentials.Keys)
		if !ok || keys.From != from || keys.SecurityToken != v.token || len(diags) > 0 {
			t.Errorf("%+v, want those from %s: %v", plan.Base, from, diags)
		}
	}
}

// TestIdentity_rejects: what the block has wrong is an error at its attribute, at the earliest moment.
func TestIdentity_rejects(t *testing.T) {
	t.Parallel()
	given := values(t)
	null, agency := types.StringNull(), path.Root("assume_role").AtListIndex(0)
	oidc := func(o oidcModel) model { return model{AssumeRoleWithOIDC: oidcObject(t, o)} }
	assume := func(a agencyModel) model { return model{AssumeRole: agencyList(t, a)} }
	at := path.Root("assume_role_with_oidc")
	for name, v := range map[string]struct {
		block     model
		at        path.Path
		says      string
		configure bool // only Configure can see it
	}{
		"two ways":       {model{Token: text1("t"), Profile: text1("p")}, path.Root("token"), "profile", false},
		"two other ways": {model{UserName: text1("u"), SecretKey: text1("s")}, path.Root("secret_key"), "user_name", false},
		"no account":     {assume(agencyModel{AgencyName: text1("a")}), agency.AtName("domain_name"), "domain_id", false},
		"two accounts": {
			assume(agencyModel{text1("a"), text1("n"), text1("i"), types.Int64Null()}), agency.AtName("domain_name"), "use one",
			false,
		},
		"too long at STS": {
			assume(agencyModel{text1("a"), null, text1("i"), types.Int64Value(86400)}), agency.AtName("duration"), "43200",
			false,
		},
		"no provider": {oidc(oidcModel{IDToken: text1("t")}), at.AtName("idp_id"), "provider_urn", false},
		"two providers": {
			oidc(oidcModel{IDPID: text1("i"), ProviderURN: text1("u"), IDToken: text1("t"), AgencyName: text1("a"),
				DomainID: text1("d")}),
			at.AtName("idp_id"), "use one", false,
		},
		"two tokens": {
			oidc(oidcModel{IDPID: text1("i"), IDToken: text1("t"), IDTokenFile: text1("f")}), at.AtName("id_token"),
			"id_token_file", false,
		},
		"nothing opened": {
			oidc(oidcModel{ProviderURN: text1("u"), IDToken: text1("t")}), at.AtName("provider_urn"), "agency_name", false,
		},
		"its account": {
			oidc(oidcModel{IDPID: text1("u"), IDToken: text1("t"), AgencyName: text1("a")}), at.AtName("domain_name"),
			"domain_id", false,
		},
		"no token":        {oidc(oidcModel{IDPID: text1("i")}), at, "HW_ASSUME_ROLE_ID_TOKEN", true},
		"no such profile": {model{Profile: text1("other")}, path.Root("profile"), "it has plain, agency, ecs", true},
		"no such file": {
			model{SharedConfigFile: text1("/does/not/exist")}, path.Root("shared_config_file"), "/does/not/exist", true,
		},
		"two agencies": {
			model{Profile: text1("agency"), AssumeRole: agencyList(t, agencyModel{text1("a"), text1("n"), null,
				types.Int64Null()})},
			path.Root("assume_role"), "agency own", true,
		},
		"a token at STS": {
			model{Token: text1("t"), AssumeRole: agencyList(t, agencyModel{text1("a"), null, text1("i"), types.Int64Null()})},
			path.Root("assume_role"), "domain_name", true,
		},
		"no password": {model{UserName: text1("u")}, path.Root("password"), "HW_USER_PASSWORD", true},
		"no user":     {model{Password: text1("u")}, path.Root("user_name"), "HW_USER_NAME", true},
		"no domain": {
			model{UserName: text1("u"), Password: text1("u")}, path.Root("domain_name"), "HW_DOMAIN_NAME", true,
		},
	} {
		var diags diag.Diagnostics
		if v.block.validate(&diags); v.configure && len(diags) > 0 {
			t.Errorf("%s: validate says %v", name, diags)
		}
		if v.configure {
			_, _, diags = identify(v.block, map[string]string{"HW_REGION_NAME": "cn-north-4", "HOME": given["HOME"],
				"USERPROFILE": given["HOME"]})
		}
		if len(diags) != 1 {
			t.Errorf("%s: want one error, got %v", name, diags)
			continue
		}
		if d, ok := diags[0].(diag.DiagnosticWithPath); !ok || !d.Path().Equal(v.at) || !strings.Contains(d.Detail(),
			v.says) {
			t.Errorf("%s: want %s, %q, got %v", name, v.at, v.says, diags)
		}
	}
	for _, variable := range []string{"x", "899", "86401"} {
		_, _, diags := identify(model{}, with(agencyName, "a", agencyDomainName, "b", agencyDuration, variable))
		if diags.ErrorsCount() != 1 || !strings.Contains(diags[0].Detail(), agencyDuration) {
			t.Errorf("%s s: %v", variable, diags)
		}
	}
	// Without a region STS has no address.
	_, _, diags := identify(model{}, with("HW_REGION_NAME", "", "FGS_ENDPOINT", "https://f.example", "HW_PROJECT_ID", "p",
		agencyName, "a", agencyDomainID, "b"))
	if diags.ErrorsCount() != 1 || !strings.Contains(diags[0].Detail(), "FGS_STS_ENDPOINT") {
		t.Errorf("no address of STS: %v", diags)
	}
}

// TestIdentity_unknown: what is not known yet contradicts nothing, and leaves the provider without a client.
func TestIdentity_unknown(t *testing.T) {
	t.Parallel()
	unknown := types.StringUnknown()
	for name, block := range map[string]model{
		"assume_role": {AssumeRole: agencyList(t, agencyModel{unknown, unknown, types.StringNull(), types.Int64Unknown()})},
		"assume_role_with_oidc": {AssumeRoleWithOIDC: oidcObject(t, oidcModel{
			IDPID: unknown, ProviderURN: unknown, IDToken: unknown, IDTokenFile: unknown, AgencyName: unknown, DomainID: unknown,
		})},
		"password": {UserName: text1("x"), Password: unknown},
	} {
		var diags diag.Diagnostics
		block.validate(&diags)
		c := block.connection(func(string) string { return "" })
		if len(diags) > 0 || len(c.Unknown) != 1 || c.Unknown[0] != name {
			t.Errorf("%s: %v, unknown are %v", name, diags, c.Unknown)
		}
	}
	block := model{AssumeRole: types.ListUnknown(types.ObjectType{AttrTypes: map[string]attr.Type{}})}
	var diags diag.Diagnostics
	if block.validate(&diags); len(diags) > 0 {
		t.Error(diags)
	}
}

// TestIdentity_calls: the guide's permissions have a row for each call that the client makes.
func TestIdentity_calls(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	guide := read("../../templates/guides/credentials.md.tmpl")
	routes := regexp.MustCompile(`template: "([^"]+)"`).FindAllStringSubmatch(read("../functiongraph/routes.go"), -1)
	if len(routes) < 20 {
		t.Fatalf("only %d routes were found", len(routes))
	}
	for _, route := range routes {
		if !strings.Contains(guide, route[1]+"`") {
			t.Errorf("the guide does not say what %s needs", route[1])
		}
	}
}
