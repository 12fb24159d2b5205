// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What a row of the decision demands, apart from what is said of it there.
const (
	taken     = "taken"     // this provider reads it
	rejected  = "rejected"  // an error, unless the block says who the provider is
	elsewhere = "elsewhere" // an error about the place, whatever the identity in the block
	// an error only where what the huaweicloud provider asks first is missing: see TestForeign_matters.
	fallback = "fallback"
	ignored  = "ignored" // changes neither identity nor place
)

// decisions has every variable that the huaweicloud provider reads.
var decisions = map[string]string{
	"HW_REGION_NAME": taken, "HW_ACCESS_KEY": taken, "HW_SECRET_KEY": taken, "HW_SECURITY_TOKEN": taken,
	"HW_AUTH_TOKEN": taken, "HW_PROJECT_ID": taken, "HW_PROJECT_NAME": taken, "HW_ENTERPRISE_PROJECT_ID": taken,
	"HW_AUTH_URL": taken, "HW_INSECURE": taken, "HW_MAX_RETRIES": taken,

	"HW_PROFILE": rejected, "HW_SHARED_CONFIG_FILE": rejected,
	"HW_ASSUME_ROLE_AGENCY_NAME": rejected, "HW_ASSUME_ROLE_DOMAIN_NAME": rejected, "HW_ASSUME_ROLE_DOMAIN_ID": rejected,
	"HW_ASSUME_ROLE_IDP_ID": rejected, "HW_ASSUME_ROLE_ID_TOKEN": rejected, "HW_ASSUME_ROLE_ID_TOKEN_FILE": rejected,
	"OS_AGENCY_NAME": rejected, "OS_AGENCY_DOMAIN_NAME": rejected,
	"OS_AUTH_TOKEN": rejected, "HW_SIGNING_ALGORITHM": rejected,

	"HW_CLOUD": elsewhere, "OS_PROJECT_ID": elsewhere, "OS_PROJECT_NAME": elsewhere, "OS_TENANT_ID": elsewhere,
	"OS_TENANT_NAME": elsewhere,

	"OS_ACCESS_KEY": fallback, "OS_SECRET_KEY": fallback,
	"HW_USER_NAME": fallback, "HW_USER_ID": fallback, "HW_USER_PASSWORD": fallback,
	"OS_USERNAME": fallback, "OS_USER_ID": fallback, "OS_PASSWORD": fallback,

	"HW_ASSUME_ROLE_DURATION": ignored, "HW_DOMAIN_ID": ignored, "HW_DOMAIN_NAME": ignored, "OS_DOMAIN_ID": ignored,
	"OS_DOMAIN_NAME": ignored, "OS_USER_DOMAIN_ID": ignored, "OS_USER_DOMAIN_NAME": ignored,
	"OS_PROJECT_DOMAIN_ID": ignored, "OS_PROJECT_DOMAIN_NAME": ignored, "OS_DELEGATED_PROJECT": ignored,
	"OS_REGION_NAME": ignored, "OS_AUTH_URL": ignored, "OS_INSECURE": ignored, "OS_CACERT": ignored, "OS_CERT": ignored,
	"OS_KEY": ignored, "HW_TF_CUSTOM_UA": ignored, "SKIP_CHECK_WEBSITE_TYPE": ignored, "SKIP_CHECK_UPGRADE": ignored,
}

// resolved is what is said of a block in an environment.
func resolved(block model, environment map[string]string) diag.Diagnostics {
	var diags diag.Diagnostics
	block.resolve(func(v string) string { return environment[v] }, &diags)
	return diags
}

const secretValue = "s3cret-value"

// isRejected says whether a variable is an error, and demands that it is a good one.
func isRejected(t *testing.T, diags diag.Diagnostics, variable string) bool {
	t.Helper()
	if !diags.HasError() {
		return false
	}
	detail := diags[0].Detail()
	if len(diags) != 1 || diags[0].Summary() != "Unsupported Environment Variable" ||
		!strings.Contains(detail, variable+".") ||
		!strings.Contains(detail, "huaweicloud provider would") || !strings.Contains(detail, "provider block") &&
		!strings.Contains(detail, "FGS_ENDPOINT") || strings.Contains(detail, secretValue) {
		t.Errorf("%s: want one error that names it and says what to do, got %v", variable, diags)
	}
	return true
}

