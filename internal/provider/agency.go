// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/credentials"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// The variables for agencies and OIDC tokens, as the huaweicloud provider reads them.
const (
	agencyName       = "HW_ASSUME_ROLE_AGENCY_NAME"
	agencyDomainName = "HW_ASSUME_ROLE_DOMAIN_NAME"
	agencyDomainID   = "HW_ASSUME_ROLE_DOMAIN_ID"
	agencyDuration   = "HW_ASSUME_ROLE_DURATION"
	oidcProvider     = "HW_ASSUME_ROLE_IDP_ID"
	oidcToken        = "HW_ASSUME_ROLE_ID_TOKEN"
	oidcTokenFile    = "HW_ASSUME_ROLE_ID_TOKEN_FILE"
	githubURL        = "ACTIONS_ID_TOKEN_REQUEST_URL"
	githubBearer     = "ACTIONS_ID_TOKEN_REQUEST_TOKEN"
)

type agencyModel struct {
	AgencyName types.String `tfsdk:"agency_name"`
	DomainName types.String `tfsdk:"domain_name"`
	DomainID   types.String `tfsdk:"domain_id"`
	Duration   types.Int64  `tfsdk:"duration"`
}

func (a agencyModel) agency() credentials.Agency {
	return credentials.Agency{
		Name: a.AgencyName.ValueString(), DomainName: a.DomainName.ValueString(), DomainID: a.DomainID.ValueString(),
		Duration: time.Duration(a.Duration.ValueInt64()) * time.Second,
	}
}

// agencies are those of the block. An element that is not known is left out: then the block is not used yet.
func (m model) agencies() (out []agencyModel) {
	for _, element := range m.AssumeRole.Elements() {
		if object, ok := element.(types.Object); ok {
			a, _ := tfconv.Object[agencyModel](object)
			out = append(out, a)
		}
	}
	return out
}

// assume adds the agencies to a plan: those of the block, else the one of the environment, unless the block says who
// the provider is.
func (i identity) assume(plan *credentials.Plan, configured bool) {
	var agencies []credentials.Agency
	from := "assume_role"
	for _, a := range i.agencies() {
		agencies = append(agencies, a.agency())
	}
	if len(agencies) == 0 && !configured {
		agencies, from = i.agencyOfEnvironment(), agencyName
	}
	if len(agencies) == 0 {
		return
	}
	if len(plan.Agencies) > 0 {
		i.diags.AddAttributeError(path.Root("assume_role"), summaryConflict, fmt.Sprintf("%s is set, and the profile "+
			"assumes %s already. Choose a profile without an agency, or leave %s out.", from, plan.Agencies[0], from))
		return
	}
	plan.Agencies = agencies
	if plan.Base != nil && !signs(plan.Base) && agencies[0].DomainID != "" {
		i.diags.AddAttributeError(path.Root("assume_role"), summaryConflict, fmt.Sprintf("%s: an agency that is named with "+
			"domain_id (%s) is assumed at STS, which takes no token. Use keys, or name the account by domain_name (%s) alone.",
			from, agencyDomainID, agencyDomainName))
	}
}

// signs says that requests with these are signed.
func signs(base credentials.Base) bool {
	keys, isKeys := base.(credentials.Keys)
	_, isPassword := base.(credentials.Password)
	return !isPassword && (!isKeys || keys.Token == "")
}

func (i identity) agencyOfEnvironment() []credentials.Agency {
	a := credentials.Agency{
		Name: i.getenv(agencyName), DomainName: i.getenv(agencyDomainName), DomainID: i.getenv(agencyDomainID),
	}
	switch {
	case a.Name == "" && a.DomainName == "" && a.DomainID == "":
		return nil
	case a.Name == "":
		i.diags.AddError(summaryIncomplete, fmt.Sprintf("%s or %s is set in the environment without %s: set all, or none.",
			agencyDomainName, agencyDomainID, agencyName))
		return nil
	case a.DomainName == "" && a.DomainID == "":
		i.diags.AddError(summaryIncomplete, fmt.Sprintf("%s is set in the environment without the account of the agency: "+
			"set %s or %s.", agencyName, agencyDomainName, agencyDomainID))
		return nil
	case a.DomainID != "":
		a.DomainName = "" // STS knows ids only
		a.Duration = i.duration(maxSTSDuration)
	default:
		a.Duration = i.duration(maxDuration)
	}
	return []credentials.Agency{a}
}

