// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"text/template"

	"go.yaml.in/yaml/v3"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// profile says how a provider is configured and what its functions look like, so that any two can do the same work
// side by side. profiles/huaweicloud.yaml is an example with comments.
type profile struct {
	Name     string   `yaml:"name"`     // in tables and charts
	Source   string   `yaml:"source"`   // HOST/NAMESPACE/TYPE; empty: built into the CLI
	Provider string   `yaml:"provider"` // its block, a template of values
	Inline   string   `yaml:"inline"`   // Count functions with inline code, a template of values
	Zip      string   `yaml:"zip"`      // Count functions with the archive Zip, a template of values; may be empty
	Tagged   string   `yaml:"tagged"`   // like Inline, with tags; may be empty
	Answers  []answer `yaml:"answers"`  // what the provider asks for and the emulator does not know
}

// answer is the same for every request to a path.
type answer struct {
	Method string `yaml:"method"`
	Path   string `yaml:"path"`
	Status int    `yaml:"status"` // default 200
	Body   string `yaml:"body"`   // JSON
}

// values are what the templates of a profile may name.
type values struct {
	Count                        int    // of functions
	Zip                          string // path of the archive
	Endpoint, Region             string // without a slash at the end
	ProjectID, AccessKey, Secret string
	DomainID                     string
}

// newValues gives what a configuration of count functions needs to talk to an emulator at endpoint.
func newValues(count int, zip, endpoint string) values {
	return values{count, zip, endpoint, emulator.DefaultRegion, emulator.DefaultProjectID, emulator.DefaultAccessKey,
		emulator.DefaultSecretKey, emulator.DefaultDomainID}
}

//go:embed profiles/fgs.yaml profiles/cli.yaml
var ownProfiles embed.FS

// ownProfile reads a profile that is part of the benchmark.
func ownProfile(name string) (profile, error) {
	file, err := ownProfiles.Open("profiles/" + name + ".yaml")
	if err != nil {
		return profile{}, err
	}
	return parseProfile(file)
}

// readProfile reads the profile of another provider.
func readProfile(path string) (profile, error) {
	file, err := os.Open(path)
	if err != nil {
		return profile{}, err
	}
	defer file.Close() //nolint:errcheck // only read
	p, err := parseProfile(file)
	if err == nil && p.Source == "" {
		err = errors.New("source is missing")
	}
	if err != nil {
		return profile{}, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// parseProfile reads and checks a profile. An error names the field.
func parseProfile(r io.Reader) (profile, error) {
	var p profile
	decoder := yaml.NewDecoder(r)
	decoder.KnownFields(true)
	if err := decoder.Decode(&p); err != nil {
		return profile{}, err
	}
	for i := range p.Answers {
		if p.Answers[i].Status == 0 {
			p.Answers[i].Status = http.StatusOK
		}
	}
	return p, p.check()
}

func (p profile) check() error {
	if p.Name == "" {
		return errors.New("name is missing")
	}
	if p.Source != "" && (strings.Count(p.Source, "/") != 2 || p.typeName() == "") {
		return fmt.Errorf("source %q is not HOST/NAMESPACE/TYPE", p.Source)
	}
	if p.Inline == "" {
		return errors.New("inline is missing")
	}
	for field, text := range map[string]string{
		"provider": p.Provider, "inline": p.Inline, "zip": p.Zip, "tagged": p.Tagged,
	} {
		if _, err := fill(field, text, newValues(1, "code.zip", "http://127.0.0.1")); err != nil {
			return err
		}
	}
	for i, a := range p.Answers {
		if a.Method == "" || !strings.HasPrefix(a.Path, "/") || a.Status < 100 || a.Status > 599 {
			return fmt.Errorf("answers[%d] needs a method, a path from / and a status of HTTP", i)
		}
	}
	return nil
}

// typeName is the last part of the source, which the binary's name ends with.
func (p profile) typeName() string { return p.Source[strings.LastIndex(p.Source, "/")+1:] }

// configuration is the whole of main.tf around one of the profile's resource texts.
func (p profile) configuration(resource string, v values) (string, error) {
	block, err := fill("provider", p.Provider, v)
	if err != nil {
		return "", err
	}
	text, err := fill("resource", resource, v)
	if err != nil || p.Source == "" {
		return text, err
	}
	return fmt.Sprintf("terraform {\n  required_providers {\n    %s = { source = %q }\n  }\n}\n\n%s\n%s",
		p.typeName(), p.Source, block, text), nil
}

// fill executes the template in a field.
func fill(field, text string, v values) (string, error) {
	parsed, err := template.New(field).Parse(text)
	if err != nil {
		return "", fmt.Errorf("%s: %w", field, err)
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, v); err != nil {
		return "", fmt.Errorf("%s: %w", field, err)
	}
	return out.String(), nil
}
