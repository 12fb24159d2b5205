// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// variablesOf is an environment with some ways to credentials, for an emulator on a wire.
func variablesOf(more map[string]string) map[string]string {
	out := map[string]string{
		"HW_REGION_NAME": emulator.DefaultRegion, "FGS_ENDPOINT": "http://127.0.0.1:1",
		"FGS_METADATA_ENDPOINT": "http://127.0.0.1:1",
	}
	maps.Copy(out, more)
	return out
}

// ways are environments by which a pipeline says who it is, and whose credentials its requests have.
var ways = map[string]struct {
	environment map[string]string
	as          string
}{
	"agency at IAM": {map[string]string{
		"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey,
		"HW_ASSUME_ROLE_AGENCY_NAME": emulator.DefaultAgency, "HW_ASSUME_ROLE_DOMAIN_NAME": emulator.DefaultAccount,
	}, "agency " + emulator.DefaultAgency},
	"OIDC, then an agency at STS": {map[string]string{
		"HW_ASSUME_ROLE_IDP_ID": emulator.DefaultIDProvider, "HW_ASSUME_ROLE_ID_TOKEN": emulator.DefaultIDToken,
		"HW_ASSUME_ROLE_AGENCY_NAME": emulator.DefaultAgency, "HW_ASSUME_ROLE_DOMAIN_ID": emulator.DefaultDomainID,
	}, "agency " + emulator.DefaultAgency},
	"a user's password": {map[string]string{
		"HW_USER_NAME": emulator.DefaultUser, "HW_USER_PASSWORD": emulator.DefaultPassword, "HW_DOMAIN_NAME": "acct",
	}, "user"},
}

// credentialLife makes a function, publishes it, changes it, publishes it again and deletes it.
func credentialLife(t *testing.T, w *wire, environment map[string]string, first, second string) {
	ctx := t.Context()
	server := newServerOf(t, w, variablesOf(environment))
	f := newCore(t, server, functionType)
	v := newCore(t, server, versionType)
	for n, code := range []string{first, second} {
		for what, d := range map[string]diagnostics{
			"function": f.apply(ctx, values{
				"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3 + n, "memory_size": 128,
				"code": values{"zip_file": code}, "tags": map[string]string{"n": fmt.Sprint(n)},
			}),
		} {
			if d.failed() {
				t.Fatalf("%s %d: %s", what, n, d)
			}
		}
		if d := v.apply(ctx, values{
			"function_urn": f.text("urn"), "version": fmt.Sprintf("v%d", n), "digest": f.text("digest"),
			"source_hash": f.text("source_hash"),
		}); d.failed() {
			t.Fatalf("version %d: %s", n, d)
		}
	}
	for _, c := range []*core{v, f} {
		if d := c.destroy(ctx); d.failed() {
			t.Fatalf("destroy: %s", d)
		}
	}
}

// TestCredentials_end: credentials that end at any moment of a run cost it nothing but a renewal. The run makes the
// same writes, each done once, as with those that last.
func TestCredentials_end(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	first, second := dir.Code("v1.zip", "v1"), dir.Code("v2.zip", "v2")
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := func(at int) (writes string, requests, renewals int) {
				synctest.Test(t, func(t *testing.T) {
					api := newAPI()
					w := &wire{api: api, before: func(n int) {
						if n == at {
							api.EndCredentials()
						}
					}}
					credentialLife(t, w, way.environment, first, second)
					writes, requests, renewals = doneBy(t, api, way.as)
				})
				return writes, requests, renewals
			}
			want, requests, exchanges := run(-1)
			if requests < 15 || !strings.Contains(want, "PublishVersion") {
				t.Fatalf("the life makes %d requests: %s", requests, want)
			}
			for at := range requests {
				got, _, n := run(at)
				if got != want {
					t.Errorf("ended at request %d: writes were %s, want %s", at, got, want)
				}
				if n > 3*exchanges {
					t.Errorf("ended at request %d: %d calls for credentials instead of %d", at, n, exchanges)
				}
			}
		})
	}
}

// exchangeOps are the calls that give credentials. The project is looked up with these, in the account that they are
// of.
var exchangeOps = []string{"AssumeAgency", "STSAssumeAgency", "LoginWithOIDC", "CreateToken"}

// doneBy lists what was done at FunctionGraph, all of it by one identity, and counts the requests and the calls for
// credentials.
func doneBy(t *testing.T, api *emulator.Server, as string) (writes string, requests, exchanges int) {
	t.Helper()
	for _, r := range api.Requests() {
		requests++
		switch {
		case slices.Contains(exchangeOps, r.Op):
			exchanges++
		case r.Status > 299:
		case r.As != as:
			t.Errorf("%s was made as %q, want %q", r.Op, r.As, as)
		case r.Method != "GET":
			writes += r.Op + " "
		}
	}
	return writes, requests, exchanges
}