type oidcModel struct {
	IDPID       types.String `tfsdk:"idp_id"`
	ProviderURN types.String `tfsdk:"provider_urn"`
	IDToken     types.String `tfsdk:"id_token"`
	IDTokenFile types.String `tfsdk:"id_token_file"`
	Audience    types.String `tfsdk:"audience"`
	AgencyName  types.String `tfsdk:"agency_name"`
	DomainName  types.String `tfsdk:"domain_name"`
	DomainID    types.String `tfsdk:"domain_id"`
	Duration    types.Int64  `tfsdk:"duration"`
}

func (o oidcModel) agency() credentials.Agency {
	return agencyModel{o.AgencyName, o.DomainName, o.DomainID, o.Duration}.agency()
}

// oidc is a login with an OIDC token. At IAM its agency, if there is one, is assumed on top; at STS it is opened by the
// token itself.
func (i identity) oidc() credentials.Plan {
	o, ok := tfconv.Object[oidcModel](i.AssumeRoleWithOIDC)
	if !ok { // the environment's agency is added by assume
		return credentials.Plan{Base: credentials.OIDC{
			ProviderID: i.getenv(oidcProvider), Token: i.idToken(oidcModel{}), Duration: i.duration(maxDuration),
		}}
	}
	base := credentials.OIDC{
		ProviderID: o.IDPID.ValueString(), ProviderURN: o.ProviderURN.ValueString(), Token: i.idToken(o),
		Duration: time.Duration(o.Duration.ValueInt64()) * time.Second,
	}
	plan := credentials.Plan{Base: base}
	switch agency := o.agency(); {
	case base.ProviderURN != "":
		base.Agency = credentials.Agency{Name: agency.Name, DomainID: agency.DomainID}
		plan.Base = base
	case agency.Name != "" && agency.DomainID != "":
		agency.DomainName = ""
		plan.Agencies = []credentials.Agency{agency}
	case agency.Name != "":
		plan.Agencies = []credentials.Agency{agency}
	}
	return plan
}

// idToken is where the token comes from: the block, the environment, and GitHub, which gives a job new ones at any
// time.
func (i identity) idToken(o oidcModel) credentials.IDToken {
	block := func(v types.String) bool { return v.ValueString() != "" }
	switch {
	case block(o.IDToken):
		return credentials.TextToken{Value: o.IDToken.ValueString(), From: "id_token of the provider block"}
	case block(o.IDTokenFile):
		return credentials.FileToken{Path: o.IDTokenFile.ValueString(), From: "id_token_file of the provider block"}
	case i.getenv(oidcToken) != "":
		return credentials.TextToken{Value: i.getenv(oidcToken), From: oidcToken}
	case i.getenv(oidcTokenFile) != "":
		return credentials.FileToken{Path: i.getenv(oidcTokenFile), From: oidcTokenFile}
	case i.getenv(githubURL) != "" && i.getenv(githubBearer) != "":
		return credentials.GitHubToken{
			URL: i.getenv(githubURL), Bearer: i.getenv(githubBearer), Audience: o.Audience.ValueString(),
		}
	}
	i.diags.AddAttributeError(path.Root("assume_role_with_oidc"), summaryIncomplete, fmt.Sprintf("assume_role_with_oidc "+
		"("+oidcProvider+" in the environment) is set, and there is no OIDC token: set "+
		"id_token (%s) or id_token_file (%s); or let a job in GitHub Actions ask for one, with the permission id-token: "+
		"write, which sets %s and %s.", oidcToken, oidcTokenFile, githubURL, githubBearer))
	return nil
}

