// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	resourceType = "fgs_async_invoke_configuration"
	functionURN  = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	aliasURN     = functionURN + ":!live"
)

type attributes = map[string]any

// with is a valid configuration, with some of its attributes changed.
func with(change attributes) attributes {
	out := attributes{"function_urn": aliasURN}
	maps.Copy(out, change)
	return out
}

func success(destination attributes) attributes { return with(attributes{"on_success": destination}) }

// TestValidate: what is wrong is said with its path before anything is asked; the nearest value that is fine passes,
// and so does one that is not known yet.
func TestValidate(t *testing.T) {
	t.Parallel()
	const value, length = "Invalid Attribute Value", "Invalid Attribute Value Length"
	obs := func(change attributes) attributes {
		bucket := attributes{"bucket": "done"}
		maps.Copy(bucket, change)
		return success(attributes{"obs": bucket})
	}
	function := func(urn any) attributes { return success(attributes{"function": attributes{"urn": urn}}) }
	other := func(to, param any) attributes {
		return success(attributes{"other": attributes{"destination": to, "param": param}})
	}
	smn := attributes{"topic_urn": "t"}
	latest := function(functionURN + ":latest")
	latest["function_urn"] = functionURN
	version := function(functionURN + ":v1")
	version["function_urn"] = functionURN
	for name, test := range map[string]struct {
		path, summary string
		bad, good     attributes
	}{
		"no URN":           {"function_urn", "Invalid Function URN", with(attributes{"function_urn": "orders"}), with(attributes{"function_urn": functionURN})},
		"age of 0":         {"max_event_age", value, with(attributes{"max_event_age": 0}), with(attributes{"max_event_age": 1})},
		"age":              {"max_event_age", value, with(attributes{"max_event_age": 86401}), with(attributes{"max_event_age": 86400})},
		"retries":          {"max_retry_attempts", value, with(attributes{"max_retry_attempts": 4}), with(attributes{"max_retry_attempts": 3})},
		"negative retries": {"max_retry_attempts", value, with(attributes{"max_retry_attempts": -1}), with(attributes{"max_retry_attempts": 0})},
		"nowhere":          {"on_success", "Missing Destination", success(attributes{}), success(attributes{"smn": acctest.Unknown})},
		"two places":       {"on_success", "More Than One Destination", success(attributes{"smn": smn, "dis": attributes{"stream_name": "s"}}), success(attributes{"smn": smn, "dis": acctest.Unknown})},
		"failure":          {"on_failure", "Missing Destination", with(attributes{"on_failure": attributes{}}), with(attributes{"on_failure": attributes{"smn": smn}})},
		"expires":          {"on_success.obs.expires", value, obs(attributes{"expires": 366}), obs(attributes{"expires": 365})},
		"no bucket":        {"on_success.obs.bucket", length, obs(attributes{"bucket": ""}), obs(attributes{"bucket": acctest.Unknown})},
		"no function":      {"on_success.function.urn", "Invalid Function URN", function("orders"), function(functionURN + ":v1")},
		"loop":             {"on_success.function.urn", "Function Calls Itself", function(aliasURN), function(functionURN + ":!other")},
		"loop of latest":   {"on_success.function.urn", "Function Calls Itself", latest, version},
		"known word":       {"on_success.other.destination", "Destination Has an Attribute", other("OBS", "{}"), other("KAFKA", "{}")},
		"no JSON":          {"on_success.other.param", "Invalid Param", other("KAFKA", "topic"), other("KAFKA", acctest.Unknown)},
		"a list":           {"on_success.other.param", "Invalid Param", other("KAFKA", "[1]"), other("KAFKA", `{"a":[1]}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			got := p.Validate(resourceType, test.bad)
			if len(got) == 0 || got[0].Severity != "ERROR" || got[0].Path != test.path ||
				!strings.HasPrefix(got[0].Summary, test.summary) {
				t.Errorf("got %s\nwant an error at %q: %s", got, test.path, test.summary)
			}
			if got := p.Validate(resourceType, test.good); len(got) > 0 {
				t.Errorf("the nearest one that is right: %s", got)
			}
			if n := len(e.Emulator.Requests()); n > 0 {
				t.Errorf("%d requests were made", n)
			}
		})
	}
}
