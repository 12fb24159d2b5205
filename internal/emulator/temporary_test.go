// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	iamAssume  = "/v3.0/OS-CREDENTIAL/securitytokens"
	stsAssume  = "/v5/agencies/assume"
	stsOIDC    = "/v5/agencies/assume-with-oidc"
	oidcLogin  = "/v3.0/OS-AUTH/id-token/tokens"
	ecsKeys    = "/openstack/latest/securitykey"
	ecsToken   = "/meta-data/latest/api/token"
	podAddress = "/pod-identity/credentials"
	agencyURN  = "iam::" + emulator.DefaultDomainID + ":agency:" + emulator.DefaultAgency
)

// as sends a request with other headers than the bench's token.
func (b *bench) as(method, path string, body any, header map[string]string) response {
	b.t.Helper()
	req := b.request(method, path, body)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	got, err := roundTrip(req)
	if err != nil {
		b.t.Fatal(err)
	}
	return got
}

// signed sends a request that is signed with temporary keys.
func (b *bench) signed(method, path, body string, with signing) response {
	b.t.Helper()
	req := b.request(method, path, body)
	signWith(req, body, with)
	got, err := roundTrip(req)
	if err != nil {
		b.t.Fatal(err)
	}
	return got
}

func assumeBody(agency, domain string, seconds int) object {
	return object{"auth": object{"identity": object{"methods": []string{"assume_role"},
		"assume_role": object{"agency_name": agency, "domain_name": domain, "duration_seconds": seconds}}}}
}

func stsBody(change object) object {
	return changed(object{"agency_urn": agencyURN, "agency_session_name": "s", "duration_seconds": 3600}, change)
}

// TestTemporary: each call gives what its document promises to who may have it, and refuses others.
func TestTemporary(t *testing.T) {
	t.Parallel()
	anybody := map[string]string{"X-Auth-Token": emulator.DefaultToken}
	idp := map[string]string{"X-Idp-Id": emulator.DefaultIDProvider}
	idToken := func(token string) object { return object{"auth": object{"id_token": object{"id": token}}} }
	oidc := object{"provider_urn": emulator.DefaultProviderURN, "id_token": emulator.DefaultIDToken}
	for name, v := range map[string]struct {
		method, path string
		body         any
		header       map[string]string
		options      emulator.Options
		status       int
	}{
		"agency":                {"POST", iamAssume, assumeBody(emulator.DefaultAgency, emulator.DefaultAccount, 900), anybody, emulator.Options{}, 201},
		"agency, nobody":        {"POST", iamAssume, assumeBody(emulator.DefaultAgency, emulator.DefaultAccount, 900), nil, emulator.Options{}, 401},
		"agency, none":          {"POST", iamAssume, assumeBody("x", emulator.DefaultAccount, 900), anybody, emulator.Options{}, 403},
		"agency, no account":    {"POST", iamAssume, assumeBody(emulator.DefaultAgency, "", 900), anybody, emulator.Options{}, 403},
		"agency, too short":     {"POST", iamAssume, assumeBody(emulator.DefaultAgency, emulator.DefaultAccount, 899), anybody, emulator.Options{}, 400},
		"agency, too long":      {"POST", iamAssume, assumeBody(emulator.DefaultAgency, emulator.DefaultAccount, 86401), anybody, emulator.Options{}, 400},
		"agency, no method":     {"POST", iamAssume, object{}, anybody, emulator.Options{}, 400},
		"STS needs a signature": {"POST", stsAssume, stsBody(nil), anybody, emulator.Options{}, 401},
		"STS, OIDC":             {"POST", stsOIDC, stsBody(oidc), nil, emulator.Options{}, 200},
		"STS, OIDC, no name":    {"POST", stsOIDC, changed(stsBody(oidc), object{"agency_session_name": ""}), nil, emulator.Options{}, 400},
		"STS, OIDC, refused":    {"POST", stsOIDC, stsBody(object{"provider_urn": emulator.DefaultProviderURN, "id_token": "x"}), nil, emulator.Options{}, 403},
		"OIDC":                  {"POST", oidcLogin, idToken(emulator.DefaultIDToken), idp, emulator.Options{}, 201},
		"OIDC, refused":         {"POST", oidcLogin, idToken("x"), idp, emulator.Options{}, 401},
		"OIDC, no provider":     {"POST", oidcLogin, idToken(emulator.DefaultIDToken), nil, emulator.Options{}, 401},
		"ECS, no token":         {"GET", ecsKeys, nil, nil, emulator.Options{}, 401},
		"ECS, version 1":        {"GET", ecsKeys, nil, nil, emulator.Options{MetadataV1: true}, 200},
		"ECS, version 1, token": {"PUT", ecsToken, nil, map[string]string{"X-Metadata-Token-Ttl-Seconds": "1"},
			emulator.Options{MetadataV1: true}, 404},
		"ECS, token, no life": {"PUT", ecsToken, nil, nil, emulator.Options{}, 400},
		"ECS, no agency":      {"GET", ecsKeys, nil, nil, emulator.Options{MetadataV1: true, NoECSAgency: true}, 401},
		"pod":                 {"POST", podAddress, object{}, map[string]string{"Authorization": emulator.DefaultPodToken}, emulator.Options{}, 200},
		"pod, refused":        {"POST", podAddress, object{}, map[string]string{"Authorization": "x"}, emulator.Options{}, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, v.options)
			if got := b.as(v.method, v.path, v.body, v.header); got.status != v.status {
				t.Errorf("got %d, want %d: %s", got.status, v.status, got.raw)
			}
		})
	}
}

