// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/credentials"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// maxMaxRetries bounds max_retries: with growing waits a larger number only means "for hours".
const maxMaxRetries = 100

// environment names the variables that stand in for an attribute, first come first served. They are those that
// pipelines for the huaweicloud provider set already.
var environment = map[string][]string{
	"region":                {"HW_REGION_NAME", "OS_REGION_NAME"},
	"cloud":                 {"HW_CLOUD"},
	"access_key":            {"HW_ACCESS_KEY", "OS_ACCESS_KEY"},
	"secret_key":            {"HW_SECRET_KEY", "OS_SECRET_KEY"},
	"security_token":        {"HW_SECURITY_TOKEN"},
	"token":                 {"HW_AUTH_TOKEN", "OS_AUTH_TOKEN"},
	"profile":               {"HW_PROFILE"},
	"shared_config_file":    {"HW_SHARED_CONFIG_FILE"},
	"user_name":             {"HW_USER_NAME", "OS_USERNAME"},
	"user_id":               {"HW_USER_ID", "OS_USER_ID"},
	"password":              {"HW_USER_PASSWORD", "OS_PASSWORD"},
	"domain_name":           {"HW_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME"},
	"domain_id":             {"HW_DOMAIN_ID", "OS_DOMAIN_ID", "OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID"},
	"assume_role":           {agencyName, agencyDomainName, agencyDomainID, agencyDuration},
	"assume_role_with_oidc": {oidcProvider, oidcToken, oidcTokenFile},
	"project_id":            {"HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"},
	"project_name":          {"HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"},
	"enterprise_project_id": {"HW_ENTERPRISE_PROJECT_ID"},
	"endpoint":              {"FGS_ENDPOINT"},
	"iam_endpoint":          {"FGS_IAM_ENDPOINT", "HW_AUTH_URL", "OS_AUTH_URL"},
	"sts_endpoint":          {"FGS_STS_ENDPOINT"},
	"insecure":              {"HW_INSECURE", "OS_INSECURE"},
	"cacert_file":           {"HW_CACERT", "OS_CACERT"},
	"max_retries":           {"HW_MAX_RETRIES"},
}

