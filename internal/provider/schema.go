// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// defaultMaxRetries is how often a failed call is repeated; throttled calls (429) do not count.
const defaultMaxRetries = 5

func providerSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Deploys functions to Huawei Cloud [FunctionGraph](https://www.huaweicloud.com/intl/en-us/" +
			"product/functiongraph.html) and keeps track of the code that really runs there.",
		Attributes: map[string]schema.Attribute{
			"region": text("Region, for example `cn-north-4`. Needed, here, in `HW_REGION_NAME` or in " +
				"`OS_REGION_NAME`, unless both `endpoint` and `project_id` are set."),
			"cloud": text("Domain of the cloud, of which addresses are made, for example `myhuaweicloud.eu`, or a partner's. " +
				"Default: `myhuaweicloud.com`. Environment: `HW_CLOUD`."),
			"access_key": secret("Access key (AK) that requests are signed with. Environment: `HW_ACCESS_KEY`, then " +
				"`OS_ACCESS_KEY`."),
			"secret_key":     secret("Secret key (SK) of `access_key`. Environment: `HW_SECRET_KEY`, then `OS_SECRET_KEY`."),
			"security_token": secret("Security token of temporary keys. Environment: `HW_SECURITY_TOKEN`."),
			"token": secret("IAM token, sent as `X-Auth-Token` instead of signing. Signed requests may have 12 MB, " +
				"requests with a token may carry code of up to 50 MB. It is not renewed. Environment: `HW_AUTH_TOKEN`, then " +
				"`OS_AUTH_TOKEN`."),
			"profile": text("Profile of KooCLI (`hcloud`) that says who the provider is, and in which region and project " +
				"unless this block says so. Its secrets must not be encrypted. Default, where `shared_config_file` is set: the " +
				"profile that KooCLI uses. Environment: `HW_PROFILE`."),
			"shared_config_file": text("KooCLI's configuration file. Default, where `profile` is set: " +
				"`~/.hcloud/config.json`. Environment: `HW_SHARED_CONFIG_FILE`."),
			"user_name": text("Name of an IAM user, who logs in with `password` and gets a token, which is renewed. " +
				"Environment: `HW_USER_NAME`, then `OS_USERNAME`."),
			"user_id":  text("Id of the IAM user, in place of `user_name`. Environment: `HW_USER_ID`, then `OS_USER_ID`."),
			"password": secret("Password of the IAM user. Environment: `HW_USER_PASSWORD`, then `OS_PASSWORD`."),
			"domain_name": text("Name of the account of the IAM user. Environment: `HW_DOMAIN_NAME`, then `OS_DOMAIN_NAME`, " +
				"`OS_USER_DOMAIN_NAME`, `OS_PROJECT_DOMAIN_NAME`."),
			"domain_id": text("Id of that account, in place of `domain_name`. Environment: `HW_DOMAIN_ID`, then " +
				"`OS_DOMAIN_ID`, `OS_USER_DOMAIN_ID`, `OS_PROJECT_DOMAIN_ID`."),
			"assume_role":           assumeRole(),
			"assume_role_with_oidc": assumeRoleWithOIDC(),
			"project_id": text("Project id. Looked up in IAM by `project_name` when it is not given. Environment: " +
				"`HW_PROJECT_ID`, then `OS_PROJECT_ID`, `OS_TENANT_ID`."),
			"project_name": text("Project name. Default: the region. Environment: `HW_PROJECT_NAME`, then " +
				"`OS_PROJECT_NAME`, `OS_TENANT_NAME`."),
			"enterprise_project_id": text("Enterprise project that new functions are created in. Environment: " +
				"`HW_ENTERPRISE_PROJECT_ID`."),
			"endpoint": text("FunctionGraph's address. Default: `https://functiongraph.{region}.{cloud}`. " +
				"Plain `http` is accepted for loopback hosts only, for the emulator. Environment: `FGS_ENDPOINT`."),
			"iam_endpoint": text("IAM's address. Default: `https://iam.{region}.{cloud}`. Environment: " +
				"`FGS_IAM_ENDPOINT`, then `HW_AUTH_URL`, `OS_AUTH_URL`."),
			"sts_endpoint": text("STS's address, which agencies with a `domain_id` and OIDC with a `provider_urn` need. Not " +
				"every region has one, and any of them serves. Default: `https://sts.{region}.{cloud}`. Environment: " +
				"`FGS_STS_ENDPOINT`."),
			"insecure": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Do not verify the server's certificate. For tests only. Default: `false`. " +
					"Environment: `HW_INSECURE`, then `OS_INSECURE`.",
			},
			"cacert_file": text("PEM file with certificate authorities to trust in addition to the system's. " +
				"Environment: `HW_CACERT`, then `OS_CACERT`."),
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "How often a call that failed and can be repeated safely is repeated, 0 to 100. " +
					"Throttled calls (429) do not count: only the resource's timeout bounds them. Default: `5`. " +
					"Environment: `HW_MAX_RETRIES`.",
				Validators: []validator.Int64{int64validator.Between(0, maxMaxRetries)},
			},
			"default_tags": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Tags for every function, under the function's own `tags`, by the same rules. The result is " +
					"`tags_all`.",
				Validators: function.TagRules(),
			},
		},
	}
}

