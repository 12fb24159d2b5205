// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// withoutStrategy is a service that reports the rules of an alias in no answer.
type withoutStrategy struct{}

// RoundTrip implements http.RoundTripper.
func (withoutStrategy) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := resp.Body.Close(); err != nil {
		return nil, err
	}
	var one map[string]any
	var list []map[string]any
	switch {
	case json.Unmarshal(content, &one) == nil:
		delete(one, "additional_version_strategy")
		content, err = json.Marshal(one)
	case json.Unmarshal(content, &list) == nil:
		for _, alias := range list {
			delete(alias, "additional_version_strategy")
		}
		content, err = json.Marshal(list)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(content)), int64(len(content))
	return resp, err
}

// TestAccAlias_unreported: rules that the service never reports are what was written; they are no drift, change when
// the configuration does, and go when it has none.
func TestAccAlias_unreported(t *testing.T) {
	a := newAliasTest(t, acctest.WithClient(func(c *functiongraph.Config) { c.Transport = withoutStrategy{} }))
	a.run(
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + ruled), Check: a.holds("prod v1  map[] " + rules)},
		resource.TestStep{Config: alias(`version = "v3"` + "\n" + ruled), Check: a.holds("prod v3  map[] " + rules)},
		resource.TestStep{Config: alias(`version = "v3"` + "\n" + weighted), Check: a.holds("prod v3  map[v2:10] map[]")},
		resource.TestStep{Config: alias(`version = "v1"` + "\n" + ruled), Check: a.holds("prod v1  map[] " + rules)},
		resource.TestStep{Config: alias(`version = "v1"`), Check: a.holds("prod v1  map[] map[]")},
	)
}
