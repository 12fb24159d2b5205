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
		planned     types.String
		plan, apply Binding
		remade      Binding // in an apply that has made the function orders
	}{
		"not known":        {types.StringUnknown(), Maybe, Maybe, Maybe},
		"the same":         {text(functionURN), Bound, Bound, Remade},
		"latest":           {text(functionURN + ":latest"), Bound, Bound, Remade},
		"a version":        {text(functionURN + ":v1"), Elsewhere, Remade, Remade},
		"an alias":         {text(functionURN + ":!live"), Elsewhere, Remade, Remade},
		"another function": {text(other), Elsewhere, Elsewhere, Elsewhere},
		"no URN":           {text("orders"), Elsewhere, Elsewhere, Elsewhere},
	} {
		read, apply, remade := &connection.Connection{}, &connection.Connection{}, &connection.Connection{}
		read.NoteRead(id)
		remade.NoteCreated(functionURN)
		for c, want := range map[*connection.Connection]Binding{read: v.plan, apply: v.apply, remade: v.remade} {
			c.Client = &functiongraph.Client{}
			if got := Compare(c, v.planned, text(functionURN), text(id)); got != want {
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
