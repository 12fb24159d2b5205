// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"strconv"
	"sync"
)

// The list of tags is asked for in pages of this size, and not read where it would take more than a few of them: then
// reading one function after the other is as good.
const (
	taggedPageSize = 500
	taggedPages    = 4
)

// taggedFunction is a row of the filtered list of resources.
type taggedFunction struct {
	Detail struct {
		URN string `json:"detailId"`
	} `json:"resource_detail"`
	Tags []tag `json:"tags"`

	odd bool
}

// TaggedFunctions reads the user's tags of all functions of the project at once: POST
// /v2/{project_id}/functions/resource-instances/filter without a filter (contract 3.17). A function that is not among
// them may have tags all the same: one whose row cannot be read whole is left out, and whether the service lists those
// without tags is not documented. The list is complete by the service's own count, or it is an error; so is one of more
// than 2,000 functions.
func (c *Client) TaggedFunctions(ctx context.Context) (map[URN]map[string]string, error) {
	rows, err := listing[taggedFunction]{
		client: c, request: request{method: http.MethodPost, route: routeTagged}, member: "resources",
		counts: true, most: taggedPageSize * taggedPages, once: true, posted: taggedPage,
		key:   func(f taggedFunction) string { return f.Detail.URN },
		check: func(taggedFunction) error { return nil },
		keep:  func(f *taggedFunction, odd oddMembers) { f.odd = len(odd) > 0 },
	}.all(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[URN]map[string]string, len(rows))
	for _, f := range rows {
		urn, err := ParseURN(f.Detail.URN)
		if tags, ok := f.tags(); ok && err == nil && (urn.Qualifier == "" || urn.Qualifier == VersionLatest) {
			all[urn.Function()] = tags
		}
	}
	return all, nil
}

// taggedPage is the request for one page. The SDK writes both numbers as texts.
func taggedPage(offset int64) (*body, error) {
	return jsonBody(struct {
		Limit  string `json:"limit"`
		Offset string `json:"offset"`
	}{strconv.Itoa(taggedPageSize), strconv.FormatInt(offset, 10)})
}

// tags are those of a row; false for one that does not have them all.
func (f taggedFunction) tags() (map[string]string, bool) {
	tags := make(map[string]string, len(f.Tags))
	for _, t := range f.Tags {
		tags[t.Key] = t.Value
		if t.Key == "" {
			return nil, false
		}
	}
	return tags, !f.odd && f.Tags != nil
}

// tagWrites remembers whose tags this client has written: what was listed before says nothing of them.
type tagWrites struct {
	mu   sync.Mutex
	urns map[URN]bool
}

func (w *tagWrites) add(urn URN) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.urns == nil {
		w.urns = map[URN]bool{}
	}
	w.urns[urn.Function()] = true
}

// WroteTags says whether this client has sent a change of the function's tags, whatever became of it.
func (c *Client) WroteTags(urn URN) bool {
	c.tagWrites.mu.Lock()
	defer c.tagWrites.mu.Unlock()
	return c.tagWrites.urns[urn.Function()]
}
