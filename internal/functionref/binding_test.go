// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestCompare: a plan, which has read the thing before, replaces by what is known and another; an apply follows within
// the function, and to one that it has made.
func TestCompare(t *testing.T) {
	t.Parallel()
	const other, id = functionURN + "2", "of the thing"
	text := types.StringValue
	for name, v := range map[string]struct {
		given       types.String
		plan, apply Binding
		planned     Binding // in a plan that makes the function orders anew
		remade      Binding // in an apply that has made it
	}{
		"not known":        {types.StringUnknown(), Maybe, Maybe, Maybe, Maybe},
		"the same":         {text(functionURN), Bound, Bound, Maybe, Remade},
		"latest":           {text(functionURN + ":latest"), Bound, Bound, Maybe, Remade},
		"a version":        {text(functionURN + ":v1"), Elsewhere, Remade, Elsewhere, Remade},
		"an alias":         {text(functionURN + ":!live"), Elsewhere, Remade, Elsewhere, Remade},
		"another function": {text(other), Elsewhere, Elsewhere, Elsewhere, Elsewhere},
		"no URN":           {text("orders"), Elsewhere, Elsewhere, Elsewhere, Elsewhere},
	} {
		run := func() *connection.Connection { return &connection.Connection{Client: &functiongraph.Client{}} }
		plan, apply, planned, remade := run(), run(), run(), run()
		plan.NoteRead(id)
		planned.NoteRead(id)
		for _, c := range []*connection.Connection{planned, remade} {
			c.NotePlanned("default", "orders")
		}
		remade.NoteCreated(functionURN)
		for c, want := range map[*connection.Connection]Binding{
			plan: v.plan, apply: v.apply, planned: v.planned, remade: v.remade,
		} {
			if got := Compare(c, v.given, text(functionURN), text(id)); got != want {
				t.Errorf("%s: %d, want %d", name, got, want)
			}
		}
	}
	apply := &connection.Connection{Client: &functiongraph.Client{}}
	apply.NoteCreated(other)
	if got := Compare(apply, text(other), text(functionURN), text(id)); got != Remade {
		t.Errorf("the function that took the place of the other: %d", got)
	}
}
