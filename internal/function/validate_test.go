// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// attributes is a configuration, or what is changed in one.
type attributes = map[string]any

// with is a small valid function with some attributes changed; nil removes one.
func with(change attributes) attributes {
	config := attributes{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": attributes{"inline": "print()"},
	}
	maps.Copy(config, change)
	return config
}

// imaged is a container image with attributes.
func imaged(change attributes) attributes {
	config := attributes{"code": attributes{"image": testImage}, "runtime": nil, "handler": nil}
	maps.Copy(config, change)
	return config
}

const testImage = "swr.cn-north-4.myhuaweicloud.com/shop/orders:1"

// variables are n environment variables.
func variables(n int) attributes {
	all := attributes{}
	for i := range n {
		all[fmt.Sprintf("KEY_%d", i)] = "x"
	}
	return all
}

// expectOne demands that there is nothing but one diagnostic: of the severity, at the path, with the summary, and with
// each of the words in its detail.
func expectOne(t *testing.T, got acctest.Diagnostics, severity, path, summary string, says ...string) {
	t.Helper()
	if len(got) != 1 {
		t.Fatalf("want one diagnostic, got %d: %s", len(got), got)
	}
	if got[0].Severity != severity || got[0].Path != path || got[0].Summary != summary {
		t.Errorf("want %s at %q: %s, got %s", severity, path, summary, got)
	}
	for _, words := range says {
		if !strings.Contains(got[0].Detail, words) {
			t.Errorf("the detail does not say %q: %s", words, got[0].Detail)
		}
	}
}

func expectNone(t *testing.T, got acctest.Diagnostics) {
	t.Helper()
	if len(got) > 0 {
		t.Errorf("want no diagnostics, got %s", got)
	}
}

// expectSilence demands that nothing was requested.
func expectSilence(t *testing.T, e *acctest.Env) {
	t.Helper()
	if requests := e.Emulator.Requests(); len(requests) > 0 {
		t.Errorf("%d requests were made, the first %s", len(requests), requests[0].Op)
	}
}

const (
	summaryLength = "Invalid Attribute Value Length"
	summaryMatch  = "Invalid Attribute Value Match"
	summaryValue  = "Invalid Attribute Value"
)

