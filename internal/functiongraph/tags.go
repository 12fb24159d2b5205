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
}

// Tags reads the user's tags of a function, without the service's own sys_tags: GET .../{urn}/tags (contract 3.17).
func (c *Client) Tags(ctx context.Context, urn URN) (map[string]string, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	out, err := fetch[struct {
		Tags []tag `json:"tags"`
	}](ctx, c, request{method: http.MethodGet, route: routeTags, urn: urn})
	if err != nil {
		return nil, err
	}
	tags := make(map[string]string, len(out.Tags))
	for _, t := range out.Tags {
		tags[t.Key] = t.Value
	}
	return tags, nil
}

// CreateTags adds tags, or overwrites those whose keys exist: POST .../{urn}/tags/create (contract 3.17). An empty
// map makes no request.
func (c *Client) CreateTags(ctx context.Context, urn URN, tags map[string]string) error {
	return c.changeTags(ctx, urn, request{method: http.MethodPost, route: routeCreateTags}, "create", tags)
}

// DeleteTags removes tags: DELETE .../{urn}/tags/delete, with a body (contract 3.17). Keys that are not there are no
// error. An empty map makes no request.
func (c *Client) DeleteTags(ctx context.Context, urn URN, tags map[string]string) error {
	err := c.changeTags(ctx, urn, request{method: http.MethodDelete, route: routeDeleteTags}, "delete", tags)
	if !IsNotFound(err) {
		return err
	}
	// Not every service takes the deletion of an absent key for a success (O12), and a repeated call deletes absent keys.
	left, readErr := c.Tags(ctx, urn)
	if readErr != nil {
		return err
	}
	for key := range tags {
		if _, ok := left[key]; ok {
			return err
		}
	}
	return nil
}

func (c *Client) changeTags(ctx context.Context, urn URN, r request, action string, tags map[string]string) error {
	if len(tags) == 0 {
		return nil
	}
	if err := c.checkURN(ctx, urn); err != nil {
		return err
	}
	list := make([]tag, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, tag{key, tags[key]})
	}
	body, err := jsonBody(struct {
		Action string `json:"action"`
		Tags   []tag  `json:"tags"`
	}{action, list})
	if err != nil {
		return err
	}
	r.urn, r.body = urn, body
	return c.send(ctx, r)
}