func assumeRole() schema.Attribute {
	return schema.ListNestedAttribute{
		Optional: true,
		MarkdownDescription: "Agencies to assume, one after the other, each with the credentials of the one before; the " +
			"first with those that the other attributes or the environment give. Their temporary keys are renewed. " +
			"Environment, for one: " +
			"`" + agencyName + "`, `" + agencyDomainName + "`, `" + agencyDomainID + "`, `" + agencyDuration + "`; " +
			"unless this block says by other attributes who the provider is.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"agency_name": schema.StringAttribute{
				Required: true, MarkdownDescription: "Name of the agency.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"domain_name": text("Name of the account that the agency belongs to: then it is assumed at IAM."),
			"domain_id":   text("Id of that account, in place of `domain_name`: then it is assumed at STS."),
			"duration":    durationOf("It"),
		}},
	}
}

func assumeRoleWithOIDC() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Log in with an OIDC token, as pipelines get one. The token is from `id_token`, " +
			"`id_token_file`, " +
			"`" + oidcToken + "`, `" + oidcTokenFile + "` or, in GitHub Actions, asked for there (a job needs the permission " +
			"`id-token: write`); the first that there is. Environment, in place of this: `" + oidcProvider + "`, with the " +
			"variables of the token, and those of `assume_role` for an agency.",
		Attributes: map[string]schema.Attribute{
			"idp_id": text("Name of the identity provider at IAM."),
			"provider_urn": text("URN of the identity provider, in place of `idp_id`: the token opens the agency at STS, in " +
				"one step."),
			"id_token": secret("The token. It ends soon, so that a long apply may need a way to get new ones."),
			"id_token_file": text("File with the token, in place of `id_token`. It is read again each time when temporary " +
				"keys are renewed."),
			"audience": text("For whom GitHub issues the token, where it is asked for there. Default: GitHub's."),
			"agency_name": text("Agency to work as. Needed with `provider_urn`; with `idp_id` it is assumed after the login, " +
				"and without it the login's own rights are used."),
			"domain_name": text("Name of the account that the agency belongs to. Only with `idp_id`."),
			"domain_id":   text("Id of that account, in place of `domain_name`. Needed with `provider_urn`."),
			"duration":    durationOf("The login"),
		},
	}
}

func durationOf(what string) schema.Attribute {
	return schema.Int64Attribute{
		Optional: true,
		MarkdownDescription: what + " asks for keys that live this many seconds, 900 to 86400 (at STS 43200, and with " +
			"temporary keys 3600). They are renewed before they end, so that it need not be longer than an apply. Default: " +
			"`3600`.",
		Validators: []validator.Int64{int64validator.Between(minDuration, maxDuration)},
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description}
}

func secret(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description}
}