// validateIdentity finds contradictions in what the block says of who the provider is.
func (m model) validateIdentity(diags *diag.Diagnostics) {
	kinds := identity{model: m, getenv: func(string) string { return "" }, diags: diags}.kinds()
	var found []setting
	for _, name := range order {
		if kinds[name].configured {
			found = append(found, kinds[name])
		}
	}
	if len(found) > 1 {
		diags.AddAttributeError(path.Root(found[0].from), summaryConflict, fmt.Sprintf("%s and %s are both set. Each says "+
			"who the provider is: use one.", found[0].from, found[1].from))
	}
	for n, a := range m.agencies() {
		validateAgency(path.Root("assume_role").AtListIndex(n), a, diags)
	}
	m.validateOIDC(diags)
}

func validateAgency(at path.Path, a agencyModel, diags *diag.Diagnostics) {
	switch {
	case a.DomainName.IsUnknown() || a.DomainID.IsUnknown():
	case a.DomainName.ValueString() == "" && a.DomainID.ValueString() == "":
		diags.AddAttributeError(at.AtName("domain_name"), summaryIncomplete,
			"The account of the agency is needed: its name (domain_name) or its id (domain_id).")
	case a.DomainName.ValueString() != "" && a.DomainID.ValueString() != "":
		diags.AddAttributeError(at.AtName("domain_name"), summaryConflict, "domain_name and domain_id are both set. An "+
			"agency is assumed at IAM by the name of its account, or at STS by the id: use one.")
	case a.DomainID.ValueString() != "" && a.Duration.ValueInt64() > maxSTSDuration:
		diags.AddAttributeError(at.AtName("duration"), "Invalid Value", fmt.Sprintf("STS, where an agency with domain_id is "+
			"assumed, gives credentials for %d seconds at the most, got %d.", maxSTSDuration, a.Duration.ValueInt64()))
	}
}

func (m model) validateOIDC(diags *diag.Diagnostics) {
	o, ok := tfconv.Object[oidcModel](m.AssumeRoleWithOIDC)
	if !ok {
		return
	}
	at := path.Root("assume_role_with_oidc")
	exclusive := func(a, b types.String, names ...string) bool {
		if a.ValueString() != "" && b.ValueString() != "" {
			diags.AddAttributeError(at.AtName(names[0]), summaryConflict, strings.Join(names, " and ")+" are both set: use one.")
		}
		return a.ValueString() != "" || b.ValueString() != "" || a.IsUnknown() || b.IsUnknown()
	}
	exclusive(o.IDToken, o.IDTokenFile, "id_token", "id_token_file")
	agency := agencyModel{o.AgencyName, o.DomainName, o.DomainID, o.Duration}
	switch {
	case !exclusive(o.IDPID, o.ProviderURN, "idp_id", "provider_urn"):
		diags.AddAttributeError(at.AtName("idp_id"), summaryIncomplete, "The identity provider is needed: its name at IAM "+
			"(idp_id), or its URN (provider_urn) to open an agency at STS.")
	case o.ProviderURN.ValueString() != "" && (o.AgencyName.IsNull() || o.DomainID.IsNull()):
		diags.AddAttributeError(at.AtName("provider_urn"), summaryIncomplete, "With provider_urn, the agency that the token "+
			"opens is needed: agency_name, and domain_id, the id of its account.")
	case o.ProviderURN.ValueString() == "" && !o.AgencyName.IsNull():
		validateAgency(at, agency, diags)
	}
}

// checkSTS sees to it that STS has an address, where it is needed.
func checkSTS(config functiongraph.Config, who credentials.Plan, diags *diag.Diagnostics) {
	oidc, _ := who.Base.(credentials.OIDC)
	needed := oidc.ProviderURN != ""
	for _, agency := range who.Agencies {
		needed = needed || agency.DomainID != ""
	}
	if needed && config.STS() == "" && !diags.HasError() {
		missing(diags, "sts_endpoint", "Without a region the address of STS is not known, which these credentials need.")
	}
}
