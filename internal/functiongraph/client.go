// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

// Config holds resolved plain values; nothing is read from the environment here.
type Config struct {
	Region      string // may be empty if Endpoint and ProjectID are set
	ProjectID   string // "": looked up in IAM by ProjectName
	ProjectName string // "": the region, which is the name of the default project
	Cloud       string // domain of the cloud, "": myhuaweicloud.com
	Endpoint    string // "": https://functiongraph.{region}.{cloud}
	IAMEndpoint string // "": https://iam.{region}.{cloud}
	STSEndpoint string // "": https://sts.{region}.{cloud}; only some ways to credentials need it
	Insecure    bool   // accept any TLS certificate
	CACertFile  string // PEM file of certificates to trust beside the system's
	Proxy       Proxy  // see ProxyFrom
	MaxRetries  int    // resends of one call, answers 429 not counted
	UserAgent   string

	Credentials        // what proves who asks, unless Source gives it
	Source      Source // nil: Credentials
	Vault       *Vault // what no text may show, which grows; nil: a new one

	// Log is called once per attempt with the method, route template, status, milliseconds, request id and number of
	// the attempt. It never gets bodies, headers, queries or credentials. May be nil.
	Log func(ctx context.Context, message string, fields map[string]any)
	// Transport replaces the network in tests; signing and retrying happen above it.
	Transport http.RoundTripper
	// RetryWait is the first window of the backoff, 0 is 500 ms.
	RetryWait time.Duration
	// QuietWait is how long Await goes on while nothing else is under way, 0 is 10 s.
	QuietWait time.Duration
	// Closed says that nobody is left to keep what is done, so that no attempt begins. May be nil.
	Closed func() bool
}

// Client makes the calls of one region and project. It may be used by many goroutines.
type Client struct {
	region      string
	endpoint    *url.URL
	iamEndpoint *url.URL
	source      Source
	userAgent   string
	log         func(ctx context.Context, message string, fields map[string]any)
	transport   http.RoundTripper
	maxRetries  int
	closed      func() bool

	retryWait    time.Duration // first window of the backoff
	answerGrace  time.Duration // how long a cancelled write waits for its answer
	lookupWithin time.Duration // deadline of a lookup after a lost answer
	quietWait    time.Duration // see Await

	project  project
	throttle throttle
	gate     *gate
	newborns newborns
	renewals renewals
	vault    *Vault
	clock    clock
	locks    locks

	tagWrites tagWrites
}

// An answer is awaited at most 60 s after a cancel, and a lookup after a lost answer takes at most 20 s.
const (
	defaultRetryWait    = 500 * time.Millisecond
	defaultAnswerGrace  = 60 * time.Second
	defaultLookupWithin = 20 * time.Second
)

// Regions and project ids become parts of host names and paths, so they must not hold anything else.
var (
	validRegion  = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
	validProject = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
)

// New checks the configuration, reads the CA file and returns a client. It makes no request.
func New(cfg Config) (*Client, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	endpoint, err := parseEndpoint(cfg.functionGraph())
	if err != nil {
		return nil, fmt.Errorf("invalid endpoint: %w", err)
	}
	iamEndpoint, err := parseEndpoint(cfg.IAM())
	if err != nil {
		return nil, fmt.Errorf("invalid IAM endpoint: %w", err)
	}
	if err := cfg.checkProxy(endpoint, iamEndpoint); err != nil {
		return nil, err
	}
	transport := cfg.Transport
	if transport == nil {
		if transport, err = NewTransport(cfg.Insecure, cfg.CACertFile, cfg.Proxy); err != nil {
			return nil, err
		}
	}
	c := &Client{
		region: cfg.Region, endpoint: endpoint, iamEndpoint: iamEndpoint, userAgent: cfg.UserAgent,
		source: cfg.Source, log: cfg.Log, transport: transport, maxRetries: max(cfg.MaxRetries, 0), closed: cfg.Closed,
		gate: newGate(), vault: cfg.Vault, retryWait: cfg.RetryWait,
		answerGrace: defaultAnswerGrace, lookupWithin: defaultLookupWithin, quietWait: cfg.QuietWait,
	}
	if c.vault == nil {
		c.vault = NewVault()
	}
	if c.source == nil {
		c.source = Fixed(cfg.Credentials, "")
		c.vault.AddCredentials(cfg.Credentials)
	}
	c.project.id, c.project.name = cfg.ProjectID, firstOf(cfg.ProjectName, cfg.Region)
	if c.retryWait <= 0 {
		c.retryWait = defaultRetryWait
	}
	if c.quietWait <= 0 {
		c.quietWait = defaultQuietWait
	}
	return c, nil
}

// checkProxy looks at the addresses that requests will go to. IAM is asked for the project's id only.
func (cfg Config) checkProxy(endpoint, iamEndpoint *url.URL) error {
	if err := cfg.Proxy.check(endpoint); err != nil || cfg.ProjectID != "" {
		return err
	}
	return cfg.Proxy.check(iamEndpoint)
}

func (cfg Config) check() error {
	switch {
	case cfg.Region == "" && (cfg.Endpoint == "" || cfg.ProjectID == ""):
		return errors.New("a region is needed, or both an endpoint and a project id")
	case cfg.Region != "" && !validRegion.MatchString(cfg.Region):
		return fmt.Errorf("invalid region %q: it consists of letters, digits and '-'", cfg.Region)
	case cfg.ProjectID != "" && !validProject.MatchString(cfg.ProjectID):
		return fmt.Errorf("invalid project id %q: it consists of letters and digits", cfg.ProjectID)
	case cfg.Source == nil:
		return cfg.Credentials.Check()
	}
	return nil
}

// Region returns the configured region, "" if there is none.
func (c *Client) Region() string {
	return c.region
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
