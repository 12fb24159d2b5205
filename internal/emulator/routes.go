// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"strings"
)

// route is one call: its name in the log, where it is, and who answers.
type route struct {
	op, method, path string
	handle           func(*Server, *call) (any, *Error)
	open             bool // needs no authentication
}

// routes is the whole surface. Names in braces are parameters.
var routes = []route{
	{op: "CreateFunction", method: "POST", path: "/v2/{project_id}/fgs/functions", handle: (*Server).createFunction},
	{op: "ListFunctions", method: "GET", path: "/v2/{project_id}/fgs/functions", handle: (*Server).listFunctions},
	{op: "ImportFunction", method: "POST", path: "/v2/{project_id}/fgs/functions/import",
		handle: (*Server).importFunction},
	{op: "GetConfig", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/config",
		handle: (*Server).getConfig},
	{op: "UpdateConfig", method: "PUT", path: "/v2/{project_id}/fgs/functions/{function_urn}/config",
		handle: (*Server).updateConfig},
	{op: "GetCode", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/code",
		handle: (*Server).getCode},
	{op: "UpdateCode", method: "PUT", path: "/v2/{project_id}/fgs/functions/{function_urn}/code",
		handle: (*Server).updateCode},
	{op: "DeleteFunction", method: "DELETE", path: "/v2/{project_id}/fgs/functions/{function_urn}",
		handle: (*Server).deleteFunction},
	{op: "SetMaxInstances", method: "PUT", path: "/v2/{project_id}/fgs/functions/{function_urn}/config-max-instance",
		handle: (*Server).setMaxInstances},
	{op: "PublishVersion", method: "POST", path: "/v2/{project_id}/fgs/functions/{function_urn}/versions",
		handle: (*Server).publishVersion},
	{op: "ListVersions", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/versions",
		handle: (*Server).listVersions},
	{op: "CreateAlias", method: "POST", path: "/v2/{project_id}/fgs/functions/{function_urn}/aliases",
		handle: (*Server).createAlias},
	{op: "ListAliases", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/aliases",
		handle: (*Server).listAliases},
	{op: "GetAlias", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/aliases/{alias_name}",
		handle: (*Server).getAlias},
	{op: "UpdateAlias", method: "PUT", path: "/v2/{project_id}/fgs/functions/{function_urn}/aliases/{alias_name}",
		handle: (*Server).updateAlias},
	{op: "DeleteAlias", method: "DELETE", path: "/v2/{project_id}/fgs/functions/{function_urn}/aliases/{alias_name}",
		handle: (*Server).deleteAlias},
	{op: "InvokeFunction", method: "POST", path: "/v2/{project_id}/fgs/functions/{function_urn}/invocations",
		handle: (*Server).invoke},
	{op: "InvokeFunctionAsync", method: "POST",
		path: "/v2/{project_id}/fgs/functions/{function_urn}/invocations-async", handle: (*Server).invokeAsync},
	{op: "ListAsyncInvocations", method: "GET",
		path: "/v2/{project_id}/fgs/functions/{function_urn}/async-invocations", handle: (*Server).listAsyncCalls},
	{op: "ListActiveAsyncInvocations", method: "GET",
		path:   "/v2/{project_id}/fgs/functions/{function_urn}/active-async-invocations",
		handle: (*Server).listActiveAsyncCalls},
	{op: "ExportFunction", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/export",
		handle: (*Server).exportFunction},
	{op: "ListQuotas", method: "GET", path: "/v2/{project_id}/fgs/quotas", handle: (*Server).listQuotas},
	{op: "ListRuntimes", method: "GET", path: "/v2/{project_id}/fgs/runtimetypes", handle: (*Server).listRuntimes},
	{op: "ListTriggerTypes", method: "GET", path: "/v2/{project_id}/fgs/triggertypes",
		handle: (*Server).listTriggerTypes},
	{op: "LogDetail", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/lts-log-detail",
		handle: (*Server).logDetail},
	{op: "EnableLogs", method: "POST", path: "/v2/{project_id}/fgs/functions/enable-lts-logs",
		handle: (*Server).enableLogs},
	{op: "EnableAsyncStatusLogs", method: "POST", path: "/v2/{project_id}/fgs/functions/enable-async-status-logs",
		handle: (*Server).enableAsyncStatusLogs},
	{op: "AsyncStatusLogDetail", method: "GET", path: "/v2/{project_id}/fgs/functions/async-status-log-detail",
		handle: (*Server).asyncStatusLogDetail},
	{op: "ListReservedInstances", method: "GET", path: "/v2/{project_id}/fgs/functions/reservedinstanceconfigs",
		handle: (*Server).listReservations},
	{op: "SetReservedInstances", method: "PUT",
		path: "/v2/{project_id}/fgs/functions/{function_urn}/reservedinstances", handle: (*Server).setReservedInstances},
	{op: "ListEvents", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/events",
		handle: (*Server).listEvents},
	{op: "CreateEvent", method: "POST", path: "/v2/{project_id}/fgs/functions/{function_urn}/events",
		handle: (*Server).createEvent},
	{op: "GetEvent", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/events/{event_id}",
		handle: (*Server).getEvent},
	{op: "UpdateEvent", method: "PUT", path: "/v2/{project_id}/fgs/functions/{function_urn}/events/{event_id}",
		handle: (*Server).updateEvent},
	{op: "DeleteEvent", method: "DELETE", path: "/v2/{project_id}/fgs/functions/{function_urn}/events/{event_id}",
		handle: (*Server).deleteEvent},
	{op: "SetAsyncSettings", method: "PUT", path: "/v2/{project_id}/fgs/functions/{function_urn}/async-invoke-config",
		handle: (*Server).setAsyncSettings},
	{op: "GetAsyncSettings", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/async-invoke-config",
		handle: (*Server).getAsyncSettings},
	{op: "DeleteAsyncSettings", method: "DELETE",
		path: "/v2/{project_id}/fgs/functions/{function_urn}/async-invoke-config", handle: (*Server).deleteAsyncSettings},
	{op: "ListAsyncSettings", method: "GET", path: "/v2/{project_id}/fgs/functions/{function_urn}/async-invoke-configs",
		handle: (*Server).listAsyncSettings},
	{op: "ListTriggers", method: "GET", path: "/v2/{project_id}/fgs/triggers/{function_urn}",
		handle: (*Server).listTriggers},
	{op: "CreateTrigger", method: "POST", path: "/v2/{project_id}/fgs/triggers/{function_urn}",
		handle: (*Server).createTrigger},
	{op: "DeleteTriggers", method: "DELETE", path: "/v2/{project_id}/fgs/triggers/{function_urn}",
		handle: (*Server).deleteTriggers},
	{op: "GetTrigger", method: "GET",
		path: "/v2/{project_id}/fgs/triggers/{function_urn}/{trigger_type_code}/{trigger_id}", handle: (*Server).getTrigger},
	{op: "UpdateTrigger", method: "PUT",
		path:   "/v2/{project_id}/fgs/triggers/{function_urn}/{trigger_type_code}/{trigger_id}",
		handle: (*Server).updateTrigger},
	{op: "DeleteTrigger", method: "DELETE",
		path:   "/v2/{project_id}/fgs/triggers/{function_urn}/{trigger_type_code}/{trigger_id}",
		handle: (*Server).deleteTrigger},
	{op: "ListProjectTriggers", method: "GET", path: "/v2/{project_id}/fgs/triggers",
		handle: (*Server).listProjectTriggers},
	{op: "CreateDependencyVersion", method: "POST", path: "/v2/{project_id}/fgs/dependencies/version",
		handle: (*Server).createDependencyVersion},
	{op: "ListDependencies", method: "GET", path: "/v2/{project_id}/fgs/dependencies",
		handle: (*Server).listDependencies},
	{op: "ListDependencyVersions", method: "GET", path: "/v2/{project_id}/fgs/dependencies/{depend_id}/version",
		handle: (*Server).listDependencyVersions},
	{op: "GetDependencyVersion", method: "GET", path: "/v2/{project_id}/fgs/dependencies/{depend_id}/version/{version}",
		handle: (*Server).getDependencyVersion},
	{op: "DeleteDependencyVersion", method: "DELETE",
		path: "/v2/{project_id}/fgs/dependencies/{depend_id}/version/{version}", handle: (*Server).deleteDependencyVersion},
	{op: "GetTags", method: "GET", path: "/v2/{project_id}/functions/{function_urn}/tags",
		handle: (*Server).getTags},
	{op: "CreateTags", method: "POST", path: "/v2/{project_id}/functions/{function_urn}/tags/create",
		handle: (*Server).createTags},
	{op: "DeleteTags", method: "DELETE", path: "/v2/{project_id}/functions/{function_urn}/tags/delete",
		handle: (*Server).deleteTags},
	{op: "ListProjectTags", method: "GET", path: "/v2/{project_id}/functions/tags",
		handle: (*Server).listProjectTags},
	{op: "FilterResources", method: "POST", path: "/v2/{project_id}/functions/resource-instances/filter",
		handle: (*Server).filterResources},
	{op: "ListProjects", method: "GET", path: "/v3/projects", handle: (*Server).listProjects},
	{op: "CreateToken", method: "POST", path: "/v3/auth/tokens", handle: (*Server).createToken, open: true},
	{op: "AssumeAgency", method: "POST", path: "/v3.0/OS-CREDENTIAL/securitytokens",
		handle: (*Server).assumeAtIAM, open: true},
	{
		op: "LoginWithOIDC", method: "POST", path: "/v3.0/OS-AUTH/id-token/tokens", handle: (*Server).loginWithOIDC,
		open: true,
	},
	{op: "STSAssumeAgency", method: "POST", path: "/v5/agencies/assume", handle: (*Server).assumeAtSTS},
	{op: "STSAssumeWithOIDC", method: "POST", path: "/v5/agencies/assume-with-oidc",
		handle: (*Server).assumeWithOIDC, open: true},
	{op: "MetadataToken", method: "PUT", path: "/meta-data/latest/api/token", handle: (*Server).metadataToken, open: true},
	{op: "MetadataKeys", method: "GET", path: "/openstack/latest/securitykey", handle: (*Server).metadataKeys, open: true},
	{op: "PodIdentity", method: "POST", path: "/pod-identity/credentials", handle: (*Server).podIdentity, open: true},
	{op: "DownloadDependency", method: "GET", path: "/functionstorage/depends/{file_name}",
		handle: (*Server).downloadDependency, open: true},
	{op: "DownloadExport", method: "GET", path: "/functionstorage/export/{function_id}/{version}",
		handle: (*Server).downloadExport, open: true},
	{op: putReplyOp, method: "POST", path: "/emulator/replies/{function_name}", handle: (*Server).putReply, open: true},
	{op: "DownloadCode", method: "GET", path: "/functionstorage/{function_id}/{version}",
		handle: (*Server).downloadCode, open: true},
}

