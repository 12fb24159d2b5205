// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Runtime is a language, in a version, that a region offers.
type Runtime struct {
	Name        string `json:"type"` // what a function takes as its runtime
	DisplayName string `json:"display_name"`
}

// Runtimes lists the runtimes of the region: GET /v2/{project_id}/fgs/runtimetypes (contract 3.24).
func (c *Client) Runtimes(ctx context.Context) ([]Runtime, error) {
	return listing[Runtime]{
		client: c, request: request{method: http.MethodGet, route: routeRuntimes},
		key:   func(r Runtime) string { return r.Name },
		check: func(Runtime) error { return nil },
	}.all(ctx)
}

// TriggerTypes lists the types of triggers that the region offers: GET /v2/{project_id}/fgs/triggertypes (contract
// 3.24).
func (c *Client) TriggerTypes(ctx context.Context) (types []string, err error) {
	err = c.do(ctx, request{method: http.MethodGet, route: routeTriggerTypes}, func(data []byte) error {
		types = nil
		if err := json.Unmarshal(data, &types); err != nil || types == nil {
			return fmt.Errorf("it is %s, not a list of texts", kindOf(data))
		}
		return nil
	})
	return types, err
}

// Quota is a limit of the project. What an answer lacks is nil: used may be missing (contract Q55).
type Quota struct {
	Type  string `json:"type"`
	Limit *int64 `json:"quota"`
	Used  *int64 `json:"used"`
	Unit  string `json:"unit"` // "MB", or "" for a number of things
}

// Quotas lists the limits of the project: GET /v2/{project_id}/fgs/quotas (contract 2.6).
func (c *Client) Quotas(ctx context.Context) ([]Quota, error) {
	type wire struct {
		Quotas struct {
			Resources []json.RawMessage `json:"resources"`
		} `json:"quotas"`
	}
	got, err := fetch(ctx, c, request{method: http.MethodGet, route: routeQuotas}, func(w *wire) error {
		if w.Quotas.Resources == nil {
			return errors.New("it holds no list resources")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := []Quota{}
	for _, row := range got.Quotas.Resources {
		if quota, _, err := decodeObject[Quota](row); err == nil { // an odd one must not cost the others
			out = append(out, *quota)
		}
	}
	return out, nil
}
