// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const (
	typeShared    = "APIG"
	typeDedicated = "DEDICATEDGATEWAY"

	defaultAPITimeout = 5000
	maxAPITimeout     = 60000 // contract 3.21.4
)

var apigKind = kind{
	name: "apig",
	doc: "Calls the function by HTTP: the service makes an API at the gateway, whose address is `invoke_url`. Without " +
		"`instance_id` that is the shared gateway, which not every region has.",
	codes: []string{typeShared, typeDedicated},
	code: func(v values) string {
		switch {
		case !v.given("instance_id"):
			return typeShared
		case v.known("instance_id"):
			return typeDedicated
		}
		return ""
	},
	members: []member{
		need("name", "name", "Name of the API, without `-`: no other of the group has it.",
			stringvalidator.RegexMatches(regexp.MustCompile(`^[^-]+$`), "must not contain '-'")),
		need("group_id", "group_id", "The API group."),
		need("path", "path", "Path of the requests, beginning with `/`. No other API of the group has both path and method.",
			stringvalidator.RegexMatches(regexp.MustCompile(`^/`), "must begin with '/'")),
		need("auth", "auth", "Who may call: `IAM`, `APP`, or `NONE` for everybody.",
			stringvalidator.OneOf("IAM", "APP", "NONE")),
		text("instance_id", "instance_id", "The dedicated gateway."),
		textOr("method", "req_method", "ANY", "Method of the requests.",
			stringvalidator.OneOf("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "ANY")),
		textOr("protocol", "protocol", "HTTPS", "`HTTPS` or `HTTP`.", stringvalidator.OneOf("HTTP", "HTTPS")),
		textOr("match_mode", "match_mode", "SWA", "`SWA`: all paths that begin so; `NORMAL`: exactly this one.",
			stringvalidator.OneOf("SWA", "NORMAL")),
		textOr("env_name", "env_name", "RELEASE", "Name of the environment that the API is published in."),
		textOr("env_id", "env_id", "DEFAULT_ENVIRONMENT_RELEASE_ID", "Id of that environment."),
		visibility(),
		numberOr("timeout_ms", []string{"func_info", "timeout"}, defaultAPITimeout,
			"How long the gateway waits for the function, in milliseconds: 1 to 60000. Default: `5000`.", 1, maxAPITimeout),
		asynchronous(),
	},
	gap: func(values) string {
		return "The gateway makes another API, with another id: authorisations and policies that are bound to the present " +
			"one are lost, and calls in between fail."
	},
	unique:   [][]string{{"group_id", "name"}, {"group_id", "path", "req_method"}},
	noSwitch: true,
}

// visibility is a number on the wire (contract 3.21.4: 1 public, 2 private).
func visibility() member {
	m := textOr("type", "type", "public", "`public`, or `private` for calls from within the network only.",
		stringvalidator.OneOf("public", "private"))
	m.encode = func(v attr.Value) any {
		if v.Equal(types.StringValue("private")) {
			return 2
		}
		return 1
	}
	m.decode = func(raw json.RawMessage) (attr.Value, bool) {
		switch string(raw) {
		case "1", `"1"`:
			return types.StringValue("public"), true
		case "2", `"2"`:
			return types.StringValue("private"), true
		}
		return nil, false
	}
	return m
}

// asynchronous is a word on the wire.
func asynchronous() member {
	m := flag("async", "", "Whether the gateway answers at once, and the function runs behind that.")
	m.wire = []string{"func_info", "invocation_type"}
	m.encode = func(attr.Value) any { return "async" } // what is off is not sent
	m.decode = func(raw json.RawMessage) (attr.Value, bool) {
		return types.BoolValue(string(raw) == `"async"`), true
	}
	return m
}
