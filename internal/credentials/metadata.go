// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Metadata is the agency of the ECS that this runs on.
type Metadata struct {
	// Tried says, in order, what else was looked at and why it did not serve: there is nothing left behind the metadata.
	Tried []string
	// Advice is what to do where there is no ECS.
	Advice string
}

// String implements Base.
func (m Metadata) String() string { return "the agency of this ECS (metadata)" }

// open implements Base.
func (m Metadata) open(n *Network) source { return &metadata{network: n, Metadata: m} }

const (
	metadataAddress = "http://169.254.169.254"
	connectTimeout  = time.Second
	localTimeout    = 3 * time.Second
)

// NewLocal reaches what is on this machine, or says quickly that it is not there. It uses no proxy: that would get the
// keys of the proxy's machine, or hand them to it.
func NewLocal() http.RoundTripper {
	return &http.Transport{
		DialContext:           (&net.Dialer{Timeout: connectTimeout}).DialContext,
		ResponseHeaderTimeout: localTimeout,
		DisableKeepAlives:     true,
	}
}

type metadata struct {
	network *Network
	Metadata

	served bool // it has answered once, so it is there
}

// ask implements source.
func (m *metadata) ask(ctx context.Context) (lease, error) {
	ctx, cancel := context.WithTimeout(ctx, localTimeout)
	defer cancel()
	got, err := m.securityKey(ctx)
	if err == nil {
		m.served = true
		return got, nil
	}
	if m.served {
		return got, err
	}
	return got, finalError{m.nothing(err)}
}

// nobodyError says that nothing says who this is.
type nobodyError string

// Error implements error.
func (e nobodyError) Error() string { return string(e) }

// nothing is the error of somebody for whom no way was left.
func (m *metadata) nothing(err error) error {
	if len(m.Tried) == 0 {
		return err
	}
	var api *functiongraph.Error
	why := "nothing answers at " + m.address() + ", so this is no ECS"
	if errors.As(err, &api) {
		why = err.Error()
	}
	return nobodyError(fmt.Sprintf("no credentials were found. Tried, in this order:\n- %s\n"+
		"- the metadata of an ECS: %s\n%s",
		strings.Join(m.Tried, "\n- "), why, m.Advice))
}

func (m *metadata) address() string {
	if m.network.Metadata != "" {
		return m.network.Metadata
	}
	return metadataAddress
}

// securityKey takes version 2 of the metadata where there is one: then keys are given for a token only.
func (m *metadata) securityKey(ctx context.Context) (lease, error) {
	token, err := m.token(ctx)
	if err != nil {
		return lease{}, err
	}
	got, err := m.keys(ctx, token)
	if isUnauthorized(err) && !strings.Contains(err.Error(), "Please configure Cloud Service Agency first") {
		if token, err = m.token(ctx); err == nil {
			got, err = m.keys(ctx, token)
		}
	}
	return got, err
}

// token is "" where there is only version 1.
func (m *metadata) token(ctx context.Context) (string, error) {
	q := question{
		method: http.MethodPut, base: m.address(), path: "/meta-data/latest/api/token",
		header: http.Header{"X-Metadata-Token-Ttl-Seconds": {"21600"}},
	}
	a, err := m.network.try(ctx, m.network.Local, q, 1)
	var api *functiongraph.Error
	if errors.As(err, &api) {
		switch api.Status {
		case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented,
			http.StatusServiceUnavailable:
			return "", nil
		}
	}
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(a.body))
	m.network.Vault.AddCredentials(functiongraph.Credentials{Token: token})
	return token, nil
}

func (m *metadata) keys(ctx context.Context, token string) (lease, error) {
	q := question{method: http.MethodGet, base: m.address(), path: "/openstack/latest/securitykey", header: http.Header{}}
	if token != "" {
		q.header.Set("X-Metadata-Token", token)
	}
	a, err := m.network.try(ctx, m.network.Local, q, 1)
	if err != nil {
		return lease{}, err
	}
	return m.network.iamLease(a, q)
}

func isUnauthorized(err error) bool {
	var api *functiongraph.Error
	return errors.As(err, &api) && api.Status == http.StatusUnauthorized
}
