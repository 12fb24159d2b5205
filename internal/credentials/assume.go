// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// defaultDuration is for how long credentials are asked for where nobody says otherwise. They are renewed.
const defaultDuration = time.Hour

// maxOfTemporary is what STS gives at the most to who comes with temporary keys.
const maxOfTemporary = time.Hour

// Agency is one to assume. With DomainID it is assumed at STS, as the huaweicloud provider does; else at IAM.
type Agency struct {
	Name       string
	DomainName string // of the account that it belongs to
	DomainID   string
	Duration   time.Duration // 0: an hour
}

// String names it.
func (a Agency) String() string {
	if a.DomainID != "" {
		return fmt.Sprintf("the agency %s of the account with the id %s", a.Name, a.DomainID)
	}
	return fmt.Sprintf("the agency %s of the account %s", a.Name, a.DomainName)
}

// assumed is the source of an agency's keys.
type assumed struct {
	network *Network
	agency  Agency
	base    functiongraph.Source
}

// ask implements source. What the base gave is asked for anew, once, if it is refused.
func (s *assumed) ask(ctx context.Context) (lease, error) {
	for again := false; ; again = true {
		as, err := s.base.Credentials(ctx)
		if err != nil {
			return lease{}, err
		}
		got, err := s.assume(ctx, as)
		if again || !isUnauthorized(err) || !s.base.Renew(ctx, as) {
			return got, final(err)
		}
	}
}

func (s *assumed) assume(ctx context.Context, as functiongraph.Credentials) (lease, error) {
	duration := s.agency.Duration
	if duration == 0 {
		duration = defaultDuration
	}
	if s.agency.DomainID == "" {
		return s.atIAM(ctx, as, duration)
	}
	if as.SecurityToken != "" {
		duration = min(duration, maxOfTemporary)
	}
	return s.atSTS(ctx, as, duration)
}

type object = map[string]any

const iamPath = "/v3.0/OS-CREDENTIAL/securitytokens"

// iamCredential is how IAM and the metadata answer.
type iamCredential struct {
	Credential struct {
		Access        string `json:"access"`
		Secret        string `json:"secret"`
		SecurityToken string `json:"securitytoken"`
		ExpiresAt     string `json:"expires_at"`
	} `json:"credential"`
}

func (n *Network) iamLease(a *answer, q question) (lease, error) {
	got, err := decode[iamCredential](a, q)
	if err != nil {
		return lease{}, err
	}
	c := got.Credential
	return n.lease(a, q, functiongraph.Credentials{
		AccessKey: c.Access, SecretKey: c.Secret, SecurityToken: c.SecurityToken,
	}, c.ExpiresAt)
}

func (s *assumed) atIAM(ctx context.Context, as functiongraph.Credentials, duration time.Duration) (lease, error) {
	q := question{method: http.MethodPost, base: s.network.IAM, path: iamPath, as: &as, body: object{
		"auth": object{"identity": object{
			"methods": []string{"assume_role"},
			"assume_role": object{
				"agency_name": s.agency.Name, "domain_name": s.agency.DomainName, "duration_seconds": int(duration.Seconds()),
			},
		}},
	}}
	a, err := s.network.ask(ctx, q)
	if err != nil {
		return lease{}, err
	}
	return s.network.iamLease(a, q)
}

// stsCredentials is how STS answers.
type stsCredentials struct {
	Credentials struct {
		AccessKey     string `json:"access_key_id"`
		SecretKey     string `json:"secret_access_key"`
		SecurityToken string `json:"security_token"`
		Expiration    string `json:"expiration"`
	} `json:"credentials"`
}

func (n *Network) stsLease(a *answer, q question) (lease, error) {
	got, err := decode[stsCredentials](a, q)
	if err != nil {
		return lease{}, err
	}
	c := got.Credentials
	return n.lease(a, q, functiongraph.Credentials{
		AccessKey: c.AccessKey, SecretKey: c.SecretKey, SecurityToken: c.SecurityToken,
	}, c.Expiration)
}

// urn is how STS names an agency.
func (a Agency) urn() string { return "iam::" + a.DomainID + ":agency:" + a.Name }

func (s *assumed) atSTS(ctx context.Context, as functiongraph.Credentials, duration time.Duration) (lease, error) {
	q := question{method: http.MethodPost, base: s.network.STS, path: "/v5/agencies/assume", as: &as, body: object{
		"agency_urn": s.agency.urn(), "agency_session_name": s.agency.Name, "duration_seconds": int(duration.Seconds()),
	}}
	a, err := s.network.ask(ctx, q)
	if err != nil {
		return lease{}, err
	}
	return s.network.stsLease(a, q)
}
