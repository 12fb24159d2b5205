// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func written(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSources: by each way a request is made with the identity that it promises, after exactly the calls that it
// takes; before the first request there is none.
func TestSources(t *testing.T) {
	t.Parallel()
	idp := func(o OIDC) OIDC { o.ProviderID = emulator.DefaultIDProvider; return o }
	for name, v := range map[string]struct {
		plan    Plan
		options emulator.Options
		as, ops string
	}{
		"keys":              {Plan{Base: goodKeys}, emulator.Options{}, "key", ""},
		"token":             {Plan{Base: goodToken}, emulator.Options{}, "token", ""},
		"password":          {Plan{Base: password}, emulator.Options{}, "user", "CreateToken "},
		"ECS":               {Plan{Base: Metadata{}}, emulator.Options{}, "ECS", "MetadataToken MetadataKeys "},
		"ECS, old":          {Plan{Base: Metadata{}}, emulator.Options{MetadataV1: true}, "ECS", "MetadataToken MetadataKeys "},
		"agency":            {Plan{goodKeys, []Agency{atIAM}}, emulator.Options{}, "agency first", "AssumeAgency "},
		"agency STS":        {Plan{goodKeys, []Agency{atSTS}}, emulator.Options{}, "agency first", "STSAssumeAgency "},
		"agency by a token": {Plan{goodToken, []Agency{atIAM}}, emulator.Options{}, "agency first", "AssumeAgency "},
		"agency by a user":  {Plan{password, []Agency{atIAM}}, emulator.Options{}, "agency first", "CreateToken AssumeAgency "},
		"agency on an ECS": {Plan{Metadata{}, []Agency{atSTS}}, emulator.Options{}, "agency first",
			"MetadataToken MetadataKeys STSAssumeAgency "},
		"chain": {Plan{goodKeys, []Agency{atIAM, {Name: "second", DomainName: "account-2"}}}, emulator.Options{},
			"agency second", "AssumeAgency AssumeAgency "},
		"chain STS": {Plan{goodKeys, []Agency{atSTS, {Name: "second", DomainID: "d2", Duration: 12 * 3600e9}}},
			emulator.Options{}, "agency second", "STSAssumeAgency STSAssumeAgency "},
		"mixed chain": {Plan{goodKeys, []Agency{atIAM, {Name: "second", DomainID: "d2"}}}, emulator.Options{},
			"agency second", "AssumeAgency STSAssumeAgency "},
		"OIDC": {Plan{Base: idp(OIDC{Token: idText})}, emulator.Options{}, "OIDC", "LoginWithOIDC AssumeAgency "},
		"OIDC, agency": {Plan{idp(OIDC{Token: idText}), []Agency{{Name: "ci", DomainID: "d3"}}}, emulator.Options{},
			"agency ci", "LoginWithOIDC AssumeAgency STSAssumeAgency "},
		"OIDC STS": {Plan{Base: OIDC{Token: idText, ProviderURN: emulator.DefaultProviderURN, Agency: Agency{Name: "ci", DomainID: "d3"}}},
			emulator.Options{}, "agency ci", "STSAssumeWithOIDC "},
		"OIDC from a file": {Plan{Base: idp(OIDC{Token: FileToken{written(t, emulator.DefaultIDToken+" \r\n"), "V"}})},
			emulator.Options{}, "OIDC", "LoginWithOIDC AssumeAgency "},
		"OIDC from GitHub": {Plan{Base: idp(OIDC{Token: GitHubToken{githubURL, githubBearer, ""}})},
			emulator.Options{}, "OIDC", "LoginWithOIDC AssumeAgency "},
		"OIDC from GitHub, for whom": {Plan{Base: idp(OIDC{Token: GitHubToken{githubURL, githubBearer, "cloud & co"}})},
			emulator.Options{IDToken: emulator.DefaultIDToken + "cloud & co"}, "", ""}, // no token has blanks
		"pod": {Plan{Base: Pod{"http://169.254.170.23/pod-identity/credentials", written(t, emulator.DefaultPodToken+"\n")}},
			emulator.Options{}, "pod", "PodIdentity "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v.options.Agencies = agencies()
			w := newWorld(t, v.options)
			c := w.client(v.plan)
			if ops := w.ops(); ops != "" {
				t.Errorf("before the first request: %s", ops)
			}
			if v.as == "" {
				if _, err := New(v.plan, w.Network).Credentials(t.Context()); err == nil ||
					!strings.Contains(err.Error(), "is no OIDC token") {
					t.Errorf("got %v", err)
				}
				return
			}
			if as := w.who(c); as != v.as {
				t.Errorf("the request was made as %q, want %q", as, v.as)
			}
			if ops := w.ops(); ops != v.ops+"ListFunctions" {
				t.Errorf("calls %q, want %q", ops, v.ops)
			}
			if as, ops := w.who(c), w.ops(); as != v.as || ops != "ListFunctions" {
				t.Errorf("another request: as %q, after %q", as, ops)
			}
		})
	}
}

// TestSources_audience: GitHub is told for whom the token is.
func TestSources_audience(t *testing.T) {
	t.Parallel()
	w := newWorld(t, emulator.Options{})
	for url, want := range map[string]string{githubURL: "tok:a/b", "https://github.example/x": "tok:a/b"} {
		w.to.github = "tok:"
		got, err := GitHubToken{url, githubBearer, "a/b"}.token(t.Context(), w.Network)
		if got != want || err != nil {
			t.Errorf("%s: %q, %v", url, got, err)
		}
	}
	for url, says := range map[string]string{"http://github.example/x": "plain http", "github": "not a URL"} {
		if _, err := (GitHubToken{url, githubBearer, ""}).token(t.Context(), w.Network); err == nil ||
			!strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestPodAddress: the token of a pod goes to a server with TLS, to this machine or its own link.
func TestPodAddress(t *testing.T) {
	t.Parallel()
	for address, fine := range map[string]bool{
		"https://pod.example/x?y=z": true, "http://127.0.0.1:8080/x": true, "http://169.254.170.23/v1": true,
		"http://[fe80::1]/x": true, "http://pod.example/x": false, "http://10.0.0.1/x": false, "pod": false, "": false,
		"ftp://169.254.170.23/x": false, "://": false,
	} {
		if _, _, err := podAddress(address); (err == nil) != fine {
			t.Errorf("%q: %v", address, err)
		}
	}
}
