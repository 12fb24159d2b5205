// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxTags is the bound of contract 2.6.
const maxTags = 20

// enterpriseProjectTag is the system tag that every function has (contract 3.17).
const enterpriseProjectTag = "_sys_enterprise_project_id"

// tag is one key with its value.
type tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// parseTags reads the body of the two writing calls; action may be left out (contract 3.17).
func (s *Server) parseTags(c *call, wantAction string) ([]tag, *Error) {
	m, err := s.members(c, []string{"action", "tags", "sys_tags"})
	if err != nil {
		return nil, err
	}
	action, tags := wantAction, []tag{}
	if err := s.takeAll(m, map[string]any{"action": &action, "tags": &tags}); err != nil {
		return nil, err
	}
	if action != wantAction {
		return nil, invalid("action %q is not %s", action, wantAction)
	}
	return tags, nil
}

// createTags adds and overwrites by key (O12).
func (s *Server) createTags(c *call) (any, *Error) {
	list, err := s.parseTags(c, "create")
	if err != nil {
		return nil, err
	}
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	tags := map[string]string{}
	maps.Copy(tags, f.Tags)
	if err := addTags(tags, list); err != nil {
		return nil, err
	}
	f.Tags = tags
	return noContent, nil
}

func addTags(into map[string]string, list []tag) *Error {
	for _, item := range list {
		switch {
		case item.Key == "" || utf8.RuneCountInString(item.Key) > 128:
			return invalid("the tag key %q is not 1 to 128 characters long", item.Key)
		case strings.HasPrefix(item.Key, "_sys_"):
			return invalid("the tag key %s is the system's", item.Key)
		case utf8.RuneCountInString(item.Value) > 255:
			return invalid("the value of tag %s is longer than 255 characters", item.Key)
		}
		into[item.Key] = item.Value
	}
	if len(into) > maxTags {
		return invalid("a function has at most %d tags", maxTags)
	}
	return nil
}

// deleteTags removes by key; a key that is not there does no harm (O12).
func (s *Server) deleteTags(c *call) (any, *Error) {
	list, err := s.parseTags(c, "delete")
	if err != nil {
		return nil, err
	}
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	for _, item := range list {
		delete(f.Tags, item.Key)
	}
	return noContent, nil
}

func (s *Server) getTags(c *call) (any, *Error) {
	if s.opts.Switches.NoGetTags { // O29
		return nil, noSuchAPI()
	}
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	return map[string]any{"tags": f.tagList(), "sys_tags": f.systemTags()}, nil
}

func (f *Function) tagList() []tag {
	tags := []tag{}
	for _, key := range slices.Sorted(maps.Keys(f.Tags)) {
		tags = append(tags, tag{key, f.Tags[key]})
	}
	return tags
}

func (f *Function) systemTags() []tag { return []tag{{enterpriseProjectTag, f.EnterpriseProjectID}} }

// tagValues is one key with all values that functions have under it.
type tagValues struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
}

func (s *Server) listProjectTags(*call) (any, *Error) {
	tags, system := map[string][]string{}, map[string][]string{}
	for _, f := range s.functions {
		for key, value := range f.Tags {
			tags[key] = append(tags[key], value)
		}
		system[enterpriseProjectTag] = append(system[enterpriseProjectTag], f.EnterpriseProjectID)
	}
	return map[string]any{"tags": sortedValues(tags), "sys_tags": sortedValues(system)}, nil
}

func sortedValues(tags map[string][]string) []tagValues {
	out := []tagValues{}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, tagValues{key, slices.Compact(slices.Sorted(slices.Values(tags[key])))})
	}
	return out
}
