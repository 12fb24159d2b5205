// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/invocation"
)

// TestValidate: what can be wrong is found before anything is planned, at its attribute, in the resource and in the
// action; nothing of an input is quoted. What is not known breaks no rule, until it is.
func TestValidate(t *testing.T) {
	t.Parallel()
	large := func(bytes int) string { return `{"a":"` + strings.Repeat("a", bytes-8) + `"}` }
	const object = "must be the text of a JSON object"
	for name, c := range map[string]struct {
		config   attributes
		at, says string // "" for what is fine
		never    string
		only     string // of one of the two
	}{
		"nothing else":           {},
		"all":                    {config: attributes{"input": `{"a":1}`, "expect": "any", "show_log": true}},
		"an alias":               {config: attributes{"function_urn": functionURN + ":!live"}},
		"not known":              {config: attributes{"function_urn": acctest.Unknown, "input": acctest.Unknown, "asynchronous": acctest.Unknown, "expect": acctest.Unknown}},
		"no URN":                 {config: attributes{"function_urn": "orders"}, at: "function_urn", says: "URN"},
		"one of two blank":       {config: attributes{"input": "", "input_wo": "{}", "input_wo_version": "1"}, only: resourceType},
		"the other blank":        {config: attributes{"input": "{}", "input_wo": "", "input_wo_version": ""}, only: resourceType},
		"blank":                  {config: attributes{"input": "", "expect": ""}},
		"empty input":            {config: attributes{"input": " "}, at: "input", says: "it is empty"},
		"a text":                 {config: attributes{"input": "s3cret-text"}, at: "input", says: object, never: "s3cret"},
		"a JSON text":            {config: attributes{"input": `"s3cret-text"`}, at: "input", says: "another JSON value", never: "s3cret"},
		"a list":                 {config: attributes{"input": `[1]`}, at: "input", says: object},
		"null":                   {config: attributes{"input": `null`}, at: "input", says: object},
		"cut":                    {config: attributes{"input": `{"a":`}, at: "input", says: "no JSON from byte 5 on"},
		"too much behind":        {config: attributes{"input": `{} {}`}, at: "input", says: "no JSON from byte 4 on"},
		"a bad secret":           {config: attributes{"input_wo": "s3cret-text", "input_wo_version": "1"}, at: "input_wo", says: object, never: "s3cret", only: resourceType},
		"a secret, unversioned":  {config: attributes{"input_wo": "{}"}, at: "input_wo", says: "input_wo_version", only: resourceType},
		"a secret at hand later": {config: attributes{"input_wo_version": "1"}, only: resourceType},
		"two inputs":             {config: attributes{"input": "{}", "input_wo": "{}", "input_wo_version": "1"}, at: "input", says: "input_wo", only: resourceType},
		"6 MB":                   {config: attributes{"input": large(6 << 20)}},
		"more":                   {config: attributes{"input": large(6<<20 + 1)}, at: "input", says: "6291457 bytes; a call takes at most 6 MB"},
		"256 KB":                 {config: attributes{"input": large(256 << 10), "asynchronous": true}},
		"more, asynchronous":     {config: attributes{"input": large(256<<10 + 1), "asynchronous": true}, at: "input", says: "at most 256 KB"},
		"perhaps asynchronous":   {config: attributes{"input": large(256<<10 + 1), "asynchronous": acctest.Unknown}},
		"expect":                 {config: attributes{"expect": "failure"}, at: "expect", says: `"success"`},
		"no outcome":             {config: attributes{"expect": "success", "asynchronous": true}, at: "expect", says: "nobody waits"},
		"no log":                 {config: attributes{"show_log": true, "asynchronous": true}, at: "show_log", says: "nobody waits"},
		"no result":              {config: attributes{"keep_result": true, "asynchronous": true}, at: "keep_result", says: "nobody waits", only: resourceType},
		"no triggers":            {config: attributes{"triggers": attributes{}}, at: "triggers", says: "at least 1", only: resourceType},
	} {
		check := func(what string, diags acctest.Diagnostics) {
			t.Helper()
			if diags.Failed() != (c.at != "") || !diags.Has(c.says) || c.never != "" && diags.Has(c.never) ||
				c.at != "" && diags[0].Root != c.at {
				t.Errorf("%s, %s: want an error at %q with %q; got:%s", name, what, c.at, c.says, diags)
			}
		}
		p := newEnv(t).Protocol(t)
		if c.only != actionType {
			check("validate", p.Validate(resourceType, of(c.config)))
		}
		if c.only != resourceType {
			check("validate action", p.ValidateAction(actionType, of(c.config)))
		}
	}
}

// TestPlan: what has become known since is checked in a plan, too, before anything is called.
func TestPlan(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	p := configured(t, e)
	bad := of(attributes{"input": "text"})
	for what, diags := range map[string]acctest.Diagnostics{
		"plan": p.PlanCreate(resourceType, bad), "plan action": p.PlanAction(actionType, bad),
	} {
		if !diags.Failed() || diags[0].Root != "input" {
			t.Errorf("%s: %s", what, diags)
		}
	}
	later := of(attributes{"input_wo_version": "1"})
	if diags := p.PlanCreate(resourceType, later); !diags.Failed() || diags[0].Root != "input_wo" {
		t.Errorf("a call without its secret: %s", diags)
	}
	good := of(attributes{"input": "{}"})
	if diags := append(p.PlanCreate(resourceType, good), p.PlanAction(actionType, good)...); diags.Failed() {
		t.Errorf("%s", diags)
	}
	if n := len(e.Emulator.Requests()); n > 0 {
		t.Errorf("plans made %d requests", n)
	}
}

// TestAction_page: the CLIs that make the documentation know no actions, so that the page of this one is written by
// hand: it says what the schema says.
func TestAction_page(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../templates/actions/invoke.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var resp action.SchemaResponse
	invocation.NewAction().Schema(t.Context(), action.SchemaRequest{}, &resp)
	for name, attribute := range resp.Schema.Attributes {
		kind := "String"
		if attribute.GetType().Equal(types.BoolType) {
			kind = "Boolean"
		}
		line := "- `" + name + "` (" + kind + ") " + attribute.GetMarkdownDescription() + "\n"
		if !strings.Contains(string(page), line) {
			t.Errorf("the page lacks the line\n%s", line)
		}
	}
	if n := strings.Count(string(page), "\n- `"); n != len(resp.Schema.Attributes)+2 {
		t.Errorf("the page has %d attributes, the block and what is in it among them", n)
	}
	begin, _, _ := strings.Cut(resp.Schema.MarkdownDescription, " the resource")
	if !strings.Contains(strings.ReplaceAll(string(page), "\n", " "), begin) {
		t.Errorf("the page does not begin with %q", begin)
	}
}
