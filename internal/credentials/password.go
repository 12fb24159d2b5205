// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"net/http"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Password is a user's. Requests carry the token that IAM gives for it.
type Password struct {
	UserName, UserID       string // one of them
	Password               string
	DomainName, DomainID   string // the account of the user; one of them, if UserName is given
	ProjectName, ProjectID string // what the token is for; one of them
	From                   string // where the password comes from
}

// String implements Base.
func (p Password) String() string { return "a user's password from " + p.From }

// open implements Base.
func (p Password) open(n *Network) source {
	n.Vault.AddCredentials(functiongraph.Credentials{Token: p.Password})
	return &login{n, p}
}

type login struct {
	network *Network
	Password
}

// named is {"id": …} or {"name": …}.
func named(id, name string) object {
	if id != "" {
		return object{"id": id}
	}
	return object{"name": name}
}

// ask implements source (contract 1.4).
func (l *login) ask(ctx context.Context) (lease, error) {
	user := named(l.UserID, l.UserName)
	user["password"] = l.Password.Password
	if l.UserID == "" {
		user["domain"] = named(l.DomainID, l.DomainName)
	}
	q := question{method: http.MethodPost, base: l.network.IAM, path: "/v3/auth/tokens", body: object{"auth": object{
		"identity": object{"methods": []string{"password"}, "password": object{"user": user}},
		"scope":    object{"project": named(l.ProjectID, l.ProjectName)},
	}}}
	a, err := l.network.ask(ctx, q)
	if err != nil {
		return lease{}, final(err)
	}
	return l.network.tokenLease(a, q)
}

// tokenLease takes the token that IAM puts into a header. Of the body only its end is of use, which may be missing.
func (n *Network) tokenLease(a *answer, q question) (lease, error) {
	got, _ := decode[struct {
		Token struct {
			ExpiresAt string `json:"expires_at"`
		} `json:"token"`
	}](a, q)
	return n.lease(a, q, functiongraph.Credentials{Token: a.header.Get("X-Subject-Token")}, got.Token.ExpiresAt)
}
