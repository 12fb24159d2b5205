// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// defaultCloud is the domain of the vendor's own cloud; partners have others.
const defaultCloud = "myhuaweicloud.com"

func (cfg Config) address(service string) string {
	return "https://" + service + "." + cfg.Region + "." + firstOf(cfg.Cloud, defaultCloud)
}

func (cfg Config) functionGraph() string {
	return firstOf(cfg.Endpoint, cfg.address("functiongraph"))
}

// IAM is the address of IAM, without the version that other tools end it with. It follows contract 1.1: the European
// region has its own domain, and without a region the global endpoint serves.
func (cfg Config) IAM() string {
	switch {
	case cfg.IAMEndpoint != "":
		// HW_AUTH_URL, which other tools read too, ends in the version that the paths here start with.
		return strings.TrimSuffix(strings.TrimRight(cfg.IAMEndpoint, "/"), "/v3")
	case cfg.Region == "":
		return "https://iam." + firstOf(cfg.Cloud, defaultCloud)
	case cfg.Region == "eu-west-101" && cfg.Cloud == "":
		return "https://iam." + cfg.Region + ".myhuaweicloud.eu"
	}
	return cfg.address("iam")
}

// STS is the address of STS; without a region there is none.
func (cfg Config) STS() string {
	if cfg.STSEndpoint != "" || cfg.Region == "" {
		return cfg.STSEndpoint
	}
	return cfg.address("sts")
}

// CheckEndpoint says what is wrong with the address of an API: it must be an https URL with a host, or an http URL of
// a loopback host, and hold neither user, query nor fragment. nil is fine. The text does not repeat the address,
// which may hold a password.
func CheckEndpoint(endpoint string) error {
	_, err := parseEndpoint(endpoint)
	return err
}

func parseEndpoint(endpoint string) (*url.URL, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Hostname() == "" || u.Opaque != "" {
		return nil, errors.New("it is not a URL such as https://host or https://host:port")
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, errors.New("it must not hold a user, a query or a fragment")
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && isLoopback(u.Hostname()):
	case u.Scheme == "http":
		return nil, fmt.Errorf("plain http is accepted for loopback hosts only, and %q is not one; use https", u.Hostname())
	default:
		return nil, fmt.Errorf("the scheme must be https, not %q", u.Scheme)
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.TrimSuffix(u.Host, ":"), Path: strings.TrimRight(u.Path, "/")}, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// NewTransport returns the network. There is no limit for a whole exchange, which would kill an upload over a slow
// line; each phase that does not depend on the size has its own.
func NewTransport(insecure bool, caCertFile string, proxy Proxy) (*http.Transport, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: insecure}
	if caCertFile != "" {
		pem, err := os.ReadFile(caCertFile)
		if err != nil {
			return nil, fmt.Errorf("cannot read the CA certificate file: %w", err)
		}
		if config.RootCAs, err = x509.SystemCertPool(); err != nil {
			config.RootCAs = x509.NewCertPool()
		}
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("the CA certificate file %s holds no PEM certificate", caCertFile)
		}
	}
	return &http.Transport{
		Proxy:                 proxy.forRequest,
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       config,
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: 3 * time.Minute, // after the last byte: storing 50 MB of code takes the service a while
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   16,
		ForceAttemptHTTP2:     true,
		// A connection that died silently is noticed by a ping, not by the timeout of an answer.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 30 * time.Second, PingTimeout: 15 * time.Second},
	}, nil
}
