// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"errors"
	"net"
	"syscall"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// remedies maps the service's codes to what the reader can do about them (contract 6).
var remedies = map[string]string{
	"FSS.0401": "Check that the user or agency of the provider has FunctionGraph permissions in this project.",
	"FSS.0403": "Check that project_id (HW_PROJECT_ID) is the id of a project of this account, 32 hexadecimal digits " +
		"and not its name; then the permissions of the provider's user or agency, and the quotas of the project.",
	"FSS.1012": "The service wants the code itself with this call. Make the source that code names available to this " +
		"apply, the very one that was deployed; where code is not configured, configure it.",
	"FSS.1020": "The service enters a VPC with the rights of an agency: set agency, beside vpc. It has to be one that " +
		"lets FunctionGraph work with VPC.",
	"FSS.1078":   "The name of the code file must have no path: set filename in code to a name without / and \\.",
	"FSS.1041":   "The project has reached its number of functions: delete some or ask for a larger quota.",
	"FSS.1042":   "The project has reached its amount of code: delete functions or versions, or ask for a larger quota.",
	"APIGW.0301": "Check access_key, secret_key, security_token or token of the provider, and this machine's clock.",
	"APIGW.0101": "The region does not offer this call, or endpoint in the provider configuration is not FunctionGraph's.",
}

func remedy(err error, api *functiongraph.Error) string {
	var mismatch *functiongraph.MismatchError
	if errors.As(err, &mismatch) {
		return "Use a provider configuration (an alias) for that " + mismatch.Part + ". Nothing was requested or changed."
	}
	if api == nil {
		return unreached(err)
	}
	if api.Status == 413 {
		return "A request signed with an access key may be 12 MB at the gateway, and code grows by a third on its way. " +
			"Put the code into OBS and use obs_url, which takes 300 MB; or use a token (token, HW_AUTH_TOKEN): then code may " +
			"have 50 MB."
	}
	return remedies[api.Code]
}

// unreached says which attribute names a host that could not be reached.
func unreached(err error) string {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "There is no such host. Its name is made of region (HW_REGION_NAME) and cloud (HW_CLOUD), unless endpoint " +
			"(FGS_ENDPOINT), iam_endpoint or sts_endpoint is set: check these. Not every region has STS; any of them serves."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Nothing listens there. The address is that of endpoint (FGS_ENDPOINT) or iam_endpoint, or of a proxy " +
			"(HTTPS_PROXY). If it is the emulator's, it is not running: start fgs-emulator."
	}
	return ""
}
