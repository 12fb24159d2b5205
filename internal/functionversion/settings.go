// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// notCopied are settings that a version does not have of the function: mounts (contract V10), and the enterprise
// project, which is the function's.
var notCopied = []string{"mount_config", "enterprise_project_id"}

// asText are settings whose value is JSON as a text.
var asText = []string{"user_data", "encrypted_user_data", "domain_names"}

// differences are the names of the settings and dependencies that differ between a function and a version of it; of
// variables with the keys, and never with a value. Both are answers of the same call, so that what only one of them has
// is not set in the other: some regions leave out what is not set.
func differences(function, version *functiongraph.Function) (names []string) {
	a, b := settingsOf(function), settingsOf(version)
	for _, name := range differingKeys(a, b) {
		if keys := differingKeys(a[name], b[name]); slices.Contains(asText, name) && len(keys) > 0 {
			name += " (" + strings.Join(keys, ", ") + ")"
		}
		names = append(names, name)
	}
	return names
}

// settingsOf are the settings of an answer that are set, in a form that does not depend on the order of what is a set.
func settingsOf(f *functiongraph.Function) map[string]any {
	var settings map[string]any
	text, _ := json.Marshal(f.FunctionSettings) // what was JSON becomes JSON
	_ = json.Unmarshal(text, &settings)
	for name, value := range settings {
		text, isText := value.(string)
		switch {
		case slices.Contains(notCopied, name):
			value = nil
		case isText && slices.Contains(asText, name): // what is empty within counts: answers have secrets without values
			value = parsed(text)
		default:
			value = set(value)
		}
		if settings[name] = value; value == nil {
			delete(settings, name)
		}
	}
	if len(f.DependVersionList) > 0 {
		settings["dependency_version_ids"] = f.DependVersionList // the order counts (contract DV9)
	}
	return settings
}

// parsed is what a text that is JSON holds; nil for nothing.
func parsed(text string) any {
	if slices.Contains([]string{"", "null", "{}", "[]"}, text) {
		return nil
	}
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return text
	}
	if list, ok := value.([]any); ok {
		return set(list)
	}
	return value
}

// set orders all lists within a value and leaves out what is empty; nil is nothing.
func set(value any) any {
	switch value := value.(type) {
	case []any:
		list := slices.Clone(value)
		slices.SortFunc(list, func(a, b any) int { return strings.Compare(jsonOf(a), jsonOf(b)) })
		if len(list) > 0 {
			return list
		}
		return nil
	case map[string]any:
		out := map[string]any{}
		for key, member := range value {
			if member = set(member); member != nil {
				out[key] = member
			}
		}
		if len(out) > 0 {
			return out
		}
		return nil
	case string, float64, bool:
		if reflect.ValueOf(value).IsZero() {
			return nil
		}
	}
	return value
}

func jsonOf(value any) string {
	text, _ := json.Marshal(value) // it was JSON
	return string(text)
}

// differingKeys are those of two objects that only one has, or that differ.
func differingKeys(a, b any) (keys []string) {
	one, _ := a.(map[string]any)
	other, _ := b.(map[string]any)
	for key, value := range one {
		if now, ok := other[key]; !ok || !reflect.DeepEqual(value, now) {
			keys = append(keys, key)
		}
	}
	for key := range other {
		if _, ok := one[key]; !ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
