// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const checkedFolder = "guides/checked-release/"

// newGuideRun is an emulator with a clock that stands still, and a CLI for it.
func newGuideRun(t *testing.T, provider string) (releaseRun, *acctest.Env) {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, // signatures would be too young
	})
	return releaseRun{T: t, c: c, api: api, clock: clock}, &acctest.Env{Emulator: api, URL: server.URL}
}

// checkedReleaseGuide lives through the guide "A release that checks itself": a release that passes its check, and one
// that does not.
func checkedReleaseGuide(t *testing.T, provider string) {
	t.Helper()
	g, env := newGuideRun(t, provider)
	serve := func(release, stable string) {
		g.variables("release = %q\nstable  = %q\nweight  = 10\n", release, stable)
	}
	calls := func(want int, of string) {
		t.Helper()
		sent := g.api.Requests("InvokeFunction")
		if len(sent) != want || want == 1 && !strings.Contains(sent[0].Path, ":orders:"+of+"/") {
			t.Errorf("the function was called %d times, want %d of %s: %v", len(sent), want, of, sent)
		}
		if n := g.api.Count("SetReservedInstances"); n > 0 && of != "v1" {
			t.Errorf("a release set reserved instances %d times", n)
		}
	}
	plan := func(name string) {
		t.Helper()
		g.api.ResetRequests()
		out := g.c.run(2, "plan", "-detailed-exitcode")
		golden(t, checkedFolder+name+".txt", []byte(planText(t, out)))
		calls(0, "")
	}
	g.c.place(env, checkedFolder+"main.tf")
	g.build(1)
	g.apply("v1", "", "v1")
	calls(1, "v1")

	g.build(2)
	serve("v2", "v1")
	plan("release")
	g.apply("v1", "v2", "v2")
	calls(1, "v2")
	serve("v2", "v2")
	plan("promote")
	g.apply("v2", "", "v2")
	calls(0, "")

	g.build(3)
	serve("v3", "v2")
	g.api.PutReply("default", "orders", "v3", emulator.Reply{Status: 500, Result: `{"errorMessage":"no table orders"}`})
	g.clock.hour.Add(1)
	g.api.ResetRequests()
	out := g.c.run(1, "apply", "-auto-approve")
	golden(t, checkedFolder+"failed.txt", []byte(requestIDs.ReplaceAllString(guideText(t, out, "Error: "), "${1}…")))
	calls(1, "v3")
	if f, _ := g.api.Function("default", "orders"); f.Reservations[0].MinCount != 2 || f.Aliases[0].Version != "v2" ||
		len(f.Aliases[0].Weights) > 0 || len(f.Versions) != 3 {
		t.Errorf("after a check that failed: %+v", f.Aliases)
	}
	plan("again")
	g.build(4)
	serve("v4", "v2")
	g.apply("v2", "v4", "v4")
	calls(1, "v4")
	g.c.run(0, "destroy", "-auto-approve")
	g.c.check(env.CheckDestroy(nil))
}
