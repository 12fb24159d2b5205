// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
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

	odd oddMembers
}

func (a *Alias) keep(odd oddMembers) { a.odd = odd }

// UnmarshalJSON also takes a number for the time of the last change (contract 1.9: a client must parse a plain
// integer).
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

// aliasGone are the codes that say that there is no such alias, or no such function.
var aliasGone = []string{CodeFunctionNotFound, CodeAliasNotFound, CodeNotFound, CodeGone}

// Aliases lists the aliases of a function: GET .../{urn}/aliases (contract 3.12). IsNotFound is true for the error if
// there is no such function.
func (c *Client) Aliases(ctx context.Context, urn URN) ([]Alias, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	return listing[Alias]{
		client:  c,
		request: request{method: http.MethodGet, route: routeAliases, urn: urn, absent: []string{CodeFunctionNotFound}},
		key:     func(a Alias) string { return a.Name },
		check:   func(a Alias) error { return inFunction(urn, a.URN) },
		keep:    (*Alias).keep,
	}.all(ctx)
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

// CreateAlias makes an alias: POST .../{urn}/aliases (contract 3.11). Like CreateFunction it sends once; a lost answer
// is an *AmbiguousError.
func (c *Client) CreateAlias(ctx context.Context, urn URN, name string, in AliasRequest) (*Alias, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	body, err := jsonBody(struct {
		Name string `json:"name"`
		AliasRequest
	}{name, in})
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{
		method: http.MethodPost, route: routeAliases, urn: urn, body: body, once: true,
		makes: urn.WithQualifier("!" + name),
	}, aboutAlias(urn, name))
}

// Alias reads one alias: GET .../{urn}/aliases/{name} (contract 3.13). IsNotFound is true for the error if there is
// none.
func (c *Client) Alias(ctx context.Context, urn URN, name string) (*Alias, error) {
	return c.readAlias(ctx, urn, name, false)
}

func (c *Client) readAlias(ctx context.Context, urn URN, name string, written bool) (*Alias, error) {
	if err := c.checkAlias(ctx, urn, name); err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{
		method: http.MethodGet, route: routeAlias, urn: urn, names: aliasNames(name), absent: aliasGone, written: written,
	}, aboutAlias(urn, name))
}

func aliasNames(name string) pathNames { return pathNames{"alias_name": name} }

// checkAlias refuses the names that mean something else in a path.
func (c *Client) checkAlias(ctx context.Context, urn URN, name string) error {
	if !isPathName(name) {
		return fmt.Errorf("%q is not the name of an alias", name)
	}
	return c.CheckURN(ctx, urn)
}

// UpdateAlias replaces version, description, weights and strategy of an alias: PUT .../{urn}/aliases/{name} (contract
// 3.13, A11). Of the answer only that it is about the alias counts: it may lack the strategy. Where it is not, a read
// decides.
func (c *Client) UpdateAlias(ctx context.Context, urn URN, name string, in AliasRequest) error {
	if err := c.checkAlias(ctx, urn, name); err != nil {
		return err
	}
	body, err := jsonBody(in)
	if err != nil {
		return err
	}
	return c.assured(ctx, request{
		method: http.MethodPut, route: routeAlias, urn: urn, names: aliasNames(name), body: body, absent: aliasGone,
	}, passes(aboutAlias(urn, name)), func(ctx context.Context) (bool, error) {
		got, err := c.Alias(ctx, urn, name)
		if err != nil {
			return false, unconfirmed(err)
		}
		return in.is(got), nil
	})
}

// is says that an alias provably is what was sent: of a strategy it cannot be said, which answers may lack.
func (in AliasRequest) is(a *Alias) bool {
	return a.Version == in.Version && a.Description == in.Description && len(in.AdditionalVersionStrategy) == 0 &&
		len(a.AdditionalVersionStrategy) == 0 && maps.Equal(a.AdditionalVersionWeights, in.AdditionalVersionWeights)
}

// DeleteAlias deletes an alias, not the version that it points at: DELETE .../{urn}/aliases/{name} (contract 3.13). One
// that is gone already is fine. An answer other than the promised 204 is not believed: a read decides.
func (c *Client) DeleteAlias(ctx context.Context, urn URN, name string) error {
	if err := c.checkAlias(ctx, urn, name); err != nil {
		return err
	}
	r := request{
		method: http.MethodDelete, route: routeAlias, urn: urn, names: aliasNames(name), absent: aliasGone,
		promises: http.StatusNoContent,
	}
	err := c.assured(ctx, r, nil, func(ctx context.Context) (bool, error) {
		_, err := c.Alias(ctx, urn, name)
		return isGone(err)
	})
	if IsNotFound(err) {
		return nil
	}
	return err
}

// IsAliasNotFound is IsNotFound, of calls about an alias.
func IsAliasNotFound(err error) bool {
	return IsNotFound(err)
}