// TestTemporary_used: temporary keys sign, with their security token, until they end; and who comes with them to STS
// gets an hour at the most.
func TestTemporary_used(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	token := string(b.as("PUT", ecsToken, nil, map[string]string{"X-Metadata-Token-Ttl-Seconds": "21600"}).raw)
	got := b.as("GET", ecsKeys, nil, map[string]string{"X-Metadata-Token": token})
	credential, _ := got.body["credential"].(object)
	text := func(name string) string { value, _ := credential[name].(string); return value }
	if got.status != http.StatusOK || text("expires_at") != "2026-01-02T09:04:05.000000Z" {
		t.Fatalf("keys of the ECS: %d %s", got.status, got.raw)
	}
	keys := func() signing {
		return signing{access: text("access"), secret: text("secret"), security: text("securitytoken"),
			date: clock.now.UTC().Format("20060102T150405Z")}
	}
	if got := b.signed("GET", functions, "", keys()); got.status != http.StatusOK {
		t.Errorf("with temporary keys: %s", got.raw)
	}
	if last := b.server.Requests("ListFunctions"); last[len(last)-1].As != "ECS" {
		t.Errorf("the log says that %q asked", last[len(last)-1].As)
	}
	other := keys()
	other.security = "x"
	if got := b.signed("GET", functions, "", other); got.code != "APIGW.0301" {
		t.Errorf("with another security token: %s", got.raw)
	}
	for seconds, want := range map[int]int{3600: 200, 3601: 400} {
		body := string(mustMarshal(t, stsBody(object{"duration_seconds": seconds})))
		if got := b.signed("POST", stsAssume, body, keys()); got.status != want {
			t.Errorf("an agency for %d s: %s", seconds, got.raw)
		}
	}
	clock.now = clock.now.Add(6 * time.Hour)
	if got := b.signed("GET", functions, "", keys()); got.code != "APIGW.0301" {
		t.Errorf("after their end: %s", got.raw)
	}
}

// TestEndCredentials: keys can be ended in the middle, those that are not temporary stay.
func TestEndCredentials(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{MetadataV1: true})
	credential, _ := b.as("GET", ecsKeys, nil, nil).body["credential"].(object)
	text := func(name string) string { value, _ := credential[name].(string); return value }
	b.server.EndCredentials()
	got := b.signed("GET", functions, "", signing{access: text("access"), secret: text("secret"),
		security: text("securitytoken"), date: time.Now().UTC().Format("20060102T150405Z")})
	if got.code != "APIGW.0301" || b.do("GET", functions, nil).status != http.StatusOK {
		t.Errorf("got %s", got.raw)
	}
}
