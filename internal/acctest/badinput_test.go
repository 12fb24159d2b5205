// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// expectError demands that there is one error and nothing else: at the path, and with each of the words in its text.
func expectError(t *testing.T, got acctest.Diagnostics, path string, says ...string) {
	t.Helper()
	if len(got) != 1 || got[0].Severity != "ERROR" || got[0].Path != path {
		t.Fatalf("want one error at %q, got %s", path, got)
	}
	for _, words := range says {
		if !strings.Contains(got[0].Summary+": "+got[0].Detail, words) {
			t.Errorf("the error does not say %q: %s", words, got)
		}
	}
}

func expectNone(t *testing.T, got acctest.Diagnostics) {
	t.Helper()
	if len(got) > 0 {
		t.Errorf("want no diagnostics, got %s", got)
	}
}

func expectSilence(t *testing.T, e *acctest.Env) {
	t.Helper()
	if n := e.Emulator.Count(); n > 0 {
		t.Errorf("%d requests were made", n)
	}
}

type block = map[string]any

// TestProviderBlock: what is wrong with a block by itself is found by `terraform validate`.
func TestProviderBlock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path      string
		says      []string
		bad, good block
	}{
		"token and key": {
			"token", []string{"Conflicting Credentials", "token and access_key"},
			block{"token": "T", "access_key": "A", "secret_key": "S"}, block{"access_key": "A", "secret_key": "S"},
		},
		"token and security token": {
			"token", []string{"Conflicting Credentials", "token and security_token"},
			block{"token": "T", "security_token": "S"}, block{"token": "T"},
		},
		"http elsewhere": {
			"endpoint", []string{"Invalid Endpoint", "FGS_ENDPOINT", "loopback", `"fgs.example.com"`},
			block{"endpoint": "http://fgs.example.com"}, block{"endpoint": "https://fgs.example.com"},
		},
		"http on what looks like loopback": {
			"endpoint", []string{"loopback"}, block{"endpoint": "http://127.0.0.1.example.com"},
			block{"endpoint": "http://127.0.0.1:8787"},
		},
		"http on a private address": {
			"endpoint", []string{"loopback"}, block{"endpoint": "http://192.168.0.1"},
			block{"endpoint": "http://localhost:8787"},
		},
		"http of IAM elsewhere": {
			"iam_endpoint", []string{"Invalid Endpoint", "FGS_IAM_ENDPOINT", "loopback"},
			block{"iam_endpoint": "http://iam.example.com"}, block{"iam_endpoint": "http://[::1]:8787"},
		},
		"no URL": {
			"endpoint", []string{"https://host"}, block{"endpoint": "127.0.0.1:8787"},
			block{"endpoint": "https://127.0.0.1:8787"},
		},
		"too many retries": {
			"max_retries", []string{"between 0 and 100"}, block{"max_retries": 101}, block{"max_retries": 100},
		},
		"key of a default tag": {
			`default_tags[""]`, []string{"between 1 and 128"},
			block{"default_tags": block{"": "x"}}, block{"default_tags": block{"x": ""}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectError(t, p.ValidateProvider(test.bad), test.path, test.says...)
			expectNone(t, p.ValidateProvider(test.good))
			expectSilence(t, e)
		})
	}
}

// TestProviderCredentials: half-given credentials are found when the provider is configured, since the other half may
// be in the environment. The error names attribute and variable. What is missing altogether is an error of whoever
// makes the first request.
func TestProviderCredentials(t *testing.T) {
	t.Parallel()
	none := []string{"HW_ACCESS_KEY", "HW_SECRET_KEY"}
	for name, test := range map[string]struct {
		unset     []string
		path      string
		says      []string
		bad, good block
	}{
		"access key alone": {
			none, "secret_key", []string{"access_key is given without secret_key", "HW_SECRET_KEY"},
			block{"access_key": "A"}, block{"access_key": "A", "secret_key": "S"},
		},
		"secret key alone": {
			none, "access_key", []string{"secret_key is given without access_key", "HW_ACCESS_KEY"},
			block{"secret_key": "S"}, block{"access_key": "A", "secret_key": "S"},
		},
		"security token alone": {
			none, "access_key", []string{"HW_ACCESS_KEY"}, block{"security_token": "S"}, block{"token": "T"},
		},
		"half in the environment": {
			none[1:], "secret_key", []string{"HW_SECRET_KEY"}, nil, block{"secret_key": "S"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var options []acctest.Option
			for _, variable := range test.unset {
				options = append(options, acctest.WithVariable(variable, ""))
			}
			e := acctest.New(t, options...)
			expectError(t, e.Protocol(t).Configure(test.bad), test.path, test.says...)
			expectNone(t, e.Protocol(t).Configure(test.good))
			expectSilence(t, e)
		})
	}
}

