// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package credentials gets the keys or the token that requests are made with: from where they stand, or by a call to
// IAM, to STS, to the metadata of an ECS or to the pod identity of CCE; and gets new ones before they end. There is
// one file for each way. Nothing is asked before the first request of the API needs it.
package credentials

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Plan says who the provider is. It holds plain values: nothing was asked yet.
type Plan struct {
	Base     Base     // what it begins with
	Agencies []Agency // what it assumes then, one after the other, each with the credentials of the one before
}

// Base is one of Keys, Password, OIDC, Metadata and Pod.
type Base interface {
	// String says what it is and where it comes from, without any value.
	String() string

	open(n *Network) source
}

// source asks for credentials once.
type source interface {
	ask(ctx context.Context) (lease, error)
}

// lease is what was asked for, and for how long it is good; 0 is for ever.
type lease struct {
	functiongraph.Credentials

	life time.Duration
}

// Network is how the services are reached that give credentials.
type Network struct {
	Transport http.RoundTripper // to IAM, to STS and to GitHub
	Local     http.RoundTripper // to the metadata and the pod identity, never by a proxy; nil: NewLocal
	IAM, STS  string            // addresses without a path, or with one that is put before each call's
	Metadata  string            // "": http://169.254.169.254
	UserAgent string
	Retries   int           // resends of one call, where nobody answers or the service fails
	Wait      time.Duration // before the first of them; it doubles

	// Vault learns every value that must not be shown, before it is sent or used.
	Vault *functiongraph.Vault
	// Log is called once per attempt, as the client's. May be nil.
	Log func(ctx context.Context, message string, fields map[string]any)
	// Now is the local clock; nil: time.Now.
	Now func() time.Time
}

// New returns the source for the client. It makes no request.
func New(plan Plan, network *Network) functiongraph.Source {
	own := *network
	n := &own
	if n.Local == nil {
		n.Local = NewLocal()
	}
	if n.Now == nil {
		n.Now = time.Now
	}
	var s functiongraph.Source
	if keys, ok := plan.Base.(Keys); ok {
		n.Vault.AddCredentials(keys.Credentials)
		s = functiongraph.Fixed(keys.Credentials, keys.From)
	} else {
		_, token := plan.Base.(Password)
		s = newCache(plan.Base.open(n), plan.Base.String(), !token, n.Now)
	}
	for _, agency := range plan.Agencies {
		name := fmt.Sprintf("%s, assumed with %s", agency, s)
		s = newCache(&assumed{n, agency, s}, name, true, n.Now)
	}
	return s
}

// Keys are credentials that are written down somewhere.
type Keys struct {
	functiongraph.Credentials

	From string // where: "access_key and secret_key of the provider block"
}

// String implements Base.
func (k Keys) String() string { return k.From }

// open implements Base. New makes nothing of them that could be asked.
func (k Keys) open(*Network) source { return nil }