func TestForeign(t *testing.T) {
	t.Parallel()
	keys := model{AccessKey: types.StringValue("ak"), SecretKey: types.StringValue("sk")}
	token := model{Token: types.StringValue("T")}
	for variable, decision := range decisions {
		if decision == taken {
			if !slices.Contains(slices.Concat(slices.Collect(maps.Values(environment))...), variable) {
				t.Errorf("%s is not taken", variable)
			}
			continue
		}
		environment := with(variable, secretValue)
		want := decision == rejected || decision == elsewhere
		if got := isRejected(t, resolved(model{}, environment), variable); got != want {
			t.Errorf("%s beside keys in the environment: rejected %t, want %t", variable, got, want)
		}
		want = decision == elsewhere
		for _, block := range []model{keys, token} {
			if got := isRejected(t, resolved(block, environment), variable); got != want {
				t.Errorf("%s beside credentials in the block: rejected %t, want %t", variable, got, want)
			}
		}
		environment[variable] = ""
		if diags := resolved(model{}, environment); diags.HasError() {
			t.Errorf("%s, empty: %v", variable, diags)
		}
	}
	for _, f := range foreigners {
		for _, variable := range f.variables {
			if decisions[variable] == "" || decisions[variable] == ignored {
				t.Errorf("%s is rejected, but not decided", variable)
			}
		}
	}
}

// TestForeign_matters: a variable that the huaweicloud provider would not use either changes nothing.
func TestForeign_matters(t *testing.T) {
	t.Parallel()
	noKeys := func(pairs ...string) map[string]string {
		return with(append([]string{"HW_ACCESS_KEY", "", "HW_SECRET_KEY", ""}, pairs...)...)
	}
	endpoint := types.StringValue("https://fgs.example.com")
	for name, test := range map[string]struct {
		block       model
		environment map[string]string
		variable    string // that is rejected
	}{
		"another access key":      {model{}, with("HW_ACCESS_KEY", "", "OS_ACCESS_KEY", "x"), "OS_ACCESS_KEY"},
		"another secret key":      {model{}, with("HW_SECRET_KEY", "", "OS_SECRET_KEY", "x"), "OS_SECRET_KEY"},
		"a key below a token":     {model{}, noKeys("HW_AUTH_TOKEN", "T", "OS_ACCESS_KEY", "x"), ""},
		"a user":                  {model{}, noKeys("HW_USER_NAME", "x"), "HW_USER_NAME"},
		"a password":              {model{}, noKeys("OS_PASSWORD", "x"), "OS_PASSWORD"},
		"a user below a token":    {model{}, noKeys("HW_USER_NAME", "x", "HW_AUTH_TOKEN", "T"), ""},
		"a token below a token":   {model{}, noKeys("OS_AUTH_TOKEN", "x", "HW_AUTH_TOKEN", "T"), ""},
		"a profile and a token":   {model{}, noKeys("HW_PROFILE", "x", "HW_AUTH_TOKEN", "T"), "HW_PROFILE"},
		"project, id given":       {model{}, with("OS_PROJECT_ID", "x", "HW_PROJECT_ID", "p"), ""},
		"project, id above name":  {model{}, with("OS_PROJECT_ID", "x", "HW_PROJECT_NAME", "p"), "OS_PROJECT_ID"},
		"project, name given":     {model{}, with("OS_PROJECT_NAME", "x", "HW_PROJECT_NAME", "p"), ""},
		"project, name in block":  {model{ProjectName: types.StringValue("p")}, with("OS_PROJECT_ID", "x"), ""},
		"project, id in block":    {model{ProjectID: types.StringValue("p")}, with("OS_TENANT_NAME", "x"), ""},
		"the default cloud":       {model{}, with("HW_CLOUD", "myhuaweicloud.com"), ""},
		"Europe's cloud":          {model{}, with("HW_CLOUD", "myhuaweicloud.eu", "HW_REGION_NAME", "eu-west-101"), ""},
		"Europe's cloud, China":   {model{}, with("HW_CLOUD", "myhuaweicloud.eu"), "HW_CLOUD"},
		"cloud, an endpoint":      {model{Endpoint: endpoint}, with("HW_CLOUD", "x"), "HW_CLOUD"},
		"cloud, endpoints":        {model{Endpoint: endpoint, IAMEndpoint: endpoint}, with("HW_CLOUD", "x"), ""},
		"cloud, endpoint and id":  {model{Endpoint: endpoint}, with("HW_CLOUD", "x", "HW_PROJECT_ID", "p"), ""},
		"the default algorithm":   {model{}, with("HW_SIGNING_ALGORITHM", "HmacSHA256"), ""},
		"an algorithm, token":     {model{}, noKeys("HW_SIGNING_ALGORITHM", "SM2SM3", "HW_AUTH_TOKEN", "T"), ""},
		"the duration of nothing": {model{}, with("HW_ASSUME_ROLE_DURATION", "3600"), ""},
	} {
		diags := resolved(test.block, test.environment)
		if test.variable == "" && diags.HasError() {
			t.Errorf("%s: %v", name, diags)
		}
		if test.variable != "" && !isRejected(t, diags, test.variable) {
			t.Errorf("%s: %s is ignored", name, test.variable)
		}
	}
	// One error for what belongs together.
	diags := resolved(model{}, with("HW_ASSUME_ROLE_AGENCY_NAME", "a", "HW_ASSUME_ROLE_DOMAIN_NAME", "b"))
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "HW_ASSUME_ROLE_AGENCY_NAME, HW_ASSUME_ROLE_DOMAIN_NAME.") {
		t.Errorf("an agency and its account: %v", diags)
	}
}
