// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import "errors"

// maxPageSize is the largest page of functions that the service gives (contract 1.8).
const maxPageSize = 400

// pageInfo is what a list says about its paging. Both members may be missing, and the marker may be a string.
type pageInfo struct {
	NextMarker lenientInt `json:"next_marker"`
	Count      lenientInt `json:"count"`
}

type functionPage struct {
	rows *[]Function
	pageInfo
}

// allPages reads pages until no new row can come (contract 1.8): the page brought nothing new, the marker did not grow,
// or as many rows as the service counts are there. Rows are told apart by key, since the marker is an offset into a
// list that may shift, and since a service that ignores the marker answers everything again.
func allPages(fetch func(marker int64) (functionPage, error), key func(Function) string) ([]Function, error) {
	var all []Function
	seen := map[string]bool{}
	for marker := int64(0); ; {
		page, err := fetch(marker)
		if err != nil {
			return nil, err
		}
		if page.rows == nil && !page.Count.set && marker == 0 { // behind the end, no list is an end, too
			return nil, errors.New("the service's answer holds no list")
		}
		before := len(all)
		for _, row := range page.list() {
			if !seen[key(row)] {
				seen[key(row)] = true
				all = append(all, row)
			}
		}
		if len(all) == before || page.last(marker) {
			return all, nil
		}
		marker = page.NextMarker.value
	}
}

func (p functionPage) list() []Function {
	if p.rows == nil {
		return nil
	}
	return *p.rows
}

// last says that the page that was asked for with marker is the last one by the service's own numbers.
func (p functionPage) last(marker int64) bool {
	next := p.NextMarker.value
	return next <= marker || p.Count.set && next >= p.Count.value
}
