// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML gives the root of the only document. It stays with the parser's nodes: decoding into Go values would expand
// aliases, and takes time with the square of a mapping's keys.
func parseYAML(text []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: it is empty", ErrYAML)
	case err != nil:
		return nil, fmt.Errorf("%w: %s", ErrYAML, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: it goes on after its first document", ErrYAML)
	}
	if hasAlias(&document) {
		return nil, fmt.Errorf("%w: it uses aliases, which an export does not", ErrYAML)
	}
	return document.Content[0], nil
}

// hasAlias looks at what is written and follows nothing, so that an alias of itself ends too.
func hasAlias(node *yaml.Node) bool {
	if node.Kind == yaml.AliasNode {
		return true
	}
	for _, child := range node.Content {
		if hasAlias(child) {
			return true
		}
	}
	return false
}

// mapping gives the values of a mapping by their keys. Nothing, also written as null, is an empty mapping.
func mapping(node *yaml.Node, name string) (map[string]*yaml.Node, error) {
	if text, ok := scalar(node); ok && text == "" {
		return nil, nil
	}
	if node.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%w: %s is not a mapping", ErrYAML, name)
	}
	values := make(map[string]*yaml.Node, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if key.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("%w: line %d: a key of %s is not a text", ErrYAML, key.Line, name)
		}
		if _, twice := values[key.Value]; twice {
			return nil, fmt.Errorf("%w: line %d: %s has the key %s twice", ErrYAML, key.Line, name, quote(key.Value))
		}
		values[key.Value] = node.Content[i+1]
	}
	return values, nil
}

// scalar gives a value's text as it is written; nothing and null are empty. It reports false for lists and mappings.
func scalar(node *yaml.Node) (string, bool) {
	if node == nil || node.Kind == 0 {
		return "", true
	}
	if node.Kind != yaml.ScalarNode {
		return "", false
	}
	if node.ShortTag() == "!!null" {
		return "", true
	}
	return node.Value, true
}
