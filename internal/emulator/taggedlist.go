// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// maxResourcePage is the largest page of resources, and the one that is given when none is asked for: assumptions.
const maxResourcePage = 1000

// resourceFilter is the body of the filtered list of resources (contract 3.17); tags is a member that only some know.
type resourceFilter struct {
	WithoutAnyTag bool
	Limit, Offset json.RawMessage // a text by the SDK, a number elsewhere
	Matches       []tag
	Tags          []tagValues
}

// filterResources answers with functions and their tags, the newest first, whatever their tags are unless a filter asks
// for some. What action and sys_tags do beside the path is not documented: they are read and have no effect.
func (s *Server) filterResources(c *call) (any, *Error) {
	if s.opts.Switches.NoFilterResources {
		return nil, noSuchAPI()
	}
	m, err := s.members(c, []string{"without_any_tag", "limit", "offset", "action", "matches", "tags", "sys_tags"})
	if err != nil {
		return nil, err
	}
	var filter resourceFilter
	if err := s.takeAll(m, map[string]any{
		"without_any_tag": &filter.WithoutAnyTag, "limit": &filter.Limit, "offset": &filter.Offset,
		"matches": &filter.Matches, "tags": &filter.Tags,
	}); err != nil {
		return nil, err
	}
	limit, err := numberOf("limit", filter.Limit, maxResourcePage)
	if err != nil {
		return nil, err
	}
	offset, err := numberOf("offset", filter.Offset, 0)
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(s.newestFirst(), func(f *Function) bool { return !filter.takes(f) })
	start := min(offset, len(found))
	rows := []map[string]any{}
	for _, f := range found[start:min(start+min(limit, maxResourcePage), len(found))] {
		rows = append(rows, map[string]any{
			"resource_id": f.ID + ":" + f.Name, "resource_name": f.Name,
			"resource_detail": map[string]any{"detailId": s.functionURN(f.place())},
			"tags":            f.tagList(), "sys_tags": f.systemTags(),
		})
	}
	return map[string]any{"resources": rows, "total_count": len(found)}, nil
}

func (r resourceFilter) takes(f *Function) bool {
	if r.WithoutAnyTag && len(f.Tags) > 0 {
		return false
	}
	for _, match := range r.Matches {
		if match.Key == "resource_name" && !strings.Contains(f.Name, match.Value) {
			return false
		}
	}
	for _, wanted := range r.Tags {
		value, ok := f.Tags[wanted.Key]
		if !ok || len(wanted.Values) > 0 && !slices.Contains(wanted.Values, value) {
			return false
		}
	}
	return true
}

// numberOf reads a number that may be written as a text.
func numberOf(name string, raw json.RawMessage, fallback int) (int, *Error) {
	if len(raw) == 0 {
		return fallback, nil
	}
	n, err := strconv.Atoi(strings.Trim(string(raw), `"`))
	if err != nil || n < 0 {
		return 0, invalid("%s is not a number from 0 on", name)
	}
	return n, nil
}
