// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

func env(pairs ...string) func(string) string {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return values[name] }
}

func TestProxy(t *testing.T) {
	t.Parallel()
	const service = "https://functiongraph.cn-north-4.myhuaweicloud.com"
	for name, test := range map[string]struct {
		environment func(string) string
		to, want    string
	}{
		"none":              {env(), service, ""},
		"a URL":             {env("HTTPS_PROXY", "http://u:p%40ss@proxy:3128"), service, "http://u:p%40ss@proxy:3128"},
		"lower case":        {env("https_proxy", "https://proxy"), service, "https://proxy"},
		"upper case first":  {env("HTTPS_PROXY", "http://a:1", "https_proxy", "http://b:1"), service, "http://a:1"},
		"host and port":     {env("HTTPS_PROXY", "proxy:3128"), service, "http://proxy:3128"},
		"address and port":  {env("HTTPS_PROXY", "10.0.0.1:3128"), service, "http://10.0.0.1:3128"},
		"IPv6":              {env("HTTPS_PROXY", "[fe80::1]:3128"), service, "http://[fe80::1]:3128"},
		"SOCKS":             {env("HTTPS_PROXY", "socks5h://proxy:1080"), service, "socks5h://proxy:1080"},
		"not for this host": {env("HTTPS_PROXY", "http://proxy", "NO_PROXY", ".myhuaweicloud.com"), service, ""},
		"for no host":       {env("HTTPS_PROXY", "http://proxy", "no_proxy", "*"), service, ""},
		"another exception": {env("HTTPS_PROXY", "http://proxy", "NO_PROXY", "example.com"), service, "http://proxy"},
		"without TLS":       {env("HTTP_PROXY", "http://proxy"), service, ""},
		"loopback":          {env("HTTPS_PROXY", "http://proxy"), "https://127.0.0.1:8787", ""},
		"loopback by name":  {env("HTTPS_PROXY", "http://proxy"), "https://LOCALHOST:8787", ""},
		"loopback, no TLS":  {env("HTTP_PROXY", "http://proxy", "HTTPS_PROXY", "http://proxy"), "http://[::1]:8787", ""},
	} {
		to, err := url.Parse(test.to)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ProxyFrom(test.environment).of(to)
		if text := (got != nil); err != nil || text != (test.want != "") || text && got.String() != test.want {
			t.Errorf("%s: %v, %v, want %q", name, got, err, test.want)
		}
	}
}

// TestProxy_malformed: a request never goes out past a proxy that cannot be understood. The library would do that.
func TestProxy_malformed(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"http://user:s3cret%zz@proxy:3128", "http://user:s3cret#1@proxy:3128", "http://user:s3cret/1@proxy:3128",
		"http://user:s3 cret@proxy:3128\n", "http://", "http://:3128", "ftp://proxy:21", "//proxy:3128", "proxy:s3cret",
		"http://proxy:s3cret", "http:// proxy", "://", "[::1", "\x7f",
	} {
		for _, variable := range []string{"HTTPS_PROXY", "https_proxy"} {
			cfg := testConfig(nil)
			cfg.Proxy = ProxyFrom(env(variable, address))
			_, err := New(cfg)
			if err == nil || !strings.Contains(err.Error(), variable) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s=%q: %v", variable, address, err)
			}
		}
		// Whoever does not need it does not care.
		cfg := testConfig(nil)
		cfg.Endpoint = "http://127.0.0.1:8787"
		cfg.Proxy = ProxyFrom(env("HTTPS_PROXY", address))
		if _, err := New(cfg); err != nil {
			t.Errorf("%q, for a loopback host: %v", address, err)
		}
		cfg.ProjectID = "" // IAM is asked, at its own address
		if _, err := New(cfg); err == nil {
			t.Errorf("%q: good enough for IAM", address)
		}
		cfg.Proxy = ProxyFrom(env("HTTPS_PROXY", address, "NO_PROXY", "myhuaweicloud.com"))
		if _, err := New(cfg); err != nil {
			t.Errorf("%q, not for this host: %v", address, err)
		}
	}
}

// TestProxy_used: requests go to the proxy.
func TestProxy_used(t *testing.T) {
	t.Parallel()
	var connects atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodConnect && r.Host == "functiongraph.cn-north-4.myhuaweicloud.com:443" {
			connects.Add(1)
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	cfg := testConfig(nil)
	cfg.MaxRetries, cfg.Proxy = 0, ProxyFrom(env("HTTPS_PROXY", server.URL))
	if _, err := newClient(t, cfg).Function(t.Context(), testURN); err == nil || connects.Load() != 1 {
		t.Errorf("%d connections through the proxy: %v", connects.Load(), err)
	}
}
