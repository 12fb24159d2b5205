// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"errors"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const adoptingFolder = "guides/adopting/"

// handmade is an emulator with what somebody made in the console: the function orders with a version, an alias and a
// trigger, a function in another package, and a dependency.
func handmade(t *testing.T, provider string) (*acctest.Env, *exampleCLI) {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	settings := emulator.Settings{
		Runtime: "Python3.9", Handler: "index.handler", Timeout: 10, MemorySize: 256,
		EncryptedUserData: `{"DB_PASSWORD":"x"}`,
	}
	api.Put(emulator.Function{Name: "orders", Settings: settings, CodeState: emulator.CodeState{
		CodeType: "zip", Code: exampleFile(t, adoptingFolder+"build/orders.zip"),
	}})
	settings.EncryptedUserData, settings.UserData = "", `{"SENDER":"shop@example.com"}`
	settings.Description, settings.XRole = "Sends mail.", "mail-agency"
	api.Put(emulator.Function{Name: "mail", Package: "shop", Settings: settings})
	libs := api.AddDependency(emulator.Dependency{Name: "orders-libs", Runtime: "Python3.9", Content: []byte("libs")})
	err := errors.Join(
		api.Publish("default", "orders", "v1", ""), api.PutAlias("default", "orders", "live", "v1", nil),
		api.PutTrigger("default", "orders", emulator.Trigger{
			ID: timerID, Type: "TIMER", Qualifier: "!live", EventData: timer("nightly"),
		}),
		api.Edit("shop", "mail", func(f *emulator.Function) { f.DependVersionList = []string{libs.ID} }),
	)
	if err != nil {
		t.Fatal(err)
	}
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, // the emulator's clock stands still: signatures would be too young
	})
	return &acctest.Env{Emulator: api, URL: server.URL}, c
}

// adoptGuide lives through what the guide "Adopting functions made by hand" describes for every CLI, and compares what
// the CLI says with what the guide quotes. Nothing of it changes a function.
func adoptGuide(t *testing.T, provider string) {
	t.Helper()
	env, c := handmade(t, provider)
	steps := []struct{ file, quoted string }{{"bulk", "Plan: "}, {"release", "Terraform will perform"}}
	for _, step := range steps {
		c.place(env, adoptingFolder+step.file+".tf")
		out := c.run(2, "plan", "-detailed-exitcode")
		text, _, _ := strings.Cut(guideText(t, out, step.quoted), "\n─")
		text = wideSigns.ReplaceAllString(notInBoth.ReplaceAllString(text, ""), " = ")
		golden(t, adoptingFolder+step.file+".txt", []byte(strings.TrimSpace(text)+"\n"))
		env.Emulator.ResetRequests()
		c.run(0, "apply", "-auto-approve")
		c.run(0, "plan", "-detailed-exitcode")
		readsOnly(t, env)
		for address := range strings.Lines(c.run(0, "state", "list")) {
			if address = strings.TrimSpace(address); !strings.HasPrefix(address, "data.") {
				c.run(0, "state", "rm", address)
			}
		}
	}
}

// OpenTofu does not show a write-only attribute that does not change, and makes no room for its name. What is only
// imported it says by two lines.
var (
	notInBoth = regexp.MustCompile(`(?m)^ +(\w+_wo += \(write-only attribute\)|# \(imported from .*\))\n`)
	wideSigns = regexp.MustCompile(` +=  *`)
)

// readsOnly demands that nothing was sent that changes something.
func readsOnly(t *testing.T, env *acctest.Env) {
	t.Helper()
	requests := env.Emulator.Requests()
	for _, r := range requests {
		if r.Method != "GET" && r.Op != "FilterResources" {
			t.Errorf("%s was sent", r.Op)
		}
	}
	if len(requests) == 0 {
		t.Error("nothing was read")
	}
}
