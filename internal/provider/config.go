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
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// maxMaxRetries bounds max_retries: with growing waits a larger number only means "for hours".
const maxMaxRetries = 100

// environment names the variables that stand in for an attribute, first come first served. They are those that
// pipelines for the huaweicloud provider set already.
var environment = map[string][]string{
	"region":                {"HW_REGION_NAME"},
	"access_key":            {"HW_ACCESS_KEY"},
	"secret_key":            {"HW_SECRET_KEY"},
	"security_token":        {"HW_SECURITY_TOKEN"},
	"token":                 {"HW_AUTH_TOKEN"},
	"project_id":            {"HW_PROJECT_ID"},
	"project_name":          {"HW_PROJECT_NAME"},
	"enterprise_project_id": {"HW_ENTERPRISE_PROJECT_ID"},
	"endpoint":              {"FGS_ENDPOINT"},
	"iam_endpoint":          {"FGS_IAM_ENDPOINT", "HW_AUTH_URL"},
	"insecure":              {"HW_INSECURE"},
	"cacert_file":           {"HW_CACERT"},
	"max_retries":           {"HW_MAX_RETRIES"},
}

type model struct {
	Region              types.String `tfsdk:"region"`
	AccessKey           types.String `tfsdk:"access_key"`
	SecretKey           types.String `tfsdk:"secret_key"`
	SecurityToken       types.String `tfsdk:"security_token"`
	Token               types.String `tfsdk:"token"`
	ProjectID           types.String `tfsdk:"project_id"`
	ProjectName         types.String `tfsdk:"project_name"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
	Endpoint            types.String `tfsdk:"endpoint"`
	IAMEndpoint         types.String `tfsdk:"iam_endpoint"`
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
		{"region", m.Region}, {"access_key", m.AccessKey}, {"secret_key", m.SecretKey},
		{"security_token", m.SecurityToken}, {"token", m.Token}, {"project_id", m.ProjectID},
		{"project_name", m.ProjectName}, {"enterprise_project_id", m.EnterpriseProjectID},
		{"endpoint", m.Endpoint}, {"iam_endpoint", m.IAMEndpoint}, {"insecure", m.Insecure},
		{"cacert_file", m.CACertFile}, {"max_retries", m.MaxRetries},
	}
}

// connection collects the defaults for resources, and which attributes are still unknown.
func (m model) connection(getenv func(string) string) *connection.Connection {
	c := &connection.Connection{
		DefaultTags:        tfconv.Strings(m.DefaultTags),
		DefaultTagsUnknown: !tfconv.FullyKnown(m.DefaultTags),
	}
	for _, a := range m.needed() {
		if a.value.IsUnknown() {
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
	configured bool // written in the provider block, not taken from the environment
}

func pick(v types.String, name string, getenv func(string) string) setting {
	if v.ValueString() != "" {
		return setting{v.ValueString(), true}
	}
	for _, variable := range environment[name] {
		if value := getenv(variable); value != "" {
			return setting{value, false}
		}
	}
	return setting{}
}

// resolve turns the block and the environment into a client configuration. It appends an error with the attribute's
// path, naming the environment variable too, for what is missing, half given or contradictory, and one for variables
// that it does not take; then it looks no further.
func (m model) resolve(getenv func(string) string, diags *diag.Diagnostics) functiongraph.Config {
	m.validate(diags)
	if m.rejectForeign(getenv, diags); diags.HasError() {
		return functiongraph.Config{}
	}
	get := func(v types.String, name string) string { return pick(v, name, getenv).value }
	config := functiongraph.Config{
		Region:      get(m.Region, "region"),
		ProjectID:   get(m.ProjectID, "project_id"),
		ProjectName: get(m.ProjectName, "project_name"),
		Endpoint:    get(m.Endpoint, "endpoint"),
		IAMEndpoint: get(m.IAMEndpoint, "iam_endpoint"),
		CACertFile:  get(m.CACertFile, "cacert_file"),
		Insecure:    m.insecure(getenv, diags),
		Proxy:       functiongraph.ProxyFrom(getenv),
		MaxRetries:  m.maxRetries(getenv, diags),
	}
	m.credentials(&config, getenv, diags)
	if config.Region == "" && (config.Endpoint == "" || config.ProjectID == "") {
		diags.AddAttributeError(path.Root("region"), summaryMissing, "The region is needed, unless endpoint and project_id "+
			"are both set. Set region in the provider block or HW_REGION_NAME in the environment.")
	}
	if m.Region.ValueString() == "" { // else validate has looked at it
		checkRegion(diags, config.Region)
	}
	if m.Endpoint.ValueString() == "" { // else validate has looked at it
		checkEndpoint(diags, "endpoint", config.Endpoint)
	}
	if m.IAMEndpoint.ValueString() == "" {
		checkEndpoint(diags, "iam_endpoint", config.IAMEndpoint)
	}
	return config
}

// credentials chooses between a token and keys. What is written in the block wins over the environment, so that a
// pipeline's variables do not contradict a block; two kinds on the same level are an error.
func (m model) credentials(config *functiongraph.Config, getenv func(string) string, diags *diag.Diagnostics) {
	token := pick(m.Token, "token", getenv)
	access := pick(m.AccessKey, "access_key", getenv)
	secretKey := pick(m.SecretKey, "secret_key", getenv)
	keys := access.configured || secretKey.configured
	switch {
	case token.value != "" && token.configured && !keys:
		config.Token = token.value
		return
	case token.value != "" && !token.configured && !keys && access.value != "":
		diags.AddAttributeError(path.Root("token"), "Conflicting Credentials",
			"HW_AUTH_TOKEN and HW_ACCESS_KEY are both set in the environment. Unset one of them, or choose with token or "+
				"access_key in the provider block.")
		return
	case token.value != "" && !keys:
		config.Token = token.value
		return
	}
	config.AccessKey, config.SecretKey = access.value, secretKey.value
	config.SecurityToken = m.SecurityToken.ValueString()
	if !access.configured { // a token from the environment belongs to the keys from the environment
		config.SecurityToken = pick(m.SecurityToken, "security_token", getenv).value
	}
	switch {
	case access.value == "" && secretKey.value == "" && config.SecurityToken != "":
		missing(diags, "access_key", "security_token is given without access_key and secret_key.")
	case access.value == "" && secretKey.value == "":
		diags.AddAttributeError(path.Root("access_key"), summaryMissing, "Credentials are needed: access_key and "+
			"secret_key in the provider block (HW_ACCESS_KEY and HW_SECRET_KEY in the environment), or token (HW_AUTH_TOKEN).")
	case access.value == "":
		missing(diags, "access_key", "secret_key is given without access_key.")
	case secretKey.value == "":
		missing(diags, "secret_key", "access_key is given without secret_key.")
	}
}

// validate finds contradictions within the block itself. Unknown values contradict nothing.
func (m model) validate(diags *diag.Diagnostics) {
	for _, other := range []struct {
		name  string
		value types.String
	}{{"access_key", m.AccessKey}, {"secret_key", m.SecretKey}, {"security_token", m.SecurityToken}} {
		if m.Token.ValueString() != "" && other.value.ValueString() != "" {
			diags.AddAttributeError(path.Root("token"), "Conflicting Credentials",
				fmt.Sprintf("token and %s are both set. Use a token, or an access key with its secret key, not both.", other.name))
			return
		}
	}
	checkRegion(diags, m.Region.ValueString())
	if tfconv.Known(m.Endpoint) {
		checkEndpoint(diags, "endpoint", m.Endpoint.ValueString())
	}
	if tfconv.Known(m.IAMEndpoint) {
		checkEndpoint(diags, "iam_endpoint", m.IAMEndpoint.ValueString())
	}
}

var (
	regionForm = regexp.MustCompile(`^[a-z]{2}(-[a-z0-9]+)+$`)
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
	value := getenv("HW_INSECURE")
	if tfconv.Known(m.Insecure) || value == "" {
		return m.Insecure.ValueBool()
	}
	insecure, err := strconv.ParseBool(value)
	if err != nil {
		diags.AddAttributeError(path.Root("insecure"), "Invalid Value",
			fmt.Sprintf("HW_INSECURE must be true or false, got %q.", value))
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
	summaryIncomplete = "Incomplete Provider Configuration" // a half, or a contradiction: an error of Configure
	summaryMissing    = "Missing Provider Configuration"    // nothing: an error of the first request
)

// takeMissing takes what is merely missing out of diags, unless there are other errors: a run that requests nothing
// needs no credentials.
func takeMissing(diags *diag.Diagnostics) (taken diag.Diagnostics) {
	for _, d := range *diags {
		if d.Severity() != diag.SeverityError {
			continue
		}
		if d.Summary() != summaryMissing {
			return nil
		}
		taken.AddError(d.Summary(), d.Detail()) // without the path, which is the provider block's
	}
	*diags = nil
	return taken
}

func missing(diags *diag.Diagnostics, name, why string) {
	diags.AddAttributeError(path.Root(name), summaryIncomplete,
		fmt.Sprintf("%s Set %s in the provider block or %s in the environment.", why, name, environment[name][0]))
}
