// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// Alias points at one or two versions of a function (contract 3.11).
type Alias struct {
	Name         string `json:"name"`
	Version      string `json:"version"`
	Description  string `json:"description"`
	LastModified string `json:"last_modified"`
	URN          string `json:"alias_urn"`
	// AdditionalVersionWeights maps the additional version to the percentage of calls that go to it.
	AdditionalVersionWeights map[string]int64 `json:"additional_version_weights"`
	// AdditionalVersionStrategy maps the additional version to its rules, as the service writes them.
	AdditionalVersionStrategy map[string]json.RawMessage `json:"additional_version_strategy"`
}

// UnmarshalJSON also takes a number for the time of the last change (contract 1.9: a client must parse a plain integer).
func (a *Alias) UnmarshalJSON(data []byte) error {
	type members Alias // without this method
	wire := struct {
		*members
		LastModified scalarText `json:"last_modified"`
	}{members: (*members)(a)}
	err := json.Unmarshal(data, &wire)
	a.LastModified = string(wire.LastModified)
	return err
}

// check refuses an answer that is not about an alias: it would look like one that points at nothing.
func (a *Alias) check() error {
	if a.Name == "" {
		return errors.New("the answer has no name of an alias")
	}
	return nil
}

// Aliases lists the aliases of a function: GET .../{urn}/aliases (contract 3.12).
func (c *Client) Aliases(ctx context.Context, urn URN) ([]Alias, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	// The answer is a bare array, without paging.
	list, err := fetch[[]Alias](ctx, c, request{method: http.MethodGet, route: routeAliases, urn: urn})
	if err != nil {
		return nil, err
	}
	return *list, nil
}

// AliasRequest is what create alias (contract 3.11) and update alias (contract 3.13) send. Both replace what there was:
// weights and strategy that are nil are not sent, empty ones are, which clears them.
type AliasRequest struct {
	Version     string `json:"version"`
	Description string `json:"description"`
	// AdditionalVersionWeights has at most one entry, 0 to 100, and excludes AdditionalVersionStrategy (contract A7, A8).
	AdditionalVersionWeights  map[string]int64           `json:"additional_version_weights,omitzero"`
	AdditionalVersionStrategy map[string]VersionStrategy `json:"additional_version_strategy,omitzero"`
}

// VersionStrategy sends the calls to the additional version that its rules fit.
type VersionStrategy struct {
	CombineType string        `json:"combine_type"` // and, or
	Rules       []VersionRule `json:"rules"`
}

// VersionRule is about a header or a cookie of a call.
type VersionRule struct {
	RuleType string `json:"rule_type"` // Header, cookie; in other spellings too (contract X18)
	Param    string `json:"param"`
	Op       string `json:"op"`    // = or in
	Value    string `json:"value"` // separated by commas with in
}

// CreateAlias makes an alias: POST .../{urn}/aliases (contract 3.11). Like CreateFunction it sends once; a lost answer is
// an *AmbiguousError.
func (c *Client) CreateAlias(ctx context.Context, urn URN, name string, in AliasRequest) (*Alias, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	body, err := jsonBody(struct {
		Name string `json:"name"`
		AliasRequest
	}{name, in})
	if err != nil {
		return nil, err
	}
	return fetch[Alias](ctx, c, request{method: http.MethodPost, route: routeAliases, urn: urn, body: body, once: true})
}

// Alias reads one alias: GET .../{urn}/aliases/{name} (contract 3.13). See IsAliasNotFound.
func (c *Client) Alias(ctx context.Context, urn URN, name string) (*Alias, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	return fetch[Alias](ctx, c, request{method: http.MethodGet, route: routeAlias, urn: urn, alias: name})
}

// UpdateAlias replaces version, description, weights and strategy of an alias: PUT .../{urn}/aliases/{name} (contract
// 3.13, A11). The answer is not looked at: it may lack the strategy.
func (c *Client) UpdateAlias(ctx context.Context, urn URN, name string, in AliasRequest) error {
	if err := c.checkURN(ctx, urn); err != nil {
		return err
	}
	body, err := jsonBody(in)
	if err != nil {
		return err
	}
	return c.send(ctx, request{method: http.MethodPut, route: routeAlias, urn: urn, alias: name, body: body})
}

// DeleteAlias deletes an alias, not the version that it points at: DELETE .../{urn}/aliases/{name} (contract 3.13). One
// that is gone already is fine.
func (c *Client) DeleteAlias(ctx context.Context, urn URN, name string) error {
	if err := c.checkURN(ctx, urn); err != nil {
		return err
	}
	err := c.send(ctx, request{method: http.MethodDelete, route: routeAlias, urn: urn, alias: name})
	if IsAliasNotFound(err) {
		return nil
	}
	return err
}

// IsAliasNotFound says whether the service says that there is no such alias, or no such function. Of the alias the code
// decides, whatever the status (contract X20).
func IsAliasNotFound(err error) bool {
	return IsNotFound(err) || HasCode(err, CodeAliasNotFound)
}
