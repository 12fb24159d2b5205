// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseProfile_refuses(t *testing.T) {
	t.Parallel()
	const good = "name: other\nsource: example.com/a/other\ninline: resource {{.Count}}\n"
	for name, test := range map[string]struct{ text, want string }{
		"unknown field":      {good + "providr: x\n", "providr"},
		"no name":            {"inline: x\n", "name is missing"},
		"no functions":       {"name: x\n", "inline is missing"},
		"short source":       {"name: x\nsource: a/b\ninline: x\n", `source "a/b"`},
		"source without end": {"name: x\nsource: a/b/\ninline: x\n", `source "a/b/"`},
		"broken template":    {good + "zip: '{{.Zip'\n", "zip: "},
		"unknown value":      {good + "provider: '{{.Token}}'\n", "provider: "},
		"unknown in tagged":  {good + "tagged: '{{.N}}'\n", "tagged: "},
		"answer, no path":    {good + "answers: [{method: GET, path: /a}, {method: GET}]\n", "answers[1]"},
		"answer, status":     {good + "answers: [{method: GET, path: /a, status: 7}]\n", "answers[0]"},
		"empty":              {"", "EOF"},
	} {
		if _, err := parseProfile(strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one that says %q", name, err, test.want)
		}
	}
	if _, err := parseProfile(strings.NewReader(good)); err != nil {
		t.Errorf("the profile that the others are bent from: %v", err)
	}
}

func TestReadProfile(t *testing.T) {
	t.Parallel()
	p, err := readProfile(filepath.Join("profiles", "huaweicloud.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if p.typeName() != "huaweicloud" || p.Zip == "" || p.Answers[0].Status != 200 {
		t.Errorf("type %q, answers %+v", p.typeName(), p.Answers)
	}
	// The CLI alone is no provider that could be measured against.
	path := filepath.Join("profiles", "cli.yaml")
	if _, err := readProfile(path); err == nil || !strings.Contains(err.Error(), path+": source is missing") {
		t.Errorf("error %v", err)
	}
	if _, err := readProfile("none.yaml"); !os.IsNotExist(err) {
		t.Errorf("error %v", err)
	}
}

func TestProfile_configuration(t *testing.T) {
	t.Parallel()
	p, err := ownProfile("fgs")
	if err != nil {
		t.Fatal(err)
	}
	text, err := p.configuration(p.Zip, newValues(7, "/tmp/a.zip", "http://127.0.0.1:1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`fgs = { source = "registry.terraform.io/functiongraph/fgs" }`, `endpoint     = "http://127.0.0.1:1"`,
		"count       = 7\n", `zip_file = "/tmp/a.zip"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	floor, err := ownProfile("cli")
	if err != nil {
		t.Fatal(err)
	}
	text, err = floor.configuration(floor.Inline, newValues(7, "", ""))
	if err != nil || strings.Contains(text, "required_providers") || !strings.Contains(text, "count = 7") {
		t.Errorf("%v, %s", err, text)
	}
}