// TestValidate: each rule refuses a value and accepts its nearest neighbour. Nothing is requested.
func TestValidate(t *testing.T) {
	t.Parallel()
	refuses(t, map[string]inputRule{
		// Contract F1.
		"name too long": {
			"name", summaryLength, "at most 60",
			attributes{"name": "a" + strings.Repeat("b", 60)}, attributes{"name": "a" + strings.Repeat("b", 59)},
		},
		"name begins with a digit": {
			"name", summaryMatch, "begin with a letter", attributes{"name": "1orders"}, attributes{"name": "o1rders"},
		},
		"name ends with a hyphen": {
			"name", summaryMatch, "end with a letter or digit", attributes{"name": "orders-"},
			attributes{"name": "orders-1"},
		},
		"name with a dot": {
			"name", summaryMatch, "letters, digits, '_' and '-'", attributes{"name": "or.ders"},
			attributes{"name": "or_ders"},
		},
		"name empty": {
			"name", summaryMatch, "begin with a letter", attributes{"name": ""}, attributes{"name": "o"},
		},
		// Contract F2.
		"package too long": {
			"package", summaryLength, "at most 60",
			attributes{"package": strings.Repeat("p", 61)}, attributes{"package": strings.Repeat("p", 60)},
		},
		"package with a slash": {
			"package", summaryMatch, "letters, digits, '_' and '-'",
			attributes{"package": "shop/a"}, attributes{"package": "shop-a"},
		},
		"type": {
			"type", summaryMatch, `"v1" "v2"`, attributes{"type": "v3"}, attributes{"type": "v2"},
		},
		// Contract F4 and F5.
		"timeout too short": {
			"timeout", summaryValue, "between 3 and 259200", attributes{"timeout": 2}, attributes{"timeout": 3},
		},
		"timeout too long": {
			"timeout", summaryValue, "between 3 and 259200", attributes{"timeout": 259201},
			attributes{"timeout": 259200},
		},
		"memory": {
			"memory_size", summaryValue, "at least 1", attributes{"memory_size": 0}, attributes{"memory_size": 128},
		},
		"runtime empty": {
			"runtime", "Empty Text", "write null", attributes{"runtime": ""}, attributes{"runtime": "Python3.10"},
		},
		// Contract F6.
		"handler without a dot": {
			"handler", "Invalid Handler", "for example index.handler",
			attributes{"handler": "index"}, attributes{"handler": "index.handler"},
		},
		"handler with a blank at its end": {
			"handler", "Invalid Handler", "ends with a blank",
			attributes{"handler": "index.handler "}, attributes{"handler": "index.handler"},
		},
		"handler of Java": {
			"handler", "Invalid Handler", "Java11",
			attributes{"runtime": "Java11", "handler": "Main"},
			attributes{"runtime": "Java11", "handler": "com.shop.Main.run"},
		},
		"handler of an image for Python": {
			"handler", "Invalid Handler", "container images",
			attributes{"handler": "-"}, imaged(attributes{"handler": "-"}),
		},
		"handler of an image for Custom": {
			"handler", "Invalid Handler", "container images",
			attributes{"runtime": "Custom", "handler": "-"}, attributes{"runtime": "Custom", "handler": "bootstrap"},
		},
		"handler of an image for http": {
			"handler", "Invalid Handler", "container images",
			attributes{"runtime": "http", "handler": "-"}, imaged(attributes{"runtime": "http", "handler": "-"}),
		},
		"handler of an image for Go": {
			"handler", "Invalid Handler", "container images",
			attributes{"runtime": "Go1.x", "handler": "-"}, attributes{"runtime": "Go1.x", "handler": "timer-example"},
		},
		"handler of PHP": {
			"handler", "Invalid Handler", "PHP8.3", attributes{"runtime": "PHP8.3", "handler": "index"},
			attributes{"runtime": "PHP8.3", "handler": "index.handler"},
		},
		"handler of Java with a method": {
			"handler", "Invalid Handler", "Java21", attributes{"runtime": "Java21", "handler": "Main:run"},
			attributes{"runtime": "Java21", "handler": "Main::run"},
		},
		"handler too long": {
			"handler", summaryLength, "at most 128",
			attributes{"handler": "i." + strings.Repeat("h", 127)},
			attributes{"handler": "i." + strings.Repeat("h", 126)},
		},
		"handler empty": {
			"handler", "Empty Text", "write null", attributes{"handler": ""}, attributes{"handler": "a.b"},
		},
		// Contract F17: characters, not bytes.
		"description": {
			"description", "Invalid Attribute Value Length", "512",
			attributes{"description": strings.Repeat("ü", 513)}, attributes{"description": strings.Repeat("ü", 512)},
		},
		// Contract F15 and F16.
		"21 variables": {
			"user_data", "Too Many Entries", "at most 20", attributes{"user_data": variables(21)},
			attributes{"user_data": variables(20)},
		},
		"4 KB of variables": {
			"user_data", "Environment Too Large", "4097 characters",
			attributes{"user_data": attributes{"K": strings.Repeat("x", 4096)}},
			attributes{"user_data": attributes{"K": strings.Repeat("&", 4096-8)}},
		},
		"signs of HTML among variables": { // each is one byte
			"user_data", "Environment Too Large", "4096",
			attributes{"user_data": attributes{"K": strings.Repeat("&", 4096)}},
			attributes{"user_data": attributes{"K": strings.Repeat("<&>", (4096-8)/3)}},
		},
		"variable without a name": {
			`user_data[""]`, summaryLength, "at least 1",
			attributes{"user_data": attributes{"": "x"}}, attributes{"user_data": attributes{"x": ""}},
		},
		"21 tags": {
			"tags", "Too Many Entries", "at most 20", attributes{"tags": variables(21)}, attributes{"tags": variables(20)},
		},
		"tag key": {
			`tags["` + strings.Repeat("k", 129) + `"]`, summaryLength, "128",
			attributes{"tags": attributes{strings.Repeat("k", 129): ""}},
			attributes{"tags": attributes{strings.Repeat("k", 128): ""}},
		},
		"tag value": {
			`tags["k"]`, summaryLength, "255",
			attributes{"tags": attributes{"k": strings.Repeat("v", 256)}},
			attributes{"tags": attributes{"k": strings.Repeat("v", 255)}},
		},
		"too few instances": {
			"max_instance_num", summaryValue, "between -1 and 1000",
			attributes{"max_instance_num": -2}, attributes{"max_instance_num": -1},
		},
		"too many instances": {
			"max_instance_num", summaryValue, "between -1 and 1000",
			attributes{"max_instance_num": 1001}, attributes{"max_instance_num": 1000},
		},
		"two sources": {
			"code", "Conflicting Code Sources", "inline and zip_file are set together",
			attributes{"code": attributes{"inline": "x", "zip_file": "a.zip"}},
			attributes{"code": attributes{"zip_file": "a.zip"}},
		},
		"four sources": {
			"code", "Conflicting Code Sources", "inline and zip_file and jar_file and package_file",
			attributes{"code": attributes{"inline": "x", "zip_file": "a", "jar_file": "b", "package_file": "c"}},
			attributes{"code": attributes{"package_file": "c"}},
		},
		"no source": {
			"code", "Missing Code Source", "exactly one of inline, zip_file, jar_file, source_dir, obs_url, image, package_file",
			attributes{"code": attributes{"filename": "index.py"}},
			attributes{"code": attributes{"inline": "x", "filename": "index.py"}},
		},
		"empty path": {
			"code", "Missing Code Source", "exactly one",
			attributes{"code": attributes{"zip_file": ""}}, attributes{"code": attributes{"zip_file": "x"}},
		},
		"inline empty": {
			"code.inline", "Empty Code", "template", attributes{"code": attributes{"inline": ""}},
			attributes{"code": attributes{"inline": "#"}},
		},
		// Contract F13: bytes, not characters.
		"inline too large": {
			"code.inline", "Inline Code Too Large", "zip_file",
			attributes{"code": attributes{"inline": "#" + strings.Repeat("ü", 5120)}},
			attributes{"code": attributes{"inline": strings.Repeat("ü", 5120)}},
		},
		"timeouts": {
			"timeouts.create", "Invalid Attribute Value Time Duration", "must be a string",
			attributes{"timeouts": attributes{"create": "5 minutes"}},
			attributes{"timeouts": attributes{"create": "5m"}},
		},
		"runtime missing": {
			"runtime", "Missing Required Argument", "package_file", attributes{"runtime": nil},
			attributes{"runtime": nil, "code": attributes{"package_file": "p.zip"}},
		},
		"handler missing": {
			"handler", "Missing Required Argument", "package_file", attributes{"handler": nil},
			attributes{"handler": nil, "code": attributes{"package_file": "p.zip"}},
		},
		"timeout missing": {
			"timeout", "Missing Required Argument", "package_file", attributes{"timeout": nil},
			attributes{"timeout": nil, "code": attributes{"package_file": "p.zip"}},
		},
		"memory missing": {
			"memory_size", "Missing Required Argument", "package_file", attributes{"memory_size": nil},
			attributes{"memory_size": nil, "code": attributes{"package_file": "p.zip"}},
		},
	})
}

