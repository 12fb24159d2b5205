// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// Values with everything in them that a writer escapes, and without blanks, at which the CLI breaks lines.
const (
	canaryMap       = `canary-map-"quoted"-<&>-ü/+=-01`
	canaryWriteOnly = `canary-write-only-\-"quoted"-<&>-ü/+=-02`
	canaryUserData  = `canary-user-data-"quoted"-<&>-ü/+=-03`
)

const secretVariables = `
variable "mapped" {
  type      = string
  sensitive = true
}
variable "write_only" {
  type      = string
  ephemeral = true
}
variable "plain" {
  type      = string
  sensitive = true
}
`

// hiddenFunction has its secrets in a write-only attribute.
func hiddenFunction(name, path, version, description string) string {
	return fmt.Sprintf(`
resource "fgs_function" %[1]q {
  name        = %[1]q
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  description = %[2]q
  code        = { zip_file = %[3]q }

  encrypted_user_data_wo         = { TOKEN = var.write_only }
  encrypted_user_data_wo_version = %[4]q
}
`, name, description, path, version)
}

const secretAttributes = `
  user_data           = { STAGE = "test", URL = var.plain }
  encrypted_user_data = { PASSWORD = var.mapped }
`

// TestAccSecrets: a life under TF_LOG=TRACE, with failures in which the service quotes all that was sent. No secret is
// in the log, in any file, or in anything that the CLI says; but for the two places where Terraform itself keeps what
// the user wrote in attributes that are not write-only: its state, and its plan files, with what `show -json` prints of
// them. The suite runs with Terraform in one world and with OpenTofu in the other.
func TestAccSecrets(t *testing.T) {
	for name, options := range map[string]emulator.Options{
		"keys": {
			AccessKey: "CANARYACCESSKEY00001", SecretKey: "canary/secret+key=and more00000000000002",
			SecurityToken: "canary-security-token-3",
		},
		"token": {Token: "canary-auth-token/4+5=="},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, options)
			canaries := append(s.credentials(options), canary{canaryMap, true}, canary{canaryUserData, true},
				canary{canaryWriteOnly, false})
			s.env["TF_VAR_mapped"], s.env["TF_VAR_write_only"], s.env["TF_VAR_plain"] = canaryMap, canaryWriteOnly,
				canaryUserData
			log := s.dir.Path("trace.log")
			s.env["TF_LOG"], s.env["TF_LOG_PATH"] = "TRACE", log
			first, second := s.dir.Code("v1.zip", "v1"), s.dir.Code("v2.zip", "v2")
			says := func(status int, args ...string) {
				t.Helper()
				args = append([]string{args[0], "-no-color"}, args[1:]...)
				out := s.run(status, args...)
				if json := args[0] == "show" && strings.Contains(strings.Join(args, " "), "-json"); json {
					said(t, "show -json", out, strict(canaries))
					return
				}
				said(t, strings.Join(args, " "), out, canaries)
			}
			apply := func(parts ...string) {
				t.Helper()
				s.config(append(parts, secretVariables)...)
				says(0, "plan", "-input=false", "-out=plan.bin")
				says(0, "show", "plan.bin")
				says(0, "show", "-json", "plan.bin")
				says(0, "apply", "-input=false", "plan.bin")
			}
			s.api.Inject(emulator.Fault{Op: "CreateFunction", Kind: emulator.DropAfter},
				emulator.Fault{Op: "GetConfig", Status: 503})
			apply(orders(first, secretAttributes), version1, hiddenFunction("hidden", first, "1", ""))
			if f, _ := s.api.Function("default", "hidden"); !strings.Contains(f.EncryptedUserData, "canary-write-only") {
				t.Errorf("the service has no write-only value: %s", f.EncryptedUserData)
			}

			// What fails quotes the request: its headers and its body.
			changed := []string{
				orders(second, secretAttributes+"\n description = \"new\""), hiddenFunction("hidden", first, "2", "new"),
				secretVariables,
			}
			for _, op := range []string{"GetConfig", "UpdateCode", "UpdateConfig", "CreateFunction"} {
				if op == "CreateFunction" {
					changed = append(changed, hiddenFunction("another", first, "1", ""))
				}
				s.config(changed...)
				s.api.Inject(emulator.Fault{Op: op, Status: 400, Code: "FSS.0400", Message: "the request is bad: ",
					EchoRequest: true, Times: -1})
				says(1, "apply", "-auto-approve", "-input=false")
				if len(s.api.PendingFaults()) > 0 {
					t.Errorf("%s was not called", op)
				}
				s.api.ClearFaults()
			}
			// A refresh, which carries no variable, fails with an answer that quotes them all the same, anywhere in it.
			known := slices.DeleteFunc(slices.Clone(canaries), func(c canary) bool { return c.value == canaryWriteOnly })
			for place, fault := range quotingAnswers(known) {
				s.api.Inject(fault)
				// Of one function: what a process has not read yet, from a state or an answer, it does not know.
				out := s.run(1, "plan", "-no-color", "-input=false", "-target=fgs_function.orders")
				said(t, "a plan with the secrets in its "+place, out, canaries)
				said(t, "a plan with the secrets in its "+place, out, pieces(known))
				s.api.ClearFaults()
			}
			says(0, "show")
			says(0, "show", "-json")
			s.searchFiles(canaries, "trace.log", "terraform.tfstate", "plan.bin")
			for _, c := range canaries { // the search would see it
				state, err := os.ReadFile(s.dir.Path("terraform.tfstate"))
				if there := c.in(state) != ""; err != nil || there != c.kept {
					t.Errorf("the state holds %q: %t, %v", c.value, there, err)
				}
			}
			says(0, "destroy", "-auto-approve", "-input=false")
			s.searchFiles(canaries)
			if trace, err := os.ReadFile(log); err != nil || !bytes.Contains(trace, []byte("FunctionGraph request")) {
				t.Errorf("the log has no line of a request: %v", err)
			}
		})
	}
}

