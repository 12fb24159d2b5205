// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"maps"
	"net/http"
	"slices"
)

type tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`

	odd bool
}

// Tags reads the user's tags of a function, without the service's own sys_tags: GET .../{urn}/tags (contract 3.17).
func (c *Client) Tags(ctx context.Context, urn URN) (map[string]string, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	rows, err := listing[tag]{
		client: c, member: "tags", counts: true, nulls: true,
		request: request{method: http.MethodGet, route: routeTags, urn: urn, absent: goneCodes(urn)},
		key:     func(t tag) string { return t.Key },
		check:   func(tag) error { return nil },
		keep:    func(t *tag, odd oddMembers) { t.odd = len(odd) > 0 },
	}.all(ctx)
	if err != nil {
		return nil, err
	}
	tags := make(map[string]string, len(rows))
	for _, t := range rows {
		if t.Key != "" && !t.odd { // one odd row must not cost the others
			tags[t.Key] = t.Value
		}
	}
	return tags, nil
}

// CreateTags adds tags, or overwrites those whose keys exist: POST .../{urn}/tags/create (contract 3.17). An empty
// map makes no request. An answer other than the promised 204 is not believed: a read decides.
func (c *Client) CreateTags(ctx context.Context, urn URN, tags map[string]string) error {
	return c.changeTags(ctx, urn, request{method: http.MethodPost, route: routeCreateTags}, "create", tags,
		func(left map[string]string) bool {
			for key, value := range tags {
				if got, ok := left[key]; !ok || got != value {
					return false
				}
			}
			return true
		})
}

// DeleteTags removes tags: DELETE .../{urn}/tags/delete, with a body (contract 3.17). Keys that are not there are no
// error. An empty map makes no request. An answer other than the promised 204 is not believed: a read decides.
func (c *Client) DeleteTags(ctx context.Context, urn URN, tags map[string]string) error {
	gone := func(left map[string]string) bool {
		for key := range tags {
			if _, ok := left[key]; ok {
				return false
			}
		}
		return true
	}
	err := c.changeTags(ctx, urn, request{method: http.MethodDelete, route: routeDeleteTags}, "delete", tags, gone)
	if !IsNotFound(err) {
		return err
	}
	// Not every service takes the deletion of an absent key for a success (O12), and a repeated call deletes absent keys.
	if left, readErr := c.Tags(ctx, urn); readErr != nil || !gone(left) {
		return err
	}
	return nil
}

// changeTags makes one of the two calls; done judges the tags that are there after it. A region that cannot read tags
// (contract O29) leaves the answer as the only word.
func (c *Client) changeTags(
	ctx context.Context, urn URN, r request, action string, tags map[string]string, done func(map[string]string) bool,
) error {
	if len(tags) == 0 {
		return nil
	}
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	list := make([]tag, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, tag{Key: key, Value: tags[key]})
	}
	body, err := jsonBody(struct {
		Action string `json:"action"`
		Tags   []tag  `json:"tags"`
	}{action, list})
	if err != nil {
		return err
	}
	c.tagWrites.add(urn)
	r.urn, r.body, r.absent, r.promises = urn, body, goneCodes(urn), http.StatusNoContent
	return c.assured(ctx, r, nil, func(ctx context.Context) (bool, error) {
		left, err := c.Tags(ctx, urn)
		if HasCode(err, CodeUnknownPath) {
			return true, nil
		}
		return err == nil && done(left), err
	})
}
