// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestParseSettings_values(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		key, value string
		want       any
	}{
		"number":            {"MemorySize", "256", int64(256)},
		"number as string":  {"MemorySize", `"256"`, int64(256)},
		"number absent":     {"MemorySize", "-", int64(0)},
		"number null":       {"Timeout", "null", int64(0)},
		"number empty":      {"Timeout", `""`, int64(0)},
		"number zero":       {"Timeout", "0", int64(0)},
		"leading zero":      {"Timeout", "010", int64(10)},
		"text like number":  {"Runtime", "3.10", "3.10"},
		"text null":         {"Handler", "~", ""},
		"text quoted null":  {"Handler", `"null"`, "null"},
		"text absent":       {"Runtime", "-", ""},
		"description":       {"Description", "Köln", "Köln"},
		"flow and comments": {"Handler", "a.b # c", "a.b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parsed, err := parseSettings([]byte(exportYAML(map[string]string{test.key: test.value})))
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]any{
				"MemorySize": parsed.memorySize, "Timeout": parsed.timeout, "Runtime": parsed.runtime,
				"Handler": parsed.handler, "Description": parsed.description,
			}[test.key]
			if got != test.want {
				t.Errorf("%s is %#v, want %#v", test.key, got, test.want)
			}
		})
	}
}

func TestParseSettings_beyond(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change      map[string]string
		environment map[string]string
		beyond      []string
	}{
		"nothing":     {nil, nil, nil},
		"version":     {map[string]string{"Version": "v1", "CodeUrl": "https://b/o"}, nil, nil},
		"description": {map[string]string{"Description": "text"}, nil, []string{"Description"}},
		"sorted": {
			map[string]string{"DependencyPkg": "numpy", "Description": "a", "Xrole": "agency"}, nil,
			[]string{"DependencyPkg", "Description", "Xrole"},
		},
		"variables": {
			map[string]string{"Environment": "{Variables: {STAGE: prod, RETRIES: 3, EMPTY: '', NONE: null}}"},
			map[string]string{"STAGE": "prod", "RETRIES": "3", "EMPTY": "", "NONE": ""},
			[]string{"Environment.Variables.EMPTY", "Environment.Variables.NONE",
				"Environment.Variables.RETRIES", "Environment.Variables.STAGE"},
		},
		"environment absent": {map[string]string{"Environment": "-"}, nil, nil},
		"environment null":   {map[string]string{"Environment": "{Variables: null}"}, nil, nil},
		"environment more": {
			map[string]string{"Environment": "{Encrypted: {A: b}}"}, nil, []string{"Environment.Encrypted"},
		},
		"environment text": {map[string]string{"Environment": `'{"A":"b"}'`}, nil, []string{"Environment"}},
		"variables list":   {map[string]string{"Environment": "{Variables: [A]}"}, nil, []string{"Environment"}},
		"list as variable": {
			map[string]string{"Environment": "{Variables: {A: [1]}}"}, map[string]string{"A": ""},
			[]string{"Environment.Variables.A"},
		},
		"zero values": {
			map[string]string{"A": "0", "B": "false", "C": "[]", "D": "{}", "E": "null", "F": `""`, "G": `"0"`,
				"H": "[0, '']", "I": "{J: {K: false}}"}, nil, nil,
		},
		"other values": {
			map[string]string{"A": "1", "B": "true", "C": "[0, 1]", "D": "{E: {F: x}}", "G": "-1"}, nil,
			[]string{"A", "B", "C", "D", "G"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parsed, err := parseSettings([]byte(exportYAML(test.change)))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(parsed.environment, test.environment) {
				t.Errorf("environment %v, want %v", parsed.environment, test.environment)
			}
			if !reflect.DeepEqual(parsed.beyond, test.beyond) {
				t.Errorf("beyond %v, want %v", parsed.beyond, test.beyond)
			}
		})
	}
}

// Resources of other types are passed over.
func TestParseSettings_otherResources(t *testing.T) {
	t.Parallel()
	parsed, err := parseSettings([]byte(exportYAML(nil) + "  timer: {Type: HC::Serverless::Trigger}\n  odd:\n"))
	if err != nil {
		t.Fatal(err)
	}
	if parsed.name != "demo" {
		t.Errorf("name %q", parsed.name)
	}
}

// The same YAML has the same error on every run.
func TestParseSettings_firstError(t *testing.T) {
	t.Parallel()
	text := "Resources: {h: 1, g: 1, f: 1, e: 1, d: 1, c: 1, b: 1, a: 1}\n"
	for range 10 {
		_, err := parseSettings([]byte(text))
		checkError(t, err, ErrYAML, "Resources.a is not a mapping")
	}
}

