// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Pod is the identity that CCE gives a pod, by two variables.
type Pod struct {
	URL       string // HC_CONTAINER_CREDENTIALS_FULL_URI
	TokenFile string // HC_CONTAINER_AUTHORIZATION_TOKEN_FILE
}

// String implements Base.
func (p Pod) String() string { return "the pod identity (HC_CONTAINER_CREDENTIALS_FULL_URI)" }

// open implements Base.
func (p Pod) open(n *Network) source { return &pod{n, p} }

type pod struct {
	network *Network
	Pod
}

// ask implements source. The file is read each time: it rotates.
func (p *pod) ask(ctx context.Context) (lease, error) {
	base, path, err := podAddress(p.URL)
	if err != nil {
		return lease{}, finalError{fmt.Errorf("HC_CONTAINER_CREDENTIALS_FULL_URI: %w", err)}
	}
	content, err := os.ReadFile(p.TokenFile)
	if err != nil {
		return lease{}, fmt.Errorf("cannot read the token of HC_CONTAINER_AUTHORIZATION_TOKEN_FILE: %w", err)
	}
	token := strings.TrimSpace(string(content))
	p.network.Vault.AddCredentials(functiongraph.Credentials{Token: token})
	q := question{
		method: http.MethodPost, base: base, path: path, header: http.Header{"Authorization": {token}}, body: object{},
	}
	a, err := p.network.try(ctx, p.network.Local, q, 1)
	if err != nil {
		return lease{}, err
	}
	got, err := decode[struct {
		Credentials struct {
			AccessKey     string `json:"accessKeyId"`
			SecretKey     string `json:"secretAccessKey"`
			SecurityToken string `json:"securityToken"`
			Expiration    string `json:"expiration"`
		} `json:"credentials"`
	}](a, q)
	if err != nil {
		return lease{}, err
	}
	c := got.Credentials
	return p.network.lease(a, q, functiongraph.Credentials{
		AccessKey: c.AccessKey, SecretKey: c.SecretKey, SecurityToken: c.SecurityToken,
	}, c.Expiration)
}

// podAddress takes plain http to this machine and to its own link, which no router passes on.
func podAddress(address string) (base, path string, err error) {
	u, parseErr := url.Parse(address)
	if base, path, err = split(address); err == nil || parseErr != nil {
		return base, path, err
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && ip != nil && ip.IsLinkLocalUnicast() {
		return base, path, nil
	}
	return "", "", errors.New("it must be an https URL, or an http URL of this machine or its own link")
}