// putReplyOp is no call of the service: it tells the emulator what to answer.
const putReplyOp = "PutReply"

// deleteVersionOp is the name of DELETE on a URN with a qualifier: the path is that of DeleteFunction.
const deleteVersionOp = "DeleteVersion"

// match finds the route of a request and its parameters, percent-decoded: `:` and `!` come raw or encoded (2.1).
func match(r *http.Request) (route, map[string]string, bool) {
	segments := strings.Split(r.URL.EscapedPath(), "/")
	for _, candidate := range routes {
		if candidate.method != r.Method {
			continue
		}
		params, ok := matchPath(candidate.path, segments)
		if !ok {
			continue
		}
		if candidate.op == "DeleteFunction" && strings.Count(params["function_urn"], ":") > 6 {
			candidate.op = deleteVersionOp
		}
		return candidate, params, true
	}
	return route{}, nil, false
}

func matchPath(pattern string, segments []string) (map[string]string, bool) {
	parts := strings.Split(pattern, "/")
	if len(parts) != len(segments) {
		return nil, false
	}
	params := map[string]string{}
	for i, part := range parts {
		value, err := url.PathUnescape(segments[i])
		if err != nil {
			return nil, false
		}
		name, isParam := strings.CutPrefix(part, "{")
		switch {
		case isParam && value != "":
			params[strings.TrimSuffix(name, "}")] = value
		case isParam || value != part:
			return nil, false
		}
	}
	return params, true
}
