// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// secretCalls are calls with a secret each: one that Terraform keeps, and one that it does not.
func secretCalls(release string) string {
	return fmt.Sprintf(`
resource "fgs_invocation" "kept" {
  function_urn = fgs_function.orders.urn
  input        = jsonencode({ key = var.mapped })
  show_log     = true
  triggers     = { release = %[1]q }
}
resource "fgs_invocation" "hidden" {
  function_urn     = fgs_function.orders.urn
  input_wo         = jsonencode({ nested = [{ key = var.write_only }] })
  input_wo_version = %[1]q
  show_log         = true
}
`, release)
}

// TestAccSecrets_invocations: what a call brings is in no text and, if it is write-only, in no file: also where the
// function answers it, or the service quotes a call that it refuses.
func TestAccSecrets_invocations(t *testing.T) {
	s := newShell(t, emulator.Options{})
	canaries := []canary{{canaryMap, true}, {canaryWriteOnly, false}}
	s.env["TF_VAR_mapped"], s.env["TF_VAR_write_only"], s.env["TF_VAR_plain"] = canaryMap, canaryWriteOnly, ""
	s.env["TF_LOG"], s.env["TF_LOG_PATH"] = "TRACE", s.dir.Path("trace.log")
	function := orders(s.dir.Code("v1.zip", "v1"), "")
	says := func(status int, args ...string) string {
		t.Helper()
		out := s.run(status, append([]string{args[0], "-no-color"}, args[1:]...)...)
		said(t, strings.Join(args, " "), out, canaries)
		return out
	}
	s.config(function, secretCalls("1"), secretVariables)
	says(0, "plan", "-input=false", "-out=plan.bin")
	says(0, "apply", "-input=false", "plan.bin") // the functions answer their input
	sent := ""
	for _, r := range s.api.Requests("InvokeFunction") {
		sent += string(r.Body)
	}
	for _, c := range canaries { // the search would see it
		if c.in([]byte(sent)) == "" {
			t.Errorf("%q was not sent: %s", c.value, sent)
		}
	}
	says(0, "plan", "-input=false", "-detailed-exitcode")

	s.config(function, secretCalls("2"), secretVariables)
	s.api.PutReply("default", "orders", "", emulator.Reply{Status: 500, Log: "the end of it"})
	if out := says(1, "apply", "-auto-approve", "-input=false"); strings.Count(out, "Error: Function Failed") != 2 ||
		strings.Count(out, `"key":"(hidden)"`) != 2 || strings.Count(out, "the end of it") != 2 {
		t.Errorf("two calls fail, and show what they answered and their logs:\n%s", out)
	}
	s.api.Inject(emulator.Fault{Op: "InvokeFunction", Status: 400, Code: "FSS.0400", Message: "bad: ", EchoRequest: true,
		Times: 2})
	if out := says(1, "apply", "-auto-approve", "-input=false"); strings.Count(out, "it did not run") != 2 {
		t.Errorf("two calls are refused:\n%s", out)
	}
	s.searchFiles(canaries, "trace.log", "terraform.tfstate", "plan.bin")
	s.api.PutReply("default", "orders", "", emulator.Reply{})
	says(0, "apply", "-auto-approve", "-input=false")
	s.searchFiles(canaries, "trace.log", "terraform.tfstate", "plan.bin")
	says(0, "destroy", "-auto-approve", "-input=false")
}
