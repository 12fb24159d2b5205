// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// IDToken is where an OIDC token comes from: a TextToken, a FileToken or a GitHubToken.
type IDToken interface {
	String() string

	token(ctx context.Context, n *Network) (string, error)
}

// TextToken is one that is written down. It is good for minutes, mostly.
type TextToken struct{ Value, From string }

// String implements IDToken.
func (t TextToken) String() string { return t.From }

func (t TextToken) token(context.Context, *Network) (string, error) { return checked(t.Value, t.From) }

// FileToken is in a file, which somebody writes anew before it ends.
type FileToken struct{ Path, From string }

// String implements IDToken.
func (f FileToken) String() string { return "the file of " + f.From }

func (f FileToken) token(context.Context, *Network) (string, error) {
	content, err := os.ReadFile(f.Path)
	if err != nil {
		return "", fmt.Errorf("cannot read the OIDC token: %w", err)
	}
	return checked(string(content), f.String())
}

// GitHubToken is asked for at GitHub, by a job that may write id-token.
type GitHubToken struct {
	URL      string // ACTIONS_ID_TOKEN_REQUEST_URL
	Bearer   string // ACTIONS_ID_TOKEN_REQUEST_TOKEN
	Audience string // "": GitHub's default
}

// String implements IDToken.
func (g GitHubToken) String() string { return "GitHub (ACTIONS_ID_TOKEN_REQUEST_URL)" }

func (g GitHubToken) token(ctx context.Context, n *Network) (string, error) {
	n.Vault.AddCredentials(functiongraph.Credentials{Token: g.Bearer})
	base, path, err := split(g.URL)
	if err != nil {
		return "", fmt.Errorf("ACTIONS_ID_TOKEN_REQUEST_URL: %w", err)
	}
	if g.Audience != "" {
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		path += join + "audience=" + url.QueryEscape(g.Audience)
	}
	q := question{
		method: http.MethodGet, base: base, path: path, header: http.Header{"Authorization": {"Bearer " + g.Bearer}},
	}
	a, err := n.ask(ctx, q)
	if err != nil {
		return "", fmt.Errorf("cannot get an OIDC token: %w", final(err))
	}
	got, err := decode[struct {
		Value string `json:"value"`
	}](a, q)
	if err != nil {
		return "", err
	}
	return checked(got.Value, g.String())
}

// The length of an OIDC token at STS, in characters.
const (
	minIDToken = 4
	maxIDToken = 20000
)

func checked(token, from string) (string, error) {
	token = strings.TrimSpace(token)
	if n := len(token); n < minIDToken || n > maxIDToken || strings.ContainsAny(token, " \r\n\t") {
		return "", finalError{fmt.Errorf("what comes from %s (%d bytes) is no OIDC token", from, n)}
	}
	return token, nil
}

// split divides an address, whose path may have a query, and refuses one that secrets must not go to.
func split(address string) (base, path string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", "", fmt.Errorf("it is not a URL such as https://host/path")
	}
	base = u.Scheme + "://" + u.Host
	return base, u.RequestURI(), functiongraph.CheckEndpoint(base)
}
