// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// TestMain plays the CLI when a test starts this binary as one: it prints a text and ends with an exit code.
func TestMain(m *testing.M) {
	if code, ok := os.LookupEnv("DEMO_TEST_EXIT"); ok {
		fmt.Print(os.Getenv("DEMO_TEST_SAYS"))
		n, _ := strconv.Atoi(code)
		os.Exit(n)
	}
	os.Exit(m.Run())
}

// stage is a demo whose service and CLI say what the test wants.
func stage(t *testing.T, answers map[string]string, cliSays, exitCode string) *demo {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, answers[path.Base(r.URL.Path)])
	}))
	t.Cleanup(server.Close)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	fake := cli{path: self, name: "cli", env: []string{"DEMO_TEST_SAYS=" + cliSays, "DEMO_TEST_EXIT=" + exitCode}}
	return &demo{
		screen: &screen{out: io.Discard}, service: service{server.URL}, cli: fake,
		code: []byte("mine"), versions: []string{"v1"},
	}
}

// TestExpect: every check of the story fails when what it promises is not true, and says what is.
func TestExpect(t *testing.T) {
	t.Parallel()
	mine, others := digestOf([]byte("mine")), digestOf([]byte("others"))
	version := func(digest string) string {
		return `{"versions": [{"version": "latest"}, {"version": "v1", "digest": "` + digest + `"}]}`
	}
	state := func(function, version string) string {
		return `{"values": {"root_module": {"resources": [
			{"address": "fgs_function.orders", "mode": "managed", "values": {"digest": "` + function + `"}},
			{"address": "fgs_function_version.orders", "mode": "managed",
				"values": {"version": "v1", "digest": "` + version + `"}}]}}}`
	}
	plan := func(digest string, more string) string {
		return `{"resource_changes": [
			{"address": "fgs_function.orders", "mode": "managed",
				"change": {"actions": ["update"], "after": {"digest": "` + digest + `"}}},
			{"address": "data.x.y", "mode": "data", "change": {"actions": ["read"]}}` + more + `]}`
	}
	code := func(ctx context.Context, d *demo) error { return d.expectCode(ctx, d.code) }
	released := func(ctx context.Context, d *demo) error { d.versions = nil; return d.expectRelease(ctx, 1) }
	repairOnly := func(ctx context.Context, d *demo) error { return d.expectRepairOnly(ctx, "plan") }
	output := func(ctx context.Context, d *demo) error { return d.expectOutput(ctx) }
	emptyPlan := func(ctx context.Context, d *demo) error { return d.expectEmptyPlan(ctx) }
	untouched := func(ctx context.Context, d *demo) error {
		return d.expectVersions(ctx, map[string]deployed{"v1": {Version: "v1", Digest: mine}})
	}
	settings := func(ctx context.Context, d *demo) error {
		return d.expectSettings(ctx, map[string]deployed{"v0": {Version: "v0", MemorySize: 256}}, 512)
	}
	sizes := func(v0, v1 string) string {
		return `{"versions": [{"version": "v1", "digest": "` + mine + `", "memory_size": ` + v1 + `},
			{"version": "v0", "memory_size": ` + v0 + `}]}`
	}
	runs := func(digest string) string { return `{"digest": "` + digest + `"}` }
	for name, c := range map[string]struct {
		check            func(context.Context, *demo) error
		config, versions string // what the service answers
		cli, exit        string // what the CLI prints, and its exit code
		wrong            string // part of the error; "" if all is well
	}{
		"code runs":       {check: code, config: runs(mine)},
		"other code runs": {check: code, config: runs(others), wrong: "the service runs code with digest"},
		"released":        {check: released, config: runs(mine), versions: version(mine), cli: state(mine, mine)},
		"other code published": {
			check: released, config: runs(mine), versions: version(others), cli: state(mine, mine),
			wrong: "version v1 at the service",
		},
		"state knows other code": {
			check: released, config: runs(mine), versions: version(mine), cli: state(others, mine),
			wrong: "fgs_function.orders has digest",
		},
		"nothing published": {
			check: released, config: runs(mine), versions: `{"versions": []}`, cli: `{}`,
			wrong: "no fgs_function_version",
		},
		"repair only":            {check: repairOnly, cli: plan(mine, "")},
		"repair with other code": {check: repairOnly, cli: plan(others, ""), wrong: "the plan promises digest"},
		"version moves too": {
			check: repairOnly, wrong: "expected only an update",
			cli: plan(mine, `, {"address": "a.b", "mode": "managed", "change": {"actions": ["delete", "create"]}}`),
		},
		"nothing planned":    {check: repairOnly, cli: `{}`, wrong: "expected only an update"},
		"versions untouched": {check: untouched, versions: version(mine)},
		"version changed":    {check: untouched, versions: version(others), wrong: "the published versions are"},
		"output":             {check: output, versions: version(mine), cli: `["v1: ` + mine + `"]`},
		"output of something else": {
			check: output, versions: version(mine), cli: `["v1: ` + others + `"]`, wrong: "the output is",
		},
		"settings released": {check: settings, config: runs(mine), versions: sizes("256", "512"), cli: state(mine, mine)},
		"settings not published": {
			check: settings, config: runs(mine), versions: sizes("256", "256"), cli: state(mine, mine),
			wrong: "version v1 has 256 MB",
		},
		"an old version has them, too": {
			check: settings, config: runs(mine), versions: sizes("512", "512"), cli: state(mine, mine),
			wrong: "the published versions are",
		},
		"settings with other code": {
			check: settings, config: runs(others), versions: sizes("256", "512"), cli: state(mine, mine),
			wrong: "has digest",
		},
		"empty plan":        {check: emptyPlan},
		"plan with changes": {check: emptyPlan, exit: "2", wrong: "exit code is 2"},
		"plan fails":        {check: emptyPlan, exit: "1", wrong: "exit status 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.exit == "" {
				c.exit = "0"
			}
			d := stage(t, map[string]string{"config": c.config, "versions": c.versions}, c.cli, c.exit)
			err := c.check(t.Context(), d)
			if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
				t.Errorf("error %v, want %q", err, c.wrong)
			}
		})
	}
}