type model struct {
	Region              types.String `tfsdk:"region"`
	Cloud               types.String `tfsdk:"cloud"`
	AccessKey           types.String `tfsdk:"access_key"`
	SecretKey           types.String `tfsdk:"secret_key"`
	SecurityToken       types.String `tfsdk:"security_token"`
	Token               types.String `tfsdk:"token"`
	Profile             types.String `tfsdk:"profile"`
	SharedConfigFile    types.String `tfsdk:"shared_config_file"`
	UserName            types.String `tfsdk:"user_name"`
	UserID              types.String `tfsdk:"user_id"`
	Password            types.String `tfsdk:"password"`
	DomainName          types.String `tfsdk:"domain_name"`
	DomainID            types.String `tfsdk:"domain_id"`
	AssumeRole          types.List   `tfsdk:"assume_role"`
	AssumeRoleWithOIDC  types.Object `tfsdk:"assume_role_with_oidc"`
	ProjectID           types.String `tfsdk:"project_id"`
	ProjectName         types.String `tfsdk:"project_name"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
	Endpoint            types.String `tfsdk:"endpoint"`
	IAMEndpoint         types.String `tfsdk:"iam_endpoint"`
	STSEndpoint         types.String `tfsdk:"sts_endpoint"`
	Insecure            types.Bool   `tfsdk:"insecure"`
	CACertFile          types.String `tfsdk:"cacert_file"`
	MaxRetries          types.Int64  `tfsdk:"max_retries"`
	DefaultTags         types.Map    `tfsdk:"default_tags"`
}

// needed lists, in the schema's order, the attributes without which no client can be made.
func (m model) needed() []struct {
	name  string
	value attr.Value
} {
	return []struct {
		name  string
		value attr.Value
	}{
		{"region", m.Region}, {"cloud", m.Cloud}, {"access_key", m.AccessKey}, {"secret_key", m.SecretKey},
		{"security_token", m.SecurityToken}, {"token", m.Token}, {"profile", m.Profile},
		{"shared_config_file", m.SharedConfigFile}, {"user_name", m.UserName}, {"user_id", m.UserID},
		{"password", m.Password}, {"domain_name", m.DomainName}, {"domain_id", m.DomainID},
		{"assume_role", m.AssumeRole}, {"assume_role_with_oidc", m.AssumeRoleWithOIDC}, {"project_id", m.ProjectID},
		{"project_name", m.ProjectName}, {"enterprise_project_id", m.EnterpriseProjectID},
		{"endpoint", m.Endpoint}, {"iam_endpoint", m.IAMEndpoint}, {"sts_endpoint", m.STSEndpoint},
		{"insecure", m.Insecure}, {"cacert_file", m.CACertFile}, {"max_retries", m.MaxRetries},
	}
}

// connection collects the defaults for resources, and which attributes are still unknown.
func (m model) connection(getenv func(string) string) *connection.Connection {
	c := &connection.Connection{
		DefaultTags:        tfconv.Strings(m.DefaultTags),
		DefaultTagsUnknown: !tfconv.FullyKnown(m.DefaultTags),
	}
	for _, a := range m.needed() {
		if !tfconv.FullyKnown(a.value) {
			c.Unknown = append(c.Unknown, a.name)
		}
	}
	if !m.EnterpriseProjectID.IsUnknown() { // else the environment's would be promised, and another one written
		c.EnterpriseProjectID = pick(m.EnterpriseProjectID, "enterprise_project_id", getenv).value
	}
	return c
}

// setting is a resolved text and where it came from.
type setting struct {
	value      string
	configured bool   // written in the provider block, not taken from the environment
	from       string // the variable, or the attribute
}

func pick(v types.String, name string, getenv func(string) string) setting {
	if v.ValueString() != "" {
		return setting{v.ValueString(), true, name}
	}
	for _, variable := range environment[name] {
		if value := getenv(variable); value != "" {
			return setting{value, false, variable}
		}
	}
	return setting{}
}

// resolve turns the block and the environment into a client configuration, without credentials, and says who the
// provider is. It appends an error with the attribute's path, naming the environment variable too, for what is missing,
// half given or contradictory, and one for variables that it does not take; then it looks no further.
func (m model) resolve(
	getenv func(string) string, diags *diag.Diagnostics,
) (config functiongraph.Config, who credentials.Plan) {
	m.validate(diags)
	if m.rejectForeign(getenv, diags); diags.HasError() {
		return config, who
	}
	i := identity{model: m, getenv: getenv, diags: diags}
	who, profile := i.plan()
	profile = i.within(profile)
	// What a profile says of the place wins over the environment, as with the huaweicloud provider, and not over the
	// block.
	place := func(v types.String, name, ofProfile string) string {
		if s := pick(v, name, getenv); s.configured || ofProfile == "" {
			return s.value
		}
		return ofProfile
	}
	get := func(v types.String, name string) string { return pick(v, name, getenv).value }
	config = functiongraph.Config{
		Region:      place(m.Region, "region", profile.Region),
		Cloud:       get(m.Cloud, "cloud"),
		ProjectID:   place(m.ProjectID, "project_id", profile.ProjectID),
		ProjectName: get(m.ProjectName, "project_name"),
		Endpoint:    get(m.Endpoint, "endpoint"),
		IAMEndpoint: get(m.IAMEndpoint, "iam_endpoint"),
		STSEndpoint: get(m.STSEndpoint, "sts_endpoint"),
		CACertFile:  get(m.CACertFile, "cacert_file"),
		Insecure:    m.insecure(getenv, diags),
		Proxy:       functiongraph.ProxyFrom(getenv),
		MaxRetries:  m.maxRetries(getenv, diags),
	}
	m.checkPlace(config, diags)
	checkSTS(config, who, diags)
	return config, scoped(who, config)
}

// checkPlace looks at what the environment says of the place; validate has looked at the block.
func (m model) checkPlace(config functiongraph.Config, diags *diag.Diagnostics) {
	if config.Region == "" && (config.Endpoint == "" || config.ProjectID == "") {
		diags.AddAttributeError(path.Root("region"), summaryMissing, "The region is needed, unless endpoint and project_id "+
			"are both set. Set region in the provider block or HW_REGION_NAME in the environment.")
	}
	if m.Region.ValueString() == "" {
		checkRegion(diags, config.Region)
	}
	if m.Cloud.ValueString() == "" {
		checkCloud(diags, config.Cloud)
	}
	for _, e := range []struct {
		name       string
		configured types.String
		value      string
	}{
		{"endpoint", m.Endpoint, config.Endpoint}, {"iam_endpoint", m.IAMEndpoint, config.IAMEndpoint},
		{"sts_endpoint", m.STSEndpoint, config.STSEndpoint},
	} {
		if e.configured.ValueString() == "" {
			checkEndpoint(diags, e.name, e.value)
		}
	}
}

// validate finds contradictions within the block itself. Unknown values contradict nothing.
func (m model) validate(diags *diag.Diagnostics) {
	if m.validateIdentity(diags); diags.HasError() {
		return
	}
	checkRegion(diags, m.Region.ValueString())
	checkCloud(diags, m.Cloud.ValueString())
	for name, v := range map[string]types.String{
		"endpoint": m.Endpoint, "iam_endpoint": m.IAMEndpoint, "sts_endpoint": m.STSEndpoint,
	} {
		if tfconv.Known(v) {
			checkEndpoint(diags, name, v.ValueString())
		}
	}
}

var (
	regionForm = regexp.MustCompile(`^[a-z]{2}(-[a-z0-9]+)+$`)
	cloudForm  = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
	zoneForm   = regexp.MustCompile(`^(.*-[0-9]+)[a-z]$`)
)

// checkRegion refuses what can be no region: it becomes a part of a host's name, which would be looked up in vain.
func checkRegion(diags *diag.Diagnostics, region string) {
	if region == "" {
		return
	}
	form, why := strings.ToLower(region), "is no region"
	if zone := zoneForm.FindStringSubmatch(form); zone != nil {
		form, why = zone[1], "is an availability zone, not a region"
	} else if regionForm.MatchString(region) {
		return
	}
	if !regionForm.MatchString(form) {
		form = "cn-north-4"
	}
	diags.AddAttributeError(path.Root("region"), "Invalid Region",
		fmt.Sprintf("region (HW_REGION_NAME in the environment): %q %s. Write it like %q.", region, why, form))
}

// checkCloud refuses what can be no domain: addresses are made of it.
func checkCloud(diags *diag.Diagnostics, cloud string) {
	if cloud != "" && !cloudForm.MatchString(cloud) {
		diags.AddAttributeError(path.Root("cloud"), "Invalid Cloud",
			fmt.Sprintf("cloud (HW_CLOUD in the environment): %q is not the domain of a cloud. Write it like %q.", cloud,
				"myhuaweicloud.com"))
	}
}

func checkEndpoint(diags *diag.Diagnostics, name, endpoint string) {
	if endpoint == "" {
		return
	}
	if err := functiongraph.CheckEndpoint(endpoint); err != nil {
		diags.AddAttributeError(path.Root(name), "Invalid Endpoint",
			fmt.Sprintf("%s (%s in the environment): %s.", name, environment[name][0], err))
	}
}

func (m model) insecure(getenv func(string) string, diags *diag.Diagnostics) bool {
	setting := pick(types.StringNull(), "insecure", getenv)
	value := setting.value
	if tfconv.Known(m.Insecure) || value == "" {
		return m.Insecure.ValueBool()
	}
	insecure, err := strconv.ParseBool(value)
	if err != nil {
		diags.AddAttributeError(path.Root("insecure"), "Invalid Value",
			fmt.Sprintf("%s must be true or false, got %q.", setting.from, value))
	}
	return insecure
}

func (m model) maxRetries(getenv func(string) string, diags *diag.Diagnostics) int {
	if tfconv.Known(m.MaxRetries) {
		return int(m.MaxRetries.ValueInt64())
	}
	value := getenv("HW_MAX_RETRIES")
	if value == "" {
		return defaultMaxRetries
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > maxMaxRetries {
		diags.AddAttributeError(path.Root("max_retries"), "Invalid Value",
			fmt.Sprintf("HW_MAX_RETRIES must be a whole number from 0 to %d, got %q.", maxMaxRetries, value))
	}
	return n
}

const (
	summaryConflict   = "Conflicting Credentials"
	summaryIncomplete = "Incomplete Provider Configuration" // a half, or a contradiction: an error of Configure
	summaryMissing    = "Missing Provider Configuration"    // nothing: an error of the first request
)

// takeMissing takes what is merely missing out of diags, unless there are other errors: a run that requests nothing
// needs no credentials.
func takeMissing(diags *diag.Diagnostics) (taken diag.Diagnostics) {
	var warnings diag.Diagnostics
	for _, d := range *diags {
		if d.Severity() != diag.SeverityError {
			warnings.Append(d)
			continue
		}
		if d.Summary() != summaryMissing {
			return nil
		}
		taken.AddError(d.Summary(), d.Detail()) // without the path, which is the provider block's
	}
	*diags = warnings
	return taken
}

func missing(diags *diag.Diagnostics, name, why string) {
	diags.AddAttributeError(path.Root(name), summaryIncomplete,
		fmt.Sprintf("%s Set %s in the provider block or %s in the environment.", why, name, environment[name][0]))
}
