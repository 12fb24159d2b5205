// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
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
			"region": text("Region, for example `cn-north-4`. Needed, here or in `HW_REGION_NAME`, unless both " +
				"`endpoint` and `project_id` are set."),
			"access_key":     secret("Access key (AK) that requests are signed with. Environment: `HW_ACCESS_KEY`."),
			"secret_key":     secret("Secret key (SK) of `access_key`. Environment: `HW_SECRET_KEY`."),
			"security_token": secret("Security token of temporary keys. Environment: `HW_SECURITY_TOKEN`."),
			"token": secret("IAM token, sent as `X-Auth-Token` instead of signing. Signed requests may have 12 MB, " +
				"requests with a token may carry code of up to 50 MB. Environment: `HW_AUTH_TOKEN`."),
			"project_id": text("Project id. Looked up in IAM by `project_name` when it is not given. Environment: " +
				"`HW_PROJECT_ID`."),
			"project_name": text("Project name. Default: the region. Environment: `HW_PROJECT_NAME`."),
			"enterprise_project_id": text("Enterprise project that new functions are created in. Environment: " +
				"`HW_ENTERPRISE_PROJECT_ID`."),
			"endpoint": text("FunctionGraph's address. Default: `https://functiongraph.{region}.myhuaweicloud.com`. " +
				"Plain `http` is accepted for loopback hosts only, for the emulator. Environment: `FGS_ENDPOINT`."),
			"iam_endpoint": text("IAM's address. Default: `https://iam.{region}.myhuaweicloud.com`. Environment: " +
				"`FGS_IAM_ENDPOINT`, then `HW_AUTH_URL`."),
			"insecure": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Do not verify the server's certificate. For tests only. Default: `false`. " +
					"Environment: `HW_INSECURE`.",
			},
			"cacert_file": text("PEM file with certificate authorities to trust in addition to the system's. " +
				"Environment: `HW_CACERT`."),
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

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description}
}

func secret(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description}
}
