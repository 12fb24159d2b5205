// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// usedProperties are not in Beyond: the provider takes them from the package. CodeUrl and Version are part of them
// because the import call makes version latest of the code that is inside (contract 3.15).
var usedProperties = []string{
	"Handler", "Runtime", "Timeout", "MemorySize", "CodeType", "CodeFileName", "CodeUrl", "Version",
}

// readEnvironment never fails: the variables are reported, not sent.
func (s *settings) readEnvironment(node *yaml.Node) {
	environment, _ := mapping(node, "Environment")
	variables, _ := mapping(environment["Variables"], "Variables")
	for key, value := range variables {
		if s.environment == nil {
			s.environment = make(map[string]string, len(variables))
		}
		s.environment[key], _ = scalar(value)
		s.beyond = append(s.beyond, "Environment.Variables."+key)
	}
	for key, value := range environment {
		if key != "Variables" && !isZero(value) {
			s.beyond = append(s.beyond, "Environment."+key)
		}
	}
	// Neither the documented form nor nothing: named as a whole.
	if len(s.beyond) == 0 && !isZero(node) {
		s.beyond = append(s.beyond, "Environment")
	}
}

// readBeyond names what the package sets and the provider does not take.
func (s *settings) readBeyond(properties map[string]*yaml.Node) {
	for key, value := range properties {
		if key != "Environment" && !slices.Contains(usedProperties, key) && !isZero(value) {
			s.beyond = append(s.beyond, key)
		}
	}
	slices.Sort(s.beyond)
}

// isZero reports that a value sets nothing: empty, null, 0, false, and lists and objects of nothing else.
func isZero(node *yaml.Node) bool {
	switch {
	case node == nil:
		return true
	case node.Kind == yaml.ScalarNode:
		text, _ := scalar(node)
		return text == "" || text == "0" || text == "false"
	case node.Kind == yaml.MappingNode:
		for i := 1; i < len(node.Content); i += 2 {
			if !isZero(node.Content[i]) {
				return false
			}
		}
		return true
	}
	return !slices.ContainsFunc(node.Content, func(item *yaml.Node) bool { return !isZero(item) })
}
