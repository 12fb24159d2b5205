// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"net/http"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// OIDC is an identity that somebody else vouches for, by an id token: a pipeline's. With ProviderURN it opens an agency
// at STS, in one step; with ProviderID it is a login at IAM.
type OIDC struct {
	Token       IDToken
	ProviderID  string // the identity provider's name at IAM
	ProviderURN string // the same for STS; then Agency is what the token opens
	Agency      Agency
	Duration    time.Duration // 0: an hour
}

// String implements Base.
func (o OIDC) String() string {
	if o.ProviderURN != "" {
		return o.Agency.String() + ", opened by an OIDC token from " + o.Token.String()
	}
	return "the identity provider " + o.ProviderID + ", with an OIDC token from " + o.Token.String()
}

// open implements Base.
func (o OIDC) open(n *Network) source {
	if o.Duration == 0 {
		o.Duration = defaultDuration
	}
	return &federated{network: n, OIDC: o}
}

type federated struct {
	network *Network
	OIDC

	refused string // the id token that was refused, which is not sent again
	why     error
}

// ask implements source. The token is read each time: files of them rotate. What is refused is remembered: for good,
// or as long as the file holds the same.
func (f *federated) ask(ctx context.Context) (lease, error) {
	token, err := f.Token.token(ctx, f.network)
	if err != nil {
		return lease{}, err
	}
	f.network.Vault.AddCredentials(functiongraph.Credentials{Token: token})
	if f.refused == token {
		return lease{}, f.why
	}
	got, err := f.exchange(ctx, token)
	if refused(err) {
		if _, rotates := f.Token.(FileToken); !rotates {
			return got, finalError{err}
		}
		f.refused, f.why = token, err
	}
	return got, err
}

func (f *federated) exchange(ctx context.Context, token string) (lease, error) {
	if f.ProviderURN != "" {
		return f.atSTS(ctx, token)
	}
	for again := false; ; again = true { // the token of the first step may end before the second one
		subject, err := f.subject(ctx, token)
		if err != nil {
			return lease{}, err
		}
		got, err := f.atIAM(ctx, subject)
		if again || !isUnauthorized(err) {
			return got, err
		}
	}
}

func (f *federated) atIAM(ctx context.Context, subject string) (lease, error) {
	q := question{method: http.MethodPost, base: f.network.IAM, path: iamPath, body: object{
		"auth": object{"identity": object{
			"methods": []string{"token"},
			"token":   object{"id": subject, "duration_seconds": int(f.Duration.Seconds())},
		}},
	}}
	a, err := f.network.ask(ctx, q)
	if err != nil {
		return lease{}, err
	}
	return f.network.iamLease(a, q)
}

// subject is the token that IAM gives for the id token.
func (f *federated) subject(ctx context.Context, token string) (string, error) {
	q := question{
		method: http.MethodPost, base: f.network.IAM, path: "/v3.0/OS-AUTH/id-token/tokens",
		header: http.Header{"X-Idp-Id": {f.ProviderID}},
		body:   object{"auth": object{"id_token": object{"id": token}}},
	}
	a, err := f.network.ask(ctx, q)
	if err != nil {
		return "", err
	}
	got, err := f.network.tokenLease(a, q)
	return got.Token, err
}

func (f *federated) atSTS(ctx context.Context, token string) (lease, error) {
	q := question{method: http.MethodPost, base: f.network.STS, path: "/v5/agencies/assume-with-oidc", body: object{
		"provider_urn": f.ProviderURN, "agency_urn": f.Agency.urn(), "agency_session_name": f.Agency.Name,
		"id_token": token, "duration_seconds": int(f.Duration.Seconds()),
	}}
	a, err := f.network.ask(ctx, q)
	if err != nil {
		return lease{}, err
	}
	return f.network.stsLease(a, q)
}
