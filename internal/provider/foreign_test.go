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
	taken    = "taken"    // this provider reads it
	rejected = "rejected" // an error, unless the block says who the provider is
	ignored  = "ignored"  // changes neither identity nor place
)

// decisions has every variable that the huaweicloud provider reads.
var decisions = map[string]string{
	"HW_REGION_NAME": taken, "HW_ACCESS_KEY": taken, "HW_SECRET_KEY": taken, "HW_SECURITY_TOKEN": taken,
	"HW_AUTH_TOKEN": taken, "HW_PROJECT_ID": taken, "HW_PROJECT_NAME": taken, "HW_ENTERPRISE_PROJECT_ID": taken,
	"HW_AUTH_URL": taken, "HW_INSECURE": taken, "HW_MAX_RETRIES": taken,

	"HW_PROFILE": taken, "HW_SHARED_CONFIG_FILE": taken,
	"HW_ASSUME_ROLE_AGENCY_NAME": taken, "HW_ASSUME_ROLE_DOMAIN_NAME": taken, "HW_ASSUME_ROLE_DOMAIN_ID": taken,
	"HW_ASSUME_ROLE_DURATION": taken,
	"HW_ASSUME_ROLE_IDP_ID":   taken, "HW_ASSUME_ROLE_ID_TOKEN": taken, "HW_ASSUME_ROLE_ID_TOKEN_FILE": taken,
	"HW_USER_NAME": taken, "HW_USER_ID": taken, "HW_USER_PASSWORD": taken, "HW_DOMAIN_ID": taken, "HW_DOMAIN_NAME": taken,
	"HW_CLOUD": taken, "OS_AUTH_TOKEN": taken, "OS_ACCESS_KEY": taken, "OS_SECRET_KEY": taken,
	"OS_USERNAME": taken, "OS_USER_ID": taken, "OS_PASSWORD": taken, "OS_DOMAIN_ID": taken,
	"OS_DOMAIN_NAME": taken, "OS_USER_DOMAIN_ID": taken, "OS_USER_DOMAIN_NAME": taken,
	"OS_PROJECT_DOMAIN_ID": taken, "OS_PROJECT_DOMAIN_NAME": taken,
	"OS_PROJECT_ID": taken, "OS_PROJECT_NAME": taken, "OS_TENANT_ID": taken, "OS_TENANT_NAME": taken,
	"OS_REGION_NAME": taken, "OS_AUTH_URL": taken, "OS_INSECURE": taken, "OS_CACERT": taken,

	"OS_AGENCY_NAME": rejected, "OS_AGENCY_DOMAIN_NAME": rejected, "HW_SIGNING_ALGORITHM": rejected,

	"OS_DELEGATED_PROJECT": ignored, "OS_CERT": ignored, "OS_KEY": ignored, "HW_TF_CUSTOM_UA": ignored,
	"SKIP_CHECK_WEBSITE_TYPE": ignored, "SKIP_CHECK_UPGRADE": ignored,
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
		want := decision == rejected
		if got := isRejected(t, resolved(model{}, environment), variable); got != want {
			t.Errorf("%s beside keys in the environment: rejected %t, want %t", variable, got, want)
		}
		for _, block := range []model{keys, token} {
			if isRejected(t, resolved(block, environment), variable) {
				t.Errorf("%s beside credentials in the block: rejected", variable)
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
	for name, test := range map[string]struct {
		block       model
		environment map[string]string
		variable    string // that is rejected
	}{
		"the default algorithm":     {model{}, with("HW_SIGNING_ALGORITHM", "HmacSHA256"), ""},
		"an algorithm, token":       {model{}, noKeys("HW_SIGNING_ALGORITHM", "SM2SM3", "HW_AUTH_TOKEN", "T"), ""},
		"an algorithm, other token": {model{}, noKeys("HW_SIGNING_ALGORITHM", "SM2SM3", "OS_AUTH_TOKEN", "T"), ""},
		"an algorithm, keys":        {model{}, with("HW_SIGNING_ALGORITHM", "SM2SM3"), "HW_SIGNING_ALGORITHM"},
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
	diags := resolved(model{}, with("OS_AGENCY_NAME", "a", "OS_AGENCY_DOMAIN_NAME", "b"))
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "OS_AGENCY_NAME, OS_AGENCY_DOMAIN_NAME.") {
		t.Errorf("an agency and its account: %v", diags)
	}
}
