// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// Proxy is where requests leave the network. HTTP_PROXY is no part of it: an address without TLS is a loopback host's,
// to which no proxy leads.
type Proxy struct {
	variable string // where the address comes from; it is not shown itself, for it may hold a password
	address  string // "": no proxy
	except   string // hosts that are reached without it
}

// ProxyFrom reads HTTPS_PROXY and NO_PROXY, or the same in lower case, as curl and the Go library do.
func ProxyFrom(getenv func(string) string) Proxy {
	first := func(names ...string) (name, value string) {
		for _, name := range names {
			if value := getenv(name); value != "" {
				return name, value
			}
		}
		return "", ""
	}
	var p Proxy
	p.variable, p.address = first("HTTPS_PROXY", "https_proxy")
	if p.address != "" {
		_, p.except = first("NO_PROXY", "no_proxy")
	}
	return p
}

// of returns the proxy for a URL, nil for none.
func (p Proxy) of(u *url.URL) (*url.URL, error) {
	if p.address == "" || isLoopback(u.Hostname()) {
		return nil, nil // net/http's convention
	}
	// The library takes a malformed address for none, and the request would go out past the proxy. So it gets one that
	// is good, and says whether one is needed at all.
	config := httpproxy.Config{HTTPSProxy: "http://proxy.invalid", NoProxy: p.except}
	if needed, err := config.ProxyFunc()(u); needed == nil || err != nil {
		return nil, err
	}
	return p.parse()
}

// parse takes what curl takes: a URL, or a host with its port.
func (p Proxy) parse() (*url.URL, error) {
	address := p.address
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
		return nil, fmt.Errorf("the address in %s is not that of a proxy, such as http://host:port (a password's special "+
			"characters are percent-encoded); correct it, or name the host that needs none in NO_PROXY", p.variable)
	}
	return u, nil
}

// check says at once what is wrong with the proxy for an address, instead of a request that cannot be made.
func (p Proxy) check(endpoint *url.URL) error {
	_, err := p.of(endpoint)
	return err
}

func (p Proxy) forRequest(r *http.Request) (*url.URL, error) { return p.of(r.URL) }
