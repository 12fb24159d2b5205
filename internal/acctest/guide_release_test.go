// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const releaseFolder = "guides/releasing/"

// releaseGuide lives through the guide "Releasing with versions and aliases": blue/green, rollback, canary and
// retention, and compares what the CLI says with what the guide quotes.
func releaseGuide(t *testing.T, provider string) {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, // the emulator's clock stands still: signatures would be too young
	})
	g := releaseRun{T: t, c: c, api: api, clock: clock}
	env := &acctest.Env{Emulator: api, URL: server.URL}

	c.place(env, releaseFolder+"function.tf", releaseFolder+"blue-green.tf")
	g.build(1)
	g.apply("v1", "", "v1")
	g.build(2)
	g.plan("release", "-var", "release=v2")
	g.apply("v2", "", "v2", "-var", "release=v2")
	g.plan("rollback", "-var", "release=v2", "-var", "serve=v1")
	g.apply("v1", "", "v2", "-var", "release=v2", "-var", "serve=v1")
	g.apply("v2", "", "v2", "-var", "release=v2")

	c.place(env, releaseFolder+"function.tf", releaseFolder+"canary.tf")
	g.build(3)
	g.plan("canary", "-var", "release=v3", "-var", "stable=v2")
	g.apply("v2", "v3", "v3", "-var", "release=v3", "-var", "stable=v2")
	g.plan("promote", "-var", "release=v3", "-var", "stable=v3")
	g.apply("v3", "", "v3", "-var", "release=v3", "-var", "stable=v3")

	c.place(env, releaseFolder+"function.tf", releaseFolder+"blue-green.tf")
	g.build(4)
	g.plan("retention", "-var", "release=v4")
	g.apply("v4", "", "v4", "-var", "release=v4")
	f, _ := api.Function("default", "orders")
	var versions []string
	for _, v := range f.Versions {
		versions = append(versions, v.Name)
	}
	if !slices.Equal(versions, []string{"v2", "v3", "v4"}) {
		t.Errorf("the service has the versions %v", versions)
	}
	c.run(0, "destroy", "-auto-approve", "-var", "release=v4")
}

// releaseRun is the guide being lived through.
type releaseRun struct {
	*testing.T
	c     *exampleCLI
	api   *emulator.Server
	clock *guideClock
}

func (g releaseRun) build(n int) {
	g.c.write("build/orders.zip", guideCode(g.T, fmt.Sprintf("release %d", n)))
}

func (g releaseRun) plan(name string, args ...string) {
	g.Helper()
	out := g.c.run(2, append([]string{"plan", "-detailed-exitcode"}, args...)...)
	golden(g.T, releaseFolder+name+".txt", []byte(planText(g.T, out)))
}

// apply applies, and demands where the alias sends calls then, what was published last, and that the alias was there all
// the time: it is never deleted, and moves by one call.
func (g releaseRun) apply(main, additional, newest string, args ...string) {
	g.Helper()
	g.clock.hour.Add(1)
	g.api.ResetRequests()
	g.c.run(0, append([]string{"apply", "-auto-approve"}, args...)...)
	if n := g.api.Count("DeleteAlias"); n > 0 || g.api.Count("CreateAlias")+g.api.Count("UpdateAlias") > 1 {
		g.Errorf("%d deletions of the alias, %d creations, %d changes", n, g.api.Count("CreateAlias"), g.api.Count("UpdateAlias"))
	}
	g.c.run(0, append([]string{"plan", "-detailed-exitcode"}, args...)...)
	f, _ := g.api.Function("default", "orders")
	alias := f.Aliases[0]
	weighted := ""
	for name := range alias.Weights {
		weighted = name
	}
	if alias.Version != main || weighted != additional || f.Versions[len(f.Versions)-1].Name != newest {
		g.Errorf("the alias sends calls to %s and %q, the newest version is %s; want %s, %q, %s",
			alias.Version, weighted, f.Versions[len(f.Versions)-1].Name, main, additional, newest)
	}
}
