// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// The calls that give temporary credentials are in the vendor's documents of IAM, STS, ECS and CCE; contract 1.4 names
// some of them. IAM, STS and the metadata share the emulator's one address.

// Agency can be assumed.
type Agency struct {
	Name, DomainName, DomainID string
	By                         string // whose credentials may assume it, as Request.As says; empty: anybody's
}

// issued are credentials: temporary keys, or a token.
type issued struct {
	as                    string
	secret, securityToken string
	ends                  time.Time // zero: never
}

// How long temporary credentials live. Who comes to STS with temporary keys gets one hour at the most.
const (
	shortestLife   = 15 * time.Minute
	longestAtIAM   = 24 * time.Hour
	longestAtSTS   = 12 * time.Hour
	longestChained = time.Hour
	ecsLife        = 6 * time.Hour
)

// keyOf finds an access key.
func (s *Server) keyOf(access string) (issued, bool) {
	if access == s.opts.AccessKey {
		return issued{as: "key", secret: s.opts.SecretKey, securityToken: s.opts.SecurityToken}, true
	}
	key, ok := s.keys[access]
	return key, ok
}

func (s *Server) tokenOwner(token string) string {
	if token == s.opts.Token {
		return "token"
	}
	return s.tokens[token].as
}

// EndCredentials ends all temporary keys and tokens that were issued, as if their time was over.
func (s *Server) EndCredentials() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.opts.Now()
	for access, key := range s.keys {
		key.ends = now
		s.keys[access] = key
	}
	for token, known := range s.tokens {
		known.ends = now
		s.tokens[token] = known
	}
}

// temporaryKey is what was issued, whatever the call names its parts.
type temporaryKey struct{ access, secret, securityToken, ends string }

func (s *Server) issue(c *call, as string, life time.Duration) temporaryKey {
	if longest := s.opts.Longest; longest > 0 {
		life = min(life, longest)
	}
	ends := c.at.Add(life)
	key := issued{as: as, secret: s.newID(40), securityToken: s.newID(64), ends: ends}
	access := "TEMP" + strings.ToUpper(s.newID(16))
	s.keys[access] = key
	return temporaryKey{access, key.secret, key.securityToken, iamTime(ends)}
}

// iamKeys is how IAM and the metadata answer.
func (s *Server) iamKeys(c *call, as string, life time.Duration, status int) reply {
	k := s.issue(c, as, life)
	return reply{status: status, body: map[string]any{"credential": map[string]any{
		"access": k.access, "secret": k.secret, "securitytoken": k.securityToken, "expires_at": k.ends,
	}}}
}

// stsKeys is how STS answers; more are the members beside the credentials.
func (s *Server) stsKeys(c *call, as string, life time.Duration, more map[string]any) map[string]any {
	k := s.issue(c, as, life)
	out := map[string]any{"credentials": map[string]any{
		"access_key_id": k.access, "secret_access_key": k.secret, "security_token": k.securityToken, "expiration": k.ends,
	}}
	for name, value := range more {
		out[name] = value
	}
	return out
}

func iamError(status int, message string) *Error {
	return &Error{Status: status, Code: iamCode, Message: message}
}

// life checks the duration that is asked for; 0 is the default.
func life(seconds int, fallback, longest time.Duration) (time.Duration, *Error) {
	asked := time.Duration(seconds) * time.Second
	switch {
	case asked == 0:
		return fallback, nil
	case asked < shortestLife || asked > longest:
		return 0, iamError(http.StatusBadRequest, "The value of duration_seconds is out of its range.")
	}
	return asked, nil
}

// agency finds what may be assumed by who asks.
func (s *Server) agency(c *call, match func(Agency) bool) (Agency, *Error) {
	for _, a := range s.opts.Agencies {
		if match(a) && (a.By == "" || a.By == c.as) {
			return a, nil
		}
	}
	return Agency{}, iamError(http.StatusForbidden, "You are not allowed to assume the agency, or it does not exist.")
}

