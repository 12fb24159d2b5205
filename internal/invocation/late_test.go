// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation_test

import (
	"maps"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestLate: what is not known in a plan is planned in place. If it turns out the same, nothing is called, and the
// result stays; if not, or if the same apply has made the function anew, the update calls, once. A call that fails
// there leaves nothing behind that would keep the next apply from calling.
func TestLate(t *testing.T) {
	t.Parallel()
	broken := emulator.Reply{Status: 500, Result: "no table"}
	remade := func(t *testing.T, e *acctest.Env, then *acctest.Protocol) {
		if err := e.Emulator.Delete("default", "orders"); err != nil {
			t.Fatal(err)
		}
		_, diags := then.Create("fgs_function", attributes{
			"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
			"code": attributes{"inline": "# new"},
		})
		if diags.Failed() {
			t.Fatal(diags)
		}
		if err := e.Emulator.Publish("default", "orders", "v1", ""); err != nil {
			t.Fatal(err)
		}
	}
	other := func(t *testing.T, e *acctest.Env, _ *acctest.Protocol) {
		e.Emulator.Put(emulator.Function{Name: "shop"})
	}
	for name, c := range map[string]struct {
		open   string     // the attribute that is not known
		turns  attributes // what it turns out to be
		before func(*testing.T, *acctest.Env, *acctest.Protocol)
		reply  emulator.Reply
		fault  *emulator.Fault
		calls  int
		fails  string
	}{
		"the same version":     {open: "function_urn"},
		"the same input":       {open: "input"},
		"the same triggers":    {open: "triggers"},
		"another version":      {open: "function_urn", turns: attributes{"function_urn": functionURN}, calls: 1},
		"another function":     {open: "function_urn", turns: attributes{"function_urn": functionURN[:len(functionURN)-6] + "shop"}, before: other, calls: 1},
		"another input":        {open: "input", turns: attributes{"input": `{"a":2}`}, calls: 1},
		"another trigger":      {open: "triggers", turns: attributes{"triggers": attributes{"day": "2"}}, calls: 1},
		"another secret":       {open: "input_wo_version", turns: attributes{"input": nil, "input_wo": "{}", "input_wo_version": "2"}, calls: 1},
		"a secret not given":   {open: "input_wo_version", turns: attributes{"input": nil, "input_wo_version": "2"}, fails: "Missing Input"},
		"made anew":            {open: "function_urn", before: remade, calls: 1},
		"made anew, fails":     {open: "function_urn", before: remade, reply: broken, calls: 1, fails: "no table"},
		"made anew, is lost":   {open: "function_urn", before: remade, fault: &emulator.Fault{Op: calls, Kind: emulator.DropAfter}, calls: 1, fails: "May Have Run"},
		"another input, fails": {open: "input", turns: attributes{"input": `{"a":2}`}, reply: broken, calls: 1, fails: "no table"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
			e.Emulator.PutReply("default", "orders", "", emulator.Reply{Result: "first"})
			config := of(attributes{"input": `{"a":1}`, "triggers": attributes{"day": "1"}, "keep_result": true})
			first, diags := configured(t, e).Create(resourceType, config)
			if diags.Failed() {
				t.Fatal(diags)
			}
			plan, then := configured(t, e), configured(t, e)
			was, _, _ := plan.Refresh(resourceType, first.Imported)
			open := maps.Clone(config)
			open[c.open] = acctest.Unknown
			if paths, diags := plan.Replaced(resourceType, was, open); len(paths)+len(diags) > 0 {
				t.Errorf("the plan replaces by %v: %s", paths, diags)
			}
			if c.before != nil {
				c.before(t, e, then)
			}
			maps.Copy(config, c.turns)
			e.Emulator.PutReply("default", "orders", "", emulator.Reply{Result: "second"})
			if c.fails != "" {
				e.Emulator.PutReply("default", "orders", "", c.reply)
			}
			if c.fault != nil {
				e.Emulator.Inject(*c.fault)
			}
			e.Emulator.ResetRequests()
			after, diags := then.Apply(resourceType, was, config)
			if n := e.Emulator.Count(calls); n != c.calls || diags.Failed() != (c.fails != "") || !diags.Has(c.fails) {
				t.Errorf("%d calls, want %d: %s", n, c.calls, diags)
			}
			same := then.Text(after.Imported, "id") == then.Text(was, "id")
			if c.fails == "" && same != (c.calls == 0) || same && then.Text(after.Imported, "result") != "first" {
				t.Errorf("id %q, result %q", then.Text(after.Imported, "id"), then.Text(after.Imported, "result"))
			}
			if c.fails == "" || c.calls == 0 {
				return
			}
			e.Emulator.PutReply("default", "orders", "", emulator.Reply{Result: "third"})
			config["input"] = `{"a":1}` // as before
			e.Emulator.ResetRequests()
			again, diags := configured(t, e).Update(resourceType, after.Imported, config)
			if diags.Failed() || e.Emulator.Count(calls) != 1 || then.Text(again.Imported, "result") != "third" {
				t.Errorf("the next apply: %d calls: %s", e.Emulator.Count(calls), diags)
			}
		})
	}
}
