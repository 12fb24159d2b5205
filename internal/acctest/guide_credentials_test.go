// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// credentialsFolder holds the provider blocks of the guide "Credentials and permissions". They are applied together.
const credentialsFolder = "guides/credentials/"

// whoIs says whose credentials the requests of each block have.
var whoIs = map[string]string{
	"profile": "key", "agency": "agency deployer", "chain": "agency deployer", "oidc": "agency deployer",
	"github": "agency deployer", "user": "user",
}

const (
	canaryPassword = "canary-password-0123456789"
	canaryIDToken  = "canary-id-token-0123456789"
	canaryBearer   = "canary-bearer-0123456789"
)

// guideAccount is the account of the guide.
func guideAccount() emulator.Options {
	return emulator.Options{
		Switches: acctest.Switches(), IDToken: canaryIDToken, IDProvider: "gitlab", User: "deployer",
		Password:    canaryPassword,
		ProviderURN: "iam::" + emulator.DefaultDomainID + ":oidc-provider:github",
		Agencies: []emulator.Agency{
			{Name: "deployer", DomainName: "production", DomainID: emulator.DefaultDomainID},
			{Name: "hub", DomainName: "hub", DomainID: "8f3a1c0d5b7e42c9a6d4e1f20b9c7a55"},
		},
	}
}

// credentialsGuide applies all provider blocks of the guide as aliases of one configuration: each works as who it says,
// also after all that was issued has ended in the middle of a run; and no value that proves it shows anywhere.
func credentialsGuide(t *testing.T, provider string) {
	t.Helper()
	api := emulator.New(guideAccount())
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	github := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+canaryBearer || r.URL.Query().Get("audience") != "huaweicloud" {
			w.WriteHeader(http.StatusForbidden)
		}
		fmt.Fprintf(w, `{"value":%q}`, canaryIDToken)
	}))
	t.Cleanup(github.Close)
	log := filepath.Join(t.TempDir(), "log")
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "FGS_IAM_ENDPOINT": server.URL, "FGS_STS_ENDPOINT": server.URL,
		"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey,
		"HW_USER_PASSWORD": canaryPassword, "ACTIONS_ID_TOKEN_REQUEST_URL": github.URL + "/token?api-version=2.0",
		"ACTIONS_ID_TOKEN_REQUEST_TOKEN": canaryBearer, "TF_LOG": "TRACE", "TF_LOG_PATH": log,
	})
	c.write("versions.tf", []byte(requiredProviders))
	c.write("id-token.jwt", []byte(canaryIDToken+"\n"))
	c.check(os.MkdirAll(filepath.Join(c.dir, ".hcloud"), 0o700))
	c.write(".hcloud/config.json", fmt.Appendf(nil,
		`{"authEncrypt":"false","current":"deployer","profiles":[{"name":"deployer",`+
			`"mode":"AKSK","accessKeyId":%q,"secretAccessKey":%q,"region":"cn-north-4"}]}`, emulator.DefaultAccessKey,
		emulator.DefaultSecretKey))
	var functions strings.Builder
	for name := range whoIs {
		block := exampleFile(t, credentialsFolder+name+".tf")
		c.write(name+".tf", []byte(strings.Replace(string(block), "provider \"fgs\" {\n",
			fmt.Sprintf("provider \"fgs\" {\n  alias = %q\n", name), 1)))
		fmt.Fprintf(&functions, `
resource "fgs_function" %[1]q {
  provider    = fgs.%[1]s
  name        = %[1]q
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = "# code" }
}
`, name)
	}
	c.write("main.tf", []byte(functions.String()))
	api.Inject(emulator.Fault{Op: "CreateFunction", Skip: 2, Before: api.EndCredentials})
	out := c.run(0, "apply", "-auto-approve")
	api.Inject(emulator.Fault{Op: "GetConfig", Skip: 2, Before: api.EndCredentials})
	out += c.run(0, "plan", "-detailed-exitcode")
	c.check(pending(api))
	out += c.run(0, "destroy", "-auto-approve")
	for _, r := range api.Requests() {
		for name, who := range whoIs {
			if strings.Contains(r.Path, ":default:"+name) && r.Status < 300 && r.As != who {
				t.Errorf("%s of %s was made as %q, want %q", r.Op, name, r.As, who)
			}
		}
	}
	credentialCanaries(t, api, c, out, log)
}

func pending(api *emulator.Server) error {
	if left := api.PendingFaults(); len(left) > 0 {
		return fmt.Errorf("%v never happened", left)
	}
	return nil
}

// credentialCanaries looks for values in what the CLI said, in its log and in the state. A log line names the source.
func credentialCanaries(t *testing.T, api *emulator.Server, c *exampleCLI, out, log string) {
	t.Helper()
	canaries := []canary{{canaryPassword, false}, {canaryIDToken, false}, {canaryBearer, false},
		{emulator.DefaultSecretKey, false}}
	for _, value := range api.Issued() {
		canaries = append(canaries, canary{value, false})
	}
	if len(canaries) < 20 {
		t.Fatalf("only %d values were issued", len(canaries))
	}
	said(t, "the CLI", out, canaries)
	lines, err := os.ReadFile(log)
	c.check(err)
	said(t, "the log", string(lines), canaries)
	for _, source := range []string{
		"the profile deployer of", "the agency deployer of the account production, assumed with HW_ACCESS_KEY and " +
			"HW_SECRET_KEY",
		"opened by an OIDC token from GitHub (ACTIONS_ID_TOKEN_REQUEST_URL)", "a user's password from HW_USER_PASSWORD",
	} {
		if !strings.Contains(string(lines), source) {
			t.Errorf("no log line names %q", source)
		}
	}
	for _, file := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
		state, err := os.ReadFile(filepath.Join(c.dir, file))
		c.check(err)
		said(t, file, string(state), canaries)
	}
}