func (c *call) decode(into any) *Error {
	if json.Unmarshal(c.body.text, into) != nil {
		return iamError(http.StatusBadRequest, "The request body is invalid.")
	}
	return nil
}

// assumeAtIAM is POST /v3.0/OS-CREDENTIAL/securitytokens with either method. That of a token needs no authentication
// beside it.
func (s *Server) assumeAtIAM(c *call) (any, *Error) {
	var request struct {
		Auth struct {
			Identity struct {
				Methods []string `json:"methods"`
				Token   struct {
					ID       string `json:"id"`
					Duration int    `json:"duration_seconds"`
				} `json:"token"`
				AssumeRole struct {
					AgencyName string `json:"agency_name"`
					DomainName string `json:"domain_name"`
					DomainID   string `json:"domain_id"`
					Duration   int    `json:"duration_seconds"`
				} `json:"assume_role"`
			} `json:"identity"`
		} `json:"auth"`
	}
	if err := c.decode(&request); err != nil {
		return nil, err
	}
	identity := request.Auth.Identity
	switch strings.Join(identity.Methods, ",") {
	case "token":
		return s.keysForToken(c, identity.Token.ID, identity.Token.Duration)
	case "assume_role":
	default:
		return nil, iamError(http.StatusBadRequest, "The value of methods is neither token nor assume_role.")
	}
	if err := s.authenticate(c); err != nil {
		return nil, err
	}
	want := identity.AssumeRole
	a, err := s.agency(c, func(a Agency) bool {
		return a.Name == want.AgencyName && (want.DomainID != "" && a.DomainID == want.DomainID ||
			want.DomainID == "" && want.DomainName != "" && a.DomainName == want.DomainName)
	})
	if err != nil {
		return nil, err
	}
	lasts, err := life(want.Duration, shortestLife, longestAtIAM)
	if err != nil {
		return nil, err
	}
	return s.iamKeys(c, "agency "+a.Name, lasts, http.StatusCreated), nil
}

func (s *Server) keysForToken(c *call, token string, duration int) (any, *Error) {
	if err := s.checkToken(token, c.at); err != nil {
		return nil, iamError(http.StatusUnauthorized, "The token is invalid.")
	}
	lasts, err := life(duration, shortestLife, longestAtIAM)
	if err != nil {
		return nil, err
	}
	return s.iamKeys(c, s.tokenOwner(token), lasts, http.StatusCreated), nil
}

// loginWithOIDC is POST /v3.0/OS-AUTH/id-token/tokens.
func (s *Server) loginWithOIDC(c *call) (any, *Error) {
	var request struct {
		Auth struct {
			IDToken struct {
				ID string `json:"id"`
			} `json:"id_token"`
		} `json:"auth"`
	}
	if err := c.decode(&request); err != nil {
		return nil, err
	}
	if c.http.Header.Get("X-Idp-Id") != s.opts.IDProvider || request.Auth.IDToken.ID != s.opts.IDToken {
		return nil, iamError(http.StatusUnauthorized, "The ID token is invalid.")
	}
	token := s.newID(64)
	s.tokens[token] = issued{as: "OIDC", ends: c.at.Add(tokenValidity)}
	return reply{
		status: http.StatusCreated, header: http.Header{"X-Subject-Token": {token}},
		body: map[string]any{"token": map[string]any{
			"methods": []string{"mapped"}, "issued_at": iamTime(c.at), "expires_at": iamTime(c.at.Add(tokenValidity)),
			"user": map[string]any{"name": "federated"},
		}},
	}, nil
}

func (a Agency) urn() string { return "iam::" + a.DomainID + ":agency:" + a.Name }

type stsRequest struct {
	AgencyURN   string `json:"agency_urn"`
	SessionName string `json:"agency_session_name"`
	Duration    int    `json:"duration_seconds"`
	ProviderURN string `json:"provider_urn"`
	IDToken     string `json:"id_token"`
}

