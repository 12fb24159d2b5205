// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestOldAttributes: there is a decision for each attribute of a recorded or written state, one for each, and what it
// leads to exists here.
func TestOldAttributes(t *testing.T) {
	t.Parallel()
	var known []string
	for _, attribute := range oldAttributes {
		if slices.Contains(known, attribute.name) {
			t.Errorf("%s is there twice", attribute.name)
		}
		known = append(known, attribute.name)
	}
	states, err := filepath.Glob("testdata/moved/*.json")
	if err != nil || len(states) < 6 {
		t.Fatal(states, err)
	}
	for _, file := range states {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var state map[string]json.RawMessage
		if err := json.Unmarshal(content, &state); err != nil {
			t.Fatal(err)
		}
		for name := range state {
			if name != "an_attribute_of_next_year" && !slices.Contains(known, name) {
				t.Errorf("%s: there is no decision for %s", file, name)
			}
		}
	}
}
