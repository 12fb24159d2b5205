// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// TestEnvironment_rejected: what an environment says and the provider cannot do is an error of Configure. Nothing is
// asked of the service.
func TestEnvironment_rejected(t *testing.T) {
	t.Parallel()
	for variable, value := range map[string]string{"HTTPS_PROXY": "http://user:s3cret#1@proxy:3128"} {
		e := acctest.New(t, acctest.WithVariable(variable, value))
		got := e.Protocol(t).Configure(block{"endpoint": "https://fgs.example.com"})
		expectError(t, got, "", variable)
		if strings.Contains(got.String(), "s3cret") {
			t.Errorf("%s is shown: %s", variable, got)
		}
		expectSilence(t, e)
	}
	e := acctest.New(t, acctest.WithVariable("HTTPS_PROXY", "http://user:s3cret#1@proxy:3128"))
	expectNone(t, e.Protocol(t).Configure(nil)) // the emulator is on this machine
}
