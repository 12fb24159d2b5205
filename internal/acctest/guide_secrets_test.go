// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"net/http/httptest"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// secretsGuide compares what the CLI says of secrets with what the guide "Secrets" quotes.
func secretsGuide(t *testing.T, provider string) {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, "TF_VAR_database_password": "hunter2", // signatures would be too young
	})
	const name = "resources/fgs_function/resource-secrets.tf"
	c.place(&acctest.Env{Emulator: api, URL: server.URL}, name)
	plan := func(file string) {
		golden(t, "guides/secrets/"+file+".txt", []byte(planText(t, c.run(2, "plan", "-detailed-exitcode"))))
	}
	c.run(0, "apply", "-auto-approve")
	err := api.Edit("default", "orders", func(f *emulator.Function) { f.EncryptedUserData = `{"API_KEY":"x"}` })
	if err != nil {
		t.Fatal(err)
	}
	plan("drift")
	c.run(0, "apply", "-auto-approve")
	c.run(0, "plan", "-detailed-exitcode")
	c.write("resource-secrets.tf",
		bytes.Replace(exampleFile(t, name), []byte(`_version = "1"`), []byte(`_version = "2"`), 1))
	plan("version")
	c.run(0, "destroy", "-auto-approve")
}
