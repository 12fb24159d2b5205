// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestClient_proxy: who gives credentials is asked by the proxy that the environment names, at the address of the
// cloud, and nowhere else.
func TestClient_proxy(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		environment map[string]string
		hosts       []string
	}{
		"IAM": {with(agencyName, "a", agencyDomainName, "b"), []string{"iam.cn-north-4.myhuaweicloud.com:443"}},
		"STS": {with(agencyName, "a", agencyDomainID, "b"), []string{"sts.cn-north-4.myhuaweicloud.com:443"}},
		"another cloud": {
			with(agencyName, "a", agencyDomainID, "b", "HW_CLOUD", "cloud.example"),
			[]string{"sts.cn-north-4.cloud.example:443"},
		},
		"one's own address": {
			with(agencyName, "a", agencyDomainName, "b", "HW_AUTH_URL", "https://iam.example:8443/v3"),
			[]string{"iam.example:8443"},
		},
		"an exception": {
			with(agencyName, "a", agencyDomainName, "b", "HW_AUTH_URL", "https://127.0.0.1:1/v3", "NO_PROXY", "127.0.0.1"), nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var hosts []string
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				hosts = append(hosts, r.Method+" "+r.Host)
				w.WriteHeader(http.StatusBadGateway)
			}))
			defer proxy.Close()
			v.environment["HTTPS_PROXY"], v.environment["HW_MAX_RETRIES"] = proxy.URL, "0"
			var diags diag.Diagnostics
			p := newProvider("test", WithEnvironment(func(name string) string { return v.environment[name] }))
			config, who := (model{}).resolve(p.getenv, &diags)
			client, err := p.client(t.Context(), config, who)
			if err != nil || len(diags) > 0 {
				t.Fatal(err, diags)
			}
			if _, err := client.Functions(t.Context(), functiongraph.FunctionFilter{}); err == nil {
				t.Error("somebody gave credentials")
			}
			var want []string
			for _, host := range v.hosts {
				want = append(want, "CONNECT "+host)
			}
			if !slices.Equal(hosts, want) {
				t.Errorf("asked %v by the proxy, want %v", hosts, want)
			}
		})
	}
}

// TestClient_metadataAddress: the emulator's metadata are on this machine, or nobody's.
func TestClient_metadataAddress(t *testing.T) {
	t.Parallel()
	for address, fine := range map[string]bool{"http://127.0.0.1:8787": true, "http://10.0.0.1": false, "x": false} {
		environment := with("FGS_METADATA_ENDPOINT", address)
		p := newProvider("test", WithEnvironment(func(name string) string { return environment[name] }))
		var diags diag.Diagnostics
		config, who := (model{}).resolve(p.getenv, &diags)
		if _, err := p.client(t.Context(), config, who); (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
	}
}