// inputRule is a rule about what is configured: a value that it refuses, and how, and the nearest one that it accepts.
type inputRule struct {
	path, summary string
	says          string
	bad, good     attributes
}

func refuses(t *testing.T, rules map[string]inputRule) {
	t.Helper()
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectOne(t, p.Validate("fgs_function", with(rule.bad)), "ERROR", rule.path, rule.summary, rule.says)
			expectNone(t, p.Validate("fgs_function", with(rule.good)))
			expectSilence(t, e)
		})
	}
}

// TestValidate_catalogues: lists that grow by region and date only warn, and what is on them does not. Rules that hang
// on the runtime leave an unknown one alone.
func TestValidate_catalogues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, summary string
		says          string
		strange, good attributes
	}{
		"runtime": {
			"runtime", "Unknown Runtime", "Python3.13", attributes{"runtime": "Python3.13"},
			attributes{"runtime": "Python3.12"},
		},
		"runtime with a handler of another form": {
			"runtime", "Unknown Runtime", "Bun1.2",
			attributes{"runtime": "Bun1.2", "handler": "start"}, attributes{"runtime": "Custom", "handler": "start"},
		},
		// Contract Q57.
		"variables that one reading refuses": {
			"user_data", "Environment May Be Too Large", "4097 bytes",
			attributes{"user_data": attributes{"K": strings.Repeat("&", 4096-7)}},
			attributes{"user_data": attributes{"K": strings.Repeat("&", 4096-8)}},
		},
		// Contract F6: of these the form is not known.
		"handler of C#": {
			"handler", "Unusual Handler", "Assembly::Namespace.Class::Method",
			attributes{"runtime": "C#(.NET Core 6.0)", "handler": "Shop"},
			attributes{"runtime": "C#(.NET Core 6.0)", "handler": "Shop::Shop.Orders::Run"},
		},
		"handler of Cangjie": {
			"handler", "Unusual Handler", "not documented", attributes{"runtime": "Cangjie1.0", "handler": "run"},
			attributes{"runtime": "Cangjie1.0", "handler": "main.run"},
		},
		"memory between": {
			"memory_size", "Unknown Memory Size", "700 MB", attributes{"memory_size": 700},
			attributes{"memory_size": 768},
		},
		"memory beyond": {
			"memory_size", "Unknown Memory Size", "16384 MB", attributes{"memory_size": 16384},
			attributes{"memory_size": 10240},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := acctest.New(t).Protocol(t)
			expectOne(t, p.Validate("fgs_function", with(test.strange)), "WARNING", test.path, test.summary, test.says)
			expectNone(t, p.Validate("fgs_function", with(test.good)))
		})
	}
}