// assumeAtSTS is POST /v5/agencies/assume.
func (s *Server) assumeAtSTS(c *call) (any, *Error) {
	if c.http.Header.Get("Authorization") == "" {
		return nil, unauthorised("the request is not signed")
	}
	longest := longestAtSTS
	if c.temporary {
		longest = longestChained
	}
	return s.sts(c, longest, func(stsRequest) *Error { return nil })
}

// assumeWithOIDC is POST /v5/agencies/assume-with-oidc.
func (s *Server) assumeWithOIDC(c *call) (any, *Error) {
	return s.sts(c, longestAtSTS, func(request stsRequest) *Error {
		if request.ProviderURN != s.opts.ProviderURN || request.IDToken != s.opts.IDToken {
			return iamError(http.StatusForbidden, "The ID token is invalid.")
		}
		c.as = "OIDC"
		return nil
	})
}

func (s *Server) sts(c *call, longest time.Duration, check func(stsRequest) *Error) (any, *Error) {
	var request stsRequest
	if err := c.decode(&request); err != nil {
		return nil, err
	}
	if request.SessionName == "" {
		return nil, iamError(http.StatusBadRequest, "agency_session_name is missing.")
	}
	if err := check(request); err != nil {
		return nil, err
	}
	a, err := s.agency(c, func(a Agency) bool { return a.urn() == request.AgencyURN })
	if err != nil {
		return nil, err
	}
	lasts, err := life(request.Duration, time.Hour, longest)
	if err != nil {
		return nil, err
	}
	return s.stsKeys(c, "agency "+a.Name, lasts, map[string]any{
		"assumed_agency": map[string]any{"urn": request.AgencyURN, "id": s.newID(32)},
	}), nil
}

// metadataPrefix marks a token that is good for the metadata only.
const metadataPrefix = "metadata "

// metadataToken is PUT /meta-data/latest/api/token of the ECS's metadata.
func (s *Server) metadataToken(c *call) (any, *Error) {
	if s.opts.MetadataV1 {
		return nil, iamError(http.StatusNotFound, "Not found.")
	}
	if c.http.Header.Get("X-Metadata-Token-Ttl-Seconds") == "" {
		return nil, iamError(http.StatusBadRequest, "X-Metadata-Token-Ttl-Seconds is missing.")
	}
	token := s.newID(40)
	s.tokens[metadataPrefix+token] = issued{ends: c.at.Add(ecsLife)}
	return []byte(token), nil
}

// metadataKeys is GET /openstack/latest/securitykey of the ECS's metadata.
func (s *Server) metadataKeys(c *call) (any, *Error) {
	token, known := s.tokens[metadataPrefix+c.http.Header.Get("X-Metadata-Token")]
	if !s.opts.MetadataV1 && (!known || !c.at.Before(token.ends)) {
		return nil, iamError(http.StatusUnauthorized, "The token is invalid.")
	}
	if s.opts.NoECSAgency {
		return nil, iamError(http.StatusUnauthorized, "Please configure Cloud Service Agency first")
	}
	return s.iamKeys(c, "ECS", ecsLife, http.StatusOK), nil
}

// podIdentity is the call that CCE's variables name.
func (s *Server) podIdentity(c *call) (any, *Error) {
	if c.http.Header.Get("Authorization") != s.opts.PodToken {
		return nil, iamError(http.StatusUnauthorized, "The token is invalid.")
	}
	k := s.issue(c, "pod", time.Hour)
	return map[string]any{"credentials": map[string]any{
		"accessKeyId": k.access, "secretAccessKey": k.secret, "securityToken": k.securityToken, "expiration": k.ends,
	}}, nil
}

// Issued are all secret values that were issued: no client may show any of them.
func (s *Server) Issued() (values []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range s.keys {
		values = append(values, key.secret, key.securityToken)
	}
	for token := range s.tokens {
		values = append(values, strings.TrimPrefix(token, metadataPrefix))
	}
	return values
}

// AcceptIDToken makes another id token the one that is valid: those of pipelines live for minutes.
func (s *Server) AcceptIDToken(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts.IDToken = token
}