// TestProviderUnknown: a value that another resource makes is no error, not even where it completes half a pair.
func TestProviderUnknown(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithVariable("HW_SECRET_KEY", ""))
	for _, name := range []string{
		"region", "access_key", "secret_key", "security_token", "token", "project_id", "project_name",
		"enterprise_project_id", "endpoint", "iam_endpoint", "insecure", "cacert_file", "max_retries",
	} {
		p := e.Protocol(t)
		expectNone(t, p.ValidateProvider(block{name: acctest.Unknown}))
		expectNone(t, p.Configure(block{name: acctest.Unknown}))
	}
	expectSilence(t, e)
}

// TestVersionInput: each rule of fgs_function_version refuses a value and accepts its nearest neighbour.
func TestVersionInput(t *testing.T) {
	t.Parallel()
	const urn = "urn:fss:cn-north-4:0123456789abcdef:function:default:orders"
	named := func(name string) block { return block{"version": name} }
	for name, test := range map[string]struct {
		path      string
		says      string
		bad, good block
	}{ // Contract V1 and V2.
		"name too long": {
			"version", "at most 42", named(strings.Repeat("v", 43)), named(strings.Repeat("v", 42)),
		},
		"name empty":              {"version", "begin and end with", named(""), named("1")},
		"name begins with a dot":  {"version", "begin and end with", named(".1.0"), named("1.0")},
		"name ends with a hyphen": {"version", "begin and end with", named("v1-"), named("v1-0")},
		"name with a space":       {"version", "letters, digits", named("v 1"), named("v_1")},
		"latest":                  {"version", "latest", named("latest"), named("Latest")},
		"URN of a version":        {"function_urn", "parse_urn(…).function_urn", block{"function_urn": urn + ":v1"}, nil},
		"short URN":               {"function_urn", "it has 1 field,", block{"function_urn": "orders"}, nil},
		"digest": {
			"digest", "128", block{"digest": strings.Repeat("a", 127)}, block{"digest": strings.Repeat("a", 128)},
		},
		"digest in capital digits": {"digest", "lower-case", block{"digest": strings.Repeat("A", 128)}, nil},
		"description": {
			"description", "512", block{"description": strings.Repeat("ü", 513)},
			block{"description": strings.Repeat("ü", 512)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			config := func(change block) block {
				all := block{"function_urn": urn}
				for name, value := range change {
					all[name] = value
				}
				return all
			}
			expectError(t, p.Validate("fgs_function_version", config(test.bad)), test.path, test.says)
			expectNone(t, p.Validate("fgs_function_version", config(test.good)))
			expectSilence(t, e)
		})
	}
}

// TestForeignPlace: a function of another region or project is an error that names both, never "not found", and
// nothing is requested.
func TestForeignPlace(t *testing.T) {
	t.Parallel()
	const region, project = emulator.DefaultRegion, emulator.DefaultProjectID
	urn := func(region, project string) string {
		return "urn:fss:" + region + ":" + project + ":function:default:orders"
	}
	for name, test := range map[string]struct {
		resource, id string
		says         []string
	}{
		"region":  {"fgs_function", urn("ap-southeast-1", project), []string{"ap-southeast-1", region}},
		"project": {"fgs_function", urn(region, "fedcba9876543210"), []string{"fedcba9876543210", project}},
		"region of a version": {
			"fgs_function_version", urn("ap-southeast-1", project) + ":v1", []string{"ap-southeast-1", region},
		},
		"project of a version": {
			"fgs_function_version", urn(region, "fedcba9876543210") + ":v1", []string{"fedcba9876543210", project},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			e.Emulator.Put(emulator.Function{Name: "orders"})
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			_, got := p.Import(test.resource, test.id)
			expectError(t, got, "", append(test.says, "Nothing was requested", "alias")...)
			if strings.Contains(strings.ToLower(got.String()), "not found") {
				t.Errorf("the error speaks of something that is not found: %s", got)
			}
			expectSilence(t, e)
		})
	}
}
