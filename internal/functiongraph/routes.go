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
	routeTrigger      = route{template: "/v2/{project_id}/fgs/triggers/{urn}/{trigger_type}/{trigger_id}"}
	routeAllTriggers  = route{template: "/v2/{project_id}/fgs/triggers"}
	routeReserved     = route{template: "/v2/{project_id}/fgs/functions/reservedinstanceconfigs"}
	routeAsync        = route{template: "/v2/{project_id}/fgs/functions/{urn}/async-invoke-configs"}
	routeEvents       = route{template: "/v2/{project_id}/fgs/functions/{urn}/events"}
	routeInvoke       = route{template: "/v2/{project_id}/fgs/functions/{urn}/invocations"}
	routeInvokeAsync  = route{template: "/v2/{project_id}/fgs/functions/{urn}/invocations-async"}
	routeQuotas       = route{template: "/v2/{project_id}/fgs/quotas"}
	routeRuntimes     = route{template: "/v2/{project_id}/fgs/runtimetypes"}
	routeTriggerTypes = route{template: "/v2/{project_id}/fgs/triggertypes"}
	routeEvent        = route{template: "/v2/{project_id}/fgs/functions/{urn}/events/{event_id}"}
	routeSetReserved  = route{template: "/v2/{project_id}/fgs/functions/{urn}/reservedinstances"}
	routeAsyncConfig  = route{template: "/v2/{project_id}/fgs/functions/{urn}/async-invoke-config"}
	routeAsyncLog     = route{template: "/v2/{project_id}/fgs/functions/async-status-log-detail"}
	routeLogDetail    = route{template: "/v2/{project_id}/fgs/functions/{urn}/lts-log-detail"}
	// The tag calls have no /fgs part (contract 3.17).
	routeTags       = route{template: "/v2/{project_id}/functions/{urn}/tags"}
	routeCreateTags = route{template: "/v2/{project_id}/functions/{urn}/tags/create"}
	routeDeleteTags = route{template: "/v2/{project_id}/functions/{urn}/tags/delete"}
	routeTagged     = route{template: "/v2/{project_id}/functions/resource-instances/filter"}
	// The version of a dependency is named by its number, not by its id (contract 3.22).
	routeNewDependency      = route{template: "/v2/{project_id}/fgs/dependencies/version"}
	routeDependencies       = route{template: "/v2/{project_id}/fgs/dependencies"}
	routeDependencyVersions = route{template: "/v2/{project_id}/fgs/dependencies/{dependency_id}/version"}
	routeDependencyVersion  = route{template: "/v2/{project_id}/fgs/dependencies/{dependency_id}/version/{version}"}
	routeProjects           = route{template: "/v3/projects", iam: true}
)

// pathNames are what a path names beside the project and the URN, by the name in the template.
type pathNames map[string]string

// url puts the project, the URN and the other names into the path, each as one escaped element, and adds the query.
func (r route) url(base *url.URL, project string, urn URN, names pathNames, query url.Values) *url.URL {
	pairs := []string{"{project_id}", project, "{urn}", urn.String()}
	for name, value := range names {
		pairs = append(pairs, "{"+name+"}", value)
	}
	u := *base
	u.Path = base.Path + strings.NewReplacer(pairs...).Replace(r.template)
	for i := 1; i < len(pairs); i += 2 {
		pairs[i] = url.PathEscape(pairs[i])
	}
	u.RawPath = base.EscapedPath() + strings.NewReplacer(pairs...).Replace(r.template)
	// "+" for a space is a habit of forms; the signature knows %20 only (contract 1.5).
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	return &u
}

// isPathName says that a name can be an element of a path: "." and ".." mean something else there.
func isPathName(name string) bool {
	return strings.Trim(name, ".") != ""
}
