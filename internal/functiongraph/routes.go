// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"net/url"
	"strings"
)

// route is one path of the API. Its template is what logs and errors show.
type route struct {
	template string
	iam      bool // of IAM, not of FunctionGraph
}

var (
	routeFunctions    = route{template: "/v2/{project_id}/fgs/functions"}
	routeImport       = route{template: "/v2/{project_id}/fgs/functions/import"}
	routeFunction     = route{template: "/v2/{project_id}/fgs/functions/{urn}"}
	routeConfig       = route{template: "/v2/{project_id}/fgs/functions/{urn}/config"}
	routeCode         = route{template: "/v2/{project_id}/fgs/functions/{urn}/code"}
	routeMaxInstances = route{template: "/v2/{project_id}/fgs/functions/{urn}/config-max-instance"}
	routeVersions     = route{template: "/v2/{project_id}/fgs/functions/{urn}/versions"}
	routeAliases      = route{template: "/v2/{project_id}/fgs/functions/{urn}/aliases"}
	routeAlias        = route{template: "/v2/{project_id}/fgs/functions/{urn}/aliases/{alias_name}"}
	routeTriggers     = route{template: "/v2/{project_id}/fgs/triggers/{urn}"}
	routeAllTriggers  = route{template: "/v2/{project_id}/fgs/triggers"}
	routeReserved     = route{template: "/v2/{project_id}/fgs/functions/reservedinstanceconfigs"}
	routeAsync        = route{template: "/v2/{project_id}/fgs/functions/{urn}/async-invoke-configs"}
	routeEvents       = route{template: "/v2/{project_id}/fgs/functions/{urn}/events"}
	routeLogDetail    = route{template: "/v2/{project_id}/fgs/functions/{urn}/lts-log-detail"}
	// The tag calls have no /fgs part (contract 3.17).
	routeTags       = route{template: "/v2/{project_id}/functions/{urn}/tags"}
	routeCreateTags = route{template: "/v2/{project_id}/functions/{urn}/tags/create"}
	routeDeleteTags = route{template: "/v2/{project_id}/functions/{urn}/tags/delete"}
	routeTagged     = route{template: "/v2/{project_id}/functions/resource-instances/filter"}
	routeProjects   = route{template: "/v3/projects", iam: true}
)

// url puts the project, the URN and the name of an alias into the path, each as one escaped element, and adds the query.
func (r route) url(base *url.URL, project string, urn URN, alias string, query url.Values) *url.URL {
	plain := strings.NewReplacer("{project_id}", project, "{urn}", urn.String(), "{alias_name}", alias)
	escaped := strings.NewReplacer("{project_id}", url.PathEscape(project), "{urn}", url.PathEscape(urn.String()),
		"{alias_name}", url.PathEscape(alias))
	u := *base
	u.Path = base.Path + plain.Replace(r.template)
	u.RawPath = base.EscapedPath() + escaped.Replace(r.template)
	// "+" for a space is a habit of forms; the signature knows %20 only (contract 1.5).
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	return &u
}
