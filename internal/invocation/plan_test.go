// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

const urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders"

// TestFollow: what makes a new call, and what does not; without one nothing of the last call is lost or made up.
func TestFollow(t *testing.T) {
	t.Parallel()
	text := types.StringValue
	prior := model{
		ID: text(urn + "/r"), FunctionURN: text(urn), Input: text(`{"a":1}`), InputWOVersion: types.StringNull(),
		Triggers: tfconv.StringMap(map[string]string{"day": "1"}), Expect: text(expectSuccess),
		Asynchronous: types.BoolValue(false), ShowLog: types.BoolValue(false), KeepResult: types.BoolValue(true),
		RequestID: text("r"), Status: types.Int64Value(200), Result: text("done"),
	}
	for name, c := range map[string]struct {
		change  func(*model)
		replace string // what makes a new call; "" for none
		result  types.String
	}{
		"nothing":            {func(*model) {}, "", text("done")},
		"latest is the same": {func(m *model) { m.FunctionURN = text(urn + ":latest") }, "", text("done")},
		"another version":    {func(m *model) { m.FunctionURN = text(urn + ":v1") }, "function_urn", types.StringUnknown()},
		"a version to come":  {func(m *model) { m.FunctionURN = types.StringUnknown() }, "function_urn", types.StringUnknown()},
		"another input":      {func(m *model) { m.Input = text(`{"a":2}`) }, "input", types.StringUnknown()},
		"an input to come":   {func(m *model) { m.Input = types.StringUnknown() }, "input", types.StringUnknown()},
		"no input":           {func(m *model) { m.Input = types.StringNull() }, "input", types.StringUnknown()},
		"a blank for none":   {func(m *model) { m.InputWOVersion = text("") }, "", text("done")},
		"another secret":     {func(m *model) { m.InputWOVersion = text("2") }, "input_wo_version", types.StringUnknown()},
		"another trigger":    {func(m *model) { m.Triggers = tfconv.StringMap(map[string]string{"day": "2"}) }, "triggers", types.StringUnknown()},
		"no triggers":        {func(m *model) { m.Triggers = types.MapNull(types.StringType) }, "triggers", types.StringUnknown()},
		"new, kept nowhere": {func(m *model) {
			m.Input, m.KeepResult = text(`{}`), types.BoolValue(false)
		}, "input", types.StringNull()},
		"expect":             {func(m *model) { m.Expect = text(expectAny) }, "", text("done")},
		"show_log":           {func(m *model) { m.ShowLog = types.BoolValue(true) }, "", text("done")},
		"asynchronous":       {func(m *model) { m.Asynchronous = types.BoolValue(true) }, "", text("done")},
		"kept no more":       {func(m *model) { m.KeepResult = types.BoolValue(false) }, "", types.StringNull()},
		"the result is here": {func(m *model) { m.Result = types.StringUnknown() }, "", text("done")},
	} {
		plan := prior
		c.change(&plan)
		var replace []string
		for _, at := range plan.follow(prior) {
			replace = append(replace, at.String())
		}
		slices.Sort(replace)
		if got := strings.Join(replace, " "); got != c.replace || !plan.Result.Equal(c.result) {
			t.Errorf("%s: a new call for %q, want %q; result %s", name, got, c.replace, plan.Result)
		}
		if plan.ID.IsUnknown() != (c.replace != "") || plan.Status.IsUnknown() != (c.replace != "") ||
			plan.RequestID.IsUnknown() != (c.replace != "") {
			t.Errorf("%s: id %s, status %s", name, plan.ID, plan.Status)
		}
	}
}