// TestCredentials_refused: thirty functions with a wrong key are one request, whatever the key is for, and errors that
// say what was tried and why it did not serve.
func TestCredentials_refused(t *testing.T) {
	t.Parallel()
	wrong := map[string]string{"HW_ACCESS_KEY": "WRONGACCESSKEY", "HW_SECRET_KEY": "wrong-secret-key"}
	with := func(pairs ...string) map[string]string {
		out := maps.Clone(wrong)
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
	for name, v := range map[string]struct {
		environment map[string]string
		requests    int
		says        []string
	}{
		"the keys": {with("HW_PROJECT_ID", emulator.DefaultProjectID), 1, []string{
			"Credentials: HW_ACCESS_KEY and HW_SECRET_KEY", "APIGW.0301",
		}},
		"the project": {
			wrong, 1, []string{"Credentials: HW_ACCESS_KEY and HW_SECRET_KEY", "cannot look up the id of project"},
		},
		"the agency": {with("HW_ASSUME_ROLE_AGENCY_NAME", "deployer", "HW_ASSUME_ROLE_DOMAIN_ID", "d1"), 1, []string{
			"there are no credentials from the agency deployer of the account with the id d1, assumed with HW_ACCESS_KEY and " +
				"HW_SECRET_KEY",
			"POST /v5/agencies/assume",
		}},
		"the " +
			"password": {map[string]string{"HW_USER_NAME": "u", "HW_USER_PASSWORD": "wrong-password", "HW_DOMAIN_NAME": "d"}, 1,
			[]string{
				"there are no credentials from a user's password from HW_USER_PASSWORD", "HTTP status: 401",
			}},
		"the id " +
			"token": {map[string]string{"HW_ASSUME_ROLE_IDP_ID": "idp", "HW_ASSUME_ROLE_ID_TOKEN": "wrong-token"}, 1, []string{
			"the identity provider idp, with an OIDC token from HW_ASSUME_ROLE_ID_TOKEN", "HTTP status: 401",
		}},
		"nothing": {nil, 0, []string{
			"no credentials were found. Tried, in this order:", "- the provider block: none of token", "- the environment: " +
				"none of HW_AUTH_TOKEN",
			"- the pod identity of CCE: HC_CONTAINER_CREDENTIALS_FULL_URI is not set", "- the metadata of an ECS: nothing " +
				"answers",
			"Set access_key and secret_key in the provider block (HW_ACCESS_KEY and HW_SECRET_KEY",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newAPI()
			server := newServerOf(t, &wire{api: api}, variablesOf(v.environment))
			var group sync.WaitGroup
			for n := range 30 {
				f := newCore(t, server, functionType)
				group.Go(func() {
					d := f.importID(context.WithoutCancel(t.Context()), fmt.Sprintf("default/orders-%d", n))
					for _, text := range v.says {
						if !d.has(text) {
							t.Errorf("the error does not say %q: %s", text, d)
						}
					}
					said(t, "the "+
						"error", d.String(), []canary{{"wrong-secret-key", false}, {"wrong-password", false}, {"WRONGACCESSKEY", false}})
				})
			}
			group.Wait()
			if n := api.Count(); n != v.requests {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// TestCredentials_apart: providers with other credentials live in one process, as aliases do, and never mix, also while
// those of one end.
func TestCredentials_apart(t *testing.T) {
	t.Parallel()
	api := newAPI()
	type one struct {
		*core
		way, pkg, name string
	}
	var all []one
	for name, way := range ways {
		server := newServerOf(t, &wire{api: api}, variablesOf(way.environment))
		for n := range 4 {
			pkg := strings.NewReplacer(" ", "", ",", "", "'", "").Replace(name)
			all = append(all, one{newCore(t, server, functionType), name, pkg, fmt.Sprintf("orders-%d", n)})
		}
	}
	for round := range 3 {
		var group sync.WaitGroup
		for _, f := range all {
			group.Go(func() {
				if d := f.apply(context.WithoutCancel(t.Context()), values{
					"name": f.name, "package": f.pkg, "runtime": "Python3.9", "handler": "index.handler",
					"timeout": 3 + round, "memory_size": 128, "code": values{"inline": "#"},
				}); d.failed() {
					t.Errorf("%s: %s", f.way, d)
				}
			})
		}
		group.Wait()
		api.EndCredentials()
	}
	looked := 0
	for _, r := range api.Requests() {
		for _, f := range all {
			if !strings.Contains(r.Path, ":"+f.pkg+":"+f.name) || r.Status >= 300 {
				continue
			}
			if looked++; r.As != ways[f.way].as {
				t.Errorf("%s %s was made as %q", r.Op, r.Path, r.As)
			}
		}
	}
	if looked < 3*len(all) {
		t.Errorf("only %d requests were looked at", looked)
	}
}

// TestCredentials_machine: an ECS and a pod of CCE have an identity without any configuration; and nothing is asked
// before it is needed, whichever way there is.
func TestCredentials_machine(t *testing.T) {
	t.Parallel()
	none := without("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_PROJECT_ID")
	podToken := acctest.NewDir(t).Path("token")
	if err := os.WriteFile(podToken, []byte(emulator.DefaultPodToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, as := range []string{"ECS", "pod"} {
		e := acctest.New(t, none...)
		more := map[string]string{"FGS_METADATA_ENDPOINT": e.URL, "FGS_IAM_ENDPOINT": e.URL}
		if as == "pod" {
			more["HC_CONTAINER_CREDENTIALS_FULL_URI"] = e.URL + "/pod-identity/credentials"
			more["HC_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = podToken
		}
		e.Set(more)
		p := e.Protocol(t)
		if d := append(p.ValidateProvider(nil), p.Configure(nil)...); len(d) > 0 {
			t.Fatal(d)
		}
		if d := p.Validate("fgs_function", functionValues()); len(d) > 0 {
			t.Fatal(d)
		}
		if n := e.Emulator.Count(); n != 0 {
			t.Errorf("%s: %d requests before one is needed", as, n)
		}
		if _, d := p.Create("fgs_function", functionValues()); d.Failed() {
			t.Error(d)
		}
		for _, r := range e.Emulator.Requests("CreateFunction", "ListProjects") {
			if r.As != as {
				t.Errorf("%s was made as %q, want %q", r.Op, r.As, as)
			}
		}
	}
}

func functionValues() map[string]any {
	return map[string]any{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": map[string]any{"inline": "# code"},
	}
}
