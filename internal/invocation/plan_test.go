// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

const urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders"

// TestFollow: what makes a new call, and what does not; without one nothing of the last call is lost or made up. What
// is not known yet is planned in place, and may be either. An apply calls in place, whatever it finds to be another.
func TestFollow(t *testing.T) {
	t.Parallel()
	text, unknown := types.StringValue, types.StringUnknown()
	prior := model{
		ID: text(urn + "/r"), FunctionURN: text(urn), Input: text(`{"a":1}`), InputWOVersion: types.StringNull(),
		Triggers: tfconv.StringMap(map[string]string{"day": "1"}), Expect: text(expectSuccess),
		Asynchronous: types.BoolValue(false), ShowLog: types.BoolValue(false), KeepResult: types.BoolValue(true),
		RequestID: text("r"), Status: types.Int64Value(200), Result: text("done"),
	}
	triggers := func(values map[string]attr.Value) func(*model) {
		return func(m *model) { m.Triggers = types.MapValueMust(types.StringType, values) }
	}
	for name, c := range map[string]struct {
		change  func(*model)
		replace string // what makes a new call; "" for none
		may     bool   // that is known only in the apply
		result  types.String
	}{
		"nothing":                  {func(*model) {}, "", false, text("done")},
		"latest is the same":       {func(m *model) { m.FunctionURN = text(urn + ":latest") }, "", false, text("done")},
		"another version":          {func(m *model) { m.FunctionURN = text(urn + ":v1") }, "function_urn", false, unknown},
		"a version to come":        {func(m *model) { m.FunctionURN = unknown }, "", true, unknown},
		"another input":            {func(m *model) { m.Input = text(`{"a":2}`) }, "input", false, unknown},
		"an input to come":         {func(m *model) { m.Input = unknown }, "", true, unknown},
		"no input":                 {func(m *model) { m.Input = types.StringNull() }, "input", false, unknown},
		"a blank for none":         {func(m *model) { m.InputWOVersion = text("") }, "", false, text("done")},
		"another secret":           {func(m *model) { m.InputWOVersion = text("2") }, "input_wo_version", false, unknown},
		"a secret to come":         {func(m *model) { m.InputWOVersion = unknown }, "", true, unknown},
		"another trigger":          {triggers(map[string]attr.Value{"day": text("2")}), "triggers", false, unknown},
		"one more trigger":         {triggers(map[string]attr.Value{"day": text("1"), "hour": unknown}), "triggers", false, unknown},
		"a trigger less":           {triggers(map[string]attr.Value{}), "triggers", false, unknown},
		"another key":              {triggers(map[string]attr.Value{"hour": text("1")}), "triggers", false, unknown},
		"a trigger to come":        {triggers(map[string]attr.Value{"day": unknown}), "", true, unknown},
		"triggers to come":         {func(m *model) { m.Triggers = types.MapUnknown(types.StringType) }, "", true, unknown},
		"no triggers":              {func(m *model) { m.Triggers = types.MapNull(types.StringType) }, "triggers", false, unknown},
		"another, another to come": {func(m *model) { m.FunctionURN, m.Input = unknown, text("{}") }, "input", false, unknown},
		"new, kept nowhere":        {func(m *model) { m.Input, m.KeepResult = text(`{}`), types.BoolValue(false) }, "input", false, types.StringNull()},
		"to come, kept nowhere":    {func(m *model) { m.Input, m.KeepResult = unknown, types.BoolValue(false) }, "", true, types.StringNull()},
		"to come, asynchronous":    {func(m *model) { m.Input, m.Asynchronous = unknown, types.BoolValue(true) }, "", true, unknown},
		"expect":                   {func(m *model) { m.Expect = text(expectAny) }, "", false, text("done")},
		"show_log":                 {func(m *model) { m.ShowLog = types.BoolValue(true) }, "", false, text("done")},
		"asynchronous":             {func(m *model) { m.Asynchronous = types.BoolValue(true) }, "", false, text("done")},
		"kept no more":             {func(m *model) { m.KeepResult = types.BoolValue(false) }, "", false, types.StringNull()},
		"the result is here":       {func(m *model) { m.Result = unknown }, "", false, text("done")},
	} {
		for run, late := range map[*connection.Connection]bool{
			{}: false, {Client: &functiongraph.Client{}}: true,
		} {
			plan := prior
			c.change(&plan)
			r, want := &Resource{}, c.replace
			if r.Connection = run; late {
				want = ""
			}
			var paths path.Paths
			calls := r.follow(&plan, prior, &paths)
			var replace []string
			for _, at := range paths {
				replace = append(replace, at.String())
			}
			slices.Sort(replace)
			if got := strings.Join(replace, " "); got != want || calls != (c.replace != "") || !plan.Result.Equal(c.result) {
				t.Errorf("%s: replaced by %q, want %q; calls: %t; result %s", name, got, want, calls, plan.Result)
			}
			open := c.replace != "" || c.may
			if plan.ID.IsUnknown() != open || plan.Status.IsUnknown() != open || plan.RequestID.IsUnknown() != open {
				t.Errorf("%s: id %s, status %s", name, plan.ID, plan.Status)
			}
		}
	}
}

// TestFollow_again: a call that failed is made again, in place where nothing else has changed. What is called and made
// anew by the same run is called: a plan that knows only that replaces the resource, so that nothing is left of it when
// the apply ends before the call.
func TestFollow_again(t *testing.T) {
	t.Parallel()
	const plans, made = 1, 2
	for name, c := range map[string]struct {
		planned types.String
		run     int
		late    bool
		fails   bool // the last call
		replace bool
		calls   bool
		open    bool
	}{
		"nothing":               {planned: types.StringValue(urn)},
		"failed":                {planned: types.StringValue(urn), fails: true, calls: true, open: true},
		"failed, apply":         {planned: types.StringValue(urn), fails: true, late: true, calls: true, open: true},
		"failed, not known":     {planned: types.StringUnknown(), fails: true, calls: true, open: true},
		"failed, another":       {planned: types.StringValue(urn + ":v1"), fails: true, replace: true, calls: true, open: true},
		"made anew":             {planned: types.StringUnknown(), run: plans, replace: true, calls: true, open: true},
		"made anew, by a text":  {planned: types.StringValue(urn), run: plans, open: true},
		"made anew, apply":      {planned: types.StringValue(urn), run: made, late: true, calls: true, open: true},
		"not made in the apply": {planned: types.StringValue(urn), run: plans, late: true},
	} {
		r := &Resource{}
		r.Connection = &connection.Connection{}
		if c.late {
			r.Connection.Client = &functiongraph.Client{}
		}
		if c.run >= plans {
			r.Connection.NotePlanned("default", "orders")
		}
		if c.run == made {
			r.Connection.NoteCreated(urn)
		}
		prior := model{ID: types.StringValue(urn + "/r"), FunctionURN: types.StringValue(urn)}
		if c.fails {
			prior.forget()
		}
		plan := prior
		plan.FunctionURN = c.planned
		var paths path.Paths
		calls := r.follow(&plan, prior, &paths)
		if calls != c.calls || (len(paths) > 0) != c.replace || plan.ID.IsUnknown() != c.open {
			t.Errorf("%s: calls: %t, replaced by %v, id %s", name, calls, paths, plan.ID)
		}
	}
}
