// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const releaseFolder = "guides/releasing/"

// releaseGuide lives through the guide "Releasing with versions and aliases": blue/green, rollback, canary, retention
// and a monorepo, and compares what the CLI says with what the guide quotes.
func releaseGuide(t *testing.T, provider string) {
	t.Helper()
	g, env := newGuideRun(t, provider)
	c, api := g.c, g.api

	blueGreen := func(release, serve string) { g.variables("release = %q\nserve = %s\n", release, serve) }
	c.place(env, releaseFolder+"blue-green.tf", releaseFolder+"function.tf")
	g.build(1)
	g.apply("v1", "", "v1")
	g.build(2)
	blueGreen("v2", "null")
	g.plan("release")
	g.apply("v2", "", "v2")
	blueGreen("v2", `"v1"`)
	g.plan("rollback")
	g.apply("v1", "", "v2")
	g.withoutVariables("release", "serve")
	blueGreen("v2", "null")
	g.apply("v2", "", "v2")

	c.place(env, releaseFolder+"canary.tf", releaseFolder+"function.tf")
	g.build(3)
	g.plan("canary")
	g.apply("v2", "v3", "v3")
	g.variables("release = %q\nstable = %q\nweight = 10\n", "v3", "v3")
	g.plan("promote")
	g.apply("v3", "", "v3")

	c.place(env, releaseFolder+"blue-green.tf", releaseFolder+"function.tf")
	g.build(4)
	blueGreen("v4", "null")
	g.plan("retention")
	g.apply("v4", "", "v4")
	f, _ := api.Function("default", "orders")
	var versions []string
	for _, v := range f.Versions {
		versions = append(versions, v.Name)
	}
	if !slices.Equal(versions, []string{"v2", "v3", "v4"}) {
		t.Errorf("the service has the versions %v", versions)
	}

	c.write("function.tf", bytes.Replace(exampleFile(t, releaseFolder+"function.tf"), []byte("= 256"), []byte("= 512"), 1))
	blueGreen("v5", "null")
	g.plan("settings")
	g.apply("v5", "", "v5")
	f, _ = api.Function("default", "orders")
	if newest := f.Versions[len(f.Versions)-1]; newest.MemorySize != 512 {
		t.Errorf("%s has %d MB", newest.Name, newest.MemorySize)
	}
	c.run(0, "destroy", "-auto-approve")

	g.monorepo(env)
}

// monorepo has many functions in one configuration: a commit that touches one of them publishes and moves only that
// one.
func (g releaseRun) monorepo(env *acctest.Env) {
	g.Helper()
	g.c.place(env, releaseFolder+"monorepo.tf")
	g.clock.hour.Add(1)
	g.c.run(0, "apply", "-auto-approve")
	g.c.run(0, "plan", "-detailed-exitcode")
	g.c.write("functions/orders/index.py", []byte("def handler(event, context):\n    return {\"statusCode\": 201}\n"))
	g.plan("monorepo")
	g.clock.hour.Add(1)
	g.api.ResetRequests()
	g.c.run(0, "apply", "-auto-approve")
	for operation, want := range map[string]int{"UpdateCode": 1, "PublishVersion": 1, "UpdateAlias": 1,
		"UpdateConfig": 0} {
		if n := g.api.Count(operation); n != want {
			g.Errorf("a change of one of three functions made %d calls of %s, want %d", n, operation, want)
		}
	}
	g.c.run(0, "plan", "-detailed-exitcode")
	g.c.run(0, "destroy", "-auto-approve")
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

// variables writes the committed file of variables.
func (g releaseRun) variables(format string, values ...any) { g.c.variables(format, values...) }

func (c *exampleCLI) variables(format string, values ...any) {
	c.write(variablesFile, fmt.Appendf(nil, format, values...))
}

// withoutVariables: a plan without the file stops, and names what it needs. It never moves production.
func (g releaseRun) withoutVariables(names ...string) {
	g.Helper()
	g.c.check(os.Remove(filepath.Join(g.c.dir, variablesFile)))
	out := g.c.run(1, "plan", "-detailed-exitcode", "-input=false")
	for _, name := range names {
		if !strings.Contains(out, fmt.Sprintf("The root module input variable %q is not set", name)) {
			g.Errorf("a plan without the variables does not ask for %s:\n%s", name, out)
		}
	}
}

func (g releaseRun) plan(name string) {
	g.Helper()
	out := g.c.run(2, "plan", "-detailed-exitcode")
	golden(g.T, releaseFolder+name+".txt", []byte(planText(g.T, out)))
}

// apply applies, and demands where the alias sends calls then, what was published last, and that the alias was there
// all the time: it is never deleted, and moves by one call.
func (g releaseRun) apply(main, additional, newest string) {
	g.Helper()
	g.clock.hour.Add(1)
	g.api.ResetRequests()
	g.c.run(0, "apply", "-auto-approve")
	if n := g.api.Count("DeleteAlias"); n > 0 || g.api.Count("CreateAlias")+g.api.Count("UpdateAlias") > 1 {
		g.Errorf("%d deletions of the alias, %d creations, %d changes", n, g.api.Count("CreateAlias"),
			g.api.Count("UpdateAlias"))
	}
	g.c.run(0, "plan", "-detailed-exitcode")
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