// TestValidate_unknown: what is not known yet never fails, neither alone nor together with all the rest, neither in
// validation nor in the plan of a creation.
func TestValidate_unknown(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	var all []attributes
	every := attributes{}
	for _, name := range []string{
		"name", "package", "type", "runtime", "handler", "timeout", "memory_size", "description", "user_data", "agency",
		"app_agency", "tags", "max_instance_num", "ignore_code_drift", "code", "dependency_version_ids",
		"user_data_kms_key_id",
		"vpc", "domain_names", "peering_cidrs", "network_controller", "mount_config", "initializer", "pre_stop",
		"restore_hook",
		"heartbeat_handler", "enable_class_isolation", "gpu", "concurrency_num", "ephemeral_storage", "enable_dynamic_memory",
		"is_stateful_function", "enable_auth_in_header", "log", "enterprise_project_id",
	} {
		every[name] = acctest.Unknown
		all = append(all, attributes{name: acctest.Unknown})
	}
	all = append(all, every,
		attributes{"user_data": attributes{"k": acctest.Unknown}}, attributes{"tags": attributes{"k": acctest.Unknown}})
	all = append(all, partlyUnknown()...)
	for _, name := range []string{"inline", "zip_file", "jar_file", "package_file"} {
		all = append(all,
			attributes{"code": attributes{name: acctest.Unknown}},
			attributes{"code": attributes{name: acctest.Unknown, "source_hash": acctest.Unknown, "filename": acctest.Unknown}},
			attributes{"code": attributes{name: acctest.Unknown, "source_hash": "1"}},
			attributes{"code": attributes{name: acctest.Unknown, "inline": "may be the only one"}},
			attributes{"code": attributes{name: acctest.Unknown}, "runtime": acctest.Unknown, "handler": "no-dot-yet"},
		)
	}
	for _, change := range all {
		if got := p.Validate("fgs_function", with(change)); len(got) > 0 {
			t.Errorf("validating %v: %s", change, got)
		}
		if got := p.PlanCreate("fgs_function", with(change)); len(got) > 0 {
			t.Errorf("planning %v: %s", change, got)
		}
	}
	expectSilence(t, e)
}

// TestValidate_opensNoFile: a file that is not there is the plan's business.
func TestValidate_opensNoFile(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for _, source := range []string{"zip_file", "jar_file", "package_file"} {
		expectNone(t, p.Validate("fgs_function", with(attributes{"code": attributes{source: "build/none"}})))
	}
}
