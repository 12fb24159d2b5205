// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Credentials are an access key with its secret key, and with a security token if they are temporary; or a token.
type Credentials struct {
	AccessKey     string
	SecretKey     string
	SecurityToken string // belongs to temporary access keys
	Token         string // sent as X-Auth-Token; then nothing is signed
}

// Source gives each request its credentials. It is used by many goroutines at once.
type Source interface {
	// Credentials returns those that are good now. It may have to ask for them; an error ends the call before anything
	// is sent.
	Credentials(ctx context.Context) (Credentials, error)
	// Renew says whether there are others now than those that the service has refused, for another try.
	Renew(ctx context.Context, refused Credentials) bool
	// Signs says that they are keys, not a token.
	Signs() bool
	// String says what they are and where they come from, without any value.
	String() string
}

// fixed is the source of credentials that do not change.
type fixed struct {
	keys Credentials
	from string
}

// Fixed is the source of credentials that stay as they are; from says where they come from.
func Fixed(k Credentials, from string) Source { return fixed{k, from} }

// Credentials implements Source.
func (f fixed) Credentials(context.Context) (Credentials, error) { return f.keys, nil }

// Renew implements Source.
func (f fixed) Renew(context.Context, Credentials) bool { return false }

// Signs implements Source.
func (f fixed) Signs() bool { return f.keys.Token == "" }

// String implements Source.
func (f fixed) String() string { return f.from }

// MaxSignedBody is how many bytes the gateway takes of a request that is signed with an access key (contract 1.5, 2.6).
const MaxSignedBody = 12 << 20

// Signs says that requests are signed with an access key, so that MaxSignedBody holds; else they carry a token.
func (c *Client) Signs() bool {
	return c.source.Signs()
}

// Authorize sets the headers that prove who asks (contract 1.3, 1.5). All headers that are set by then are signed, and
// the host; User-Agent is set later, because proxies change it. bodyHash is the hex SHA-256 of the body's bytes.
func (k Credentials) Authorize(method string, u *url.URL, header http.Header, bodyHash string, now time.Time) {
	if k.Token != "" {
		header.Set("X-Auth-Token", k.Token)
		return
	}
	header.Set(dateHeader, now.UTC().Format(dateLayout))
	if k.SecurityToken != "" {
		header.Set("X-Security-Token", k.SecurityToken)
	}
	signed := header.Clone()
	signed.Set("Host", u.Host)
	header.Set("Authorization", Sign(k.AccessKey, k.SecretKey, method, u, signed, bodyHash))
}

// Check says what is missing or cannot be sent. It shows no value.
func (k Credentials) Check() error {
	if k.Token == "" && (k.AccessKey == "" || k.SecretKey == "") {
		return errors.New("credentials are needed: an access key with its secret key, or a token")
	}
	for _, of := range []struct{ name, value string }{ // a line break often comes along from a file
		{"access key", k.AccessKey}, {"secret key", k.SecretKey}, {"security token", k.SecurityToken}, {"token", k.Token},
	} {
		if strings.ContainsAny(of.value, "\r\n") {
			return fmt.Errorf("the %s contains a line break", of.name)
		}
	}
	return nil
}

// renewals keep credentials that are refused again and again from being renewed again and again: what a renewal
// brought has to be accepted once before it is renewed because of another refusal.
type renewals struct {
	mu       sync.Mutex
	unproven Credentials // what the latest renewal brought, until it is accepted
	pending  bool
}

// after renews credentials that were refused. It is one renewal for all calls that were refused with them.
func (r *renewals) after(ctx context.Context, s Source, refused Credentials) bool {
	if r.has(refused) || !s.Renew(ctx, refused) {
		return false
	}
	now, err := s.Credentials(ctx)
	if err != nil {
		return true // the next attempt says so
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.unproven != now { // else another call that was refused has said so
		r.unproven, r.pending = now, true
	}
	return true
}

// has says that these came of a renewal and were never accepted.
func (r *renewals) has(k Credentials) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pending && r.unproven == k
}

func (r *renewals) accepted(k Credentials) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending && r.unproven == k {
		r.pending = false
	}
}
