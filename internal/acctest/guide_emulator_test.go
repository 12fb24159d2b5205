// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"strings"
	"testing"
)

// emulatorGuide goes through the guide "Working without a cloud account" from top to bottom: apply, be somebody else,
// see it, repair it, and then the tests, with the function of the apply still there.
func emulatorGuide(t *testing.T, provider string) {
	t.Helper()
	env, c := exampleWorld(t, provider)
	c.place(env, "guides/emulator/main.tf", "guides/emulator/tests/orders.tftest.hcl")
	c.run(0, "apply", "-auto-approve")
	if err := env.Emulator.SetCode("default", "orders", "inline", "", []byte("print()")); err != nil {
		t.Fatal(err)
	}
	if out := c.run(2, "plan", "-detailed-exitcode"); !strings.Contains(out, "Code Changed Outside Terraform") {
		t.Errorf("the plan does not say what happened:\n%s", out)
	}
	c.run(0, "apply", "-auto-approve")
	if out := c.run(0, "test"); !strings.Contains(out, "2 passed, 0 failed") {
		t.Errorf("terraform test said:\n%s", out)
	}
	c.run(0, "plan", "-detailed-exitcode")
	c.destroy(env)
}
