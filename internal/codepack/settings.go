// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

const functionType = "HC::Serverless::Function"

// settings are the properties of the function in a package's YAML.
type settings struct {
	name, handler, runtime, description string
	codeType, codeFileName              string
	memorySize, timeout                 int64
	environment                         map[string]string
	beyond                              []string
}

// readSettings reads the YAML file of a package, at most maxYAMLSize bytes of it.
func readSettings(file entry) (*settings, error) {
	var text bytes.Buffer
	_, err := file.copyTo(&text, maxYAMLSize, make([]byte, copyBufferSize))
	if errors.Is(err, ErrTooBig) {
		return nil, fmt.Errorf("%w: %s is larger than %d MiB", ErrYAML, quote(file.name), maxYAMLSize>>20)
	}
	if err != nil {
		return nil, err
	}
	parsed, err := parseSettings(text.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%w (%s)", err, quote(file.name))
	}
	return parsed, nil
}

// parseSettings takes the one function out of a template (contract 3.15).
func parseSettings(text []byte) (*settings, error) {
	root, err := parseYAML(text)
	if err != nil {
		return nil, err
	}
	name, properties, err := findFunction(root)
	if err != nil {
		return nil, err
	}
	parsed := &settings{name: name}
	if err := parsed.readUsed(properties); err != nil {
		return nil, err
	}
	parsed.readEnvironment(properties["Environment"])
	parsed.readBeyond(properties)
	return parsed, nil
}

// findFunction passes over resources of other types: the import call makes one function.
func findFunction(root *yaml.Node) (name string, properties map[string]*yaml.Node, err error) {
	template, err := mapping(root, "the document")
	if err != nil {
		return "", nil, err
	}
	resources, err := mapping(template["Resources"], "Resources")
	if err != nil {
		return "", nil, err
	}
	var names []string
	for _, key := range slices.Sorted(maps.Keys(resources)) { // sorted: the same error on every run
		resource, err := mapping(resources[key], "Resources."+key)
		if err != nil {
			return "", nil, err
		}
		if kind := resource["Type"]; kind == nil || kind.Value != functionType {
			continue
		}
		names = append(names, key)
		if properties, err = mapping(resource["Properties"], "Resources."+key+".Properties"); err != nil {
			return "", nil, err
		}
	}
	switch len(names) {
	case 0:
		return "", nil, fmt.Errorf("%w: Resources has no entry of type %s", ErrNoFunction, functionType)
	case 1:
		return names[0], properties, nil
	}
	return "", nil, fmt.Errorf("%w: %d functions, %s", ErrManyFunctions, len(names), quoteAll(names))
}

// readUsed reads the properties that a plan takes from the package: what cannot be read there is an error.
func (s *settings) readUsed(properties map[string]*yaml.Node) error {
	var problems []error
	text := func(key string) string {
		value, ok := scalar(properties[key])
		if !ok {
			problems = append(problems, fmt.Errorf("%w: %s is not a text", ErrYAML, key))
		}
		return value
	}
	number := func(key string) int64 {
		value, err := wholeNumber(properties[key])
		if err != nil {
			problems = append(problems, fmt.Errorf("%w: %s %w", ErrYAML, key, err))
		}
		return value
	}
	s.handler, s.runtime, s.description = text("Handler"), text("Runtime"), text("Description")
	s.codeType, s.codeFileName = text("CodeType"), text("CodeFileName")
	s.memorySize, s.timeout = number("MemorySize"), number("Timeout")
	if len(problems) > 0 {
		return problems[0]
	}
	return checkCodeType(s.codeType)
}

// checkCodeType refuses code that is not in the package, as that of obs and of images (contract 2.3).
func checkCodeType(codeType string) error {
	switch codeType {
	case TypeInline, TypeZip, TypeJar:
		return nil
	}
	return fmt.Errorf("%w: the package's CodeType is %s, allowed are %q, %q and %q",
		ErrCodeType, quote(codeType), TypeInline, TypeZip, TypeJar)
}

// wholeNumber accepts a number that is written as a string. Nothing is 0.
func wholeNumber(node *yaml.Node) (int64, error) {
	text, ok := scalar(node)
	if !ok {
		return 0, errors.New("is not a whole number")
	}
	if text == "" {
		return 0, nil
	}
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil || number < 0 {
		return 0, fmt.Errorf("is %s, a whole number from 0 is needed", quote(text))
	}
	return number, nil
}

func (s *settings) toPackage(code Scan, codeFile string) *Package {
	filename := s.codeFileName
	if filename == "" {
		filename = path.Base(codeFile)
	}
	return &Package{
		Code: code, Filename: filename, Name: s.name,
		Handler: s.handler, Runtime: s.runtime, Description: s.description,
		MemorySize: s.memorySize, Timeout: s.timeout, Environment: s.environment, Beyond: s.beyond,
	}
}