// quotingAnswers are refusals of a read that hold secrets, by where they hold them: whole, in pieces, within Base64.
func quotingAnswers(canaries []canary) map[string]emulator.Fault {
	var whole, cut []string
	for _, c := range canaries {
		whole = append(whole, c.value)
	}
	for _, c := range pieces(canaries) {
		cut = append(cut, "…"+c.value+"…")
	}
	packed := base64.StdEncoding.EncodeToString([]byte(`{"all":"` + strings.Join(whole, `","`) + `"}`))
	refusal := emulator.Fault{Op: "GetConfig", Kind: emulator.Answer, Status: 400, Code: "FSS.0400", Message: "bad",
		Times: -1}
	out := map[string]emulator.Fault{}
	for name, change := range map[string]func(f *emulator.Fault){
		"code":       func(f *emulator.Fault) { f.Code = strings.Join(whole, " ") },
		"request id": func(f *emulator.Fault) { f.Header = http.Header{"X-Request-Id": {strings.Join(whole, " ")}} },
		"page": func(f *emulator.Fault) {
			f.RawBody = []byte("<html><p>" + html.EscapeString(strings.Join(whole, " ")) + "</p>")
		},
		"message, cut":        func(f *emulator.Fault) { f.Message = strings.Join(cut, " ") },
		"message, Base64":     func(f *emulator.Fault) { f.Message = "the request was " + packed },
		"message, Base64 cut": func(f *emulator.Fault) { f.Message = "the request was " + packed[7:] },
	} {
		fault := refusal
		change(&fault)
		out[name] = fault
	}
	return out
}

// pieces are what is left of secrets that were cut: their first, last and middle characters, where these are ASCII.
func pieces(canaries []canary) (out []canary) {
	for _, c := range canaries {
		for _, piece := range []string{c.value[:10], c.value[len(c.value)-10:],
			c.value[len(c.value)/2-5 : len(c.value)/2+5]} {
			if utf8.ValidString(piece) {
				out = append(out, canary{value: piece})
			}
		}
	}
	return out
}

// credentials sets those of the emulator.
func (s *shell) credentials(options emulator.Options) (out []canary) {
	s.env["HW_ACCESS_KEY"], s.env["HW_SECRET_KEY"] = options.AccessKey, options.SecretKey
	s.env["HW_SECURITY_TOKEN"], s.env["HW_AUTH_TOKEN"] = options.SecurityToken, options.Token
	for _, secret := range []string{options.AccessKey, options.SecretKey, options.SecurityToken, options.Token} {
		if secret != "" {
			out = append(out, canary{secret, false})
		}
	}
	return out
}

// TestSecrets_panic: a panic that quotes the request is told without it.
func TestSecrets_panic(t *testing.T) {
	t.Parallel()
	w := panickingWire{}
	server := provider.NewServer(t.Context(), "test",
		provider.WithEnvironment(func(name string) string {
			return map[string]string{
				"HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
				"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey,
				"FGS_ENDPOINT": "http://127.0.0.1:1",
			}[name]
		}),
		provider.WithClient(func(c *functiongraph.Config) { c.Transport = w }))
	configure(t, server)
	c := newCore(t, server, functionType)
	d := c.apply(t.Context(), values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code":                values{"zip_file": acctest.NewDir(t).Code("code.zip", "code")},
		"user_data":           map[string]string{"URL": canaryUserData},
		"encrypted_user_data": map[string]string{"PASSWORD": canaryMap},
	})
	if !d.has("Provider Panic") {
		t.Fatalf("no panic: %s", d)
	}
	said(t, "the diagnostic", d.String(), []canary{
		{canaryMap, false}, {canaryUserData, false}, {emulator.DefaultSecretKey, false}, {emulator.DefaultAccessKey, false},
	})
}

// panickingWire panics with all that it was given.
type panickingWire struct{}

// RoundTrip implements http.RoundTripper.
func (panickingWire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	panic(errors.Join(fmt.Errorf("%v %s", r.Header, body), err))
}
