// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build query

package acctest_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// These tests, and those of actions in query_action_test.go, are run by `make test-query` alone: they need a CLI that
// knows such things. What holds of list blocks at the protocol is in query_test.go.

// queryLine is one line of a query: what found it, its identity, its name.
var queryLine = regexp.MustCompile(`(?m)^list\.\S+ .*\n`)

// TestQuery_adopting lives through what the guide "Adopting functions made by hand" describes of queries: all that is
// there is found, the generated configuration plans nothing but imports, and applying it changes nothing.
func TestQuery_adopting(t *testing.T) {
	t.Parallel()
	env, c := handmade(t, buildProvider(t))
	err := env.Emulator.PutTrigger("default", "orders", emulator.Trigger{
		ID: "f0b1c2d3-0000-4000-8000-000000000003", Type: "KAFKA", EventData: map[string]any{
			"instance_id": "i", "topic_ids": []any{"t"}, "batch_size": 10, "kafka_user": "u", "kafka_password": "secret",
		},
	})
	c.check(err)
	c.write("versions.tf", []byte(requiredProviders))
	c.write("everything.tfquery.hcl", exampleFile(t, adoptingFolder+"everything.tfquery.hcl"))
	lines := queryLine.FindAllString(c.run(0, "query"), -1)
	slices.Sort(lines) // the blocks are asked side by side
	golden(t, adoptingFolder+"query.txt", []byte(wideColumns.ReplaceAllString(strings.Join(lines, ""), "   ")))
	c.run(0, "query", "-generate-config-out=generated.tf")
	content, err := os.ReadFile(filepath.Join(c.dir, "generated.tf"))
	c.check(err)
	generated := string(content)
	if strings.Contains(generated, `"secret"`) {
		t.Error("a secret is in the configuration")
	}
	begin := strings.Index(generated, `resource "fgs_function" "all_0"`)
	text, _, _ := strings.Cut(generated[max(0, begin):], "\n\nresource")
	golden(t, adoptingFolder+"generated.txt", []byte(text+"\n"))
	plan := c.run(2, "plan", "-detailed-exitcode")
	if want := "Plan: 7 to import, 0 to add, 0 to change, 0 to destroy."; !strings.Contains(plan, want) {
		t.Errorf("want %q:\n%s", want, plan)
	}
	env.Emulator.ResetRequests()
	c.run(0, "apply", "-auto-approve")
	c.run(0, "plan", "-detailed-exitcode")
	readsOnly(t, env)
}

var wideColumns = regexp.MustCompile(` {3,}`)

// TestQuery_examples: each example of a list block finds something.
func TestQuery_examples(t *testing.T) {
	t.Parallel()
	provider := buildProvider(t)
	for _, name := range exampleFiles(t, "list-resource.tfquery.hcl") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, c := handmade(t, provider)
			env.Emulator.Put(emulator.Function{Name: "orders-archive"})
			c.write("versions.tf", []byte(requiredProviders))
			c.write("example.tfquery.hcl", exampleFile(t, name))
			resource := filepath.Base(filepath.Dir(name))
			if out := queryLine.FindString(c.run(0, "query")); !strings.HasPrefix(out, "list."+resource+".") {
				t.Errorf("found %q", out)
			}
			c.run(0, "query", "-generate-config-out=generated.tf")
			if out := c.run(2, "plan", "-detailed-exitcode"); !strings.Contains(out, "1 to import, 0 to add, 0 to change") {
				t.Errorf("the plan:\n%s", out)
			}
		})
	}
}

// TestQuery_oneFails: what cannot be read is a warning, and the rest is listed; a list that cannot be is an error.
func TestQuery_oneFails(t *testing.T) {
	t.Parallel()
	env, c := handmade(t, buildProvider(t))
	c.write("versions.tf", []byte(requiredProviders))
	c.write("all.tfquery.hcl", []byte("list \"fgs_function\" \"all\" {\n  provider = fgs\n  include_resource = true\n}\n"))
	env.Emulator.Inject(emulator.Fault{Op: "GetConfig", Status: http.StatusForbidden, Code: "FSS.0403", Times: 1})
	out := c.run(0, "query")
	if n := len(queryLine.FindAllString(out, -1)); n != 1 || !strings.Contains(out, "Left Out of the List") {
		t.Errorf("%d are listed:\n%s", n, out)
	}
	env.Emulator.Inject(emulator.Fault{Op: "ListFunctions", Status: http.StatusForbidden, Code: "FSS.0403", Times: 1})
	if out := c.run(1, "query"); !strings.Contains(out, "Unable to List Functions") {
		t.Errorf("it says:\n%s", out)
	}
}

// TestQuery_limit: a list block gives as many as it asks for.
func TestQuery_limit(t *testing.T) {
	t.Parallel()
	_, c := handmade(t, buildProvider(t))
	c.write("versions.tf", []byte(requiredProviders))
	c.write("all.tfquery.hcl", []byte("list \"fgs_function\" \"all\" {\n  provider = fgs\n  limit = 1\n}\n"))
	if n := len(queryLine.FindAllString(c.run(0, "query"), -1)); n != 1 {
		t.Errorf("%d are listed", n)
	}
}
