// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// secretTriggers are triggers with a secret each: one that Terraform keeps, and two that it does not.
func secretTriggers(version string) string {
	return fmt.Sprintf(`
resource "fgs_function_trigger" "kept" {
  function_urn = fgs_function.orders.urn
  kafka        = { instance_id = "k", topic_ids = ["a"], batch_size = 1, user = "fg", password = var.mapped }
}
resource "fgs_function_trigger" "hidden" {
  function_urn = fgs_function.orders.urn
  rabbitmq = {
    instance_id = "r", exchange_name = "e", batch_size = 1, password_wo = var.write_only, password_wo_version = %[1]q
  }
}
resource "fgs_function_trigger" "other" {
  function_urn = fgs_function.orders.urn
  other = {
    type = "OPENSOURCEKAFKA", data = jsonencode({ batch_size = 1 })
    secrets_wo = { pin = var.write_only }, secrets_wo_version = %[1]q
  }
}
data "fgs_function_triggers" "all" {
  type       = "RABBITMQ"
  depends_on = [fgs_function_trigger.hidden]
}
`, version)
}

// TestAccSecrets_triggers: the secrets of triggers are as well kept as others, also where the service answers them in
// clear, and where it quotes a request that it refuses.
func TestAccSecrets_triggers(t *testing.T) {
	options := emulator.Options{}
	options.Switches.TriggerPasswords = emulator.PasswordsPlain
	s := newShell(t, options)
	canaries := []canary{{canaryMap, true}, {canaryWriteOnly, false}}
	s.env["TF_VAR_mapped"], s.env["TF_VAR_write_only"], s.env["TF_VAR_plain"] = canaryMap, canaryWriteOnly, ""
	log := s.dir.Path("trace.log")
	s.env["TF_LOG"], s.env["TF_LOG_PATH"] = "TRACE", log
	function := orders(s.dir.Code("v1.zip", "v1"), `
  agency = "reader"
  vpc    = { vpc_id = "vpc-1", subnet_id = "subnet-1" }`)
	says := func(status int, args ...string) {
		t.Helper()
		out := s.run(status, append([]string{args[0], "-no-color"}, args[1:]...)...)
		said(t, strings.Join(args, " "), out, canaries)
	}
	s.config(function, secretTriggers("1"), secretVariables)
	says(0, "plan", "-input=false", "-out=plan.bin")
	says(0, "apply", "-input=false", "plan.bin")
	f, _ := s.api.Function("default", "orders")
	if sent := fmt.Sprint(f.Triggers); len(f.Triggers) != 3 || strings.Count(sent, canaryWriteOnly) != 2 ||
		!strings.Contains(sent, canaryMap) {
		t.Errorf("the service has %d triggers, with other secrets", len(f.Triggers))
	}
	says(0, "plan", "-input=false", "-detailed-exitcode")
	for _, op := range []string{"CreateTrigger", "GetTrigger"} {
		s.config(function, secretTriggers(op), secretVariables)
		s.api.Inject(emulator.Fault{Op: op, Status: 400, Code: "FSS.0400", Message: "the request is bad: ", EchoRequest: true,
			Times: -1})
		says(1, "apply", "-auto-approve", "-input=false")
		if len(s.api.PendingFaults()) > 0 {
			t.Errorf("%s was not called", op)
		}
		s.api.ClearFaults()
	}
	says(0, "apply", "-auto-approve", "-input=false")
	s.searchFiles(canaries, "trace.log", "terraform.tfstate", "plan.bin")
	for _, c := range canaries { // the search would see it
		state, err := os.ReadFile(s.dir.Path("terraform.tfstate"))
		if there := c.in(state) != ""; err != nil || there != c.kept {
			t.Errorf("the state holds %q: %t, %v", c.value, there, err)
		}
	}
	says(0, "destroy", "-auto-approve", "-input=false")
	s.searchFiles(canaries)
}