func TestParseSettings_refused(t *testing.T) {
	t.Parallel()
	property := func(key, value string) string { return exportYAML(map[string]string{key: value}) }
	tests := map[string]struct {
		text string
		want error
		says string
	}{
		"empty":           {"", ErrYAML, "empty"},
		"only a comment":  {"# nothing\n", ErrYAML, "empty"},
		"broken":          {"a: [", ErrYAML, "line 1"},
		"binary":          {"\x00\x01", ErrYAML, ""},
		"text":            {"just text", ErrYAML, "the document is not a mapping"},
		"list":            {"[1]", ErrYAML, "the document is not a mapping"},
		"two documents":   {exportYAML(nil) + "---\na: b\n", ErrYAML, "after its first document"},
		"null":            {"null", ErrNoFunction, ""},
		"no resources":    {"HcCrmTemplateVersion: v1\n", ErrNoFunction, "HC::Serverless::Function"},
		"empty resources": {"Resources: {}\n", ErrNoFunction, "HC::Serverless::Function"},
		"other type":      {"Resources: {a: {Type: AWS::Serverless::Function}}\n", ErrNoFunction, ""},
		"odd type":        {"Resources: {a: {Type: [1]}}\n", ErrNoFunction, ""},
		"odd resources":   {"Resources: [1]\n", ErrYAML, "Resources is not a mapping"},
		"odd resource":    {"Resources: {a: text}\n", ErrYAML, "Resources.a is not a mapping"},
		"odd properties": {
			"Resources: {a: {Type: HC::Serverless::Function, Properties: [1]}}\n", ErrYAML, "Resources.a.Properties",
		},
		"no properties": {"Resources: {a: {Type: HC::Serverless::Function}}\n", ErrCodeType, `""`},
		"two functions": {
			exportYAML(nil) + "  a: {Type: HC::Serverless::Function}\n", ErrManyFunctions, `2 functions, "a", "demo"`,
		},
		"odd key":           {"[a]: b\n", ErrYAML, "a key of the document is not a text"},
		"key twice":         {exportYAML(nil) + "      Handler: b\n", ErrYAML, `the key "Handler" twice`},
		"alias":             {"a: &x 1\nb: *x\n", ErrYAML, "aliases"},
		"alias of itself":   {"a: &x [*x]\n", ErrYAML, "aliases"},
		"list as text":      {property("Handler", "[a]"), ErrYAML, "Handler is not a text"},
		"mapping as number": {property("Timeout", "{a: b}"), ErrYAML, "Timeout is not a whole number"},
		"word":              {property("MemorySize", "large"), ErrYAML, `MemorySize is "large"`},
		"fraction":          {property("MemorySize", "1.5"), ErrYAML, `MemorySize is "1.5"`},
		"negative":          {property("Timeout", "-1"), ErrYAML, `Timeout is "-1"`},
		"too much":          {property("Timeout", "2147483648"), ErrYAML, `"2147483648"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parseSettings([]byte(test.text))
			checkError(t, err, test.want, test.says)
		})
	}
}

// TestParseSettings_bounded: what a megabyte of YAML can cost. A generous bound: it tells seconds from minutes.
func TestParseSettings_bounded(t *testing.T) {
	t.Parallel()
	fill := func(unit string) string { return strings.Repeat(unit, maxYAMLSize/len(unit)) }
	var bomb strings.Builder // each line holds the line before nine times
	bomb.WriteString("a0: &a0 x\n")
	for i := range 40 {
		nine := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", ")
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i+1, i+1, nine)
	}
	var keys strings.Builder
	for i := 0; keys.Len() < maxYAMLSize-10; i++ {
		keys.WriteString("k" + strconv.Itoa(i) + ":\n")
	}
	tests := map[string]string{
		"alias bomb":       bomb.String(),
		"many keys":        keys.String(),
		"deep flow":        fill("["),
		"deep flow closed": strings.Repeat("[", maxYAMLSize/2) + strings.Repeat("]", maxYAMLSize/2),
		"deep mapping":     fill("{a: "),
		"deep block":       fill("- "),
		"many documents":   fill("---\n"),
		"many questions":   fill("? "),
		"one line":         fill("a"),
		"quotes":           fill(`"`),
		"colons":           fill("a: "),
		"anchors":          fill("&a "),
		"commas":           "[" + fill(","),
		"comments":         fill("#\n"),
		"tags":             fill("! "),
		"folded":           "a: >\n" + fill(" x\n"),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			if _, err := parseSettings([]byte(text)); err == nil {
				t.Error("no error")
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
